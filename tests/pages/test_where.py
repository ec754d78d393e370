"""Around my school, my district, everywhere: one picker that all pages follow, counted again from rows."""

from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from data.principal import LOCAL_USER
from data.store import datasets, rows_at_rest
from data.store.store import Store
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, SCHOOL, USUAL_GROUPS, Facts, facts_of
from tests.pages.shown import number
from tests.pages.trending import chart

ACADEMY: Final = "Castlebrook Academy"
NEAR: Final = {"dataset": POLICE, "school": ACADEMY, "where": "Around my school"}
DISTRICT: Final = NEAR | {"where": "My district"}
MONTHS: Final = ("2026-06", "2026-08")
PERIOD: Final = {"from": "Jun 2026", "to": "Aug 2026"}


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


@pytest.fixture(scope="module")
def points(demo_home: Path, facts: Facts) -> pd.DataFrame:
    """Each published incident of the usual groups, with its month and its metres from the school."""
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, LOCAL_USER, facts.dataset)).to_pandas()
    rows = rows[rows["category"].map(dict(facts.dataset.harm_of)).isin(["violence", "substances", "asb"])]
    grid = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    school = facts.schools.set_index("name").loc[ACADEMY]
    east, north = grid.transform(rows["lon"].to_numpy(), rows["lat"].to_numpy())
    at_east, at_north = grid.transform(school["lon"], school["lat"])
    return rows.assign(metres=np.hypot(east - at_east, north - at_north))


def district_of(facts: Facts) -> tuple[str, set[str]]:
    """Return the name of the school's district and the codes of its areas."""
    school = facts.schools.set_index("name").loc[ACADEMY]
    at = shapely.Point(school["lon"], school["lat"])
    own = facts.areas.loc[facts.areas.geometry.contains(at).idxmax()]
    return own["district_name"], set(facts.areas.loc[facts.areas["district_code"] == own["district_code"], "area"])


@pytest.mark.parametrize("radius", [400, 800, 1600])
def test_trends_around_the_school_are_of_the_points_within_the_distance(
    open_demo: Open, points: pd.DataFrame, radius: int
) -> None:
    shown = open_demo("trends", NEAR | {"radius": f"{radius:,} m", "trend_harm": "All these harm groups"})
    assert shown.failed == []
    by_month = points[points["metres"] <= radius].groupby("month", observed=False).size()
    drawn = chart(shown).drawn
    assert [n or 0 for n in drawn] == by_month.reindex(sorted(by_month.index)).tolist()
    assert f"within {radius:,} m of {ACADEMY}" in shown.text


def test_trends_around_the_school_say_what_its_district_did(open_demo: Open, facts: Facts) -> None:
    name, _ = district_of(facts)
    near = open_demo("trends", NEAR | {"trend_harm": "All these harm groups"})
    there = open_demo("trends", DISTRICT | {"trend_harm": "All these harm groups"})
    assert f"{name}: {there.headline}" in near.text
    assert f"{name}: " not in there.text


def test_trends_of_the_district_are_the_sums_of_its_areas(open_demo: Open, facts: Facts) -> None:
    name, codes = district_of(facts)
    shown = open_demo("trends", DISTRICT | {"trend_harm": "All these harm groups"})
    cells = facts.chosen(("2000-01", "2099-12"), USUAL_GROUPS)
    by_month = cells[cells["area"].isin(codes)].groupby("month")["n"].sum()
    drawn = chart(shown).drawn
    assert drawn == by_month.tolist()
    assert name in shown.text


def test_the_area_map_ranks_and_lists_the_areas_that_are_looked_at(open_demo: Open, facts: Facts) -> None:
    name, codes = district_of(facts)
    shown = open_demo("area_map", DISTRICT | PERIOD)
    cells = facts.by_unit("lsoa", facts.chosen(MONTHS, USUAL_GROUPS)).set_index("code").loc[sorted(codes)]
    listed = shown.table("Rank")
    assert f"{len(codes)} areas in {name}" in shown.text
    assert number(listed[0]["Incidents"]) == cells["n"].max()
    assert number(listed[0]["Rank"]) == 1
    drawn = facts.drawn[shown.payload["geometry"].removeprefix("/lc/geometry/").removesuffix(".json")]
    assert {drawn[position] for position in shown.payload["emphasise"]} == codes


def test_the_area_map_says_what_the_surroundings_hold_of_the_district(open_demo: Open, facts: Facts) -> None:
    name, codes = district_of(facts)
    shown = open_demo("area_map", NEAR | PERIOD)
    cells = facts.by_unit("lsoa", facts.chosen(MONTHS, USUAL_GROUPS)).set_index("code")
    drawn = facts.drawn[shown.payload["geometry"].removeprefix("/lc/geometry/").removesuffix(".json")]
    near = {drawn[position] for position in shown.payload["emphasise"]}
    share = 100 * cells.loc[sorted(near & codes), "n"].sum() / cells.loc[sorted(codes), "n"].sum()
    assert f"{share:.1f}" in shown.text.split(f"of the incidents of {name}")[0]
    assert len(near) < len(codes)


@pytest.mark.parametrize("measure", ["Rate", "Smoothed rate", "Change", "Hot spots", "Emerging"])
@pytest.mark.parametrize("where", ["Around my school", "My district"])
def test_every_measure_answers_of_what_is_looked_at_and_then_of_all(open_demo: Open, measure: str, where: str) -> None:
    shown = open_demo("area_map", NEAR | {"measure": measure, "where": where})
    assert shown.failed == []
    everywhere = open_demo("area_map", NEAR | {"measure": measure, "where": "Everywhere"})
    if measure != "Rate":
        assert everywhere.headline in shown.text


@pytest.mark.parametrize("page", ["local_context", "area_map", "trends", "clock"])
@pytest.mark.parametrize("board", [{}, {"board": "true"}], ids=["custodian", "board"])
@pytest.mark.parametrize("where", ["Around my school", "My district", "Everywhere"])
def test_every_page_stands_wherever_one_looks(open_demo: Open, page: str, board: dict[str, str], where: str) -> None:
    shown = open_demo(page, {"dataset": SCHOOL, "school": ACADEMY, "where": where} | board)
    assert shown.failed == []
    assert shown.headline


def test_what_is_looked_at_stays_from_page_to_page(open_demo: Open) -> None:
    shown = open_demo("trends", NEAR)
    shown.app.radio(key="where").set_value("My district")
    shown = again(shown)
    for page in ("area_map", "clock", "local_context", "trends"):
        shown.app.switch_page(f"{page}.py").run()
        assert shown.app.radio(key="where").value == "My district"
