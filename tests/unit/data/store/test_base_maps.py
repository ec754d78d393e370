"""Base maps at rest: what was read comes back, the same files are known again, what is removed is gone."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.formats.tile_archive import unpack_tiles
from data.principal import LOCAL_USER
from data.services.verifying import verify
from data.store import base_maps, snapshot
from data.store import tables as t
from data.store.db_errors import AlreadyThereError, DamagedError
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.persons import STRANGER, welcome
from tests.unit.data.store import second_edition
from tests.unit.data.store.bringing import base_map, settle
from tests.unit.data.store.inside import change, held, rows

HERE = (-1.6, 53.7, -1.4, 53.9)
CORNER = (-1.54, 53.808, -1.538, 53.81)
ELSEWHERE = (-1.2, 53.7, -1.0, 53.9)


@pytest.fixture
def number(store: Store) -> int:
    return base_maps.add_base_map(store, LOCAL_USER, base_map(), "a map")


def test_what_was_read_comes_back_as_it_was(store: Store, number: int) -> None:
    found, (kept,) = base_map(), base_maps.base_maps(store, LOCAL_USER)
    assert (kept.id, kept.title, kept.source, kept.edition) == (number, "The hill", "OpenStreetMap", "2026-03-01")
    assert (kept.bounds, kept.counts, kept.left_out) == (found.bounds, found.counts, found.left_out)
    assert (kept.tiles, kept.min_zoom, kept.max_zoom) == (found.tiles, 8, 14)
    network = base_maps.load_network(store, LOCAL_USER, number)
    for name in ("start", "end"):
        assert np.array_equal(getattr(network, name), getattr(found.network, name))
        assert getattr(network, name).dtype == np.int64
    for name in ("lon", "lat"):
        assert np.allclose(getattr(network, name), getattr(found.network, name), rtol=0, atol=6e-8)
    assert network.left_out == found.network.left_out
    pd.testing.assert_frame_equal(base_maps.load_names(store, LOCAL_USER, number), found.names)


def test_its_tiles_are_found_by_their_digest_alone(store: Store, number: int) -> None:
    (kept,) = base_maps.base_maps(store, LOCAL_USER)
    assert base_maps.tile_archive(store, LOCAL_USER, kept.digest) == base_map().archive
    assert len(unpack_tiles(base_map().archive)) == kept.tiles
    [row] = rows(store, t.base_map)
    for other in (row["network"], row["names"], "0" * 64, ""):
        assert base_maps.tile_archive(store, LOCAL_USER, other) is None


def test_the_same_files_again_are_told_and_nothing_changes(store: Store, number: int) -> None:
    before = held(store)
    with pytest.raises(AlreadyThereError, match=f"already here as base map {number}"):
        base_maps.add_base_map(store, LOCAL_USER, base_map(), "a map")
    assert base_maps.number_of(store, LOCAL_USER, "a map") == number
    assert base_maps.number_of(store, LOCAL_USER, "another") is None
    assert held(store) == before


def test_the_newest_map_of_a_place_is_its_map_but_one_with_ways_comes_first(store: Store, number: int) -> None:
    found = base_map()
    bare = replace(found.network, start=np.empty(0, dtype=np.int64), end=np.empty(0, dtype=np.int64))
    base_maps.add_base_map(store, LOCAL_USER, replace(found, title="Stops", network=bare), "stops")
    base_maps.add_base_map(store, LOCAL_USER, replace(found, title="Elsewhere", bounds=ELSEWHERE), "elsewhere")

    def title(bounds: base_maps.Bounds) -> str | None:
        chosen = base_maps.base_map_for(store, LOCAL_USER, bounds)
        return chosen and chosen.title

    assert title(HERE) == "The hill"
    assert title(ELSEWHERE) == "Elsewhere"
    assert title((0.0, 50.0, 0.1, 50.1)) is None
    base_maps.add_base_map(store, LOCAL_USER, replace(found, title="Newer"), "newer")
    assert title(HERE) == "Newer"
    base_maps.add_base_map(store, LOCAL_USER, replace(found, title="A corner", bounds=CORNER), "corner")
    assert title(HERE) == "Newer"
    base_maps.remove_base_map(store, LOCAL_USER, 5)
    assert [one.title for one in base_maps.base_maps(store, LOCAL_USER)] == ["Newer", "Elsewhere", "Stops", "The hill"]


def test_what_is_removed_is_gone_with_its_bytes(store: Store, number: int) -> None:
    second = base_maps.add_base_map(store, LOCAL_USER, replace(base_map(), title="Again"), "another")
    base_maps.remove_base_map(store, LOCAL_USER, number)
    assert base_maps.load_network(store, LOCAL_USER, second) is not None  # the bytes that both share stay
    base_maps.remove_base_map(store, LOCAL_USER, second)
    assert rows(store, t.blob) == []
    assert [row["action"] for row in rows(store, t.audit)][-1] == "remove base map"
    for ask in (base_maps.load_network, base_maps.load_names, base_maps.remove_base_map):
        with pytest.raises(InputError, match="there is no map"):
            ask(store, LOCAL_USER, number)
    assert verify(store, LOCAL_USER) == []


def test_a_guest_of_the_store_may_see_a_map_and_not_remove_it(store: Store, number: int) -> None:
    welcome(store)
    assert len(base_maps.base_maps(store, STRANGER)) == 1
    with pytest.raises(PermissionError):
        base_maps.remove_base_map(store, STRANGER, number)


def test_a_changed_row_and_changed_bytes_are_noticed(store: Store, number: int) -> None:
    [row] = rows(store, t.base_map)
    change(store, t.blob.update().where(t.blob.c.sha256 == row["archive"]).values(content=b"other tiles"))
    change(store, t.blob.update().where(t.blob.c.sha256 == row["network"]).values(content=b"other ways"))
    assert base_maps.tile_archive(store, LOCAL_USER, row["archive"]) is None
    with pytest.raises(DamagedError):
        base_maps.load_network(store, LOCAL_USER, number)
    assert len(verify(store, LOCAL_USER)) == 2
    change(store, t.base_map.update().values(attribution="Mine"))
    with pytest.raises(DamagedError):
        base_maps.base_maps(store, LOCAL_USER)


def test_a_backup_brings_a_map_back(store: Store, number: int, tmp_path: Path) -> None:
    before = base_maps.base_maps(store, LOCAL_USER)
    snapshot.write_backup(store, LOCAL_USER, tmp_path / "backup")
    base_maps.remove_base_map(store, LOCAL_USER, number)
    snapshot.restore_backup(store, LOCAL_USER, tmp_path / "backup")
    assert base_maps.base_maps(store, LOCAL_USER) == before
    assert verify(store, LOCAL_USER) == []


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_a_store_of_the_edition_before_keeps_all_it_held_and_takes_maps(
    where: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = (
        f"sqlite:///{tmp_path / 'sixth.sqlite'}" if where == "sqlite" else request.getfixturevalue("bare_postgres_url")
    )
    with closing(Store(f"sqlite:///{tmp_path / 'like.sqlite'}")) as like:
        settle(like)
        later = (t.base_map, t.neighbourhood)
        second_edition.write(url, like, [table for table in t.metadata.sorted_tables if table not in later], "0006")
        with closing(Store(url)) as store:
            assert held(store, "audit") == held(like, "audit")
            base_maps.add_base_map(store, LOCAL_USER, base_map(), "a map")
            assert verify(store, LOCAL_USER) == []
