"""Seen as a board would, every page says the same of two stores that differ in all but what is released of them.

So whatever stands on a page, however it came about, tells of protected data nothing but their release.
"""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from data.principal import LOCAL_USER
from data.store import datasets
from data.store.datasets import Access
from data.store.store import Store
from geo.harms import HARM_GROUPS
from tests.attack import retold
from tests.pages.conftest import PATHS, Open
from tests.pages.facts import SCHOOL
from tests.pages.shown import Shown

BOARD: Final[dict[str, str | list[str]]] = {"board": "true", "dataset": SCHOOL, "harm": list(HARM_GROUPS.values())}
FURTHER: Final[dict[str, dict[str, str]]] = {  # parts of pages that an address opens
    "known_hotspots": {"hotspot": "CBH-02", "near_dataset": SCHOOL},
    "guide": {"part": "Does the map predict?"},
}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> Path:
    """The demonstration town with other protected rows and counts, and the same releases."""
    home = tmp_path_factory.mktemp("retold") / "town"
    shutil.copytree(demo_home, home)
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        for one in datasets.datasets(store, LOCAL_USER):
            if one.access is Access.PROTECTED:
                retold.retell(store, one.id)
    return home


def said(shown: Shown) -> list[str]:
    assert shown.failed == []
    return [shown.headline, shown.text, *map(str, shown.tables), *map(str, shown.maps), *map(str, shown.charts)]


@pytest.mark.parametrize("page", PATHS)
def test_a_board_is_told_by_the_release_alone(open_page: Open, demo_home: Path, other: Path, page: str) -> None:
    address = BOARD | FURTHER.get(page, {})
    first, second = (said(open_page(home, page, address)) for home in (demo_home, other))
    assert first == second


@pytest.mark.parametrize("page", ["area_map", "trends"])
def test_custodians_are_told_apart(open_page: Open, demo_home: Path, other: Path, page: str) -> None:
    address = {name: value for name, value in BOARD.items() if name != "board"}
    first, second = (said(open_page(home, page, address)) for home in (demo_home, other))
    assert first != second
