"""What is said to be around a school is what the cells of the areas around it hold."""

from pathlib import Path
from typing import Final

import geopandas as gpd
import pytest
import shapely

from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, USUAL_GROUPS, Facts, facts_of
from tests.pages.shown import number

METRES: Final = "EPSG:27700"
MONTHS: Final = ("2025-09", "2026-08")
SCHOOL: Final = "Castlebrook Academy"


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


def circle(facts: Facts, radius: int) -> shapely.Polygon:
    school = facts.schools.set_index("name").loc[SCHOOL]
    point = gpd.GeoSeries([shapely.Point(school["lon"], school["lat"])], crs="EPSG:4326").to_crs(METRES).iloc[0]
    return shapely.buffer(point, radius, quad_segs=256)


def codes_within(facts: Facts, radius: int) -> set[str]:
    touched = facts.areas.to_crs(METRES).intersects(circle(facts, radius))
    return set(facts.areas.loc[touched, "area"])


@pytest.mark.parametrize("radius", [400, 800, 1600])
def test_the_figures_are_those_of_the_areas_that_the_ring_touches(open_demo: Open, facts: Facts, radius: int) -> None:
    shown = open_demo("local_context", {"school": SCHOOL, "radius": f"{radius:,} m"})
    codes = codes_within(facts, radius)
    now, before = facts.chosen(MONTHS, USUAL_GROUPS), facts.chosen(facts.months_before(MONTHS), USUAL_GROUPS)
    here, earlier = (int(cells.loc[cells["area"].isin(codes), "n"].sum()) for cells in (now, before))
    assert f"{here:,} incidents in the {len(codes)} areas around {SCHOOL}" in shown.headline
    assert f"{earlier:,} in the same months a year before" in shown.headline


@pytest.mark.parametrize("radius", [400, 800, 1600])
def test_the_table_the_map_and_the_bars_agree(open_demo: Open, facts: Facts, radius: int) -> None:
    shown = open_demo("local_context", {"school": SCHOOL, "radius": f"{radius:,} m"})
    codes = codes_within(facts, radius)
    cells = facts.chosen(MONTHS, USUAL_GROUPS)
    units = facts.by_unit("lsoa", cells).set_index("code").loc[sorted(codes)]
    table = {row["Area"]: number(row["Incidents"]) for row in shown.table("Residents")}
    assert table == dict(zip(units["name"], units["n"], strict=True))
    payload = shown.payload
    drawn = facts.drawn[payload["geometry"].removeprefix("/lc/geometry/").removesuffix(".json")]
    assert {drawn[position] for position in payload["emphasise"]} == codes
    texts = payload["texts"].split("|")
    assert sum(number(texts[position]) for position in payload["emphasise"]) == units["n"].sum()
    (bars,) = (rows for rows in shown.charts if "harm" in rows[0])
    assert sum(row["n"] for row in bars) == units["n"].sum()


def test_each_school_has_its_own_surroundings(open_demo: Open, facts: Facts) -> None:
    headlines = {open_demo("local_context", {"school": school}).headline for school in facts.schools["name"]}
    assert len(headlines) == len(facts.schools) == 6


def test_the_known_hotspots_nearby_are_named_with_status_and_harm(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("local_context", {"school": SCHOOL})
    near = facts.hotspots[facts.hotspots.to_crs(METRES).intersects(circle(facts, 1600))]
    assert len(near)
    for hotspot in near.itertuples():
        assert hotspot.name in shown.text
    assert all(status in shown.text.casefold() for status in near["status"])
    far = facts.hotspots.loc[~facts.hotspots["name"].isin(near["name"]), "name"]
    assert not [name for name in far if name in shown.text]


def test_without_a_year_before_nothing_is_set_beside(open_demo: Open) -> None:
    headline = open_demo("local_context", {"from": "Sep 2023", "to": "Nov 2023"}).headline
    assert "a year before cannot be set beside it" in headline


def test_months_the_wrong_way_round_are_the_months_between_them(open_demo: Open) -> None:
    forwards = open_demo("local_context", {"from": "Jan 2026", "to": "Apr 2026"})
    backwards = open_demo("local_context", {"from": "Apr 2026", "to": "Jan 2026"})
    assert backwards.headline == forwards.headline


def test_without_any_harm_group_all_are_shown(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("local_context", {"school": SCHOOL})
    shown.app.multiselect(key="harm").set_value([])
    shown = again(shown)
    cells = facts.cells[facts.cells["month"].between(*MONTHS)]
    here = cells.loc[cells["area"].isin(codes_within(facts, 800)), "n"].sum()
    assert shown.headline.startswith(f"{here:,} incidents")
