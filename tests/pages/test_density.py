"""Density is offered where data are published already, painted from their points, and never from protected data."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import geopandas as gpd
import pytest
import shapely
import streamlit as st

from data.services import open_points
from data.store import datasets
from geo.counts.filters import Choice
from geo.errors import RefusedError
from pages.components.cached import loads as cached
from pages.components.cached import statistics
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, SCHOOL, Facts, facts_of
from tests.pages.shown import Shown, number

PAGE: Final = "local_context"
PIN: Final = "Castlebrook Academy"
DENSITY: Final[dict[str, str | list[str]]] = {"dataset": POLICE, "school": PIN, "show": "Density"}
SQUARES: Final = 1024
SNAPPED: Final = "stands for a catchment of several addresses, not an address"


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the datasets whose points are asked for, or whose rows for their points (not for their times)."""
    asked: list[str] = []

    def noting(real: Callable[..., Any]) -> Callable[..., Any]:
        def load(store: object, principal: object, dataset: datasets.Dataset, *rest: object, **named: object) -> Any:
            asked.append(dataset.title)
            return real(store, principal, dataset, *rest, **named)

        return load

    monkeypatch.setattr(open_points, "open_points", noting(open_points.open_points))
    monkeypatch.setattr(open_points, "datasets", SimpleNamespace(load_rows=noting(datasets.load_rows)))
    return asked


def map_legend(shown: Shown) -> str:
    (piece,) = (piece for piece in shown.markup if "lc-legend" in piece.html)
    return " ".join(piece.text.split())


def drawn_areas(shown: Shown) -> str:
    return str(shown.payload["geometry"])


def test_areas_are_shown_until_density_is_chosen(open_demo: Open) -> None:
    shown = open_demo(PAGE, {"dataset": POLICE, "school": PIN})
    assert shown.app.segmented_control(key="show").value == "Areas"
    assert "per km²" not in shown.text
    areas = drawn_areas(shown)
    shown.app.segmented_control(key="show").set_value("Density")
    dense = again(shown)
    assert dense.failed == []
    assert drawn_areas(dense) != areas
    assert dense.payload["unit"] == "incidents per km²"
    dense.app.segmented_control(key="show").set_value("Areas")
    assert drawn_areas(again(dense)) == areas


def test_the_address_holds_what_the_map_shows(open_demo: Open) -> None:
    shown = open_demo(PAGE, DENSITY)
    assert shown.app.segmented_control(key="show").value == "Density"
    assert shown.payload["unit"] == "incidents per km²"


@pytest.mark.parametrize("eyes", [{}, {"board": "true"}], ids=["exact", "board"])
def test_protected_data_have_no_density_through_either_lens(
    open_demo: Open, loads: list[str], eyes: dict[str, str]
) -> None:
    plain = open_demo(PAGE, {"dataset": SCHOOL, "school": PIN, **eyes})
    shown = open_demo(PAGE, DENSITY | {"dataset": SCHOOL, **eyes})
    assert shown.failed == []
    assert [each.key for each in shown.app.segmented_control] == ["radius"]
    assert shown.payload == plain.payload
    assert "per km²" not in shown.text
    assert SCHOOL not in loads


def test_density_does_not_stay_when_a_protected_dataset_is_chosen(open_demo: Open, loads: list[str]) -> None:
    shown = open_demo(PAGE, DENSITY)
    shown.app.selectbox(key="dataset").set_value(SCHOOL)
    shown = again(shown)
    assert shown.failed == []
    assert shown.payload["unit"] == "incidents"
    assert SCHOOL not in loads


def test_points_of_protected_data_are_refused_whoever_asks(open_demo: Open, demo_home: Path) -> None:
    open_demo(PAGE)
    dataset, asking = facts_of(demo_home, SCHOOL).dataset, cached.asker()
    school = cached.schools_in(dataset.area_set_id, asking)[PIN]
    with pytest.raises(RefusedError, match="is protected"):
        statistics.density(dataset, Choice(("2026-06",), ("violence",)), school, asking.principal)


def test_the_squares_hold_the_incidents_that_lie_round_the_school(open_demo: Open, facts: Facts) -> None:
    shown = open_demo(PAGE, DENSITY | {"from": "Sep 2023", "harm": ["Anti-social behaviour"]})
    texts = shown.payload["texts"].split("|")
    assert len(texts) == len(shown.payload["marks"]) == SQUARES
    spread = sum(number(text) for text in texts if text) * 0.01  # a square is a hundredth of a square kilometre
    school = facts.schools.set_index("name").loc[PIN]
    middle = gpd.GeoSeries.from_xy([school["lon"]], [school["lat"]], crs=4326).to_crs(27700).iloc[0]
    reached = shapely.box(middle.x - 1600, middle.y - 1600, middle.x + 1600, middle.y + 1600)
    inside = facts.areas.to_crs(27700)
    share = dict(zip(inside["area"], inside.intersection(reached).area / inside.area, strict=True))
    cells = facts.chosen(("2023-09", "2026-08"), ("Anti-social behaviour",))
    assert spread == pytest.approx((cells["n"] * cells["area"].map(share)).sum(), rel=0.15)


