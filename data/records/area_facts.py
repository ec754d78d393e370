"""Facts about areas that are loaded already: larger areas, residents and deprivation, from files of their own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from data.formats.sources import Source
from data.records.area_files import AreaFiles, with_parents
from data.records.lookups import read_deprivation, read_residents
from geo import columns as c
from geo.areas.area_set import LEVELS, AreaSet
from geo.areas.drawing import drawing
from geo.errors import InputError

_Read = Callable[..., tuple[pd.Series, list[str]]]


@dataclass(frozen=True)
class FactFiles:
    """The files of facts about loaded areas.

    ``larger`` are tables by area code, or boundaries of larger areas; ``parents`` gives, for each level, the columns of
    its code and its name there. Columns that are None are guessed from their headers. ``lookup`` leads from the areas
    of one edition to those of another.
    """

    residents: Source | None = None
    residents_column: str | None = None
    deprivation: Source | None = None
    deprivation_column: str | None = None
    larger: Sequence[Source] = ()
    parents: Mapping[str, tuple[str, str]] | None = None
    lookup: Source | None = None


@dataclass(frozen=True)
class FactsFound:
    """Facts that were read: the areas with each kind of them (code → notes), and drawings of larger areas by level."""

    areas: AreaSet
    larger: Sequence[str] | None
    residents: Sequence[str] | None
    deprivation: Sequence[str] | None
    drawings: Mapping[str, bytes]


def read_facts(areas: AreaSet, files: FactFiles, progress: Callable[[float, str], None]) -> FactsFound:
    """Return areas with the facts that files have, drawn at the levels that are new (a job of ``data.sandbox``).

    Codes, names, order and shapes stay as they are. Raises InputError as the readers of ``data.records.lookups`` and
    ``data.records.larger_areas`` do, and for a level that is none above these areas.
    """
    frame, notes = areas.frame.copy(), dict[str, list[str]]()
    if files.larger:
        progress(0.0, "Reading larger areas")
        frame, notes["larger"] = _larger(areas, frame, files)
    for name, source, column, read in (
        (c.RESIDENTS, files.residents, files.residents_column, read_residents),
        (c.DEPRIVATION, files.deprivation, files.deprivation_column, read_deprivation),
    ):
        if source is not None:
            progress(0.3, f"Reading {name}")
            frame[name], notes[name] = _figures(frame, source, column, files.lookup, read)
    found = AreaSet(areas.title, areas.level, frame, areas.known_as)
    progress(0.6, "Drawing areas")
    drawn = [level for level in found.levels if level in (files.parents or {})] if files.larger else []
    drawings = {level: drawing(found.shapes(level)) for level in drawn}
    return FactsFound(found, notes.get("larger"), notes.get(c.RESIDENTS), notes.get(c.DEPRIVATION), drawings)


def _larger(areas: AreaSet, frame: gpd.GeoDataFrame, files: FactFiles) -> tuple[gpd.GeoDataFrame, list[str]]:
    wanted = files.parents or {}
    above = list(LEVELS)[list(LEVELS).index(areas.level) + 1 :]
    other = [level for level in wanted if level not in above]
    if other or not wanted:
        known = ", ".join(above) or "none"
        raise InputError(
            f"Larger areas must be of a level above that of “{areas.title}” ({known}), and "
            f"{f'“{other[0]}” is none of them' if other else 'no level is named'}; choose what these areas are."
        )
    asked = AreaFiles(files.larger[0], "", "", parents=wanted, lookups=files.larger)
    found, notes = with_parents(frame[[c.AREA, c.GEOMETRY]], asked)
    for level in wanted:
        for column in (c.parent_code(level), c.parent_name(level)):
            frame[column] = found[column].astype("str")
    return frame, notes


def _figures(
    frame: gpd.GeoDataFrame, source: Source, column: str | None, lookup: Source | None, read: _Read
) -> tuple[pd.Series, list[str]]:
    bridged = {} if lookup is None else {"lookup": lookup}
    return read(frame, source, column, **bridged)
