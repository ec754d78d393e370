"""Maps for print show the counts of the pages, of released counts alone, and areas leave with the same figures."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from lxml import etree

from data.principal import LOCAL_USER
from data.services import area_exports, exports, print_maps, visibility
from data.services.print_maps import PrintedMap
from data.store import area_sets, datasets, places
from data.store.store import Store
from geo.areas.proximity import Place, labelled
from geo.areas.reach import Reach
from geo.counts import filters
from geo.counts.cube import Cube
from geo.counts.filters import Choice
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.maps.map_sentences import NOT_THE_SAME
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.release.kinds import Exact, Protected
from geo.views.extent import around, units_in
from geo.views.view import levels, periods, view_counts
from geo.views.widening import Wide
from tests.unit.data.services.school_maps import BOARD, TODAY, school_map
from tests.unit.data.services.test_exports import counted

SCHOOL_LOG, POLICE = 1, 2
EVERY = tuple(HARM_GROUPS)
COUNT = MeasureRequest(Measure.COUNT)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def town(demo_home: Path) -> Iterator[Store]:
    """The store of the demonstration town."""
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        yield store


@pytest.fixture(scope="module")
def academy(town: Store) -> Place:
    return labelled(places.schools(town, BOARD))["Castlebrook Academy"]


def printed(
    town: Store, number: int, school: Place | None, choice: Choice | None = None, reach: int = 800
) -> PrintedMap:
    released = visibility.released_counts(town, BOARD, datasets.load_dataset(town, BOARD, number))
    return school_map(town, number, school, choice or Choice(periods(released)[-3:], EVERY), Reach(reach))


def words_of(made: PrintedMap) -> str:
    return " ".join(element.text or "" for element in etree.fromstring(made.svg.encode()).iter(f"{SVG}text"))


def test_a_map_around_a_school_has_the_counts_of_the_areas_that_touch_the_distance(town: Store, academy: Place) -> None:
    made = printed(town, POLICE, academy)
    dataset = datasets.load_dataset(town, BOARD, POLICE)
    released = visibility.released_counts(town, BOARD, dataset)
    areas = area_sets.load_area_set(town, BOARD, dataset.area_set_id)
    seen = view_counts(released, areas, areas.level)
    inside = units_in(seen, around(areas, academy, Reach(800), points=False))
    totals = filters.totals(seen.cube, made.wide.choice)
    assert {row["area"]: row["n"] for row in made.rows} == {areas.codes[at]: totals[at] for at in inside}
    assert [row["n"] for row in made.rows] == sorted((row["n"] for row in made.rows), reverse=True)
    assert list(made.spec.counted or ()) == inside
    said = words_of(made)
    assert "Castlebrook Academy" in said
    assert f"{made.rows[0]['n']:.0f}" in said
    assert made.source == f"{dataset.source} · Jun–Aug 2026"
    assert made.alt.startswith("Map. Incidents by area around Castlebrook Academy. Highest: ")
    assert made.rows[0]["name"] in made.alt
    assert made.notes == [NOT_THE_SAME]
    assert NOT_THE_SAME[:40] in said


def test_places_are_numbered_of_open_data_and_never_of_protected(town: Store, academy: Place) -> None:
    opened, protected = printed(town, POLICE, academy), printed(town, SCHOOL_LOG, academy)
    assert [place.number for place in opened.spec.places] == list(range(1, len(opened.spec.places) + 1))
    assert protected.spec.places == []


def test_protected_counts_are_about_and_say_so(town: Store, academy: Place) -> None:
    made = printed(town, SCHOOL_LOG, academy)
    assert made.spec.protected
    assert {row["n"] % 5 for row in made.rows} <= {0.0}
    assert all(row["n"] == 0 or row["n"] >= 10 for row in made.rows)
    said = words_of(made)
    assert "Protected figures: each is “about”" in said
    assert "Too few to show separately" in said


def test_what_holds_too_few_is_widened_and_the_map_says_so(town: Store, academy: Place) -> None:
    dataset = datasets.load_dataset(town, BOARD, SCHOOL_LOG)
    released = visibility.released_counts(town, BOARD, dataset)
    rare = Choice(periods(released)[-1:], ("cse",))
    made = printed(town, SCHOOL_LOG, academy, rare, 400)
    assert made.wide.choice != rare
    assert any(note.startswith("Widened to ") for note in made.notes)
    assert "Widened to" in words_of(made)


def test_known_hotspots_stand_on_it_by_their_state(town: Store, academy: Place) -> None:
    made = printed(town, POLICE, academy)
    assert {sign.status for sign in made.spec.signs} == {"active", "monitoring", "proposed", "closed"}
    assert "Known hotspot, active" in words_of(made)


def test_without_a_school_all_areas_are_shown(town: Store) -> None:
    made = printed(town, POLICE, None)
    assert len(made.rows) == 60
    assert made.spec.school is None
    assert made.title == "Incidents by LSOA, Castlebrook"


def test_the_same_map_is_the_same_bytes(town: Store, academy: Place) -> None:
    one, other = printed(town, SCHOOL_LOG, academy), printed(town, SCHOOL_LOG, academy)
    assert one.svg == other.svg
    assert len(one.svg) < 700_000


def test_exact_counts_are_no_map_and_no_file(town: Store, academy: Place) -> None:
    dataset = datasets.load_dataset(town, LOCAL_USER, SCHOOL_LOG)
    exact = visibility.counts_of(town, LOCAL_USER, dataset)
    assert isinstance(exact, Exact)
    areas = area_sets.load_area_set(town, LOCAL_USER, dataset.area_set_id)
    choice, part = Choice(exact.cube.periods[-3:], EVERY), around(areas, academy, Reach(800), points=False)
    with pytest.raises(TypeError):
        print_maps.map_of_part(town, LOCAL_USER, dataset, exact, areas, Wide(choice, areas.level), part, TODAY)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        area_exports.areas_file(exact, areas, areas.level, choice, COUNT, "Anybody", "geojson")  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [POLICE, SCHOOL_LOG])
def test_areas_leave_with_their_shapes_and_the_figures_of_the_table(town: Store, number: int, tmp_path: Path) -> None:
    dataset = datasets.load_dataset(town, BOARD, number)
    released = visibility.released_counts(town, BOARD, dataset)
    areas = area_sets.load_area_set(town, BOARD, dataset.area_set_id)
    level, choice = levels(released, areas)[0], Choice(periods(released)[-6:], EVERY)
    asked = (released, areas, level, choice, COUNT, dataset.source)
    table = exports.areas_table(*asked)
    features = json.loads(area_exports.areas_file(*asked, "geojson"))["features"]
    (tmp_path / "areas.gpkg").write_bytes(area_exports.areas_file(*asked, "gpkg"))
    packed = gpd.read_file(tmp_path / "areas.gpkg")
    assert packed.crs.to_epsg() == 4326
    assert [one["properties"]["area"] for one in features] == list(table["area"]) == list(packed["area"])
    figures = [None if n != n else n for n in table["n"]]
    assert [one["properties"]["n"] for one in features] == figures
    assert [None if n != n else n for n in packed["n"]] == figures
    assert not packed.geometry.is_empty.any()
    if isinstance(released, Protected):
        shown = {one["properties"]["shown"] for one in features if one["properties"]["n"] is None}
        assert shown <= {"fewer than 10", ""}
        assert list(packed["shown"]) == [one["properties"]["shown"] for one in features]


def test_areas_can_be_written_in_no_other_format(town: Store) -> None:
    areas = area_sets.load_area_set(town, BOARD, 1)
    cube: Cube = replace(counted("Drugs"), areas=areas.codes[:1])
    with pytest.raises(InputError, match="GeoJSON or GeoPackage"):
        area_exports.areas_file(cube, areas, areas.level, Choice(("2021-08",), EVERY), COUNT, "Anybody", "shp")  # type: ignore[arg-type]