def test_each_choice_repaints_the_squares_and_reads_the_points_once(open_demo: Open, loads: list[str]) -> None:
    st.cache_resource.clear()
    shown = open_demo(PAGE, DENSITY)
    pickers, squares, tokens = shown.app, drawn_areas(shown), [shown.payload["token"]]
    for choose in (
        lambda: pickers.selectbox(key="from").set_value("Sep 2023"),
        lambda: pickers.multiselect(key="harm").set_value(["Drugs and alcohol"]),
        lambda: pickers.selectbox(key="to").set_value("Aug 2025"),
    ):
        choose()
        shown = again(shown)
        assert shown.failed == []
        assert drawn_areas(shown) == squares
        tokens.append(shown.payload["token"])
    assert len(set(tokens)) == len(tokens)
    # The points, those with their areas, the rows that each are made from, and the names on the map.
    assert loads.count(POLICE) == 5


def test_each_school_has_squares_of_its_own(open_demo: Open) -> None:
    shown = open_demo(PAGE, DENSITY)
    before = drawn_areas(shown)
    shown.app.text_input(key="school").set_value("Brookfield School")
    assert drawn_areas(again(shown)) != before


def test_the_legend_tells_bandwidth_method_and_what_a_point_is(open_demo: Open) -> None:
    told = map_legend(open_demo(PAGE, DENSITY))
    bandwidth = told.split("each spread over ")[1].split(" m ")[0]
    assert 100 <= number(bandwidth) <= 5000
    assert f"Kernel density (quartic, bandwidth {bandwidth} m)" in told
    assert SNAPPED in told
    assert "Incidents per km²" in told


def test_the_school_its_rings_the_known_hotspots_and_the_table_stay(open_demo: Open) -> None:
    areas, dense = open_demo(PAGE, DENSITY | {"show": "Areas"}), open_demo(PAGE, DENSITY)
    for stays in ("school", "rings", "hotspots", "signs", "fit", "backdrop"):
        assert dense.payload[stays] == areas.payload[stays]
    assert dense.payload["hotspots"]
    assert dense.payload["emphasise"] is None
    assert dense.headline == areas.headline
    assert dense.table("Residents") == areas.table("Residents")


def test_where_incidents_lie_thickest_is_said_in_words(open_demo: Open) -> None:
    shown = open_demo(PAGE, DENSITY)
    start, end = map_legend(shown).removeprefix("Highest: about ").split(" per km², ", 1)
    most = max(number(text) for text in shown.payload["texts"].split("|") if text)
    assert number(start) == pytest.approx(most, rel=0.06)
    assert end.split(".")[0].endswith(f" of {PIN}")


def test_squares_beyond_the_areas_hold_no_figure(open_demo: Open) -> None:
    shown = open_demo(PAGE, DENSITY)
    blank = [mark == "-" for mark in shown.payload["marks"]]
    assert 0 < sum(blank) < SQUARES
    assert [text == "" for text in shown.payload["texts"].split("|")] == blank
    assert f"Outside the areas of this map ({sum(blank)} squares)" in map_legend(shown)


def test_too_little_for_a_density_shows_areas_and_says_why(open_demo: Open) -> None:
    address = {"from": "Aug 2026", "to": "Aug 2026", "harm": ["Drugs and alcohol"]}
    shown = open_demo(PAGE, DENSITY | address)
    areas = open_demo(PAGE, DENSITY | address | {"show": "Areas"})
    assert shown.failed == []
    assert "Areas are shown instead. A density map needs at least 30 incidents" in shown.text
    assert "Areas are shown instead" not in areas.text
    assert shown.payload == areas.payload


def test_a_density_map_is_sent_as_little_as_any_other(open_demo: Open) -> None:
    (sent,) = open_demo(PAGE, DENSITY).maps
    assert len(str(sent)) <= 17_000


def test_what_an_address_has_wrong_shows_areas(open_demo: Open) -> None:
    shown = open_demo(PAGE, DENSITY | {"show": "Heat"})
    assert shown.failed == []
    assert shown.app.segmented_control(key="show").value == "Areas"
