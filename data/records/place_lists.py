"""Lists of places that people search for: the stops of NaPTAN, and postcodes with their positions."""

from typing import Any, Final

import numpy as np
import pandas as pd

from data.formats import cells, sheet_reader
from data.formats.sources import Source
from geo import columns as c

STOP: Final = "stop"
STATION: Final = "station"
POSTCODE_PLACE: Final = "postcode"

Bounds = tuple[float, float, float, float]

_COLUMNS: Final = {
    "code": ("atcocode",),
    "common": ("commonname", "name"),
    "type": ("stoptype",),
    c.POSTCODE: ("pcds", "postcode"),
    c.LON: ("longitude", "long", "lon"),
    c.LAT: ("latitude", "lat"),
}
_STATIONS: Final = ("BCE", "RLY", "RSE", "MET", "TMU")


def read_places(source: Source, within: Bounds | None = None) -> pd.DataFrame | None:
    """Return the places of a list: ``name``, ``kind`` ("stop", "station" or "postcode"), ``lon`` and ``lat``.

    ``within`` (west, south, east, north, in degrees) leaves out what lies elsewhere. None for a file that is no list
    of stops or postcodes.
    """
    sheet = sheet_reader.choose_sheet(sheet_reader.read_sheets(source))
    named = cells.find_columns(sheet.columns, _COLUMNS)
    stops = "code" in named and "common" in named
    if not {c.LON, c.LAT} <= named.keys() or not (stops or c.POSTCODE in named):
        return None
    texts = {meaning: sheet.table.column(name).to_pandas() for meaning, name in named.items()}
    lon, lat = (pd.to_numeric(texts[name], errors="coerce") for name in (c.LON, c.LAT))
    kind: Any = POSTCODE_PLACE
    if stops:
        types = texts.get("type", pd.Series([""] * len(lon)))
        kind = np.where(types.isin(_STATIONS), STATION, STOP)
    name = texts["common" if stops else c.POSTCODE]
    places = pd.DataFrame({c.NAME: name, c.KIND: kind, c.LON: lon, c.LAT: lat}).dropna()
    if within is not None:
        west, south, east, north = within
        places = places[places[c.LON].between(west, east) & places[c.LAT].between(south, north)]
    return places.reset_index(drop=True)
