"""Trends: a card for every harm group, changes first, and one large chart that says what its headline says."""

import re
from pathlib import Path
from typing import Any, Final

import pytest

from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, USUAL_GROUPS, Facts, facts_of
from tests.pages.shown import Shown, number
from tests.pages.trending import ASB, DRUGS, VIOLENCE, Address, cards, chart, charts

WHOLE: Final = ("2023-09", "2026-08")
TOGETHER: Final = "All these harm groups"
AREA: Final = "Riverside (Castlebrook 007C)"
SIGNS: Final = {"more": "▲", "less": "▼", "same": ""}
VIEWS: Final[dict[str, tuple[Address, str]]] = {
    "one harm": ({"trend_harm": DRUGS}, f"Trends · {DRUGS}, All areas together"),
    "one area": ({"trend_harm": DRUGS, "trend_level": "LSOA", "trend_area": AREA}, f"Trends · {DRUGS}, {AREA}"),
    "each area": ({"trend_harm": DRUGS, "trend_level": "MSOA"}, f"Trends · {DRUGS}, each MSOA"),
    "each harm in one area": ({"trend_level": "LSOA", "trend_area": AREA}, f"Trends · Each harm group, {AREA}"),
    "areas compared": ({"trend_harm": DRUGS, "trend_side": "Areas compared"}, f"Trends · {DRUGS}, each LSOA"),
    "an action": ({"trend_harm": VIOLENCE, "trend_action": "A"}, f"Trends · {VIOLENCE}, All areas together"),
    "half-terms": ({"trend_harm": DRUGS, "trend_by": "Half-term"}, f"Trends · {DRUGS}, All areas together"),
}


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


def by_month(facts: Facts, groups: tuple[str, ...], codes: set[str] | None = None) -> dict[str, float]:
    """Count the cells of every month of the dataset, by the words for it."""
    cells = facts.chosen(WHOLE, groups)
    counted = (cells if codes is None else cells[cells["area"].isin(codes)]).groupby("month")["n"].sum()
    return dict.fromkeys(facts.dataset.months, 0.0) | counted.to_dict()


def kicker(shown: Shown) -> str:
    """Return the line above the headline: what is looked at."""
    written = (re.search(r'lc-kicker">(.*?)</p>', piece.html) for piece in shown.markup)
    return next(found[1] for found in written if found)


