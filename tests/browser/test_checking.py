"""While files are checked and once they are: stopped at any time, used by keyboard, whole on a phone, for everyone."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.seen import go, map_frame, settled, turn_to
from tests.browser.test_every_page import NOT_OURS, PHONE
from tests.pages.uploading import stamp

FAULTY: Final = (
    "Date,Area,Type of incident that the school recorded,Notes\n"
    "03/06/2026,X01000001,Bullying that went on for more than a week,x\n"
    "31/02/2026,X01000001,Knife carrying,x\n"
    "05/07/2026,X01000002,Graffiti,x\n"
    "06/07/2026,,Graffiti,x\n"
)
NEXT: Final = FAULTY + "07/07/2026,X01000003,Graffiti,x\n"
COLUMN: Final = "Type of incident that the school recorded"
LARGE_ROWS: Final = 300_000
DRAWN: Final = 1000
STILL: Final = "Promise.allSettled(document.getAnimations().map((one) => one.finished))"
STEPS: Final = 40  # presses of Tab


def choose(page: Page, url: str, name: str, content: str) -> None:
    """Choose a file of incidents."""
    go(page, url, "upload")
    page.get_by_text("Incidents (your own, anonymised)").click()
    chooser = page.locator('input[type="file"][accept*=".xlsx"]')
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content.encode()})
    expect(page.get_by_role("button", name="Check the files")).to_be_visible()
    settled(page)


def match(page: Page) -> None:
    """Choose the column of categories, whose name tells nothing to a program, unless it was chosen before."""
    if not page.get_by_text(f"Category: “{COLUMN}”").count():
        pick(page, "Category", COLUMN)


def check(page: Page) -> None:
    page.get_by_role("button", name="Check the files").click()
    expect(page.get_by_text("What would be saved")).to_be_visible()
    settled(page)
    map_frame(page)


def processes_of(home: Path) -> set[int]:
    """Find the processes that serve the store in ``home``, and all that they have started, which are not told of it."""
    mark = f"LOCAL_CONTEXT_HOME={home}".encode()
    every = [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    parents = {int(entry.name): _parent(entry) for entry in every}
    found = {int(entry.name) for entry in every if mark in _environment(entry)}
    while more := {process for process, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def signal_all(processes: set[int], number: signal.Signals) -> bool:
    """Send a signal to processes, where they still are; return whether there are any."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)
    return bool(processes)


def _environment(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:  # it has ended, or is another person's
        return []


def _parent(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:  # it has ended
        return None


def until(page: Page, holds: Callable[[], bool]) -> bool:
    """Wait, for as long as the browser takes to draw a thousand times, until something holds."""
    for _ in range(DRAWN):
        if holds():
            return True
        page.evaluate("new Promise(requestAnimationFrame)")
    return holds()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="this system does not list its processes as files")
def test_a_check_that_is_cancelled_keeps_nothing_and_leaves_no_process(page: Page, url: str, home: Path) -> None:
    before = stamp(home)
    choose(page, url, "first.csv", "Date,Area,Category\n03/06/2026,X01000001,Bullying\n")
    check(page)  # from now on the process that others are forked from is running, and what is new does the work
    lines = (f"{1 + at % 28:02}/06/2026,X010000{1 + at % 50:02},Bullying\n" for at in range(LARGE_ROWS))
    choose(page, url, "large.csv", "Date,Area,Category\n" + "".join(lines))
    idle = processes_of(home)
    page.get_by_role("button", name="Check the files").click()
    # A fast machine would be done before anyone could press Cancel, so the work is halted until that is pressed.
    assert until(page, lambda: signal_all(processes_of(home) - idle, signal.SIGSTOP))
    expect(page.get_by_test_id("stProgress")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    signal_all(processes_of(home) - idle, signal.SIGCONT)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    settled(page)
    assert until(page, lambda: processes_of(home) == idle)
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    expect(page.get_by_text("What would be saved")).to_have_count(0)
    assert stamp(home) == before
    choose(page, url, "small.csv", "Date,Area,Category\n03/06/2026,X01000001,Bullying\n")
    check(page)
    expect(page.get_by_text("1 row read, 1 placed")).to_be_visible()


def test_files_are_checked_and_imported_by_keyboard_alone(page: Page, url: str, home: Path) -> None:
    before = stamp(home)
    choose(page, url, "keyboard.csv", "Date,Area,Category\n03/06/2026,X01000002,Vaping\n")
    page.get_by_role("textbox", name="Title").focus()
    tab_to(page, "Check the files")
    page.keyboard.press("Enter")
    expect(page.get_by_text("What would be saved")).to_be_visible()
    settled(page)
    tab_to(page, "Import")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text("1 row read, 1 placed")
    assert stamp(home) == before + 2


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the button of this name has the focus."""
    button = page.get_by_role("button", name=name, exact=True)
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            return
    pytest.fail(f"The button “{name}” is not reached by the keyboard.")


def test_what_was_checked_shuts_nobody_out(page: Page, url: str) -> None:
    choose(page, url, "faulty.csv", FAULTY)
    match(page)
    check(page)
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()


def test_a_phone_shows_all_of_what_was_checked(page: Page, url: str) -> None:
    page.set_viewport_size(PHONE)
    choose(page, url, "faulty.csv", FAULTY)
    match(page)
    check(page)
    fits(page)


def test_versions_and_what_changed_shut_nobody_out_and_fit_a_phone(page: Page, url: str) -> None:
    choose(page, url, "first.csv", FAULTY)
    match(page)
    check(page)
    page.get_by_role("button", name="Import without").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("first.csv")
    choose(page, url, "second.csv", NEXT)
    pick(page, "This is", "A new version of all of “Incidents from first.csv”")
    check(page)
    page.get_by_role("button", name="Import without").click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("5 rows read")
    turn_to(page, "Datasets")
    page.get_by_text("History: 2 versions of “Incidents from first.csv”").click()
    page.evaluate(STILL)  # a part that unfolds closes what is opened in it
    pick(page, "What changed", "Version 2 beside version 1")
    expect(page.get_by_text("Version 2: 1 incident more")).to_be_visible()
    page.get_by_text("How long data is kept", exact=True).click()
    expect(page.get_by_role("button", name="Set how long data is kept")).to_be_visible()
    found = Axe().run(page, context={"exclude": [[part] for part in NOT_OURS]})
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size(PHONE)
    fits(page)


def pick(page: Page, label: str, option: str) -> None:
    """Choose in a picker by keyboard: type how the option begins, and take it."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option).click()
    settled(page)


def fits(page: Page) -> None:
    """Require that nothing scrolls sideways, neither the page nor a table in its own frame."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
    tables = page.locator(".lc-scroll:visible").all()
    assert tables
    for table in tables:
        assert table.evaluate("frame => frame.scrollWidth <= frame.clientWidth"), table.get_attribute("aria-label")
