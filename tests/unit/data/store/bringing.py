"""Brings the small place into a store as the importers do, but reads each file once for all the tests of a run."""

import gzip
from dataclasses import replace
from functools import cache
from typing import Any

from data.formats.sources import Source
from data.principal import LOCAL_USER, Principal
from data.records.base_map import BaseMapFiles, BaseMapFound, read_base_map
from data.services import importing
from data.services.importing import ImportRequest, PreparedImport
from data.store import area_sets
from data.store.store import Store
from geo.areas.area_set import AreaSet
from tests.unit.data import osm_files, small_place

FIRST = small_place.INCIDENTS
SECOND = FIRST + "03/09/2021,,E01000003,Robbery\n"
THIRD = SECOND + "04/10/2021,,E01000004,Drugs\n"


def add_areas(store: Store) -> int:
    """Load the six areas; give their number."""
    areas, drawings = _areas()
    return area_sets.add_area_set(store, LOCAL_USER, areas, drawings, ["a note"], "the six areas")


def settle(store: Store) -> int:
    """Load the areas and the open police data; give the dataset's number."""
    add_areas(store)
    return bring_police(store)


def bring_police(store: Store, person: Principal = LOCAL_USER) -> int:
    """Bring the open police data; give the dataset's number."""
    return importing.keep(store, person, prepared("police"))


def bring(store: Store, text: str = FIRST, person: Principal = LOCAL_USER, **described: Any) -> int:
    """Bring protected incidents, of which ``described`` says more; give the dataset's number."""
    ready = prepared(text)
    return importing.keep(store, person, replace(ready, description=replace(ready.description, **described)))


def bring_versions(store: Store) -> int:
    """Load the areas and protected incidents in two versions; give the dataset's number."""
    add_areas(store)
    number = bring(store, FIRST)
    return bring(store, SECOND, replaces=number)


@cache
def base_map() -> BaseMapFound:
    """Read the base map of a crossroads once."""
    source = Source("hill.osm", content=osm_files.xml())
    return read_base_map(BaseMapFiles((source,), "The hill"), lambda _share, _what: None)


@cache
def prepared(text: str) -> PreparedImport:
    """Read incidents, or the police data, once."""
    request: ImportRequest = small_place.police() if text == "police" else small_place.incidents(text)
    store = Store("sqlite://")
    add_areas(store)
    ready = importing.prepare(store, LOCAL_USER, request)
    store.close()
    return ready


@cache
def _areas() -> tuple[AreaSet, dict[str, bytes]]:
    store = Store("sqlite://")
    number = small_place.add_areas(store)
    packed = area_sets.drawing_digests(store, LOCAL_USER, number).items()
    drawings = {
        level: gzip.decompress(area_sets.packed_drawing(store, LOCAL_USER, name) or b"") for level, name in packed
    }
    areas = area_sets.load_area_set(store, LOCAL_USER, number)
    store.close()
    return areas, drawings
