"""Names come from files. Whatever they hold, they are shown as text, and nothing in them runs."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.pages.conftest import Open
from tests.pages.shown import Shown
from tests.pages.stores import MARKUP, NAMES, TEMPLATE, add_hamlet

PAGES = ("local_context", "area_map", "known_hotspots", "trends", "clock", "datasets")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hamlet")
    add_hamlet(made)
    return made


# The page's own scripts, by their addresses alone.
SCRIPTS: Final = re.compile(
    r'<div class="lc-scripts">(<script type="module" src="/lc/assets/[0-9a-f]{32}/[a-z_]+\.js"></script>)+</div>'
)


def only_our_tags(shown: Shown) -> bool:
    pieces = [piece for piece in shown.markup if not SCRIPTS.fullmatch(piece.html)]
    tags = {tag for piece in pieces for tag, _ in piece.tags}
    attributes = {name for piece in pieces for _, held in piece.tags for name in held}
    return not tags & {"script", "i"} and not {name for name in attributes if name.startswith("on")}


@pytest.mark.parametrize("page", PAGES)
def test_no_name_becomes_markup(open_page: Open, home: Path, page: str) -> None:
    shown = open_page(home, page)
    assert shown.failed == []
    assert only_our_tags(shown)
    assert "<b>Theft" not in "".join(piece.html for piece in shown.markup)


def test_every_name_is_read_as_it_was_written(open_page: Open, home: Path) -> None:
    shown = open_page(home, "area_map", {"from": "Mar 2019"})
    assert {row["Area"] for row in shown.table("Rank")} == set(NAMES)
    assert TEMPLATE in open_page(home, "local_context", {"school": TEMPLATE}).headline


def test_a_profile_shows_the_name_and_the_category_as_text(open_page: Open, home: Path) -> None:
    shown = open_page(home, "area_map", {"from": "Mar 2019", "area": MARKUP, "harm": "Other"})
    assert only_our_tags(shown)
    assert f"{MARKUP} " in shown.text
    assert [row["School category"] for row in shown.table("School category")] == ["<b>Theft</b>"]


@pytest.mark.parametrize("page", ["local_context", "area_map"])
def test_a_map_is_given_names_that_nothing_can_run(open_page: Open, home: Path, page: str) -> None:
    shown = open_page(home, page, {"school": TEMPLATE})
    (sent,) = shown.maps
    for text in (sent["feature_group"], sent["script"]):
        held = text[text.find("localContext.paint") :] if "localContext.paint" in text else text
        assert "<" not in re.sub(r"\s<\s", "", held)
        assert "${" not in held
        assert "{{" not in held
    assert [hotspot["name"] for hotspot in shown.payload["hotspots"]] == [MARKUP]
    if page == "local_context":
        assert shown.payload["school"]["name"] == TEMPLATE


def test_trends_reads_the_names_of_areas_as_text(open_page: Open, home: Path) -> None:
    (level,) = (each for each in open_page(home, "trends").app.segmented_control(key="trend_level").options[1:])
    shown = open_page(home, "trends", {"trend_level": level, "trend_harm": "Drugs and alcohol"})
    assert shown.failed == []
    assert only_our_tags(shown)
    assert all(name in shown.text for name in NAMES)
    for name in NAMES:
        chosen = {"trend_level": level, "trend_harm": "Drugs and alcohol", "trend_area": name, "from": "Mar 2019"}
        shown = open_page(home, "trends", chosen)
        assert shown.failed == []
        assert only_our_tags(shown)
        assert any(f"Drugs and alcohol, {name}" in piece.text for piece in shown.markup if "lc-kicker" in piece.html)


def test_labels_of_buttons_are_no_markdown(open_page: Open, home: Path) -> None:
    (level,) = (each for each in open_page(home, "trends").app.segmented_control(key="trend_level").options[1:])
    shown = open_page(home, "trends", {"trend_level": level, "trend_harm": "Drugs and alcohol"})
    labels = [each.label for each in shown.app.button if (each.key or "").startswith("open_")]
    assert len(labels) == len(NAMES)
    assert not [label for label in labels if re.search(r"(?<!\\)[<$`]", label)]
