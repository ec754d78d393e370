"""Setting up a place: its areas with what is known of them, its schools, term dates and known hotspots.

Every file is read apart (``data.apart``): nothing of it runs or is believed in this process.
"""

from collections.abc import Callable, Sequence

import geopandas as gpd

from data.apart import run_apart
from data.principal import Principal
from data.reading.area_files import AreaFiles, AreasFound, fingerprint, read_area_set
from data.reading.sources import Source
from data.reading.taking_in import read_registers, read_school_list, read_term_dates
from data.store import area_sets, places
from data.store.store import Store
from geo import columns as c

__all__ = ["AreaFiles"]

Progress = Callable[[float, str], None]  # share done from 0 to 1, what is being done


def add_areas(
    store: Store, principal: Principal, files: AreaFiles, tell: Progress | None = None
) -> tuple[int, list[str]]:
    """Read an area set and keep it; give its id and notes.

    Raises InputError for files that cannot be used, AlreadyThereError for the same files again.
    """
    return keep_areas(store, principal, files, run_apart(read_area_set, files, tell=tell))


def keep_areas(store: Store, principal: Principal, files: AreaFiles, found: AreasFound) -> tuple[int, list[str]]:
    """Keep an area set that was read; give its id and notes. Raises AlreadyThereError for the same files again."""
    notes = list(found.notes)
    return area_sets.add_area_set(store, principal, found.areas, dict(found.drawings), notes, fingerprint(files)), notes


def add_schools(store: Store, principal: Principal, source: Source) -> tuple[int, list[str]]:
    """Read schools and keep them; give how many, and notes."""
    schools, notes = run_apart(read_school_list, source)
    return places.put_schools(store, principal, schools), notes


def add_calendar(store: Store, principal: Principal, source: Source) -> int:
    """Read term dates and keep them; give the calendar's id."""
    entries = run_apart(read_term_dates, source)
    return places.add_calendar(store, principal, source.name.split(".")[0], entries, source.fingerprint())


def add_hotspots(store: Store, principal: Principal, sources: Sequence[Source], sheet: str | None = None) -> int:
    """Read known hotspots and keep those of all files in the register, or none; give how many.

    Raises InputError as ``read_registers`` does.
    """
    return places.put_hotspots(store, principal, run_apart(read_registers, tuple(sources), sheet))


def new_and_replaced(store: Store, principal: Principal, register: gpd.GeoDataFrame) -> tuple[int, int]:
    """Count how many of a register's hotspots are new, and how many would replace one of the same reference."""
    known = int(register[c.REFERENCE].isin(places.hotspots(store, principal)[c.REFERENCE]).sum())
    return len(register) - known, known
