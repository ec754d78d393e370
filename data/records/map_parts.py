"""Map parts: what one map file brings to a base map, whatever its kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.formats.shapes import BRITISH_LAT, BRITISH_LON, DEGREES, Bounds
from data.records.way_networks import OpenWays
from geo import columns as c
from geo.arrays import Bools, Shapes
from geo.basemap import themes as t
from geo.basemap.osm_features import FeatureClass

OSM_OWED: Final = "© OpenStreetMap contributors, ODbL"
OS_OWED: Final = "Contains OS data © Crown copyright and database right"
NO_WAYS: Final = "highways that are none to go along: not built, gone, platforms"
INCOMPLETE_AREAS: Final = "areas whose outline the file does not have in full, or that cross themselves"
CUT_WAYS: Final = "ways of which the file lacks some points, drawn as far as it has them"
OUTSIDE: Final = "features outside Britain"


@dataclass(frozen=True)
class MapPart:
    """What one file brings.

    ``features`` (EPSG:4326) have ``theme``, ``kind``, ``rank`` and ``name``. ``ways`` are those open to people on foot
    whose points have names of their own, ``lines`` those that meet where their ends do, with
    ``line_names``; ``closed`` counts the others by
    why. ``places`` are only searched for: name, kind, lon, lat. ``left_out`` counts what was left out by what it is.
    """

    source: str  # what kind of file it is: "OpenStreetMap"
    attribution: str
    features: gpd.GeoDataFrame
    edition: str | None = None
    bounds: Bounds | None = None
    ways: OpenWays | None = None
    lines: Shapes | None = None
    line_names: tuple[str | None, ...] = ()
    closed: Counter[str] = field(default_factory=Counter)
    places: pd.DataFrame | None = None
    left_out: Counter[str] = field(default_factory=Counter)


def make_features(classes: Sequence[FeatureClass], names: Iterable[Any], shapes: Shapes) -> gpd.GeoDataFrame:
    """Return features as a frame; names are cleaned of what cannot be shown."""
    cleaned = pd.Series([t.clean_name(name) for name in names], dtype=object)
    themes, kinds, ranks = zip(*classes, strict=True) if classes else ((), (), ())
    columns = {t.THEME: pd.Series(themes, dtype=object), c.KIND: pd.Series(kinds, dtype=object)}
    columns |= {t.RANK: pd.Series(ranks, dtype="int64"), c.NAME: cleaned}
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(shapes, crs=DEGREES), crs=DEGREES)


def inside_britain(shapes: Shapes) -> Bools:
    """Return which shapes are there and lie wholly in Britain."""
    bounds = shapely.bounds(shapes)
    west, south, east, north = bounds.T
    with np.errstate(invalid="ignore"):  # what is empty has no bounds, and is nowhere
        inside: Bools = (west >= BRITISH_LON[0]) & (east <= BRITISH_LON[1])
        return inside & (south >= BRITISH_LAT[0]) & (north <= BRITISH_LAT[1])
