"""Counts within a distance by command: the table of an open dataset, and a reason for everything else."""

import csv
import io
import json
from pathlib import Path

import pytest

from geo.harms import harm_of
from tests.unit.data import small_place
from tests.unit.data.running import Ran, copied, done, run
from tests.unit.data.small_place import ASB, AUGUST, STREET_FILES, STREET_HEADER, table

URN = "100001"  # 100 m or so from the point of E01000001, 600 m from that of E01000002
UNNAMED, PROTECTED, NAMED = 1, 2, 3
HOSPITAL = ("", "2021-08", "-1.474", "53.374", "E01000001", "Drugs")


@pytest.fixture(scope="module")
def places(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small place, whose police data have no names of places, and August alone with them. Tests only read it."""
    home = copied(settled_home, tmp_path_factory.mktemp("around") / "home")
    file = home.parent / STREET_FILES[0]
    rows = [(*row, "On or near Mill Lane") for row in AUGUST] + [(*HOSPITAL, "On or near Hospital")]
    file.write_text(table((*STREET_HEADER, "Location"), rows), encoding="utf-8")
    done(home, "import", file, "--new")
    return home


def asked(home: Path, *options: object, within: object = 800) -> Ran:
    return done(home, "around", "--school", URN, "--within", within, *options)


def lines(ran: Ran) -> list[tuple[str, ...]]:
    header, *rows = csv.reader(io.StringIO(ran.out))
    assert header == ["harm", "category", "recorded_elsewhere", "n"]
    return sorted(map(tuple, rows))


def refused(home: Path, *options: object) -> str:
    """Run the command where it must be refused; give the one sentence that it says."""
    ran = run(home, "around", *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    return ran.err


def test_the_table_says_what_is_recorded_for_elsewhere(places: Path) -> None:
    ran = asked(places, "--dataset", NAMED)
    drugs = harm_of("Drugs")
    expected = [(harm_of(ASB), ASB, "no", "2"), (drugs, "Drugs", "no", "1"), (drugs, "Drugs", "yes", "1")]
    assert lines(ran) == sorted(expected)
    assert ran.err == "Within 800 m of Hill School, Aug 2021: Police street data, Anytown (dataset 3).\n"


def test_a_narrower_circle_holds_less_and_the_newest_open_dataset_is_usual(places: Path) -> None:
    assert lines(asked(places, within=150)) == sorted(
        [(harm_of(ASB), ASB, "no", "2"), (harm_of("Drugs"), "Drugs", "yes", "1")]
    )
    assert lines(asked(places, within=1)) == [(harm_of("Drugs"), "Drugs", "yes", "1")]


def test_json_holds_the_same_rows(places: Path) -> None:
    listed = json.loads(asked(places, "--format", "json").out)
    assert sorted(tuple(map(str, row.values())) for row in listed) == lines(asked(places))


def test_without_names_of_places_it_is_not_known_and_the_remedy_is_said(places: Path) -> None:
    ran = asked(places, "--dataset", UNNAMED, "--from", "2021-08", "--to", "2021-09")
    assert {row[2] for row in lines(ran)} == {"unknown"}
    assert "a gap, not zero" in ran.err
    assert "import the same files again to count it apart" in ran.err


def test_months_are_chosen_by_their_ends(places: Path) -> None:
    october = asked(places, "--dataset", UNNAMED, "--from", "2021-10", within=1600)
    assert {row[1] for row in lines(october)} == {"Robbery", "Drugs"}


def test_of_protected_data_it_says_what_to_use_instead(places: Path) -> None:
    said = refused(places, "--school", URN, "--within", 800, "--dataset", PROTECTED)
    assert f"python -m data counts --dataset {PROTECTED} --by area,harm" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--school", "999", "--within", 800), "must be named by the URN"),
        (("--school", URN, "--within", 0), "--within"),
        (("--school", URN, "--within", "far"), "--within"),
        (("--school", URN), "--within"),
        (("--within", 800), "--school"),
        (("--school", URN, "--within", 800, "--dataset", 99), "there is no dataset 99"),
        (("--school", URN, "--within", 800, "--from", "2020-01"), "“2020-01” is none"),
        (("--school", URN, "--within", 800, "--from", "soon"), "“soon” is none"),
        (("--school", URN, "--within", 800, "--format", "xml"), "csv or json"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(
    places: Path, options: tuple[object, ...], said: str
) -> None:
    assert said in refused(places, *options)


def test_a_school_beyond_the_areas_is_not_said_to_have_nothing_near(places: Path, tmp_path: Path) -> None:
    home = copied(places, tmp_path / "home")
    far = tmp_path / "far.csv"
    far.write_text("URN,Name,Phase,Longitude,Latitude\n100002,Far School,Secondary,-2.5,53.4\n", encoding="utf-8")
    done(home, "schools", far)
    assert "must lie in the areas of the dataset" in refused(home, "--school", 100002, "--within", 800)


def test_without_an_open_dataset_with_points_it_says_so(tmp_path: Path) -> None:
    files = small_place.write(tmp_path / "files")
    home = tmp_path / "home"
    done(home, "areas", files[small_place.AREAS_FILE], *small_place.AREA_OPTIONS)
    done(home, "schools", files["schools.csv"])
    assert "no open dataset here has any" in refused(home, "--school", URN, "--within", 800)
