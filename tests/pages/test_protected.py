"""Exact figures of a protected dataset are for the screen: marked, and offered to nobody as a file."""

from pathlib import Path

import pytest

from pages.components.area_map import area_table
from pages.components.frame import chrome
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, SCHOOL, facts_of
from tests.pages.shown import number

MARK = "Exact: do not share."
EVERYWHERE = "(exact: do not share)"
PAGES = ("local_context", "area_map", "trends", "clock")
OTHER_PAGES = ("area-map?", "school-day-clock?", "did-and-owe", "known-hotspots", "briefing?")


@pytest.mark.parametrize("page", PAGES)
def test_exact_figures_are_marked(open_demo: Open, page: str) -> None:
    shown = open_demo(page, {"dataset": SCHOOL})
    assert shown.failed == []
    assert MARK in shown.text
    assert "published" not in shown.text


@pytest.mark.parametrize("page", PAGES)
def test_every_table_and_legend_of_exact_figures_is_marked(open_demo: Open, page: str) -> None:
    shown = open_demo(
        page, {"dataset": SCHOOL, "area": "Eastmoor (Castlebrook 005C)", "trend_harm": "Harm between children"}
    )
    drawn = [piece for piece in shown.markup if piece.tables or "lc-legend" in piece.html]
    pieces = [piece for piece in drawn if "Layers from partners" not in piece.text]  # areas, and no figures
    assert pieces
    for piece in pieces:
        assert len(piece.tables) <= piece.text.count(EVERYWHERE)
        assert EVERYWHERE in piece.text


@pytest.mark.parametrize("page", PAGES)
def test_exact_figures_cannot_be_downloaded(open_demo: Open, page: str) -> None:
    shown = open_demo(page, {"dataset": SCHOOL})
    assert [link for link in shown.links if not link.startswith(OTHER_PAGES)] == []
    assert not shown.app.get("download_button")
    # A table of Streamlit's own brings a download of its own.
    assert not shown.app.dataframe


@pytest.mark.parametrize("page", PAGES)
def test_no_row_and_no_chart_of_exact_figures_is_at_an_address(open_demo: Open, page: str) -> None:
    chosen = {"dataset": SCHOOL, "area": "Castlebrook 005C", "trend_harm": "Harm between children", "from": "Sep 2023"}
    shown = open_demo(page, chosen)
    told = "".join(piece.html for piece in shown.markup)
    assert "/lc/rows/" not in told
    assert "/lc/charts/" not in told
    assert chrome.NO_DOWNLOAD in shown.text


def test_exact_rows_that_are_many_are_all_sent_once_they_are_asked_for(
    open_demo: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(area_table, "MOST_EXACT", 30)
    assert len(open_demo("area_map", {"dataset": SCHOOL}).table("Rank")) == area_table.ROWS_A_PAGE
    assert len(open_demo("area_map", {"dataset": SCHOOL, "every_row": "true"}).table("Rank")) == 60


@pytest.mark.parametrize("page", PAGES)
def test_open_figures_are_not_marked(open_demo: Open, page: str) -> None:
    shown = open_demo(page, {"dataset": POLICE})
    assert "do not share" not in shown.text


def test_exact_figures_are_exact(open_demo: Open, demo_home: Path) -> None:
    facts = facts_of(demo_home, SCHOOL)
    shown = open_demo("area_map", {"dataset": SCHOOL, "from": "Sep 2023"})
    listed = {row["Code"]: number(row["Incidents, exact"]) for row in shown.table("Rank")}
    usual = facts.cells[facts.cells["category"].map(dict(facts.dataset.harm_of)) != "other"]
    expected = facts.by_unit("lsoa", usual).set_index("code")["n"]
    assert listed == {code: expected[code] for code in listed}
    assert len(listed) == 60
