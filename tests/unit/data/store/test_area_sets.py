"""Area sets at rest: shapes and facts come back as they were, drawings by their digest."""

import gzip
import json

import geopandas as gpd
import pytest

from data.principal import LOCAL_USER
from data.services import setting_up
from data.store import area_sets, integrity
from data.store.store import Store
from geo.areas.drawing import digest
from geo.errors import InputError
from tests.unit.data import small_place


@pytest.fixture
def number(store: Store) -> int:
    """The id of the six areas in the store."""
    return setting_up.add_areas(store, LOCAL_USER, small_place.area_files())[0]


def test_shapes_and_parents_come_back_as_they_were(store: Store, number: int) -> None:
    kept = area_sets.load_area_set(store, LOCAL_USER, number)
    given = gpd.GeoDataFrame.from_features(json.loads(small_place.grid())["features"], crs="EPSG:4326")
    assert kept.frame["area"].tolist() == given["code"].tolist()
    assert kept.frame["name"].tolist() == given["name"].tolist()
    assert kept.frame["msoa_code"].tolist() == given["msoa"].tolist()
    assert kept.frame.geometry.geom_equals(given.geometry).all()
    assert kept.frame.crs == "EPSG:4326"


def test_only_columns_that_are_used_are_kept(store: Store) -> None:
    shapes = small_place.collection(small_place.feature(n, head_teacher="someone") for n in range(6))
    files = small_place.area_files(boundaries=small_place.upload("a.geojson", shapes))
    kept = area_sets.load_area_set(store, LOCAL_USER, setting_up.add_areas(store, LOCAL_USER, files)[0])
    assert "head_teacher" not in kept.frame.columns


def test_sets_are_listed_oldest_first(store: Store, number: int) -> None:
    newer, _ = setting_up.add_areas(store, LOCAL_USER, small_place.area_files(title="Later"))
    listed = area_sets.area_sets(store, LOCAL_USER)
    assert [(one.id, one.title, one.size) for one in listed] == [(number, "Anytown", 6), (newer, "Later", 6)]


def test_areas_are_named_anew_and_all_else_of_their_set_stays(store: Store, number: int) -> None:
    before, sets = area_sets.load_area_set(store, LOCAL_USER, number), area_sets.area_sets(store, LOCAL_USER)
    lineage = store.last_writes(LOCAL_USER).lineage
    for name in ("Castle", "Boston Castle"):
        area_sets.name_areas(store, LOCAL_USER, number, {"E01000001": name})
    after = area_sets.load_area_set(store, LOCAL_USER, number)
    assert after.units("lsoa").names[:2] == ("Boston Castle (Anytown 1)", before.units("lsoa").names[1])
    assert after.frame.equals(before.frame)
    assert area_sets.area_sets(store, LOCAL_USER) == sets
    assert store.last_writes(LOCAL_USER).lineage > lineage  # pages forget what they have loaded
    assert integrity.find_damage(store, LOCAL_USER) == []


def test_a_drawing_is_found_by_the_digest_of_its_content(store: Store, number: int) -> None:
    digests = area_sets.drawing_digests(store, LOCAL_USER, number)
    for level in ("lsoa", "msoa", "district"):
        packed = area_sets.packed_drawing(store, LOCAL_USER, digests[level])
        assert packed is not None
        content = gzip.decompress(packed)
        assert digest(content) == digests[level]
    assert len(json.loads(content)["features"]) == 1  # the one district


@pytest.mark.parametrize("name", ["", "unknown", "%", "' OR 1=1 --"])
def test_a_digest_of_nothing_finds_nothing(store: Store, number: int, name: str) -> None:
    assert area_sets.packed_drawing(store, LOCAL_USER, name) is None


def test_a_number_of_no_set_is_refused(store: Store, number: int) -> None:
    with pytest.raises(InputError, match="no set 99"):
        area_sets.load_area_set(store, LOCAL_USER, 99)
    assert area_sets.drawing_digests(store, LOCAL_USER, 99) == {}
