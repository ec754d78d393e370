"""Areas compared: a funnel and an alphabetical table that rank nobody, and one area beside those like it."""

import re
from pathlib import Path
from typing import Final

import pytest

from geo.trends.funnel_plot import WORDS
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, Facts, facts_of
from tests.pages.shown import Shown, number
from tests.pages.trending import ASB, DRUGS, VIOLENCE, Address, chart, charts

COMPARED: Final[Address] = {"trend_harm": VIOLENCE, "trend_side": "Areas compared"}
A_YEAR: Final[Address] = {"from": "Sep 2025", "to": "Aug 2026"}
MONTHS: Final = ("2025-09", "2026-08")
AREA: Final = "Eastmoor (Castlebrook 005C)"
ONE: Final[Address] = COMPARED | A_YEAR | {"trend_level": "LSOA", "trend_area": AREA}


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


def points(shown: Shown) -> dict[str, dict[str, object]]:
    """Return what the funnel draws of each area."""
    return {row["label"]: row for row in chart(shown).layer("expected", "drawn", "told")}


@pytest.mark.parametrize(("address", "level"), [({}, "lsoa"), ({"trend_level": "MSOA"}, "msoa")])
def test_the_table_is_alphabetical_and_has_no_rank(open_demo: Open, facts: Facts, address: Address, level: str) -> None:
    shown = open_demo("trends", COMPARED | A_YEAR | address)
    assert shown.failed == []
    rows = shown.table("Chance or more")
    assert [row["Area"] for row in rows] == sorted(row["Area"] for row in rows)
    words = shown.text.casefold()
    assert not re.search(r"rank(?!ed)|\bworst|\bbest\b|\btop\b|league", words)
    assert "not ranked" in words
    counted = facts.by_unit(level, facts.chosen(MONTHS, (VIOLENCE,))).set_index("name")
    assert {row["Area"]: number(row["Incidents"]) for row in rows} == counted["n"].fillna(0).to_dict()


def test_what_is_expected_follows_from_residents(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("trends", COMPARED | A_YEAR)
    counted = facts.by_unit("lsoa", facts.chosen(MONTHS, (VIOLENCE,))).set_index("name").fillna(0)
    expected = counted["n"].sum() * counted["residents"] / counted["residents"].sum()
    rows = shown.table("Chance or more")
    assert len(rows) == len(expected)
    for row in rows:
        assert number(row["Times expected"]) == pytest.approx(
            counted["n"][row["Area"]] / expected[row["Area"]], abs=0.01
        )


def test_the_headline_counts_what_the_table_names(open_demo: Open) -> None:
    for address in ({}, A_YEAR, {"from": "Sep 2023"}, {"trend_harm": ASB} | A_YEAR):
        shown = open_demo("trends", COMPARED | address)
        beyond = [row["Chance or more"].startswith(WORDS[2]) for row in shown.table("Chance or more")]
        found = re.search(r"areas?, (\d+|none) ha(?:s|ve) clearly more", shown.headline)
        assert found is not None
        assert (0 if found[1] == "none" else int(found[1])) == sum(beyond)


def test_the_chosen_area_is_ringed_and_named(open_demo: Open) -> None:
    shown = open_demo("trends", ONE)
    assert shown.headline.startswith(f"{AREA}: ")
    ringed = [rows for rows in chart(shown).layers if [row.get("label") for row in rows] == [AREA]]
    assert ringed  # the ring
    assert AREA in " ".join(chart(shown).words.split())
    assert [name for name, row in points(shown).items() if row["chosen"]] == [AREA]
    assert not [row for row in points(open_demo("trends", COMPARED | A_YEAR)).values() if row["chosen"]]


def test_the_chosen_area_stands_beside_those_like_it_and_its_district(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("trends", ONE)
    assert f"{AREA} beside others" in shown.text
    assert "in the 10 areas most like it" in shown.text
    districts = facts.areas.set_index("name")["district_name"]
    assert f"in all of {districts[AREA]}" in shown.text
    beside = charts(shown)[1]
    lines = beside.layer("series")
    assert {row["series"] for row in lines} == {AREA, "The 10 areas most like it", f"All of {districts[AREA]}"}
    table = shown.table(f"All of {districts[AREA]}")
    drawn = {row["series"]: row["n"] for row in lines if row["period"] == "2026-08"}
    assert table[0]["Period"] == "Aug 2026"
    assert {name: number(table[0][name]) for name in drawn} == pytest.approx(drawn, abs=0.005)


def test_both_charts_say_in_words_what_they_show(open_demo: Open) -> None:
    shown = open_demo("trends", ONE)
    assert shown.headline in charts(shown)[0].said
    assert all(AREA in one.said for one in charts(shown))


def test_too_few_incidents_are_refused_in_one_sentence_and_nothing_is_drawn(open_demo: Open) -> None:
    shown = open_demo("trends", COMPARED | {"trend_harm": DRUGS, "from": "Aug 2026"})
    assert shown.failed == []
    assert shown.headline.startswith("Comparing areas needs ")
    assert charts(shown) == []
    assert shown.tables == []