def test_every_harm_group_has_a_card_with_its_chart_and_its_sentence(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("trends")
    told, there = cards(shown), charts(shown)
    assert len(told) == len(there) == len(USUAL_GROUPS) + 1
    for (text, _), one in zip(told, there, strict=True):
        title, _, sentence = one.said.partition(": ")
        harm = title.removesuffix(", All areas together")
        assert " ".join(text.split()).startswith(f"{harm} All areas together")
        assert sentence in text
        groups = USUAL_GROUPS if harm == TOGETHER else (harm,)
        assert one.drawn == list(by_month(facts, groups).values())


def test_changes_stand_before_what_has_none(open_demo: Open) -> None:
    shown = open_demo("trends", {"trend_harm": VIOLENCE, "trend_level": "LSOA", "from": "Jun 2026"})
    looks = [look for _, look in cards(shown)]
    changed = [look in ("more", "less") for look in looks]
    assert changed == sorted(changed, reverse=True)
    assert any(changed)
    assert not all(changed)
    for text, look in cards(shown):
        assert text.split("Castlebrook", 1)[1][6:].strip().startswith(SIGNS[look]) or "Too few to say" in text


def test_the_headline_of_many_charts_says_how_many_would_speak_by_chance(open_demo: Open) -> None:
    shown = open_demo("trends", {"trend_harm": VIOLENCE, "trend_level": "LSOA"})
    ways = r"\d+ real (rise|fall)s?( and \d+ real falls?)?"
    assert re.match(rf"Sep 2025 – Aug 2026: {ways} in 60 charts\. By chance alone about \d+ of them ", shown.headline)


def test_a_click_on_a_card_opens_its_chart(open_demo: Open) -> None:
    shown = open_demo("trends")
    said = {each.label: one.said for each, one in zip(openers(shown), charts(shown), strict=True)}
    assert said
    for label, sentence in said.items():
        shown = open_demo("trends")
        next(each for each in openers(shown) if each.label == label).click()
        shown = again(shown)
        assert shown.failed == []
        assert len(charts(shown)) == 1
        assert chart(shown).said == sentence
        assert shown.app.session_state["trend_harm"].lower() == label.removeprefix("Open ")


def openers(shown: Shown) -> list[Any]:
    return [each for each in shown.app.button if (each.key or "").startswith("open_")]


def test_a_click_on_the_card_of_an_area_opens_the_area(open_demo: Open) -> None:
    shown = open_demo("trends", {"trend_harm": VIOLENCE, "trend_level": "LSOA"})
    first = openers(shown)[0]
    first.click()
    shown = again(shown)
    assert f"Open {shown.app.selectbox(key='trend_area').value}" == first.label
    assert len(charts(shown)) == 1


@pytest.mark.parametrize(("asked", "what"), VIEWS.values(), ids=VIEWS)
def test_an_address_opens_its_view(open_demo: Open, asked: Address, what: str) -> None:
    shown = open_demo("trends", asked)
    assert shown.failed == []
    assert kicker(shown) == what


def test_one_chart_says_what_the_headline_says_and_draws_the_cells(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("trends", {"trend_harm": DRUGS})
    one = chart(shown)
    assert one.said == f"{DRUGS}, All areas together: {shown.headline}"
    assert one.drawn == list(by_month(facts, (DRUGS,)).values())


def test_the_chart_of_one_area_is_of_its_cells(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("trends", {"trend_harm": VIOLENCE, "trend_level": "LSOA", "trend_area": AREA})
    code = facts.areas.set_index("name")["area"][AREA]
    assert chart(shown).drawn == list(by_month(facts, (VIOLENCE,), {code}).values())


@pytest.mark.parametrize("asked", [VIEWS["one harm"][0], VIEWS["one area"][0] | {"trend_harm": VIOLENCE}])
def test_the_table_says_what_the_chart_draws(open_demo: Open, asked: Address) -> None:
    shown = open_demo("trends", asked)
    figures = chart(shown).figures
    rows = shown.table("Usual range")
    assert [row["Month"] for row in rows] == list(figures)[::-1]
    for row in rows:
        there = figures[row["Month"]]
        assert number(row["Incidents a month"]) == there["drawn"]
        assert (row["What stands out"] == "–") == (there["shape"] == "circle")
        assert row["What stands out"] in ("–", there["why"])


def test_a_signal_has_a_shape_and_words_and_not_only_a_colour(open_demo: Open) -> None:
    figures = chart(open_demo("trends", {"trend_harm": VIOLENCE, "trend_level": "LSOA", "trend_area": AREA})).figures
    ways = {"triangle-down": r"below|lower|falling", "triangle-up": r"above|upper|rising"}
    marked = [row for row in figures.values() if row["shape"] != "circle"]
    assert {row["shape"] for row in marked} == set(ways)
    assert all(re.search(ways[row["shape"]], row["why"]) for row in marked)


def test_a_rare_harm_has_a_table_of_its_waits_as_its_chart_has(open_demo: Open) -> None:
    shown = open_demo(
        "trends", {"trend_harm": DRUGS, "trend_level": "LSOA", "trend_area": "Riverside (Castlebrook 011A)"}
    )
    figures = chart(shown).layer("order", "drawn")
    rows = shown.table("Incident in")
    assert [row["Incident in"] for row in rows] == [row["label"] for row in figures][::-1]
    assert [row["Months since the one before"] for row in rows] == [row["told"] for row in figures][::-1]
    assert shown.table("Incidents a month")


def test_no_range_of_counts_reaches_below_none(open_demo: Open) -> None:
    for asked in ({}, {"trend_harm": ASB, "trend_level": "LSOA"}, {"trend_harm": DRUGS}):
        assert not re.search(r"(?<!\w)-\d", open_demo("trends", asked).text)


def test_where_a_harm_changed_is_one_click_from_its_chart(open_demo: Open) -> None:
    shown = open_demo("trends", {"trend_harm": VIOLENCE})
    there = [each for each in shown.app.button if (each.key or "").startswith("where_")]
    assert AREA in there[0].label  # where something was done too
    there[0].click()
    shown = again(shown)
    assert shown.failed == []
    assert kicker(shown) == f"Trends · {VIOLENCE}, {AREA}"


def test_every_picker_leads_to_a_page_that_stands(open_demo: Open) -> None:
    shown = open_demo("trends", {"trend_harm": VIOLENCE})
    for key, options in (("trend_level", ("lsoa", "ward")), ("trend_by", ("half-term", "school year", "month"))):
        for option in options:
            shown.app.segmented_control(key=key).set_value(option)
            shown = again(shown)
            assert shown.failed == []
            assert charts(shown)
