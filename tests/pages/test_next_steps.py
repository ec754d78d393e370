"""Under a finding stands what to do next: copied words hold released figures only, and 999 comes first."""

from pathlib import Path
from typing import Any, Final

import pytest

from data.principal import LOCAL_USER
from data.store import actions
from data.store.store import Store
from pages.components.cached import loads
from pages.components.next_steps.proposal import PROPOSAL
from pages.components.next_steps.sentence_box import EXACT
from tests.pages.conftest import Open, again
from tests.pages.facts import SCHOOL
from tests.pages.measuring import Address
from tests.pages.shown import Shown

FINDINGS: Final[Address] = {
    "school": "Castlebrook Academy", "from": "Mar 2026", "to": "May 2026", "radius": "1,600 m",
}  # fmt: skip
KEY: Final = "found_1"


def unfolded(open_page: Open, home: Path, address: Address, key: str = KEY) -> Shown:
    """Open Local context with the next steps of its first finding unfolded."""
    shown = open_page(home, "local_context", address)
    shown.app.session_state[f"next_{key}"] = True
    return again(shown)


def html_of(shown: Shown, mark: str) -> str:
    return "".join(piece.html for piece in shown.markup if mark in piece.html)


def button(shown: Shown, label: str) -> Any:
    return next(each for each in shown.app.main.button if each.label == label)


def test_nothing_of_it_is_drawn_until_it_is_unfolded(open_demo: Open) -> None:
    shown = open_demo("local_context", FINDINGS)
    assert "What next?" in {each.label for each in shown.app.main.get("expander")}
    assert "lc-copy" not in html_of(shown, "lc-copy")
    assert "Propose as hotspot" not in {each.label for each in shown.app.main.button}


def test_the_sentence_holds_its_source_and_period_and_999_comes_first(open_page: Open, home: Path) -> None:
    shown = unfolded(open_page, home, FINDINGS)
    assert shown.failed == []
    sentence = html_of(shown, "lc-copied")
    assert "2026" in sentence
    assert "Source: " in sentence
    told = html_of(shown, "Who to tell")
    assert told.index("999") < told.index("own procedure") < told.index("01632 960")
    assert "Out of date: checked 2 Jun 2025" in told
    assert "Years 7 to 9" in html_of(shown, "What to teach")
    assert "All staff" in html_of(shown, "What staff should know")


def test_exact_figures_are_never_in_a_sentence_to_copy(open_page: Open, home: Path) -> None:
    exact = FINDINGS | {"dataset": SCHOOL}
    shown = open_page(home, "local_context", exact)
    folds = [each.label for each in shown.app.main.get("expander")].count("What next?")
    if folds:
        shown = unfolded(open_page, home, exact)
        assert EXACT in shown.text
        assert "lc-copied" not in html_of(shown, "lc-copied")


def test_an_action_is_recorded_from_a_finding_at_its_place(open_page: Open, home: Path) -> None:
    shown = unfolded(open_page, home, FINDINGS)
    next(each for each in shown.app.main.text_input if each.key == f"what_{KEY}").set_value("Adults at the bus stop")
    button(shown, "Record this action").click()
    shown = again(shown)
    assert shown.failed == []
    assert "stands on What we did and owe" in shown.text
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    made = next(one for one in actions.actions(store, LOCAL_USER) if one.what == "Adults at the bus stop")
    store.close()
    assert made.reference is None
    assert made.place
    assert made.lon is not None
    assert made.harm is not None


def test_a_finding_is_proposed_with_its_own_words(open_page: Open, home: Path) -> None:
    shown = unfolded(open_page, home, FINDINGS)
    sentence = html_of(shown, "lc-copied")
    button(shown, "Propose as hotspot").click()
    shown = again(shown)
    concern = shown.app.session_state[PROPOSAL]
    assert concern.reference is None
    assert concern.sentence.split(".")[0] in sentence


def test_a_board_is_offered_what_changes_nothing(open_page: Open, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loads, "is_board", lambda: True)
    shown = unfolded(open_page, home, FINDINGS)
    assert shown.failed == []
    labels = {each.label for each in shown.app.main.button}
    assert not labels & {"Propose as hotspot", "Record this action", "Plan this review"}
    assert "999" in shown.text
