"""The names by which an area set is searched: its areas, wards and districts, and all places in and around it.

Places come from several lists, and two lists may name the same one; each is kept once.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from geo import columns as c
from geo.areas import proximity
from geo.areas.area_set import AreaSet
from geo.areas.gazetteer import ALSO, KINDS, WHERE
from geo.areas.localities import say_localities
from geo.areas.name_clusters import join_names
from geo.areas.street_labels import POI, name_streets
from geo.areas.word_search import plain

_AREA: Final = "area"
_PLACE: Final = "place"
_DISTRICT: Final = "district"
_OWN_KIND: Final = ("ward", _DISTRICT)  # levels that are a kind of their own; the others are areas
_COLUMNS: Final = (c.NAME, c.KIND, ALSO, c.LON, c.LAT)


def areas_by_name(areas: AreaSet) -> pd.DataFrame:
    """Return the areas of every level, each at a point inside it, as ``known_names`` takes them, with their codes."""
    found = []
    for level in areas.levels:
        shapes = areas.shapes(level)
        inner = shapes.geometry.representative_point()
        kind = level if level in _OWN_KIND else _AREA
        named = {c.NAME: shapes[c.NAME], c.KIND: kind, ALSO: shapes[c.AREA], c.LON: inner.x, c.LAT: inner.y}
        found.append(pd.DataFrame(named))
    return pd.concat(found, ignore_index=True)


def schools_by_name(schools: pd.DataFrame) -> pd.DataFrame:
    """Return schools (``name``, ``postcode``, ``lon``, ``lat``) as ``known_names`` takes them."""
    named = schools[[c.NAME, c.LON, c.LAT]].assign(**{c.KIND: "school", ALSO: schools[c.POSTCODE].fillna("")})
    return named[[*_COLUMNS]]


def streets_by_name(places: pd.DataFrame) -> pd.DataFrame:
    """Return published points (``place``, ``lon``, ``lat``, ``n``) as ``known_names`` takes them."""
    named = name_streets(places)
    return named.assign(**{c.KIND: named[c.KIND].replace(POI, _PLACE), ALSO: ""})[[*_COLUMNS]]


def known_names(areas: AreaSet, lists: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return all that an area set can be searched for, as ``gazetteer.ready_gazetteer`` takes it.

    ``lists`` have ``name``, ``kind``, ``lon`` and ``lat`` (EPSG:4326) and perhaps ``also``. Kinds that are not searched
    for are left out, and so is what lies further than two kilometres outside the areas. What is of one kind and name,
    and within some 500 metres, is there once.
    """
    given = [one.assign(**{ALSO: one.get(ALSO, "")})[[*_COLUMNS]] for one in lists if len(one)]
    every = pd.concat([areas_by_name(areas), *given], ignore_index=True)
    placed = every[every[c.KIND].isin(KINDS)]
    placed = placed.assign(**{WHERE: say_localities(areas, placed)})
    # Most lie in an area, which is found much sooner than how far one of the others is away.
    outside = proximity.inside(areas, placed[placed[WHERE] == ""])
    near = pd.concat([placed[placed[WHERE] != ""], outside], ignore_index=True)
    once = near.iloc[_once(near)].reset_index(drop=True)
    return once.assign(**{WHERE: list(map(_around, once[c.NAME], once[WHERE], once[c.KIND]))})


def _once(places: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the positions of one of the places that share kind and name and lie together; each postcode is its own."""
    key = places[c.KIND].to_numpy(dtype=object) + "\n" + places[c.NAME].map(plain).to_numpy(dtype=object)
    return join_names(key.tolist(), places[c.LON].to_numpy(), places[c.LAT].to_numpy())


def _around(name: str, locality: str, kind: str) -> str:
    """Return the place around a place, without what its own name says already; a district is around all others."""
    if kind == _DISTRICT:
        return ""
    said = name if kind == _AREA else ""  # "Boston Castle (Rotherham 017B)" says both
    return ", ".join(part for part in locality.split(", ") if part != name and part not in said)
