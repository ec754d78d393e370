"""The streets of Castlebrook as lines that meet at junctions, and the base map of them: without tiles, so not drawn."""

import json
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import shapely

from data.demo.grid import GeoJson, feature, to_degrees
from data.demo.plan import FICTION, TOWN, place
from data.demo.streets import Network
from data.formats import geojson
from data.formats.sources import Source
from data.records.base_map import BaseMapFound
from data.records.way_networks import make_network, ways_of_lines
from geo import columns as c
from geo.basemap import themes as t
from geo.walking.pupil_origin import PLACE, PupilOrigin
from geo.walking.way_network import WayNetwork

TITLE: Final = f"{TOWN} streets (fictional)"
_WALKED: Final = ("main", "street")
_GRID: Final = 1.0  # metres to which junctions are brought together, as when blocks are cut
_STATIONS: Final = ("Bus interchange", "Castlebrook Station")
# Stops where pupils get off, in local metres.
STOPS: Final[dict[str, tuple[float, float]]] = {
    "Market Square stop": (-40, 10),
    "Eastmoor Parade shops": (1900, 1150),
    "Castlebrook Hospital main entrance": (-1650, 700),
    "Northgate turning circle": (-700, 1450),
    "Quayside steps": (520, -560),
    "Southern Way retail stop": (1250, -900),
    "Ringway north": (60, 1080),
    "Leisure Centre stop": (560, -1350),
}


def streets_of(network: Network) -> list[GeoJson]:
    """Return the streets as features with their names, cut where they meet."""
    ways = [way for way in network.ways if way.kind in _WALKED]
    pieces = shapely.get_parts(shapely.union_all([way.line for way in ways], grid_size=_GRID))
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    nearest = shapely.STRtree([way.line for way in ways]).nearest(middles)
    return [feature(piece, {"name": ways[at].name}) for piece, at in zip(pieces, nearest.tolist(), strict=True)]


def walking_network(streets: Sequence[GeoJson]) -> WayNetwork:
    """Return the ways on foot that the features of ``streets_of`` make."""
    lines = shapely.from_geojson([json.dumps(one["geometry"]) for one in streets])
    return make_network([ways_of_lines(lines, [one["properties"]["name"] for one in streets])], {})  # type: ignore[index]


def walking_map(streets: Source) -> BaseMapFound:
    """Return the base map of a file of the streets: their ways on foot with their names, and the stops; no tiles."""
    found = geojson.read_features(streets)
    names = [str(one["name"]) for one in found.properties]
    made = make_network([ways_of_lines(found.geometries, names)], {})
    return BaseMapFound(
        title=TITLE,
        source="Made by a computer",
        attribution=FICTION,
        edition=None,
        bounds=(float(made.lon.min()), float(made.lat.min()), float(made.lon.max()), float(made.lat.max())),
        min_zoom=t.MIN_ZOOM,
        max_zoom=t.MAX_ZOOM,
        tiles=0,
        archive=b"",
        network=made,
        names=_names(),
        counts={"street names": len(set(names)), "stops": len(STOPS), "stations": len(_STATIONS)},
        left_out={},
    )


def _names() -> pd.DataFrame:
    """List the stops and stations; streets are found by what police data call them."""
    named = [(name, t.STOP, np.array(at, dtype=float)) for name, at in STOPS.items()]
    named += [(name, t.STATION, np.array(place(name).point.coords[0])) for name in _STATIONS]
    lon, lat = to_degrees(np.array([at for _, _, at in named])).T
    return pd.DataFrame({c.NAME: [n for n, *_ in named], c.KIND: [k for _, k, _ in named], c.LON: lon, c.LAT: lat})


def origins_called(wanted: Sequence[str]) -> list[PupilOrigin]:
    """Return the stops and stations of some names as places that pupils set out from."""
    listed = _names().set_index(c.NAME)
    return [PupilOrigin(name, PLACE, float(listed[c.LON][name]), float(listed[c.LAT][name])) for name in wanted]
