"""Searching for a place among all that is loaded: schools, areas, streets that are published, and names of a base map.

Nothing of a protected dataset is ever among them: its rows are not read, and it keeps no names of places.
"""

from functools import lru_cache
from threading import Lock
from typing import Final

import pandas as pd

from data.principal import Principal
from data.services import open_points
from data.store import area_sets, base_maps, datasets, places
from data.store.store import Store
from geo import columns as c
from geo.areas.gazetteer import Gazetteer, GazetteerEntry, ready_gazetteer, search
from geo.areas.known_names import known_names, schools_by_name, streets_by_name

_KEPT: Final = 4  # gazetteers kept in memory, each of tens of megabytes where a region's postcodes are loaded
_building: Final = Lock()


def find_places(
    store: Store, principal: Principal, dataset_id: int, text: str, near: tuple[float, float] | None = None
) -> list[GazetteerEntry]:
    """Return the places in and around a dataset's areas that fit a text, as ``gazetteer.search`` orders them.

    ``near`` is longitude and latitude. Raises InputError when this person can see no such dataset.
    """
    dataset = datasets.load_dataset(store, principal, dataset_id)
    return search(gazetteer_of(store, principal, dataset.area_set_id), text, near)


def gazetteer_of(store: Store, principal: Principal, set_id: int) -> Gazetteer:
    """Return what an area set can be searched for, as it is since the last write to the store.

    It is made once and kept; whoever asks meanwhile waits for it.
    """
    with _building:
        return _made(store, principal, set_id, store.stamp(principal))


def gather_names(store: Store, principal: Principal, set_id: int) -> pd.DataFrame:
    """Return all that an area set can be searched for, as ``gazetteer.ready_gazetteer`` takes it."""
    areas = area_sets.load_area_set(store, principal, set_id)
    schools = places.schools(store, principal)
    streets = [
        open_points.named_places(store, principal, dataset)
        for dataset in datasets.datasets(store, principal)
        if open_points.may_be_counted(principal, dataset)
    ]
    every = pd.concat([pd.DataFrame({c.PLACE: [], c.LON: [], c.LAT: [], c.COUNT: []}), *streets], ignore_index=True)
    west, south, east, north = areas.frame.total_bounds.tolist()
    mapped = [
        base_maps.load_names(store, principal, one.id)
        for one in base_maps.base_maps(store, principal)
        if one.meets((west, south, east, north))
    ]
    return known_names(areas, [schools_by_name(schools), streets_by_name(every), *mapped])


@lru_cache(maxsize=_KEPT)
def _made(store: Store, principal: Principal, set_id: int, _stamp: int) -> Gazetteer:
    return ready_gazetteer(gather_names(store, principal, set_id))
