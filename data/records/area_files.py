"""Reading an area set: its boundaries, joined with facts about its areas, and drawn at every level."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd

from data.formats.sources import Source
from data.records.boundaries import read_boundaries, read_shapes
from data.records.larger_areas import has_shapes, join_larger
from data.records.locality import Locality
from data.records.lookups import join_lookup, read_deprivation, read_residents
from geo import columns as c
from geo.areas.area_set import LEVELS, AreaSet
from geo.areas.drawing import BACKDROP, backdrop_drawing, drawing, largest_areas
from geo.errors import InputError


@dataclass(frozen=True)
class AreaFiles:
    """The files that make an area set.

    ``parents`` gives, for each parent level, the columns of its code and its name, in the boundary file or in one of
    ``lookups``: tables by area code, or boundaries of larger areas. ``residents_column`` and ``deprivation_column`` are
    guessed from their headers when None. ``bridge`` is a lookup between editions, for residents or deprivation of
    another edition than the areas. Of national ``boundaries`` only the areas of ``locality`` are kept.
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
    bridge: Source | None = None
    locality: Locality | None = None

    @property
    def sources(self) -> list[Source]:
        """All files."""
        facts = (self.residents, self.deprivation, self.backdrop, self.bridge)
        return [self.boundaries, *self.lookups, *(source for source in facts if source is not None)]


@dataclass(frozen=True)
class AreasFound:
    """An area set that was read and is not stored yet: its areas, its drawings by level, and notes for people."""

    areas: AreaSet
    drawings: Mapping[str, bytes]
    notes: Sequence[str]


def read_area_set(files: AreaFiles, progress: Callable[[float, str], None]) -> AreasFound:
    """Return an area set with the facts about its areas, drawn at every level (a job of ``data.sandbox``).

    Raises InputError for files that cannot be used.
    """
    progress(0.0, "Reading boundaries")
    _check_levels(files)
    frame, notes = read_boundaries(files.boundaries, code=files.code, name=files.name, locality=files.locality)
    frame, more = with_parents(frame, files)
    notes += more
    if files.residents:
        frame[c.RESIDENTS], more = read_residents(frame, files.residents, files.residents_column, files.bridge)
        notes += more
    if files.deprivation:
        frame[c.DEPRIVATION], more = read_deprivation(frame, files.deprivation, files.deprivation_column, files.bridge)
        notes += more
    progress(0.4, "Drawing areas")
    areas = AreaSet(files.title or files.boundaries.name.split(".")[0], files.level, frame)
    drawings = {level: drawing(areas.shapes(level)) for level in areas.levels}
    backdrop = read_shapes(files.backdrop, (c.KIND, c.NAME)) if files.backdrop else largest_areas(areas)
    if backdrop is not None:
        drawings[BACKDROP] = backdrop_drawing(backdrop)
    return AreasFound(areas, drawings, notes)


def fingerprint(files: AreaFiles) -> str:
    """Return a digest of the bytes of the files and of every choice that changes what is read from them."""
    sources = [files.boundaries, *files.lookups, files.residents, files.deprivation, files.backdrop]
    parts = [source.fingerprint() if source else "" for source in sources]
    parts += [files.code, files.name, files.level, files.title or "", repr(sorted((files.parents or {}).items()))]
    parts += [files.residents_column or "", files.deprivation_column or ""]
    if files.bridge is not None or files.locality is not None:  # so that sets of before are known again
        parts += [files.bridge.fingerprint() if files.bridge else "", repr(files.locality)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _check_levels(files: AreaFiles) -> None:
    levels = [files.level, *(files.parents or {})]
    unknown = [level for level in levels if level not in LEVELS]
    if unknown:
        raise InputError(
            f"A level must be one of {', '.join(LEVELS)}, and “{unknown[0]}” is none of them; name one of these."
        )


def with_parents(frame: gpd.GeoDataFrame, files: AreaFiles) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return areas with the code and the name of the larger areas they belong to, and notes.

    Raises InputError as ``join_lookup`` and ``join_larger`` do, and for a larger area that no file has.
    """
    wanted, notes, drawn = files.parents or {}, list[str](), set[str]()
    shapes = [lookup for lookup in files.lookups if has_shapes(lookup)]
    for lookup in files.lookups:
        if lookup not in shapes:
            frame = join_lookup(frame, lookup, [column for pair in wanted.values() for column in pair])
    for lookup in shapes:
        frame, levels, more = join_larger(frame, lookup, wanted)
        drawn.update(levels)
        notes += more
    for level, (code, name) in wanted.items():
        if level in drawn:
            continue
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
    return frame, notes
