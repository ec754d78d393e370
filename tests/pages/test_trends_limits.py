"""A baseline is reset only because somebody says so and why; the reason stays in sight and can be undone."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from data.principal import LOCAL_USER
from data.store import rebases
from data.store.store import Store
from tests.pages.conftest import Open, again
from tests.pages.facts import SCHOOL
from tests.pages.shown import Shown
from tests.pages.trending import ASB, VIOLENCE, Address, chart, charts, labels

OF_ONE: Final[Address] = {"trend_harm": VIOLENCE}
OFFER: Final = "Reset the baseline"
BEGIN: Final = "FormSubmitter:limits_anew-Reset it"
REASON: Final = "A new way of recording knives"
START: Final = "Jan 2026"  # after the months that set the range before it


def begun(shown: Shown, first: str, reason: str) -> Shown:
    """Fill in the form and send it."""
    picker(shown).set_value(first)
    box(shown).set_value(reason)
    shown.app.button(key=BEGIN).click()
    return again(shown)


def picker(shown: Shown) -> Any:
    return next(each for each in shown.app.selectbox if each.label == "From" and each.key is None)


def box(shown: Shown) -> Any:
    return next(each for each in shown.app.text_input if each.label == "Why")


def limits(shown: Shown) -> dict[str, tuple[str, str]]:
    """Return the usual level and the usual range of each month, as the table says them."""
    return {row["Month"]: (row["Usual level"], row["Usual range"]) for row in shown.table("Usual range")}


def first_noted(shown: Shown) -> str:
    """Say what stands beside the first month."""
    return next(row["Noted"] for row in shown.table("Noted") if row["Month"] == "Sep 2023")


def set_in(home: Path) -> list[rebases.Rebased]:
    """List every beginning that the store has ever kept."""
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        return rebases.history(store, LOCAL_USER, 1) + rebases.history(store, LOCAL_USER, 2)
    finally:
        store.close()


def test_a_range_begins_anew_with_its_reason_on_the_chart_and_in_the_table(open_page: Open, home: Path) -> None:
    shown = open_page(home, "trends", OF_ONE)
    before, figures = limits(shown), chart(shown).figures
    shown = begun(shown, START, REASON)
    assert shown.failed == []
    assert REASON in chart(shown).words
    assert REASON in shown.text
    (noted,) = (row["Noted"] for row in shown.table("Noted") if row["Month"] == START)
    assert "set by" in noted
    after, months = limits(shown), list(figures)
    at = months.index(START)
    assert {month: after[month] for month in months[:at]} == {month: before[month] for month in months[:at]}
    assert {after[month] for month in months[at:]} != {before[month] for month in months[at:]}
    assert len({after[month] for month in months[at:]}) == 1
    assert {month: row["drawn"] for month, row in chart(shown).figures.items()} == {
        month: row["drawn"] for month, row in figures.items()
    }


def test_a_beginning_among_the_months_that_set_a_range_changes_nothing_before_it(open_page: Open, home: Path) -> None:
    shown = open_page(home, "trends", OF_ONE)
    before, figures, noted = limits(shown), chart(shown).figures, first_noted(shown)
    shown = begun(shown, "Jan 2025", REASON)
    assert shown.failed == []
    after, drawn = limits(shown), chart(shown).figures
    months = list(figures)[: list(figures).index("Jan 2025")]
    assert {month: after[month] for month in months} == {month: before[month] for month in months}
    assert after["Jan 2025"] != before["Jan 2025"]
    for of in ("told", "why"):
        assert {month: drawn[month][of] for month in months} == {month: figures[month][of] for month in months}
    assert first_noted(shown) == noted == "Usual range set by Sep 2023 – Aug 2025"


def test_what_was_begun_is_taken_back_and_stays_on_record(open_page: Open, home: Path) -> None:
    shown = open_page(home, "trends", OF_ONE)
    before = (shown.headline, limits(shown))
    shown = begun(shown, START, REASON)
    (back,) = (each for each in shown.app.button if each.label == "Undo this reset")
    back.click()
    shown = again(shown)
    assert shown.failed == []
    assert (shown.headline, limits(shown)) == before
    assert REASON not in chart(shown).words + shown.text
    (kept,) = set_in(home)
    assert (kept.reason, kept.first_day, kept.added_by) == (REASON, date(2026, 1, 1), LOCAL_USER.who)
    assert kept.withdrawn_by == LOCAL_USER.who


@pytest.mark.parametrize("reason", ["", "x", "Jane Smith became head of the school", "ask a@b.org"])
def test_a_reason_that_says_nothing_or_names_somebody_is_refused_in_one_sentence(
    open_page: Open, home: Path, reason: str
) -> None:
    shown = open_page(home, "trends", OF_ONE)
    before = limits(shown)
    shown = begun(shown, START, reason)
    (told,) = shown.failed
    assert told.startswith("A reason must")
    assert told.endswith(".")
    assert len(reason) < 3 or reason not in told
    assert limits(shown) == before
    assert set_in(home) == []


def test_the_same_chart_begins_anew_once_on_a_day(open_page: Open, home: Path) -> None:
    shown = begun(open_page(home, "trends", OF_ONE), START, REASON)
    shown = begun(shown, START, "Another reason for it")
    (told,) = shown.failed
    assert "already" in told
    assert len(set_in(home)) == 1


def test_a_beginning_in_all_areas_counts_in_each_and_one_of_an_area_in_no_other(open_page: Open, home: Path) -> None:
    area: Address = OF_ONE | {"trend_level": "LSOA", "trend_area": "Eastmoor (Castlebrook 005C)"}
    other = area | {"trend_area": "Castle (Castlebrook 006G)"}
    begun(open_page(home, "trends", OF_ONE), START, REASON)
    begun(open_page(home, "trends", area), "Feb 2026", "A new bus station opened")
    here = chart(open_page(home, "trends", area))
    assert REASON in here.words
    assert "A new bus station opened" in here.words
    for asked in (other, OF_ONE):
        assert "A new bus station opened" not in chart(open_page(home, "trends", asked)).words
    assert REASON in chart(open_page(home, "trends", other)).words
    assert REASON not in chart(open_page(home, "trends", {"trend_harm": ASB})).words


def test_the_card_of_the_chart_is_judged_by_the_same_range(open_page: Open, home: Path) -> None:
    shown = begun(open_page(home, "trends", OF_ONE), START, REASON)
    said = chart(shown).said
    assert said in [one.said for one in charts(open_page(home, "trends"))]


def test_a_range_that_began_too_late_says_that_nothing_can_be_said_yet(open_page: Open, home: Path) -> None:
    shown = begun(open_page(home, "trends", OF_ONE), "Jul 2026", REASON)
    assert shown.failed == []
    assert "needs 6 months" in shown.headline
    assert REASON in chart(shown).words  # though there is no range to draw


def test_a_board_can_set_no_range(open_demo: Open) -> None:
    for asked in ({}, {"trend_by_released": "Term"}):
        shown = open_demo("trends", {"dataset": SCHOOL, "board": "true", "trend_harm": ASB} | asked)
        assert OFFER not in labels(shown, "expander")
        assert BEGIN not in [each.key for each in shown.app.button]
    assert OFFER in labels(open_demo("trends", {"dataset": SCHOOL, "trend_harm": ASB}), "expander")
