"""Maps for print of real places: their figures are those of the raw rows, and they stay small and quick enough."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from data.services.print_maps import PrintedMap
from data.store import places
from data.store.store import Store
from geo.areas.proximity import labelled
from geo.areas.reach import USUAL, Reach, on_foot
from geo.calendar import months
from geo.counts.filters import Choice
from geo.harms import harm_of
from tests.acceptance.raw_rows import by_area
from tests.unit.data.running import copied, done
from tests.unit.data.services.school_maps import BOARD, school_map

pytestmark = pytest.mark.acceptance

OAKWOOD, DIXONS = "140459", "144743"
SUMMER = ("2021-07", "2021-09")
HARMS = ("violence", "substances", "asb")
TODAY = date(2026, 11, 30)
MOST = 700_000
AUTUMN = Choice(("2014-09", "2014-10", "2014-11"), HARMS)


def printed(store: Store, urn: str | None, choice: Choice, reach: Reach = USUAL) -> PrintedMap:
    schools = {one.urn: one for one in labelled(places.schools(store, BOARD)).values()}
    return school_map(store, 1, None if urn is None else schools[urn], choice, reach)


def words_of(made: PrintedMap) -> str:
    root = etree.fromstring(made.svg.encode())
    return " ".join(one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text"))


def test_the_figures_around_a_school_are_those_of_the_raw_rows(sheffield_store: Store, real_data: Path) -> None:
    place = real_data / "south_yorkshire"
    rows = by_area(place / "police_street", place / "boundaries" / "lsoa11.geojson")
    chosen = rows[rows["Month"].between(*SUMMER) & rows["Crime type"].map(harm_of).isin(HARMS)]
    raw = chosen.groupby("LSOA11CD").size()
    made = printed(sheffield_store, OAKWOOD, Choice(months.between(*SUMMER), HARMS))
    assert len(made.rows) > 5
    assert {row["area"]: row["n"] for row in made.rows} == {row["area"]: raw.get(row["area"], 0) for row in made.rows}
    top, said = made.rows[0], words_of(made)
    assert f"Highest: {top['name']}, {top['n']:.0f} of " in made.alt
    assert f"{top['n']:.0f}" in said
    assert "Harm groups: Violence and weapons, Drugs and alcohol, Anti-social behaviour." in said
    assert "No base map is loaded for this ground" in said
    assert "Office for National Statistics" in said


def test_a_county_is_drawn_within_seconds_and_small_enough(sheffield_store: Store) -> None:
    started = time.perf_counter()
    made = printed(sheffield_store, None, Choice(months.between(*SUMMER), HARMS))
    assert len(made.svg) < MOST
    assert time.perf_counter() - started < 30
    assert len(made.rows) == 853
    assert sum(made.spec.classes.areas) == 853
    assert {"Barnsley", "Doncaster", "Rotherham", "Sheffield"} <= set(words_of(made).split())


def test_a_school_in_leeds_without_a_base_map_is_drawn_all_the_same(leeds: Store) -> None:
    made = printed(leeds, DIXONS, AUTUMN)
    assert len(made.svg) < MOST
    assert [place.number for place in made.spec.places] == [1, 2, 3, 4, 5]
    assert "No base map is loaded for this ground" in words_of(made)


@pytest.fixture(scope="module")
def mapped(leeds_home: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store of Chapeltown with its base map."""
    home = copied(leeds_home, tmp_path_factory.mktemp("mapped") / "home")
    done(home, "basemap", real_data / "leeds_chapeltown" / "streets.osm.pbf")
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        yield store


def test_a_base_map_lies_beneath_with_its_streets_parks_and_places_by_name(mapped: Store) -> None:
    made = printed(mapped, DIXONS, AUTUMN)
    said = words_of(made)
    for name in ("Harehills", "Potternewton", "Scott Hall Road", "Roundhay Road"):
        assert name in said
    assert "Base map: © OpenStreetMap contributors, ODbL" in said
    assert "No base map" not in said
    assert len(made.svg) < MOST
    roads = made.spec.ground.features.query("theme == 'road'")
    assert {"main", "secondary", "local"} <= set(roads["kind"])
    west, south, east, north = made.spec.ground.features.total_bounds
    assert 428_000 < west < east < 434_000  # the British National Grid around Chapeltown
    assert 433_000 < south < north < 439_000


def test_a_walk_is_outlined_and_counts_what_it_reaches(mapped: Store) -> None:
    made, whole = printed(mapped, DIXONS, AUTUMN, on_foot(10)), printed(mapped, DIXONS, AUTUMN)
    assert "Reached on foot" in words_of(made)
    assert "in a straight line" not in words_of(made)
    assert made.spec.walk is not None
    assert {row["area"] for row in made.rows} <= {row["area"] for row in whole.rows}
