"""Named places by command: a line for each place and category, points by themselves, and a reason for all else."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.unit.data.running import Ran, copied, done, run
from tests.unit.data.small_place import ASB, AUGUST, STREET_FILES, STREET_HEADER, table

URN = "100001"  # 100 m or so from the point of E01000001, 600 m from that of E01000002
UNNAMED, PROTECTED, NAMED = 1, 2, 3
HEADER = ["place", "category", "recorded_elsewhere", "n"]
BESIDE = [
    ("", "2021-08", "-1.475", "53.3752", "E01000001", "Burglary", "On or near Mill Lane"),
    ("", "2021-08", "-1.474", "53.374", "E01000001", "Drugs", "On or near Hospital"),
    ("", "2021-08", "-1.474", "53.375", "E01000001", "Drugs", "On or near <b>Bold</b>, =Lane"),
]


@pytest.fixture(scope="module")
def places(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small place, whose police data have no names of places, and August alone with them. Tests only read it."""
    home = copied(settled_home, tmp_path_factory.mktemp("places") / "home")
    file = home.parent / STREET_FILES[0]
    rows = [(*row, "On or near Mill Lane") for row in AUGUST] + BESIDE
    file.write_text(table((*STREET_HEADER, "Location"), rows), encoding="utf-8")
    done(home, "import", file, "--new")
    return home


def asked(home: Path, *options: object, within: object = 800) -> Ran:
    return done(home, "places", "--school", URN, "--within", within, *options)


def refused(home: Path, *options: object) -> str:
    """Run the command where it must be refused; give the one sentence that it says."""
    ran = run(home, "places", *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    return ran.err


def test_the_busiest_place_comes_first_and_its_points_are_taken_together(places: Path) -> None:
    ran = asked(places)
    assert list(csv.reader(io.StringIO(ran.out))) == [
        HEADER,
        ["On or near Mill Lane", ASB, "no", "2"],
        ["On or near Mill Lane", "Burglary", "no", "1"],
        ["On or near Mill Lane", "Drugs", "no", "1"],
        ["On or near <b>Bold</b>, =Lane", "Drugs", "no", "1"],
        ["On or near Hospital", "Drugs", "yes", "1"],
    ]
    assert "Within 800 m of Hill School in a straight line, Aug 2021: Police street data, Anytown" in ran.err
    assert "Places of one name are taken together" in ran.err
    assert "eight or more addresses" in ran.err


def test_as_geojson_each_point_stands_by_itself(places: Path) -> None:
    ran = asked(places, "--format", "geojson", "--dataset", NAMED)
    drawn = json.loads(ran.out)
    assert drawn["type"] == "FeatureCollection"
    found = {
        (one["properties"]["place"], *one["geometry"]["coordinates"]): one["properties"] for one in drawn["features"]
    }
    first = drawn["features"][0]["properties"]
    assert first == {"place": "On or near Mill Lane", "recorded_elsewhere": "no", "n": 2, "categories": {ASB: 2}}
    assert found["On or near Mill Lane", -1.475, 53.3752]["categories"] == {"Burglary": 1}
    assert found["On or near Hospital", -1.474, 53.374]["recorded_elsewhere"] == "yes"
    assert sum(one["n"] for one in found.values()) == 6
    assert "taken together" not in ran.err


def test_a_narrower_circle_and_other_months_hold_less(places: Path) -> None:
    assert asked(places, within=1).out.splitlines()[1:] == ["On or near Hospital,Drugs,yes,1"]
    assert refused(places, "--school", URN, "--within", 800, "--from", "2020-01")


def test_the_counts_are_those_of_around(places: Path) -> None:
    def summed(text: str) -> dict[tuple[str, str], int]:
        sums: dict[tuple[str, str], int] = {}
        for row in csv.DictReader(io.StringIO(text)):
            key = row["category"], row["recorded_elsewhere"]
            sums[key] = sums.get(key, 0) + int(row["n"])
        return sums

    assert summed(asked(places).out) == summed(done(places, "around", "--school", URN, "--within", 800).out)


def test_without_names_it_says_how_they_come_in(places: Path) -> None:
    said = refused(places, "--school", URN, "--within", 800, "--dataset", UNNAMED)
    assert "dataset 1 has none; if it is of the police, import the same files again" in said


def test_of_protected_data_no_place_is_listed(places: Path) -> None:
    said = refused(places, "--school", URN, "--within", 800, "--dataset", PROTECTED)
    assert f"python -m data counts --dataset {PROTECTED} --by area,harm" in said
    assert "Mill Lane" not in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--school", "999", "--within", 800), "must be named by the URN"),
        (("--school", URN, "--within", 0), "--within"),
        (("--school", URN, "--within", 800, "--format", "json"), "csv or geojson"),
    ],
)
def test_what_cannot_be_listed_is_refused_in_one_sentence(places: Path, options: tuple[object, ...], said: str) -> None:
    assert said in refused(places, *options)
