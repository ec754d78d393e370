"""Setting up a place: its areas with what is known of them, its schools, term dates and known hotspots."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from data.principal import Principal
from data.reading.boundaries import read_boundaries, read_shapes
from data.reading.calendars import read_calendar
from data.reading.hotspots import read_hotspots
from data.reading.lookups import join_lookup, read_deprivation, read_residents
from data.reading.schools import read_schools
from data.reading.sources import Source
from data.store import area_sets, places
from data.store.store import Store
from geo import columns as c
from geo.areas import LEVELS, AreaSet
from geo.backdrop import largest_areas
from geo.drawing import backdrop_drawing, drawing
from geo.errors import InputError


@dataclass(frozen=True)
class AreaFiles:
    """The files that make an area set.

    ``parents`` gives, for each parent level, the columns of its code and its name, in the boundary file or in one of
    ``lookups``. ``residents_column`` and ``deprivation_column`` are guessed from their headers when None.
    """

    boundaries: Source
    code: str
    name: str
    level: str = "area"
    title: str | None = None
    parents: Mapping[str, tuple[str, str]] | None = None
    lookups: Sequence[Source] = ()
    residents: Source | None = None
    residents_column: str | None = None
    deprivation: Source | None = None
    deprivation_column: str | None = None
    backdrop: Source | None = None


def add_areas(store: Store, principal: Principal, files: AreaFiles) -> tuple[int, list[str]]:
    """Read an area set, join what is known of its areas, draw every level, and keep it; give its id and notes.

    Raises InputError for files that cannot be used, AlreadyThereError for the same files again.
    """
    _check_levels(files)
    frame, notes = read_boundaries(files.boundaries, code=files.code, name=files.name)
    frame = _with_parents(frame, files)
    if files.residents:
        frame[c.RESIDENTS], said = read_residents(frame, files.residents, files.residents_column)
        notes += said
    if files.deprivation:
        frame[c.DEPRIVATION], said = read_deprivation(frame, files.deprivation, files.deprivation_column)
        notes += said
    areas = AreaSet(files.title or files.boundaries.name.split(".")[0], files.level, frame)
    drawings = {level: drawing(areas.shapes(level)) for level in areas.levels}
    backdrop = read_shapes(files.backdrop, (c.KIND, c.NAME)) if files.backdrop else largest_areas(areas)
    if backdrop is not None:
        drawings[area_sets.BACKDROP] = backdrop_drawing(backdrop)
    return area_sets.add_area_set(store, principal, areas, drawings, notes, _fingerprint(files)), notes


def add_schools(store: Store, principal: Principal, source: Source) -> tuple[int, list[str]]:
    """Read schools and keep them; give how many, and notes."""
    schools, notes = read_schools(source)
    return places.put_schools(store, principal, schools), notes


def add_calendar(store: Store, principal: Principal, source: Source) -> int:
    """Read term dates and keep them; give the calendar's id."""
    entries = read_calendar(source)
    return places.add_calendar(store, principal, source.name.split(".")[0], entries, source.fingerprint())


def add_hotspots(store: Store, principal: Principal, sources: Sequence[Source]) -> int:
    """Read known hotspots and keep those of all files in the register, or none; give how many.

    Raises InputError as ``read_registers`` does.
    """
    return places.put_hotspots(store, principal, read_registers(sources))


def read_registers(sources: Sequence[Source]) -> gpd.GeoDataFrame:
    """Read the known hotspots of several files together, in the order of the files.

    Raises InputError for what ``read_hotspots`` refuses, and for a reference that two files use.
    """
    taken: set[str] = set()
    registers = []
    for source in sources:
        register = read_hotspots(source)
        if taken & set(register[c.REFERENCE]):
            raise InputError(
                f"“{source.name}”: every hotspot must have its own reference, but a file that came before uses some of "
                "the same; give them references that differ."
            )
        taken |= set(register[c.REFERENCE])
        registers.append(register)
    return gpd.GeoDataFrame(pd.concat(registers, ignore_index=True))


def new_and_replaced(store: Store, principal: Principal, register: gpd.GeoDataFrame) -> tuple[int, int]:
    """Count how many of a register's hotspots are new, and how many would replace one of the same reference."""
    known = int(register[c.REFERENCE].isin(places.hotspots(store, principal)[c.REFERENCE]).sum())
    return len(register) - known, known


def _check_levels(files: AreaFiles) -> None:
    asked = [files.level, *(files.parents or {})]
    unknown = [level for level in asked if level not in LEVELS]
    if unknown:
        raise InputError(
            f"A level must be one of {', '.join(LEVELS)}, and “{unknown[0]}” is none of them; name one of these."
        )


def _with_parents(frame: gpd.GeoDataFrame, files: AreaFiles) -> gpd.GeoDataFrame:
    wanted = files.parents or {}
    for lookup in files.lookups:
        frame = join_lookup(frame, lookup, [column for pair in wanted.values() for column in pair])
    for level, (code, name) in wanted.items():
        absent = [column for column in (code, name) if column not in frame.columns]
        if absent:
            raise InputError(
                f"The {LEVELS[level]} of each area needs the column “{absent[0]}”, and neither {files.boundaries.name} "
                "nor a lookup file has it; correct --parent or add the file with --lookup."
            )
        if frame[code].isna().any():
            raise InputError(
                f"Every area needs its {LEVELS[level]}, and {int(frame[code].isna().sum()):,} areas have none in the "
                f"column “{code}”; complete the lookup file."
            )
        frame[c.parent_code(level)] = frame[code].astype(str)
        frame[c.parent_name(level)] = frame[name].fillna(frame[code]).astype(str)
    return frame


def _fingerprint(files: AreaFiles) -> str:
    sources = [files.boundaries, *files.lookups, files.residents, files.deprivation, files.backdrop]
    parts = [source.fingerprint() if source else "" for source in sources]
    parts += [files.code, files.name, files.level, files.title or "", repr(sorted((files.parents or {}).items()))]
    parts += [files.residents_column or "", files.deprivation_column or ""]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
