"""Trends of a protected dataset: a board gets half-terms, about, in fives, and nothing under 10 anywhere."""

import re
from pathlib import Path
from typing import Final

import pytest

from data.store.datasets import Access
from tests.pages.conftest import Open, again
from tests.pages.facts import SCHOOL
from tests.pages.shown import Shown, told
from tests.pages.stores import add_hamlet
from tests.pages.trending import Address, cards, chart, charts

EXACT: Final[Address] = {"dataset": SCHOOL}
BOARD: Final[Address] = {"dataset": SCHOOL, "board": "true"}
EVERY: Final[Address] = {"from": "Autumn 1, 2023/24"}
BY_HALF_TERM: Final[Address] = {"trend_by_released": "Half-term"}
TOGETHER: Final = "All these harm groups"
PEERS: Final = "Harm between children"
RARER: Final = ("Drugs and alcohol", "Anti-social behaviour", "Child criminal exploitation")
NOT_TOLD: Final = ("fewer than 10 incidents", "no figures", "no school days")
ZONE: Final = "Millbank (Castlebrook 008)"
VIEWS: Final[dict[str, Address]] = {
    "as it opens": {},
    "all together": {"trend_harm": TOGETHER},
    "a group": {"trend_harm": PEERS},
    "a rare group": {"trend_harm": "Child sexual exploitation and abuse"},
    "each zone": {"trend_harm": TOGETHER, "trend_level": "Zone"},
    "one zone": {"trend_harm": TOGETHER, "trend_level": "Zone", "trend_area": ZONE, "trend_action": "A"}
    | BY_HALF_TERM,
    "terms by school day": {
        "trend_harm": TOGETHER, "trend_by_released": "Term", "trend_figure_long": "Each school day",
        "trend_action": "A",
    },
    "school years": {"trend_harm": PEERS, "trend_by_released": "School year"},
    "compared": EVERY | {"trend_harm": TOGETHER, "trend_side": "Areas compared"},
    "a zone compared": EVERY
    | {"trend_harm": TOGETHER, "trend_side": "Areas compared", "trend_level": "Zone", "trend_area": ZONE},
    "too few compared": {"trend_harm": PEERS, "trend_side": "Areas compared"},
    "an address of the custodian's": {"trend_level": "LSOA", "trend_area": "Castlebrook 005C", "trend_by": "Month"},
}  # fmt: skip
TOO_FEW: Final = VIEWS["too few compared"]  # nothing is drawn
HIDING: Final = [
    VIEWS[name] for name in ("as it opens", "a rare group", "each zone", "one zone", "an address of the custodian's")
]
every_view = pytest.mark.parametrize("asked", VIEWS.values(), ids=VIEWS)
MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"


def days_of(shown: Shown) -> dict[str, float]:
    """Return the days of each half-term, which are public."""
    weeks = {row["Half-term"]: row for row in shown.table("Incidents a week")}
    return {
        period: 7 * told(row["Incidents"]) / float(row["Incidents a week"].removeprefix("about "))
        for period, row in weeks.items()
        if row["Incidents"] != "fewer than 10"
    }


@every_view
def test_no_figure_under_ten_is_in_a_chart_a_sentence_a_table_or_the_address(open_demo: Open, asked: Address) -> None:
    shown = open_demo("trends", BOARD | asked)
    assert shown.failed == []
    bare = r"(?<!about )(?<!than )(?<!needs )(?<!from )(?<![\d,.])\b[\d,]+ (?:incidents|in the same)"
    assert not re.findall(bare, shown.text, re.IGNORECASE)
    assert not re.findall(bare, " ".join(one.said for one in charts(shown)), re.IGNORECASE)
    listed = [row for heading, *rows in shown.tables for row in rows if "Incidents" in heading]
    assert bool(charts(shown)) == (asked != TOO_FEW)
    assert bool(listed) == (asked != TOO_FEW and not cards(shown))
    for row in listed:
        told(row[1])
    for one in charts(shown):
        for row in (row for row in one.points if "told" in row):
            assert row["told"] in NOT_TOLD or row["told"].startswith("about ")
            assert (row["drawn"] is None) == (row["told"] in NOT_TOLD)
        assert {row["told"] for row in one.few if "told" in row} <= {NOT_TOLD[0]}
        for row in one.layer("told", "ratio") + one.layer("told", "expected"):
            assert not re.search(r"(?<!about )\b[\d,]+,? (?:incidents|expected)", row["told"])
    assert not re.search(r"\d", "".join(v for k, v in shown.app.query_params.items() if k == "trend_harm" for v in v))


@every_view
def test_what_is_not_told_is_no_point_and_leads_no_line(open_demo: Open, asked: Address) -> None:
    drawn = charts(open_demo("trends", BOARD | asked))
    assert any(one.few for one in drawn) == (asked in HIDING)
    for one in drawn:
        orders = {row["first"] + 0.5 for row in one.few}
        assert {row["drawn"] for row in one.points if row["order"] in orders} <= {None}
        assert {row["foot"] for row in one.few} <= {0}


