"""The Guide opens at either part, by its control and by its address, and its picture is ours and can be read aloud."""

import re
from typing import Final

import pytest

from data import secret
from geo.release import corrections, display, zones
from geo.release.balancing import STEP
from geo.release.ledger import DAYS_OVER
from pages.routes import asset_url
from tests.attack.worlds import SIZES
from tests.conftest import CHECKOUT
from tests.pages.conftest import Open, again
from tests.pages.shown import Shown

READING: Final = "Reading the pages"
PROTECTION: Final = "How counts are protected"
FILES: Final = {READING: "reading-the-pages.md", PROTECTION: "how-counts-are-protected.md"}


def written(part: str) -> str:
    return (CHECKOUT / "docs" / "guide" / FILES[part]).read_text(encoding="utf-8")


def plainly(part: str) -> str:
    """Give a part of the Guide without its line breaks."""
    return " ".join(written(part).split())


def parts_on(shown: Shown) -> list[str]:
    """Give the parts whose words are on the page."""
    told = [each.value for each in shown.app.markdown]
    return [part for part in FILES if written(part).strip() in [text.strip() for text in told]]


def pictures_on(shown: Shown) -> list[dict[str, str | None]]:
    return [attributes for piece in shown.markup for tag, attributes in piece.tags if tag == "img"]


def test_the_guide_opens_with_how_to_read_the_pages(open_demo: Open) -> None:
    shown = open_demo("guide")
    assert shown.failed == []
    assert parts_on(shown) == [READING]
    assert pictures_on(shown) == []


@pytest.mark.parametrize("part", FILES)
def test_a_part_of_the_guide_has_an_address(open_demo: Open, part: str) -> None:
    shown = open_demo("guide", {"part": part})
    assert shown.failed == []
    assert parts_on(shown) == [part]
    assert shown.headline.endswith(".")


def test_a_part_that_does_not_exist_opens_the_first(open_demo: Open) -> None:
    assert parts_on(open_demo("guide", {"part": "How to guess"})) == [READING]


def test_one_part_leads_to_the_other_and_back(open_demo: Open) -> None:
    shown = open_demo("guide")
    for part in (PROTECTION, READING):
        shown.app.segmented_control(key="part").set_value(part)
        shown = again(shown)
        assert shown.failed == []
        assert parts_on(shown) == [part]


def test_the_picture_comes_from_our_own_route_and_can_be_read_aloud(open_demo: Open) -> None:
    (picture,) = pictures_on(open_demo("guide", {"part": PROTECTION}))
    assert picture["src"] == asset_url("protection.svg")
    told = picture["alt"] or ""
    assert all(f"{step}: " in told for step in (1, 2, 3, 4))
    drawn = (CHECKOUT / "pages" / "assets" / "protection.svg").read_text(encoding="utf-8")
    figures = re.findall(r"<text[^>]*>((?:about )?\d+)</text>", drawn)
    assert len(figures) == 7
    assert [figure for figure in figures if figure not in told] == []


def test_what_the_picture_adds_up_is_what_it_shows() -> None:
    drawn = (CHECKOUT / "pages" / "assets" / "protection.svg").read_text(encoding="utf-8")
    *counts, whole = (int(figure) for figure in re.findall(r"<text[^>]*>(?:about )?(\d+)</text>", drawn))
    exact, protected = counts[:3], counts[3:]
    assert drawn.count("h0") == sum(exact)  # one dot for each incident
    assert all(shown % 5 == 0 and -5 < shown - n < 5 for n, shown in zip(exact, protected, strict=True))
    assert whole == sum(protected)


LIMITS: Final = (
    "not *differential privacy*",
    "knows every other incident",
    "Never bring the same incidents in twice",
    "tell when the data begin and end",
    "Of several schools, each knows its own rows",
    f"there were {STEP} or more",
)


@pytest.mark.parametrize("limit", LIMITS)
def test_the_guide_says_what_protection_does_not_do(limit: str) -> None:
    _, limits = plainly(PROTECTION).split("## What this does not do")
    assert limit in limits


def test_the_guide_tells_the_figures_that_the_release_keeps_to() -> None:
    told = plainly(PROTECTION)
    assert f"**About 15** was {15 - STEP} to {15 + STEP - 1}." in told
    assert f"**{display.FEWER.capitalize()}** was anything from 0 to {display.LEAST - 1}." in told
    assert f"held {zones.INCIDENTS} incidents or more" in told
    assert f"have {zones.RESIDENTS:,} residents or more" in told
    assert f"it has been over for {DAYS_OVER} days" in told
    assert f"only when {corrections.MANY} or more of its rows have changed, and at most once a year" in told
    assert corrections.DAYS_BETWEEN == 365
    assert (zones.CONTRIBUTORS, zones.LARGEST_TWO) == (3, 90)
    assert "three schools or more, of which the two largest bring at most nine tenths" in told
    assert ", ".join(f"{size:,}" for size in SIZES[:-1]) + f" and {SIZES[-1]:,} incidents" in told


def test_the_guide_says_where_the_secret_lies_and_what_losing_it_means() -> None:
    told = plainly(PROTECTION)
    assert f"the file `{secret.NAME}`" in told
    assert "**Keep a copy**" in told
    assert "**If it is lost**" in told
