"""What is cached is kept by version, level, years and eyes: never by more, and never shared by more."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
import streamlit as st

from data.principal import LOCAL_USER, as_board
from data.store.datasets import Access
from pages.components.cached.cache_keys import KEYS, Asker, ViewKey, eyes_of

ASKING = Asker(LOCAL_USER, 7, date(2026, 9, 1))
LATER = Asker(LOCAL_USER, 8, date(2026, 9, 2))
BOARD = ASKING._replace(principal=as_board(LOCAL_USER))


def version(access: Access = Access.OPEN, seal: str = "one") -> SimpleNamespace:
    return SimpleNamespace(access=access, seal=seal)


KEY = ViewKey(version(), "lsoa", ("2024/25",), ASKING)  # type: ignore[arg-type]
OTHERS = {
    "another version": replace(KEY, dataset=version(seal="two")),  # type: ignore[arg-type]
    "another level": replace(KEY, level="msoa"),
    "other years": replace(KEY, years=("2023/24", "2024/25")),
    "after a write": replace(KEY, eyes=LATER),
    "for a board": replace(KEY, eyes=BOARD),
}


def loads(*keys: ViewKey) -> int:
    """Count how often a cached function runs for these keys."""
    ran: list[ViewKey] = []

    @st.cache_resource(show_spinner=False, hash_funcs=KEYS)
    def load(key: ViewKey) -> None:
        ran.append(key)

    load.clear()
    for key in keys:
        load(key)
    return len(ran)


def test_the_same_version_read_again_is_not_loaded_again() -> None:
    assert loads(KEY, replace(KEY, dataset=version())) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_differs_is_not_shared(other: ViewKey) -> None:
    assert loads(KEY, other) == 2


@pytest.mark.parametrize(("access", "loaded"), [(Access.OPEN, 1), (Access.PROTECTED, 2)])
def test_an_open_version_stays_after_a_write_and_a_release_does_not(access: Access, loaded: int) -> None:
    dataset = version(access)
    keys = [ViewKey(dataset, "lsoa", (), eyes_of(dataset, asking)) for asking in (ASKING, LATER)]  # type: ignore[arg-type]
    assert loads(*keys) == loaded


def test_open_counts_are_kept_for_each_person_apart() -> None:
    eyes = [eyes_of(version(), asking) for asking in (ASKING, BOARD)]  # type: ignore[arg-type]
    assert eyes[0] != eyes[1]