def test_what_is_not_told_is_drawn_as_all_that_it_may_be(open_demo: Open) -> None:
    lengths = days_of(open_demo("trends", BOARD | BY_HALF_TERM | {"trend_harm": TOGETHER}))
    few = [row for harm in RARER for row in chart(open_demo("trends", BOARD | BY_HALF_TERM | {"trend_harm": harm})).few]
    assert few
    for row in few:
        assert row["foot"] == 0
        assert row["ceiling"] * lengths[row["label"]] / 7 == pytest.approx(10, rel=0.05)


def test_a_rate_gives_away_no_more_than_its_count(open_demo: Open) -> None:
    shown = open_demo("trends", BOARD | BY_HALF_TERM | {"trend_harm": TOGETHER})
    lengths = days_of(shown)
    assert lengths
    figures = {label: row["drawn"] for label, row in chart(shown).figures.items() if row["drawn"] is not None}
    assert figures
    for label, drawn in figures.items():
        count = next(told(each["Incidents"]) for each in shown.table("Noted") if each["Half-term"] == label)
        assert drawn * lengths[label] / 7 == pytest.approx(count, rel=0.05)


@every_view
def test_a_board_gets_no_months(open_demo: Open, asked: Address) -> None:
    shown = open_demo("trends", BOARD | asked)
    offered = [list(each.options) for each in shown.app.segmented_control if (each.key or "").startswith("trend_by")]
    assert offered == ([] if "trend_side" in asked else [["Half-term", "Term", "School year"]])
    # The day of an action is that of the register.
    assert not re.search(rf"(?<!\d )\b({MONTHS}) 20\d\d", shown.text)
    drawn = " ".join(one.said + str([row.get("label") for row in one.points]) for one in charts(shown))
    assert not re.search(rf"(?<!\d )\b({MONTHS}) 20\d\d", drawn)


@every_view
def test_what_a_board_sees_may_be_shared_and_says_about(open_demo: Open, asked: Address) -> None:
    shown = open_demo("trends", BOARD | asked)
    assert "Safe to share." in shown.text
    assert "exact" not in shown.text.casefold()
    pieces = [piece for piece in shown.markup if piece.tables]
    assert bool(pieces) == (asked != TOO_FEW)
    for piece in pieces:
        assert "(protected: about)" in piece.text


@every_view
def test_exact_figures_say_so_wherever_they_stand(open_demo: Open, asked: Address) -> None:
    shown = open_demo("trends", EXACT | {key: value for key, value in asked.items() if key != "from"})
    assert shown.failed == []
    assert "Exact: do not share." in shown.text
    pieces = [piece for piece in shown.markup if piece.tables]
    assert bool(pieces) == (asked != TOO_FEW)
    for piece in pieces:
        assert "(exact: do not share)" in piece.text
    assert not [link for link in shown.links if "/download/" in link]


def test_every_harm_group_has_a_card_for_a_board_too_and_the_silent_ones_come_last(open_demo: Open) -> None:
    told_of = cards(open_demo("trends", BOARD))
    silent = ["Too few to say" in text for text, _ in told_of]
    assert len(told_of) == 7
    assert silent == sorted(silent)


def test_the_switch_and_back_leads_to_the_months_again(open_demo: Open) -> None:
    shown = open_demo("trends", EXACT | {"trend_harm": PEERS})
    before = (shown.headline, shown.tables)
    for as_board in (True, False):
        shown.app.toggle(key="board").set_value(as_board)
        shown = again(shown)
        assert shown.failed == []
        assert ("Month" not in [*shown.table("Noted")[0]]) is as_board
    assert (shown.headline, shown.tables) == before


def test_of_three_incidents_a_board_learns_nothing(open_page: Open, tmp_path: Path) -> None:
    add_hamlet(tmp_path, Access.PROTECTED)
    for asked in ({}, {"trend_harm": "Drugs and alcohol"}, {"trend_harm": "Other"}, {"trend_level": "Zone"}):
        shown = open_page(tmp_path, "trends", {"board": "true"} | asked)
        assert shown.failed == []
        points = [row for one in charts(shown) for row in one.points]
        assert all(row["drawn"] is None for row in points)
        cells = {figure for table in shown.tables for row in shown.table(table[0][0]) for figure in figures_of(row)}
        assert cells <= {"fewer than 10", "fewer than 10 incidents", "no figures"}
        assert bool(points) == bool(cells) == ("trend_level" not in asked)  # a zone has no chart of its own
        assert "Theft" not in shown.text


def figures_of(row: dict[str, str]) -> list[str]:
    """Return the figures of a row of the table of one chart, or of many charts without the period of the last one."""
    told = [row[column] for column in ("Incidents", "Incidents a week") if column in row]
    return told + [last.split(", ")[0] for column, last in row.items() if column.startswith("Last ")]
