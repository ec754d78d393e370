"""Whatever is shown of old data says how old they are, on every page; of young data nothing is said."""

from datetime import date
from typing import Final

import pytest

from pages.components.cached import loads
from pages.components.cached.cache_keys import Asker
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, SCHOOL

PAGES: Final = ("local_context", "area_map", "trends", "clock")
every_page = pytest.mark.parametrize("page", PAGES)
ask = loads.asker


def on(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let people look on a day."""

    def asker() -> Asker:
        return ask()._replace(today=day)

    monkeypatch.setattr(loads, "asker", asker)


@every_page
@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 9, 15)])
def test_data_of_the_last_three_months_are_not_said_to_be_old(
    open_demo: Open, monkeypatch: pytest.MonkeyPatch, page: str, day: date
) -> None:
    on(day, monkeypatch)
    assert "Latest data" not in open_demo(page, {"dataset": POLICE}).text


@every_page
def test_older_data_say_so_beside_the_headline(open_demo: Open, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    on(date(2031, 11, 30), monkeypatch)
    shown = open_demo(page, {"dataset": POLICE, "from": "Jan 2025", "to": "Mar 2025"})
    assert "Latest data: August 2026, five years old." in shown.text
    released = open_demo(page, {"dataset": SCHOOL, "board": "true"}).text
    assert "Latest data: Summer 2, 2025/26, five years old." in released
