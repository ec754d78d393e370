"""South Yorkshire set up a file at a time: facts that come later equal facts that come at once, and each is undone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from data.formats.sources import Source, from_paths
from data.principal import LOCAL_USER
from data.services import setting_up, undoing
from data.services.setting_up import AreaFiles, FactFiles
from data.store import area_sets, deliveries, places
from data.store.store import Store

SHARED = Path(__file__).parents[3] / "shared" / "data" / "south_yorkshire"
PARENTS = {
    "msoa": ("msoa11_code", "msoa11_name"),
    "ward": ("WD13CD", "WD13NM"),
    "district": ("ltla24_code", "ltla24_name"),
}
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the real data of South Yorkshire is not here")


def source(name: str) -> Source:
    return from_paths([SHARED / name])[0]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(f"sqlite:///{tmp_path / 'store.sqlite'}")) as opened:
        yield opened


def test_south_yorkshire_a_file_at_a_time_is_south_yorkshire_at_once(store: Store) -> None:
    bare = {"boundaries": source("boundaries/lsoa11.geojson"), "code": "LSOA11CD", "name": "LSOA11NM", "level": "lsoa"}
    larger = [
        source("lookups/lsoa11_msoa11.csv"),
        *map(source, ("boundaries/wards.geojson", "boundaries/lad24.geojson")),
    ]
    facts = {"residents": source("population/lsoa11_mid2020.csv"), "deprivation": source("imd/imd2019_lsoa11.csv")}
    number, _ = setting_up.add_areas(store, LOCAL_USER, AreaFiles(**bare))  # type: ignore[arg-type]
    empty = area_sets.load_area_set(store, LOCAL_USER, number)
    made = []
    for files in (
        FactFiles(larger=larger, parents=PARENTS),
        *(FactFiles(**{name: one}) for name, one in facts.items()),
    ):
        made += setting_up.add_facts(store, LOCAL_USER, number, files)[0]
    at_once, _ = setting_up.add_areas(
        store,
        LOCAL_USER,
        AreaFiles(**bare, **facts, lookups=larger, parents=PARENTS),  # type: ignore[arg-type]
    )
    one, other = (area_sets.load_area_set(store, LOCAL_USER, which) for which in (number, at_once))
    # At once, columns of the lookup itself stay beside those that are made of them.
    pd.testing.assert_frame_equal(one.frame, other.frame[one.frame.columns])
    assert one.levels == other.levels
    assert [len(one.units(level).codes) for level in one.levels] == [853, 172, 91, 4]
    for delivery_id in reversed(made):
        undoing.undo(store, LOCAL_USER, delivery_id)
    pd.testing.assert_frame_equal(area_sets.load_area_set(store, LOCAL_USER, number).frame, empty.frame)


def test_the_schools_of_south_yorkshire_go_as_they_came(store: Store) -> None:
    listed, _ = setting_up.add_schools(store, LOCAL_USER, source("schools/schools.csv"))
    assert listed == 558
    [one] = deliveries.deliveries(store, LOCAL_USER)
    assert undoing.undo(store, LOCAL_USER, one.id) == "Undone: 558 that were new are gone."
    assert places.schools(store, LOCAL_USER).empty
