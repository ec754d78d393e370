"""What people agreed to say is said, each phrase where it belongs, and no page says any more what it replaced."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.phrases import old_phrases
from tests.pages.conftest import Open, again
from tests.pages.facts import SCHOOL
from tests.pages.shown import Shown
from tests.pages.test_every_page import PAGES
from tests.pages.test_upload import GOOD
from tests.pages.trending import VIOLENCE
from tests.pages.uploading import CHECK, INCIDENTS, brought, pressed

LABELLED: Final = (
    "button", "checkbox", "expander", "multiselect", "segmented_control", "selectbox", "text_input", "toggle",
)  # fmt: skip
HOME: Final = {"school": "Castlebrook Academy", "from": "Sep 2025", "to": "Aug 2026"}
MOVED: Final = HOME | {"harm": "Violence and weapons", "from": "Sep 2024", "to": "Aug 2025"}
LASTING: Final = HOME | {"harm": "Anti-social behaviour", "from": "Mar 2026", "to": "May 2026"}
HOT: Final = {"measure": "Hot spots", "from": "Sep 2025"}
SMOOTHED: Final = {"measure": "Smoothed rate", "from": "Sep 2025", "area": "Eastmoor (Castlebrook 005C)"}
BOARD: Final = {"dataset": SCHOOL, "board": "true"}
ACTION: Final = {"trend_harm": VIOLENCE, "trend_action": "A"}
CHANGE: Final = {"measure": "Change", "from": "Sep 2025"}

Address = Mapping[str, str | list[str]]


def words(shown: Shown) -> str:
    """Return every word on a page: its text, the labels of its pickers and what its map says of areas."""
    labels = [str(getattr(each, "label", "")) for kind in LABELLED for each in shown.app.get(kind)]
    tips = [tip for sent in shown.maps for tip in re.findall(r'"texts": ?"([^"]*)"', sent["feature_group"])]
    return " ".join((shown.text, *labels, *tips))


@pytest.mark.parametrize(
    ("page", "address", "phrase"),
    [
        ("local_context", HOME, r"in (about|at most) \d+ of 1,000 searches like this one, chance alone shows as much"),
        ("local_context", MOVED, r"while elsewhere within 5 km there were "),
        ("local_context", HOME, r"\b(up|down) \d+ % \(could be anywhere from \d+ % (down|up)? ?to "),
        ("local_context", LASTING, r"\bconsistently high for anti-social behaviour"),
        ("local_context", HOME, r"We checked within 5 km"),
        ("local_context", HOME | {"radius": "800 m"}, r"Small areas touching 800 m"),
        ("local_context", HOME | {"dataset": SCHOOL}, r"We couldn’t check .+, because "),
        ("area_map", CHANGE, r"with an interval that allows for normal ups and downs"),
        (
            "area_map",
            CHANGE | {"level": "LSOA", "area": "Millbank (Castlebrook 010C)"},
            r"too uncertain to say|could be anywhere",
        ),
        ("area_map", HOT, r"About 1 in 20 areas marked like this will be a false alarm"),
        ("area_map", HOT, r"\bShow low areas\b"),
        ("area_map", HOT, r"\bAdjust for population\b"),
        ("area_map", {"clusters": "true"}, r"\bCurrent clusters\b"),
        ("area_map", {}, r"\bHighest: \w+"),
        ("area_map", {}, r"\bPolice category\b"),
        ("area_map", {"dataset": SCHOOL}, r"\bSchool category\b"),
        ("area_map", SMOOTHED, r"\bweight given to this area’s own rate: \d+ %"),
        ("area_map", SMOOTHED, r"\bWeight given to this area’s own rate\b"),
        ("area_map", BOARD, r"\bToo few to show separately\b"),
        ("trends", ACTION, r"\bReset the baseline\b"),
        ("trends", ACTION, r"\d+ % fewer \(could be anywhere from \d+ % to \d+ % fewer\)"),
        ("datasets", {}, r"\bAverage rounding error\b"),
        ("datasets", {}, r"\bgrouped under\b"),
        ("guide", {}, r"\bPolice \(or school\) category\b"),
    ],
)
def test_each_phrase_is_said_where_it_belongs(open_demo: Open, page: str, address: Address, phrase: str) -> None:
    shown = open_demo(page, address)
    assert shown.failed == []
    assert re.search(phrase, words(shown)), words(shown)


def test_an_import_is_saved_and_undone(open_page: Open, home: Path) -> None:
    shown = pressed(brought(open_page(home, "upload"), INCIDENTS, "june.csv", GOOD.encode()), CHECK)
    assert {"School category", "Grouped under"} <= {heading for table in shown.tables for heading in table[0]}
    assert "What would be saved" in shown.text
    shown = pressed(shown, "Import")
    assert "is saved: 3 rows read" in shown.text
    shown = pressed(shown, "Undo this import")
    assert "The import is undone: nothing of it is saved." in shown.text


@pytest.mark.parametrize("lens", [{}, BOARD], ids=["custodian", "board"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_an_old_phrase(open_demo: Open, page: str, lens: Address) -> None:
    shown = open_demo(page, lens)
    assert shown.failed == []
    assert old_phrases(words(shown)) == []


@pytest.mark.parametrize("measure", ["Count", "Rate", "Smoothed rate", "Change", "Hot spots", "Emerging"])
def test_no_measure_says_an_old_phrase(open_demo: Open, measure: str) -> None:
    shown = open_demo(
        "area_map", {"measure": measure, "from": "Sep 2025", "area": "Millbank (Castlebrook 010C)", "clusters": "true"}
    )
    assert shown.failed == []
    assert old_phrases(words(shown)) == []


def test_no_part_of_the_guide_says_an_old_phrase(open_demo: Open) -> None:
    shown = open_demo("guide")
    parts = shown.app.segmented_control(key="part")
    for part in parts.options:
        parts.set_value(part)
        assert old_phrases(words(again(shown))) == [], part
