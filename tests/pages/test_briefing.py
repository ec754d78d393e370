"""Briefing."""

from pathlib import Path

from tests.pages.conftest import Open


def test_try(open_demo: Open) -> None:
    shown = open_demo("briefing")
    assert shown.failed == []
    print(shown.headline)
    print(shown.text[:3000])
    for one in shown.app.text_area:
        print(one.key, one.label, one.value[:80])
