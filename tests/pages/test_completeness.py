"""Where two years are compared, pages say what the share without a location would show alone, and else nothing."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from data.principal import LOCAL_USER
from data.services import completeness as service
from data.store.datasets import Dataset
from data.store.store import Store
from geo.counts.completeness import Completeness
from pages.components.cached import completeness as cached
from pages.components.trends import actions
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, SCHOOL

NOTE = "that alone would show about 11 % more"
OWN = {"area_map": {"measure": "Change"}}


def moved(store: Store, principal: object, dataset: Dataset) -> Completeness | None:
    """Make the rows of a dataset look as if 16 % had had no location up to the last twelve months, and 7 % since."""
    found = service.completeness_of(store, LOCAL_USER, dataset)
    assert found is not None
    share = np.where(np.arange(len(found.months)) < len(found.months) - 12, 0.16, 0.07)
    read = np.full_like(found.read, 1000)
    without = np.rint(read * share[:, None]).astype(int)
    return replace(found, read=read, without=without, placed=read - without)


@pytest.mark.parametrize("page", ["local_context", "area_map", "trends"])
def test_a_page_that_compares_years_says_what_the_share_alone_would_show(
    open_page: Open, demo_home: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    address = {**OWN.get(page, {}), "dataset": POLICE, "from": "Sep 2025", "to": "Aug 2026"}
    assert NOTE not in open_page(demo_home, page, address).text
    monkeypatch.setattr(cached, "completeness_of", moved)
    cached._completeness.clear()
    shown = open_page(demo_home, page, address).text
    cached._completeness.clear()
    assert NOTE in shown
    if page == "local_context":
        assert shown.count("16 % of these rows had no location a year before, 7 % now") >= 3  # beside each harm group


def test_what_followed_an_action_says_that_a_share_which_moved_everywhere_makes_no_difference(
    open_page: Open, demo_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = {"dataset": POLICE, "trend_harm": "Violence and weapons", "trend_action": "A"}
    assert actions.CANCELS not in open_page(demo_home, "trends", address).text
    monkeypatch.setattr(cached, "completeness_of", moved)
    cached._completeness.clear()
    shown = open_page(demo_home, "trends", address)
    cached._completeness.clear()
    assert actions.CANCELS in shown.text


def test_the_card_of_an_open_dataset_lists_the_share_by_year_and_that_of_a_protected_one_tells_a_board_none(
    open_page: Open, demo_home: Path
) -> None:
    said = "Without a location, by school year"
    shown = open_page(demo_home, "datasets", {"board": "true"})
    cards = [markup.text for markup in shown.markup if "lc-card" in markup.html]
    assert [said in card for card in cards if POLICE in card] == [True]
    assert [said in card for card in cards if SCHOOL in card] == [False]
