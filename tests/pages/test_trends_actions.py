"""What was done at a known hotspot stands on the chart by its letter, and one sentence answers whether it helped."""

from pathlib import Path
from typing import Final

import pytest

from data.principal import LOCAL_USER
from data.store import actions
from data.store.store import Store
from geo.register.action import Action
from pages.components.trends.actions import LEADS_TO
from tests.pages.conftest import Open, again
from tests.pages.facts import SCHOOL
from tests.pages.shown import Shown
from tests.pages.trending import DRUGS, VIOLENCE, Address, chart, charts

OF_ONE: Final[Address] = {"trend_harm": VIOLENCE}
BOARD: Final[Address] = {"dataset": SCHOOL, "board": "true", "trend_harm": "All these harm groups"}
ASK: Final = "Did it help?"


def record(home: Path, action: Action) -> None:
    """Record an action in a store."""
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        actions.record(store, LOCAL_USER, action)
    finally:
        store.close()


def asked_of(shown: Shown, letter: str) -> Shown:
    """Ask whether the action of a letter helped."""
    shown.app.pills(key="trend_action").set_value(letter)
    return again(shown)


def listed(shown: Shown) -> list[str]:
    """Return the lines of what was done."""
    (piece,) = (piece for piece in shown.markup if "lc-told-marks" in piece.html)
    return [" ".join(line.split()) for line in piece.html.replace("</li>", "\n").splitlines() if "<li>" in line]


def verdict(shown: Shown) -> str:
    """Return the sentence that answers."""
    return next(piece.text.strip() for piece in shown.markup if piece.html.startswith('<p class="lc-verdict">'))


def test_every_action_is_marked_on_the_chart_by_its_letter_and_in_the_table(open_demo: Open) -> None:
    shown = open_demo("trends", OF_ONE)
    assert chart(shown).letters == ["A", "B", "C"]
    assert [line.split('lc-letter">')[1][0] for line in listed(shown)] == ["A", "B", "C"]
    noted = {row["Month"]: row["Noted"] for row in shown.table("Noted") if row["Noted"][:2] in ("A:", "B:", "C:")}
    assert list(noted) == ["Feb 2026", "Jul 2025", "May 2025"]
    months = list(chart(shown).figures)
    for mark in chart(shown).layer("letter"):
        month = next(month for month, words in noted.items() if words.startswith(mark["letter"]))
        assert abs(mark["at"] - months.index(month)) <= 0.5


def test_what_is_done_at_a_place_on_the_map_appears_with_its_letter(open_page: Open, home: Path) -> None:
    record(home, Action("Wardens in the evenings", "CBH-06", done_on="2026-03-09"))
    record(home, Action("Assembly", done_on="2026-03-10"))
    shown = open_page(home, "trends", OF_ONE)
    assert shown.failed == []
    assert chart(shown).letters == ["A", "B", "C", "D"]
    assert "9 Mar 2026 · Wardens in the evenings · Southfield Common" in listed(shown)[-1]
    assert "Wardens in the evenings" in next(r["Noted"] for r in shown.table("Noted") if r["Month"] == "Mar 2026")


def test_one_sentence_answers_whether_it_helped(open_demo: Open) -> None:
    shown = asked_of(open_demo("trends", OF_ONE), "A")
    assert shown.failed == []
    assert verdict(shown).startswith("A real fall followed: ")
    assert len(charts(shown)) == 2
    assert charts(shown)[1].said.endswith(verdict(shown))
    parts = charts(shown)[1].layer("ratio", "told", "label")
    assert [row["label"] for row in parts] == ["Where it was done", "Next to it"]
    assert parts[0]["told"].split(" ")[1] in verdict(shown)  # by how many percent
    assert "cannot show why" in shown.text


def test_the_answer_is_of_the_harm_that_is_looked_at(open_demo: Open) -> None:
    fell, drugs = (asked_of(open_demo("trends", {"trend_harm": harm}), "A") for harm in (VIOLENCE, DRUGS))
    assert "A real fall followed" in verdict(fell)
    assert "A real fall followed" not in drugs.text


def test_an_address_asks_too(open_demo: Open) -> None:
    assert verdict(open_demo("trends", OF_ONE | {"trend_action": "A"})).startswith("A real fall followed: ")


def test_too_soon_says_so_in_one_sentence(open_page: Open, home: Path) -> None:
    record(home, Action("New lamps", "CBH-06", done_on="2026-08-03"))
    shown = asked_of(open_page(home, "trends", OF_ONE), "D")
    assert shown.failed == []
    assert "look again later" in shown.text
    assert len(charts(shown)) == 1


@pytest.mark.parametrize("unit", ["School year", "Term", "Half-term"])
def test_every_period_answers_or_says_why_it_cannot(open_demo: Open, unit: str) -> None:
    shown = open_demo("trends", OF_ONE | {"trend_action": "A", "trend_by": unit})
    assert shown.failed == []
    assert "lc-verdict" in "".join(piece.html for piece in shown.markup) or "What followed" in shown.text


def test_an_area_shows_what_was_done_in_it_and_no_more(open_demo: Open) -> None:
    shown = open_demo("trends", OF_ONE | {"trend_level": "LSOA", "trend_area": "Riverside (Castlebrook 007C)"})
    assert len(listed(shown)) == 1
    assert "Riverside Retail Park" in listed(shown)[0]
    quiet = open_demo("trends", OF_ONE | {"trend_level": "LSOA", "trend_area": "Riverside (Castlebrook 011A)"})
    assert chart(quiet).letters == []
    assert "Nothing is recorded as done" in quiet.text


def test_a_board_may_ask_and_is_not_led_to_recording(open_demo: Open) -> None:
    shown = asked_of(open_demo("trends", BOARD), "A")
    assert shown.failed == []
    assert "followed" in shown.text
    assert LEADS_TO not in [each.label for each in shown.app.main.get("page_link")]
    custodian = open_demo("trends", {"dataset": SCHOOL, "trend_harm": "All these harm groups"})
    assert LEADS_TO in [each.label for each in custodian.app.main.get("page_link")]
