"""Lists of stops and postcodes are read as they are published, and of anything else it is said that it is neither."""

import gzip
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from data.formats import byte_streams
from data.formats.sources import from_paths, from_upload
from data.records.place_lists import read_places
from data.sandbox import run_sandboxed
from tests.unit.data.records.refusals import CELL, refusal, upload

NAPTAN = "ATCOCode,CommonName,Landmark,Street,Indicator,GridType,Easting,Northing,Longitude,Latitude,StopType,Status"
NSPL = "pcd,pcd2,pcds,dointr,doterm,oseast1m,osnrth1m,lat,long"
CODE_POINT = '"{0}",{1},{2},{3},"E92000001","E19000001","E18000003","","E08000019","E05001045"'


def read(text: str) -> pd.DataFrame | None:
    return read_places(upload(text))


def listed(text: str) -> list[tuple[str, str]]:
    found = read(text)
    assert found is not None
    assert found.columns.tolist() == ["name", "kind", "lon", "lat"]
    return list(zip(found["name"], found["kind"], strict=True))


def stop(
    name: str, street: str = "", indicator: str = "", kind: str = "BCT", status: str = "active", lon: float = -1.4
) -> str:
    return f"1,{name},,{street},{indicator},UKOS,439900,389300,{lon},53.4,{kind},{status}"


def stops(*rows: str) -> list[tuple[str, str]]:
    return listed("\n".join([NAPTAN, *rows]))


def test_a_stop_is_called_by_its_name_and_by_what_says_more() -> None:
    assert stops(
        stop("Moorgate Road/Oakwood Drive", "Moorgate Road", "opp"),
        stop("Oakwood Clock", "Wetherby Road", "Stop 45010240"),
        stop("City Square", "-", "Stop D4"),
        stop("The Headrow H1", "The Headrow", "Stop H1"),
    ) == [
        ("Moorgate Road/Oakwood Drive", "stop"),
        ("Oakwood Clock, Wetherby Road", "stop"),
        ("City Square, Stop D4", "stop"),
        ("The Headrow H1", "stop"),
    ]  # fmt: skip


def test_bays_platforms_and_entrances_are_one_station() -> None:
    assert stops(
        stop("Rotherham Interchange/A1", "Rotherham Interchange", "A1", "BCS"),
        stop("Rotherham Interchange/B10", "Rotherham Interchange", "B10", "BCS", lon=-1.401),
        stop("Central Rail Station", "Central Road", "Entrance", "RSE"),
        stop("Birley Lane Platform to Halfway", "Birley Lane", "Sw Entrance", "TMU"),
        stop("Birley Lane Platform to City", "Birley Lane", "Ne Entrance", "TMU", lon=-1.402),
        stop("Cathedral to Meadowhall", "Church Street", "W Entrance", "TMU"),
    ) == [
        ("Rotherham Interchange", "station"),
        ("Central Rail Station", "station"),
        ("Birley Lane", "station"),
        ("Cathedral", "station"),
    ]  # fmt: skip


def test_stops_that_are_used_no_more_and_ranks_of_taxis_are_left_out() -> None:
    assert stops(
        stop("Now"), stop("Before", status="inactive"), stop("Rank", kind="TXR"), stop("Later", status="pending")
    ) == [("Now", "stop")]  # fmt: skip


def test_a_stop_without_degrees_stands_where_the_grid_says() -> None:
    found = read(f"{NAPTAN}\n1,Here,,,,UKOS,435419,407352,,,BCT,active\n2,Nowhere,,,,UKOS,,,,,BCT,active\n")
    assert found is not None
    assert found["name"].tolist() == ["Here"]
    assert found.loc[0, ["lon", "lat"]].tolist() == pytest.approx([-1.466748, 53.561597], abs=1e-6)


def test_stops_of_a_transport_authority_are_read_by_code_name_and_position() -> None:
    assert listed("ATCOCode,STOPID,NAME,x,y\n450010023,10023,Ring Road,431890,429667\n") == [("Ring Road", "stop")]


@pytest.mark.parametrize(
    "text",
    [
        f"{NSPL}\nS602UH,S60 2UH,S60 2UH,198001,,445000,391000,53.41,-1.32\nS1 1AA,,S1 1AA,198001,201506,1,1,53,-1\n",
        "﻿pcd7,pcd8,pcds,dointr,doterm,east1m,north1m,lat,long\nS60 2UH,S60  2UH,S60 2UH,198001,,445000,391000,,\n",
        "PCD,OSEAST1M,OSNRTH1M,DOTERM,LAT,LONG\nS60 2UH,445000,391000,,53.41,-1.32\n",
        "pcds,lat,long\ns602uh,53.41,-1.32\nS60 2UH,53.41,-1.32\nZZ99 9ZZ,99.999999,0\n",
        CODE_POINT.format("S60 2UH", 10, 445000, 391000) + "\n" + CODE_POINT.format("S60 2UJ", 90, 0, 0) + "\n",
    ],
    ids=["NSPL to 2024", "NSPL since 2025", "ONSPD", "plain", "Code-Point Open"],
)
def test_live_postcodes_with_a_position_are_read_from_every_list(text: str) -> None:
    assert listed(text) == [("S60 2UH", "postcode")]


def test_code_point_open_has_names_of_columns_in_some_copies() -> None:
    names = "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,a,b,c,d,e\n"
    assert listed(names + CODE_POINT.format("S1  1AA", 10, 435783, 387323)) == [("S1 1AA", "postcode")]


