"""Schools are read as the national register serves them."""

from pathlib import Path

import pandas as pd
import pytest

from data.formats import few_columns
from data.formats.sources import from_paths, from_upload
from data.records.locality import Locality
from data.records.schools import read_schools
from geo import columns as c
from tests.unit.data.records import making_files as making
from tests.unit.data.records.refusals import CELL, refusal, upload

HEAD = "URN,EstablishmentName,PhaseOfEducation (name),Easting,Northing"


def read(text: str) -> tuple[pd.DataFrame, list[str]]:
    return read_schools(upload(text))


def refused(text: str) -> str:
    return refusal(lambda: read(text))


def test_the_national_register_is_read_and_the_grid_wins_over_degrees() -> None:
    schools, notes = read(f"{HEAD},Longitude,Latitude\n106557,Burton Road,Primary,435419,407352,0,51\n")
    assert schools.columns.tolist() == [c.URN, c.NAME, c.PHASE, c.LON, c.LAT, c.TOWN, c.POSTCODE, c.AUTHORITY]
    assert schools.loc[0, [c.URN, c.NAME, c.PHASE]].tolist() == ["106557", "Burton Road", "Primary"]
    assert schools.loc[0, c.LON] == pytest.approx(-1.466748, abs=1e-6)
    assert schools.loc[0, c.LAT] == pytest.approx(53.561597, abs=1e-6)
    assert notes == []


def test_plain_names_are_read_too_and_a_phase_may_be_missing() -> None:
    schools, _ = read("urn,name,lon,lat\n000123,Burton Road,-1.4,53.4\n")
    assert schools.iloc[0, :5].tolist() == ["000123", "Burton Road", "Not stated", -1.4, 53.4]
    assert schools.iloc[0, 5:].isna().all()
    schools, _ = read("urn,school,phase,lon,lat\n1,A,,-1.4,53.4\n2,B,Primary,-1.4,53.4\n")
    assert schools[c.PHASE].tolist() == ["Not stated", "Primary"]


REGISTER = (
    '"URN","LA (code)","LA (name)","EstablishmentName","EstablishmentStatus (name)","PhaseOfEducation (name)",'
    '"Town","Postcode","Easting","Northing"\r\n'
)


def of_register(*rows: str) -> tuple[pd.DataFrame, list[str]]:
    return read_schools(from_upload("edubasealldata.csv", (REGISTER + "\r\n".join(rows)).encode("cp1252")))


def test_towns_postcodes_and_authorities_are_kept_as_the_register_has_them() -> None:
    schools, notes = of_register(
        '"1","372","Rotherham","Oakwood High","Open","Secondary","Rotherham","S60 2UH","445000","391000"',
        '"2","372","Rotherham","Ysgol Môn","Open, but proposed to close","Primary","SUPP","s602uh","445000","391000"',
        '"3","372","..","Third","Proposed to open","Primary","","","445000","391000"',
    )
    assert schools[c.NAME].tolist() == ["Oakwood High", "Ysgol Môn"]
    assert schools[c.TOWN].fillna("–").tolist() == ["Rotherham", "–"]
    assert schools[c.POSTCODE].fillna("–").tolist() == ["S60 2UH", "S60 2UH"]
    assert schools[c.AUTHORITY].fillna("–").tolist() == ["Rotherham", "Rotherham"]
    assert notes == ["Not saved: schools that are not open yet, in row 4."]


def test_closed_schools_are_left_out_with_a_note() -> None:
    schools, notes = of_register(
        '"1","372","Rotherham","Gone","Closed","Secondary","Rotherham","S60 2UH","",""',
        '"2","372","Rotherham","There","Open","Secondary","Rotherham","S60 2UH","445000","391000"',
        '"3","372","Rotherham","Lost","Open","Secondary","Rotherham","S60 2UH","",""',
    )
    assert schools[c.NAME].tolist() == ["There"]
    assert notes == [
        "Not saved: schools that are closed, in row 2.",
        "Not saved: schools without a position, in row 4.",
    ]
    gone = upload(REGISTER + '"1","372","R","Gone","Closed","Secondary","R","S60 2UH","445000","391000"')
    assert "all are closed" in refusal(lambda: read_schools(gone))


