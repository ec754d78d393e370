"""South Yorkshire whole, through the Upload page in a real browser: the page answers meanwhile, and nothing differs."""

import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seen import go, settled
from tests.browser.serving import served
from tests.unit.data.running import done

pytestmark = pytest.mark.acceptance

MILLISECONDS: Final = 600_000
_log: Final = logging.getLogger(__name__)
BY: Final = "area,period,category"
# What the browser itself sees while the files are read: every word of progress, the longest time in which the page
# could not have answered, and how long a click on a part that folds took to be answered.
WATCH: Final = """() => {
    const seen = window.seen = {words: [], gap: 0};
    let last = performance.now();
    const beat = () => {
        seen.gap = Math.max(seen.gap, performance.now() - last);
        last = performance.now();
        const bar = document.querySelector('[data-testid="stProgress"]');
        const word = bar && bar.innerText.trim();
        if (word && word !== seen.words.at(-1)) seen.words.push(word);
        requestAnimationFrame(beat);
    };
    beat();
}"""


@pytest.fixture
def home(real_data: Path, tmp_path: Path) -> Path:
    """A store that holds the areas of 2011 alone, loaded by the command."""
    made, place = tmp_path / "home", real_data / "south_yorkshire"
    done(
        made,
        *("areas", place / "boundaries" / "lsoa11.geojson"),
        *("--code", "LSOA11CD", "--name", "LSOA11NM", "--level", "lsoa"),
    )
    return made


@pytest.fixture
def url(home: Path, tmp_path: Path) -> Iterator[str]:
    with served(home, tmp_path / "server.log") as address:
        yield address


def test_44_months_come_in_by_hand_as_they_do_by_command(
    page: Page,
    url: str,
    home: Path,
    real_data: Path,
    tmp_path: Path,
) -> None:
    other = shutil.copytree(home, tmp_path / "other")
    files = sorted((real_data / "south_yorkshire" / "police_street").glob("*.csv.gz"))
    assert len(files) == 44
    began = perf_counter()
    go(page, url, "upload")
    page.locator('input[type="file"]').set_input_files(files)
    expect(page.get_by_role("button", name="Check the files")).to_be_visible(timeout=MILLISECONDS)
    settled(page)
    sent = perf_counter()
    page.evaluate(WATCH)
    page.get_by_role("button", name="Check the files").click()
    expect(page.get_by_text(re.compile(r"Reading file \d+ of 44"))).to_be_visible(timeout=MILLISECONDS)
    asked = perf_counter()
    page.get_by_test_id("stSidebar").hover()
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()  # only the browser answers this
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
    answered = perf_counter() - asked
    assert page.get_by_role("button", name="Cancel").is_visible()
    expect(page.get_by_text("652,082 rows read, 625,639 placed")).to_be_visible(timeout=MILLISECONDS)
    checked = perf_counter()
    expect(page.get_by_text("25,147 without location, 1,296 outside")).to_be_visible()
    seen = page.evaluate("window.seen")
    assert len(set(seen["words"])) >= 3, seen["words"]
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("652,082 rows read", timeout=MILLISECONDS)
    kept = perf_counter()
    by_page = done(home, "counts", "--by", BY).out
    done(other, "import", *files)
    by_command = done(other, "counts", "--by", BY).out
    assert by_page.encode() == by_command.encode()
    assert by_page.count("\n") == 211_244
    assert "Nothing to do" in done(home, "import", *files).err
    for name, value in {
        "seconds to send the files": sent - began,
        "seconds to check": checked - sent,
        "seconds to keep": kept - checked,
        "seconds until a click was answered meanwhile": answered,
        "longest time in which the page could not answer, ms": seen["gap"],
        "words of progress": len(seen["words"]),
        "first and last words": f"{seen['words'][:2]} … {seen['words'][-3:]}",
    }.items():
        _log.info("%s: %s", name, value)  # shown by --log-cli-level=info