@pytest.mark.parametrize(
    "text",
    [
        "URN,EstablishmentName,Postcode,Easting,Northing\n1,Hill School,S60 2UH,445000,391000\n",
        "Crime ID,Month,Longitude,Latitude,Location,Crime type\n,2021-08,-1.4,53.4,On or near High Street,Drugs\n",
        "Date,Postcode,Type\n01/09/2021,S60 2UH,Drugs\n",
        "name,name,lat,long\na,b,53.4,-1.4\n",
        '{"type": "FeatureCollection", "features": []}',
        "",
    ],
)
def test_other_files_are_neither(text: str) -> None:
    assert read(text) is None


def test_bytes_that_are_no_text_are_neither() -> None:
    assert read_places(from_upload("streets.osm.pbf", b"\0\0\0\rOSMHeader\0\0")) is None


def test_what_lies_elsewhere_can_be_left_out() -> None:
    text = "pcds,lat,long\nS60 2UH,53.41,-1.32\nLS7 3AA,53.82,-1.53\n"
    found = read_places(upload(text), within=(-1.4, 53.3, -1.2, 53.5))
    assert found is not None
    assert found["name"].tolist() == ["S60 2UH"]


@pytest.mark.parametrize(
    "text",
    [
        f"pcds,doterm,lat,long\nS60 2UH,201506,53.41,-1.32\n{CELL},,53.4,-1.4\n",
        f"pcds,lat,long\nS60 2UH,53.41,-1.32\n{CELL},53.4\n",
        f'pcds,lat,long\n"{CELL},53.41,-1.32\nS60 2UH,53.4,-1.4\n',
        f"{NAPTAN}\n{stop(CELL, status='inactive')}\n",
        "pcds,lat,long\n",
    ],
)
def test_a_list_without_a_place_or_with_broken_rows_is_refused(text: str) -> None:
    refusal(lambda: read(text))


def test_a_cut_archive_is_refused() -> None:
    packed = gzip.compress(b"pcds,lat,long\n" + b"".join(b"S60 %dUH,53.4,-1.4\n" % at for at in range(9)) * 500)
    refusal(lambda: read_places(from_upload("list.csv.gz", packed[:-20])), "list.csv.gz")


def test_no_more_than_a_bound_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_streams, "MAX_STREAMED", 70_000)
    packed = gzip.compress(b"pcds,lat,long\n" + b"S60 2UH,53.4,-1.4\n" * 10_000)
    assert "at most" in refusal(lambda: read_places(from_upload("list.csv.gz", packed)), "list.csv.gz")


def test_names_in_windows_letters_are_read() -> None:
    content = "ATCOCode,CommonName,Longitude,Latitude\n1,Môn,-1.4,53.4\n".encode("cp1252")
    found = read_places(from_upload("stops.csv", content))
    assert found is not None
    assert found["name"].tolist() == ["Môn"]


def test_a_list_is_read_in_the_sandbox(tmp_path: Path) -> None:
    file = tmp_path / "list.csv.gz"
    file.write_bytes(gzip.compress(b"pcds,lat,long\nS60 2UH,53.4,-1.4\n"))
    found = run_sandboxed(_job, from_paths([file])[0])
    assert found is not None
    assert found["name"].tolist() == ["S60 2UH"]


def _job(source, _progress):
    return read_places(source)


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


SINCE_2025 = "pcd7,pcd8,pcds,dointr,doterm,lad25cd,wd25cd,usrtypind,east1m,north1m,gridind,lsoa21cd,lat,long\n"


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ({
            "Data/NSPL_MAY_2025_UK.csv": f"{SINCE_2025}S60 2UH,S60  2UH,S60 2UH,1980,,E08,,,443000,391000,,,53.4,-1.3\n"
            "S60 2UJ,S60  2UJ,S60 2UJ,1980,202001,E08,E05,0,443000,391000,1,E01,53.4,-1.3\n"
            "GY1 1AA,GY1  1AA,GY1 1AA,1980,,L99,L99,0,,,9,L99,99.999999,0.0\n",
            "Data/multi_csv/NSPL_S.csv": f"{SINCE_2025}S60 2UZ,,S60 2UZ,1980,,,,,,,,,53.4,-1.3\n",
            "Documents/names.csv": "LAD25CD,LAD25NM\nE08,Town\n",
            "User Guide/guide.pdf": "%PDF",
            "more.zip": "PK",
        }, ["S60 2UH"]),
        ({
            "Data/CSV/s.csv": CODE_POINT.format("S60 2UH", 10, 443000, 391000) + "\n",
            "Data/CSV/ab.csv": '"AB10 1AB",10,394235,806529,"S92","","S08","","S12","S13"\n',
            "Doc/Code-Point_Open_Column_Headers.csv": "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\n",
        }, ["S60 2UH", "AB10 1AB"]),
        ({"Stops.csv": f"{NAPTAN}\n{stop('Ash')}\n{stop('Ash', lon=-1.41)}\n"}, ["Ash", "Ash"]),
    ],
)  # fmt: skip
def test_an_official_zip_is_read_as_it_is_downloaded(files: dict[str, str], names: list[str]) -> None:
    found = read_places(from_upload("download.zip", zipped(**files)))
    assert found is not None
    assert found["name"].tolist() == names


def test_a_zip_without_a_list_is_none_and_one_without_a_place_is_refused() -> None:
    assert read_places(from_upload("other.zip", zipped(**{"a.csv": "a,b\n1,2\n"}))) is None
    ended = zipped(**{"a.csv": f"pcds,doterm,lat,long\n{CELL},2020,53,-1\n"})
    assert "live postcodes" in refusal(lambda: read_places(from_upload("list.zip", ended)), "list.zip")