def test_schools_without_a_position_are_left_out_and_counted_and_blank_rows_are_passed_over() -> None:
    schools, notes = read(
        f"{HEAD}\n1,A,Primary,435419,407352\n2,B,Primary,,\n,,,,\n3,C,Primary,,\n4,D,Primary,435419,407352\n"
    )
    assert schools[c.URN].tolist() == ["1", "4"]
    assert schools.index.tolist() == [0, 1]
    assert notes == ["Not saved: schools without a position, in 2 rows (the first is row 3)."]


def test_a_file_without_positions_is_refused() -> None:
    assert "“Easting” with “Northing”" in refused("URN,EstablishmentName\n1,A\n")
    assert "must have positions" in refused(f"{HEAD}\n1,A,Primary,,\n")


def test_urns_that_occur_twice_are_refused() -> None:
    message = refused(f"{HEAD}\n{CELL},A,Primary,435419,407352\n2,B,Primary,,\n{CELL},C,Primary,435419,407352\n")
    assert "its own “URN”" in message
    assert "row 4" in message


@pytest.mark.parametrize(("row", "column"), [(f",{CELL},,1,1", "URN"), (f"{CELL},,,1,1", "EstablishmentName")])
def test_blank_names_and_urns_are_refused(row: str, column: str) -> None:
    assert f"something in “{column}”, but it is blank in row 2" in refused(f"{HEAD}\n{row}\n")


@pytest.mark.acceptance
def test_the_positions_of_real_schools_agree_with_the_register(real_data: Path) -> None:
    path = real_data / "south_yorkshire" / "schools" / "schools.csv"
    schools, notes = read_schools(from_paths([path])[0])
    register = pd.read_csv(path)
    assert (len(schools), notes) == (558, [])
    assert (schools[c.LON] - register["Longitude"]).abs().max() < 1e-6
    assert (schools[c.LAT] - register["Latitude"]).abs().max() < 1e-6


OFFICIAL = (
    '"URN","LA (code)","LA (name)","EstablishmentName","EstablishmentStatus (name)","PhaseOfEducation (name)",'
    '"Town","Postcode","HeadLastName","DistrictAdministrative (code)","Easting","Northing"\r\n'
    '"1","3","Rotherham","Oakwood High","Open","Secondary","Rotherham","S60 2UH","No","E08000018","445000","391000"\r\n'
    '"2","370","Barnsley","Cañon","Open","Primary","Barnsley","SUPP","Nobody","E08000038","435419","407352"\r\n'
    '"3","371","Doncaster","Far","Open","Primary","..","","Nobody","E08000017","457000","403000"\r\n'
    '"4","372","Rotherham","Gone","Closed","Primary","","","Nobody","E08000018","",""\r\n'
    '"5","372","Rotherham","Lost","Open, but proposed to close","Primary","","","Nobody","E08000018","0","0"\r\n'
    '"6","000","Does not apply","Abroad","Open","Not applicable","","","Nobody","","SUPP","SUPP"\r\n'
).encode("cp1252")


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("locality", "names"),
    [
        (None, ["Oakwood High", "Cañon", "Far"]),
        (Locality(councils=("ROTHERHAM",)), ["Oakwood High"]),
        (Locality(councils=("E08000016", "Doncaster Council")), ["Cañon", "Far"]),
        (Locality(points=((-1.3243, 53.4134),), metres=1_000), ["Oakwood High"]),
        (Locality(councils=("Barnsley",), points=((-1.3243, 53.4134),), metres=1_000), ["Oakwood High", "Cañon"]),
    ],
)
def test_of_the_register_the_schools_of_a_place_are_kept(
    streamed: bool, locality: Locality | None, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(few_columns, "STREAMED_FROM", 0 if streamed else 10_000_000)
    schools, notes = read_schools(from_upload("edubasealldata20260901.csv", OFFICIAL), locality)
    assert schools[c.NAME].tolist() == names
    assert ("Not saved: schools without a position, in row 6." in notes) == (
        locality is not None and "ROTHERHAM" in locality.councils
    )
    if locality is not None:
        assert notes[-1].endswith("open schools of other places.")


def test_a_place_without_a_school_is_refused_and_a_workbook_is_read_too() -> None:
    source = from_upload("register.csv", OFFICIAL)
    assert "in the place that was chosen" in refusal(
        lambda: read_schools(source, Locality(councils=("Leeds",))), "register.csv"
    )
    rows = [HEAD.split(","), [1, "A", "Primary", 435419, 407352]]
    schools, _ = read_schools(from_upload("schools.xlsx", making.xlsx(rows)))
    assert schools[c.NAME].tolist() == ["A"]
