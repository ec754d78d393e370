"""The lines, the sentences and the table of Trends are the cells' own months."""

from pathlib import Path
from typing import Final

import pytest

from tests.pages.conftest import Open
from tests.pages.facts import POLICE, USUAL_GROUPS, Facts, facts_of
from tests.pages.shown import Shown, number

WHOLE: Final = ("2023-09", "2026-08")
LATEST: Final = ("2026-06", "2026-08")


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


def lines(shown: Shown) -> dict[str, dict[str, float]]:
    drawn: dict[str, dict[str, float]] = {}
    for row in shown.charts[0]:
        drawn.setdefault(row["series"], {})[row["period"]] = row["n"]
    return drawn


def by_month(facts: Facts, groups: tuple[str, ...], codes: set[str] | None = None) -> dict[str, float]:
    cells = facts.chosen(WHOLE, groups)
    counted = (cells if codes is None else cells[cells["area"].isin(codes)]).groupby("month")["n"].sum()
    return dict.fromkeys(facts.dataset.months, 0.0) | counted.to_dict()


def test_a_line_for_each_harm_group_is_its_months(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("trends")
    assert lines(shown) == {group: by_month(facts, (group,)) for group in USUAL_GROUPS}


def test_the_headline_and_each_sentence_hold_two_plain_counts(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("trends")
    for groups, where in ((USUAL_GROUPS, shown.headline), *(((group,), shown.text) for group in USUAL_GROUPS)):
        now = facts.chosen(LATEST, groups)["n"].sum()
        before = facts.chosen(facts.months_before(LATEST), groups)["n"].sum()
        assert f"{now:,} incidents, Jun–Aug 2026; {before:,} in the same months a year before" in where


def test_a_line_for_each_chosen_area_is_its_months(open_demo: Open, facts: Facts) -> None:
    names = ["Castlebrook 005C", "Castlebrook 006G"]
    shown = open_demo("trends", {"lines": "Areas", "trend_level": "LSOA", "trend_areas": names})
    codes = facts.areas.set_index("name")["area"]
    assert lines(shown) == {name: by_month(facts, USUAL_GROUPS, {codes[name]}) for name in names}


def test_areas_of_a_larger_level_are_the_sum_of_theirs(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("trends", {"trend_areas": "Castlebrook North", "harm": "Drugs and alcohol"})
    inside = set(facts.areas.loc[facts.areas["district_name"] == "Castlebrook North", "area"])
    assert lines(shown) == {"Drugs and alcohol": by_month(facts, ("Drugs and alcohol",), inside)}
    assert "Castlebrook North" in shown.headline


def test_the_table_holds_what_the_lines_show(open_demo: Open) -> None:
    shown = open_demo("trends")
    drawn = lines(shown)
    rows = shown.table("Month")
    assert [row["Month"] for row in rows[:2]] == ["Aug 2026", "Jul 2026"]
    for group, line in drawn.items():
        assert [number(row[group]) for row in reversed(rows)] == list(line.values())
