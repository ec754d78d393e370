"""Larger areas from their own boundaries: each area belongs to the one that holds the largest part of it."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

import geopandas as gpd
import numpy as np

from data.formats import cells
from data.formats.byte_streams import start_of
from data.formats.file_kinds import GEOJSON, GEOPACKAGE, kind_of
from data.formats.sources import Source
from data.records.boundaries import properties_of, read_boundaries
from data.records.lookups import join_lookup
from geo import columns as c
from geo.areas.area_set import LEVELS, METRES
from geo.areas.largest_part import NONE, holding_most
from geo.areas.spoken_names import NOWHERE
from geo.arrays import Bools
from geo.errors import InputError
from geo.wording import how_many

_SHAPES: Final = frozenset((GEOJSON, GEOPACKAGE))
_ZIP: Final = b"PK\x03\x04"
_WARD: Final = "ward"


def has_shapes(source: Source) -> bool:
    """Return whether a lookup is a file of boundaries rather than a table. Raises InputError for what is neither."""
    start = start_of(source)
    return kind_of(source.name, source.read() if start.startswith(_ZIP) else start) in _SHAPES


def join_larger(
    areas: gpd.GeoDataFrame, source: Source, parents: Mapping[str, tuple[str, str]]
) -> tuple[gpd.GeoDataFrame, list[str], list[str]]:
    """Return ``areas`` with the larger areas that a file has the boundaries of, their levels, and notes.

    ``parents`` gives, for each level, the properties of its code and its name. What ``areas`` say themselves counts
    before what their ground says: only levels whose codes they lack are joined, or all if there is no such. A file of
    wards can give the district of each, too. An area that lies in none has the code ``NOWHERE``, and a note says how
    many do. Raises ``InputError`` as ``read_boundaries`` does, when the file has none of ``parents``, and when no area
    lies in it.
    """
    properties = properties_of(source)
    there = {level: pair for level, pair in parents.items() if set(pair) <= set(properties)}
    wanted = {level: pair for level, pair in there.items() if pair[0] not in areas.columns} or there
    if not wanted:
        raise InputError(
            f"“{source.name}”: boundaries of larger areas need the properties that are named for their code and name, "
            f"but they have {cells.say_names(properties) or 'none'}; name two of these or leave the file out."
        )
    smallest = min(wanted, key=list(LEVELS).index)
    code, name = wanted[smallest]
    around = (*areas.total_bounds.tolist(),)
    larger, notes = read_boundaries(source, code=code, name=name, touching=around)
    found = (
        np.full(len(areas), NONE)
        if larger.empty
        else holding_most(areas.geometry.to_crs(METRES).to_numpy(), larger.geometry.to_crs(METRES).to_numpy())
    )
    outside = found == NONE
    if outside.all():
        raise InputError(
            f"“{source.name}”: boundaries of larger areas must hold these areas, and none of the {len(areas):,} lies "
            "in any of them; bring those of the same place."
        )
    for level, pair in wanted.items():
        code, name = (c.AREA, c.NAME) if level == smallest else pair
        codes = larger[code].astype(str).to_numpy()[found]
        names = larger[name].fillna(larger[code]).astype(str).to_numpy()[found]
        areas = areas.assign(
            **{
                c.parent_code(level): np.where(outside, NOWHERE, codes),
                c.parent_name(level): np.where(outside, f"No {LEVELS[level].lower()}", names),
            }
        )
    return areas, list(wanted), [*notes, *_said(source.name, wanted, outside)]


def read_neighbourhoods(
    areas: gpd.GeoDataFrame, source: Source, code: str, name: str, progress: Callable[[float, str], None]
) -> tuple[dict[str, str], list[str]]:
    """Return what people call the place around areas, by their codes, and notes (a job of ``data.sandbox``).

    ``name`` is the property or column of that name in boundaries of wards, whose codes are in ``code``, or in a table
    by area code. Areas that lie in no ward, or have none in the table, are left out. Raises ``InputError`` as
    ``join_larger`` and ``join_lookup`` do, and when no area has a name.
    """
    progress(0.0, f"Reading {source.name}")
    if has_shapes(source):
        joined, _, notes = join_larger(areas[[c.AREA, c.GEOMETRY]], source, {_WARD: (code, name)})
        held = joined[joined[c.parent_code(_WARD)] != NOWHERE]
        return dict(zip(held[c.AREA], held[c.parent_name(_WARD)], strict=True)), notes
    names = join_lookup(areas[[c.AREA]], source, [name])[name].to_numpy(dtype=object, na_value=None)
    found = {area: str(word) for area, word in zip(areas[c.AREA], names, strict=True) if word}
    if not found:
        raise InputError(f"“{source.name}”: some area must have a name in “{name}”, but none has; name another column.")
    absent = len(areas) - len(found)
    return found, [f"{how_many(absent, 'area has', 'areas have')} no name in “{source.name}”."] if absent else []


def _said(file: str, wanted: Collection[str], outside: Bools) -> list[str]:
    words = cells.say_words([LEVELS[level].lower() for level in wanted])
    notes = [f"“{file}” gives each area the {words} that holds the largest part of it."]
    number = int(outside.sum())
    if number:
        has = "lies mostly outside it and has" if number == 1 else "lie mostly outside it and have"
        notes.append(f"{how_many(number, 'area', 'areas')} {has} no {words}.")
    return notes
