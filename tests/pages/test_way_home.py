"""The page of the way home: the planted stretch is named, and what is not known is never called safe."""

import json
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from data.demo import write_town
from data.principal import LOCAL_USER
from data.store import base_maps
from data.store.store import Store
from tests.pages.conftest import Open
from tests.pages.facts import POLICE

SCHOOL: Final = "Market Square Primary School"
INCIDENTS: Final = "Castlebrook schools (fictional)"
AT: Final = {"dataset": POLICE, "school": SCHOOL}


def test_the_planted_stretch_asks_for_an_adult(
    open_page: Open, demo_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    planted = json.loads(write_town(tmp_path_factory.mktemp("town")).truth.read_text("utf-8"))["way_home"]
    assert planted["school"] == SCHOOL
    shown = open_page(demo_home, "way_home", AT)
    assert shown.failed == []
    assert shown.headline.startswith("One stretch of the way home asks for an adult: ")
    assert "it stands out" in shown.text
    assert "Other ways: from " in shown.text
    assert "no time of day" in shown.text
    for origin in planted["origins"]:
        assert origin in shown.text


def test_what_has_no_data_says_so_and_nothing_is_called_safe(open_page: Open, demo_home: Path) -> None:
    quiet = open_page(demo_home, "way_home", AT | {"from": "Aug 2026", "to": "Aug 2026"})
    assert quiet.failed == []
    assert quiet.headline.startswith("No stretch stands out: none of ")
    assert "Nothing is known of this stretch" in quiet.text
    for said in ("is safe", "are safe", "safe way", "safe stretch", "safest", "no danger"):
        assert said not in quiet.text.casefold()


def test_protected_incidents_count_by_whole_zones_whoever_looks(open_page: Open, demo_home: Path) -> None:
    shown = open_page(demo_home, "way_home", AT | {"dataset": INCIDENTS})
    assert shown.failed == []
    assert shown.headline == "No stretch can be told from another: protected incidents count by whole zones."
    assert "By whole zones, at any time of day: " in shown.text
    assert "Released counts of its zones" in shown.text


def test_without_places_to_set_out_from_they_can_be_chosen(open_page: Open, demo_home: Path) -> None:
    shown = open_page(demo_home, "way_home", AT | {"school": "Eastmoor High School"})
    assert shown.failed == []
    assert "The way home needs to know where pupils set out from" in shown.text


def test_without_a_map_of_ways_the_page_says_what_to_do(open_page: Open, home: Path) -> None:
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        for one in base_maps.base_maps(store, LOCAL_USER):
            base_maps.remove_base_map(store, LOCAL_USER, one.id)
    shown = open_page(home, "way_home", AT)
    assert shown.failed == []
    assert "needs a map of streets and paths" in shown.text
