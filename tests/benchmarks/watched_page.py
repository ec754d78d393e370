"""A page in a real browser, timed from inside and with every byte that it receives counted."""

import base64
from pathlib import Path
from typing import Any, Final, NamedTuple

from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import is_elsewhere
from tests.browser.seen import comes_to_hold
from tests.browser.serving import come_in

WATCHING: Final = (Path(__file__).parent / "watching.js").read_text(encoding="utf-8")
PICKER: Final = "Police category"
BINARY: Final = 2  # WebSocket opcode
HAS_RUN: Final = "[data-testid=stApp][data-test-script-state=notRunning]"
PAINTED: Final = "body[data-painted]"


class Change(NamedTuple):
    """One change of a filter: milliseconds since the click, and bytes received for it."""

    changed: float
    drawn: float
    received: int


class WatchedPage:
    """A page in a session of its own, opened at ``address``; ``texts`` (CSS) change with its picker.

    ``has_map`` tells that the map is to be painted anew too, and ``picker`` which picker is changed.
    """

    def __init__(self, browser: Browser, address: str, texts: str, *, has_map: bool, picker: str = PICKER) -> None:
        self._texts, self._has_map, self._picker = texts, has_map, picker
        self._context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        self._context.add_init_script(WATCHING)
        self._received = 0
        self.elsewhere: set[str] = set()
        self.page = come_in(self._context.new_page())
        self._listen(self.page)
        self.page.goto(address)
        self.page.locator(texts).first.wait_for()
        if has_map:
            self.page.frame_locator("iframe").locator(PAINTED).wait_for()
        self.page.locator(HAS_RUN).wait_for()

    def loading_ms(self) -> float:
        """Return the time from the start of loading until the text, and the map where there is one, stood."""
        loaded: dict[str, float] = self.page.evaluate("watching.loaded")
        return max(loaded.values())

    def settling_ms(self) -> float:
        """Return the time from the start of loading until all that the map asked for was drawn."""
        return float(comes_to_hold(self.page, "watching.drawn"))

    def areas(self) -> int:
        """Count the areas that the map has painted."""
        return self.page.frame_locator("iframe").locator("path.lc-area").count()

    def change(self, position: int) -> Change:
        """Pick another option and wait until all that follows has come."""
        self.page.bring_to_front()
        self.page.get_by_role("combobox", name=self._picker, exact=True).click()
        option = self.page.get_by_role("option").nth(position)
        option.wait_for()
        return self._timed(option)

    def switch(self, label: str) -> Change:
        """Press a button of a row of them and wait until all that follows has come."""
        self.page.bring_to_front()
        return self._timed(self.page.get_by_test_id("stButtonGroup").get_by_text(label, exact=True))

    def _timed(self, click: Locator) -> Change:
        self.page.evaluate("new Promise((resolve) => requestIdleCallback(resolve))")
        self._received = 0
        self.page.evaluate("([texts, map]) => watching.change(texts, map)", [self._texts, self._has_map])
        click.click()
        seen: dict[str, float] = comes_to_hold(self.page, "window.measured")
        self.page.wait_for_load_state("networkidle")
        return Change(max(seen["text"], seen["map"]), seen["drawn"], self._received)

    def close(self) -> None:
        """End the session."""
        self._context.close()

    def _listen(self, page: Page) -> None:
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda socket: self._note(socket.url))
        devtools = self._context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.webSocketFrameReceived", self._count_frame)
        devtools.on("Network.loadingFinished", self._count_answer)

    def _note(self, url: str) -> None:
        if is_elsewhere(url):
            self.elsewhere.add(url)

    def _count_frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        content = frame["payloadData"]
        self._received += len(base64.b64decode(content) if frame["opcode"] == BINARY else content.encode())

    def _count_answer(self, event: dict[str, Any]) -> None:
        self._received += int(event["encodedDataLength"])
