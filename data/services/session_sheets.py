"""The sheet and the template of a safety-mapping session: an A3 map of what is around a school, and a file to fill in.

The map is drawn from the base map that is loaded or, without one, from the streets that came with the areas. No request
leaves this machine.
"""

import gzip
import json
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import vl_convert

from data.formats import csv_output
from data.principal import Principal
from data.store import area_sets, base_maps
from data.store.store import Store
from geo import columns as c
from geo.areas.area_set import DEGREES, METRES
from geo.areas.drawing import BACKDROP
from geo.areas.proximity import Place, point_of
from geo.basemap import themes
from geo.errors import InputError
from geo.safety_marks import sheet_ground
from geo.safety_marks.session_map import SIDES, SessionMap, map_around
from geo.safety_marks.session_sheet import sheet_svg
from geo.safety_marks.sheet_ground import NamedPoint, SheetGround
from geo.walking.ready_network import in_metres

COLUMNS: Final = ("map", "cell", "mark", "session date", "number")
TEMPLATE_LINES: Final = 60
_NOT_NAMED: Final = (themes.POSTCODE, themes.STOP)  # too many for one sheet


def session_map(place: Place, side: int) -> SessionMap:
    """Return the map around a school. Raises InputError for a side that there is none of, and a place off the grid."""
    point = point_of(place)
    try:
        return map_around(point.x, point.y, side)
    except ValueError:
        raise InputError(
            f"A map for marks needs squares of {' or '.join(map(str, SIDES))} m around a school in Great Britain, and "
            "this asks for others; use the links of the page “Safe and unsafe places”."
        ) from None


def sheet_pdf(store: Store, principal: Principal, place: Place, side: int = SIDES[0]) -> bytes:
    """Return the sheet of a session around a school as PDF: A3, of lines and letters.

    Raises InputError where nothing is loaded from which streets could be drawn.
    """
    on = session_map(place, side)
    ground = _from_base_map(store, principal, place, on) or _from_backdrop(store, principal, place, on)
    if ground is None:
        raise InputError(
            f"A map for marks needs the streets around {place.name}, and none are loaded; bring a base map in on "
            "“Set up”."
        )
    point = point_of(place)
    return bytes(vl_convert.svg_to_pdf(sheet_svg(on, ground, place.name, (point.x, point.y))))


def template_csv(place: Place, side: int = SIDES[0]) -> str:
    """Return the file that staff fill in after a session: one line for each square, with the code of the map."""
    code = session_map(place, side).code
    free = pd.DataFrame("", index=range(TEMPLATE_LINES), columns=COLUMNS)
    return csv_output.frame_csv(free.assign(map=code))


def _from_base_map(store: Store, principal: Principal, place: Place, on: SessionMap) -> SheetGround | None:
    """Return streets and paths as people walk along them, and the names of the base map; None without one.

    One that has no tiles knows ways to walk, and no names of streets.
    """
    margin = 0.02
    bounds = (place.lon - margin, place.lat - margin, place.lon + margin, place.lat + margin)
    found = base_maps.base_map_for(store, principal, bounds)
    if found is None or not found.stretches or not found.tiles:
        return None
    ways = base_maps.load_network(store, principal, found.id)
    xy = in_metres(ways.lon, ways.lat)
    segments = np.stack([xy[ways.start], xy[ways.end]], axis=1)
    near = (segments.min(axis=1) <= [on.east, on.north]).all(axis=1)
    near &= (segments.max(axis=1) >= [on.west, on.south]).all(axis=1)
    segments = segments[near]
    if not len(segments):
        return None
    names = base_maps.load_names(store, principal, found.id)
    names = names[~names[c.KIND].isin(_NOT_NAMED)]
    points = in_metres(names[c.LON].to_numpy(), names[c.LAT].to_numpy())
    named = [
        NamedPoint(name, kind, float(east), float(north))
        for name, kind, (east, north) in zip(names[c.NAME], names[c.KIND], points, strict=True)
        if on.square_at(east, north) is not None
    ]
    lines = sheet_ground.cut_to(on, [("street", line) for line in segments])
    chosen = sheet_ground.chosen_names(on, sheet_ground.along(named, segments), _school(place))
    return SheetGround(lines, chosen, found.attribution)


def _from_backdrop(store: Store, principal: Principal, place: Place, on: SessionMap) -> SheetGround | None:
    """Return the streets and names that came with the newest areas around a school; None where none did."""
    for one in reversed(area_sets.area_sets(store, principal)):
        digest = area_sets.drawing_digests(store, principal, one.id).get(BACKDROP)
        packed = area_sets.packed_drawing(store, principal, digest) if digest else None
        if packed is None:
            continue
        ground = _of_features(on, _features(gzip.decompress(packed)), place)
        if ground.lines:
            return SheetGround(ground.lines, ground.names, one.title)
    return None


def _school(place: Place) -> NamedPoint:
    point = point_of(place)
    return NamedPoint(place.name, themes.SCHOOL, point.x, point.y)


def _features(content: bytes) -> gpd.GeoDataFrame:
    features = json.loads(content)["features"]
    return gpd.GeoDataFrame.from_features(features, crs=DEGREES).to_crs(METRES)


def _of_features(on: SessionMap, drawn: gpd.GeoDataFrame, place: Place) -> SheetGround:
    lines, names = [], []
    for kind, name, shape in zip(drawn["k"], drawn["n"], drawn.geometry, strict=True):
        if shape.geom_type == "LineString" and kind != "border":
            line = np.asarray(shape.coords)[:, :2]
            lines.append((kind, line))
            names += sheet_ground.names_along(on, name, kind, line) if name else []
        elif shape.geom_type == "Point":
            names.append(NamedPoint(name, "place", shape.x, shape.y))
    return SheetGround(sheet_ground.cut_to(on, lines), sheet_ground.chosen_names(on, names, _school(place)), "")
