"""Walks by command: the area that a walk reaches, how far another place is, and a reason for everything else."""

import json
from pathlib import Path

import pytest

from tests.unit.data.running import Ran, copied, done, run
from tests.unit.geo.walking.by_networkx import TO_METRES, Reference

URN = "100001"  # at -1.474, 53.374
# A street to the east of the school with a turning to the north, and a private drive that would be the shorter way.
LON = (-1.476, -1.470, -1.464, -1.464)
LAT = (53.3745, 53.3745, 53.3745, 53.378)
STREETS = ((0, 1), (1, 2), (2, 3))
DRIVE = (1, 3)
CORNER = (-1.464, 53.378)


def line(*ends: int, **tags: str) -> dict[str, object]:
    geometry = {"type": "LineString", "coordinates": [[LON[at], LAT[at]] for at in ends]}
    return {"type": "Feature", "properties": {"highway": "residential", **tags}, "geometry": geometry}


@pytest.fixture(scope="module")
def places(settled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small place with a base map of three streets, one of them one way. Tests only read it."""
    home = copied(settled_home, tmp_path_factory.mktemp("walk") / "home")
    lines = [line(0, 1), line(1, 2, oneway="-1"), line(2, 3), line(*DRIVE, access="private")]
    file = home.parent / "streets.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": lines}), encoding="utf-8")
    done(home, "basemap", file)
    return home


def asked(home: Path, *options: object) -> Ran:
    return done(home, "walk", "--school", URN, *options)


def test_it_writes_the_area_that_a_walk_reaches(places: Path) -> None:
    ran = asked(places, "--minutes", 5, "--format", "geojson")
    feature = json.loads(ran.out)
    facts = feature["properties"]
    assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "Polygon")
    assert (facts["school"], facts["urn"], facts["minutes"], facts["metres"]) == ("Hill School", URN, 5, 400)
    assert facts["snap_metres"] == pytest.approx(55.6, abs=1)
    assert "distance_metres" not in facts
    assert any("1 way of the map is not walked" in note for note in facts["notes"])
    assert ran.err.startswith("Within 5 minutes’ walk (400 m along streets and paths) of Hill School.\n")
    assert all(note in ran.err for note in facts["notes"])


def test_a_longer_walk_reaches_farther(places: Path) -> None:
    east = [
        max(lon for lon, _ in json.loads(asked(places, "--minutes", minutes).out)["geometry"]["coordinates"][0])
        for minutes in (2, 5, 10)
    ]
    assert east == sorted(east)
    assert east[0] < east[1] < east[2]


@pytest.mark.parametrize("to", [CORNER, (-1.467, 53.3741), (-1.4755, 53.3745)])
def test_it_says_how_far_another_place_is_along_streets_and_not_along_the_drive(
    places: Path, to: tuple[float, float]
) -> None:
    theirs = Reference(LON, LAT, STREETS)
    expected = theirs.between(TO_METRES.transform(-1.474, 53.374), TO_METRES.transform(*to))
    option = ("--to", f"{to[0]},{to[1]}", "--minutes", 1)
    facts = json.loads(asked(places, *option).out)["properties"]
    assert facts["distance_metres"] == pytest.approx(expected, abs=1e-6)
    assert facts["to"] == list(to)
    assert float(asked(places, *option, "--format", "text").out) == facts["distance_metres"]
    assert asked(places, *option, "--format", "csv").out.split() == ["distance_metres", str(facts["distance_metres"])]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--school", "999"), "must be named by the URN"),
        (("--school", URN, "--minutes", 0), "--minutes"),
        (("--school", URN, "--minutes", "long"), "--minutes"),
        ((), "--school"),
        (("--school", URN, "--format", "csv"), "geojson or, with --to, csv or text"),
        (("--school", URN, "--format", "xml", "--to", "0,0"), "“xml” is none of these"),
        (("--school", URN, "--to", "here"), "longitude and latitude in degrees"),
        (("--school", URN, "--to", "53.37,-1.47,0"), "longitude and latitude in degrees"),
        (("--school", URN, "--to", "-1.47,91"), "longitude and latitude in degrees"),
        (("--school", URN, "--to", "-1.474,53.474"), "none that close to the place at -1.474, 53.474"),
    ],
)
def test_what_cannot_be_walked_is_refused_in_one_sentence(places: Path, options: tuple[object, ...], said: str) -> None:
    ran = run(places, "walk", *options)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_without_a_base_map_it_says_what_is_needed(settled_home: Path) -> None:
    ran = run(settled_home, "walk", "--school", URN)
    assert (ran.code, ran.out) == (2, "")
    assert "none is loaded here; bring a base map in" in ran.err


def test_a_school_far_from_any_way_is_told(places: Path, tmp_path: Path) -> None:
    home = copied(places, tmp_path / "home")
    schools = "URN,Name,Phase,Longitude,Latitude\n100002,Near School,Secondary,-1.47,53.3775\n"
    schools += "100003,Far School,Secondary,-1.47,53.39\n"
    file = tmp_path / "schools.csv"
    file.write_text(schools, encoding="utf-8")
    done(home, "schools", file)
    notes = json.loads(done(home, "walk", "--school", "100002").out)["properties"]["notes"]
    assert notes[0].startswith("Near School lies 334 m from the nearest way on the map")
    ran = run(home, "walk", "--school", "100002", "--minutes", 4)
    assert (ran.code, ran.out) == (2, "")
    assert "the nearest one is 334 m from Near School, farther than 320 m; choose a longer walk" in ran.err
    ran = run(home, "walk", "--school", "100003")
    assert (ran.code, ran.out) == (2, "")
    assert "none that close to Far School; choose a distance in a straight line" in ran.err
