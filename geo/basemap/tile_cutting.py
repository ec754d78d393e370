"""Tile cutting: the features of a base map, simplified for each zoom and cut along the edges of tiles.

Positions are those of web maps (spherical Mercator) with the world as one square: 0 to 1 eastwards and southwards.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import columns as c
from geo.arrays import Bools, Floats, Ints, Shapes
from geo.basemap import themes as t
from geo.basemap.tile_encoding import (
    EXTENT,
    LINES,
    POINTS,
    POLYGONS,
    Feature,
    Parts,
    encode_geometries,
    encode_layer,
)
from geo.errors import InputError

Tile: TypeAlias = tuple[int, int, int]  # zoom, column from the west, row from the north
Progress = Callable[[float, str], None]

# What the tiles hold: each layer, and the properties of its features.
LAYERS: Final = {
    theme: {"k": "String", "n": "String"} | ({"r": "Number"} if theme == t.POINT else {}) for theme in t.THEMES
}
MAX_TILES: Final = 45_000  # at the last zoom: some 300 by 300 km, more than any county or region
_MAX_PIECES: Final = 6_000_000  # features times the tiles that they could touch
_PIXEL: Final = EXTENT // 512  # units of a pixel, as the map draws a tile
_MARGIN: Final = 64 / EXTENT  # tiles; what is drawn beyond the edge, so that the ends of wide lines do not show
_COARSE, _FINE = _PIXEL / 2, 1.0  # units by which a simplified line may stray; the last zoom is enlarged further
_SMALLEST: Final = (5 * _PIXEL) ** 2  # square units of ground that is still drawn, below the last zoom
_KINDS: Final = {t.LAND: POLYGONS, t.RAIL: LINES, t.ROAD: LINES, t.POINT: POINTS}
_ORDER: Final = (
    t.BUILT,
    t.GREEN,
    t.WOOD,
    t.GROUNDS,
    t.PARK,
    t.PATH,
    t.SERVICE,
    t.LOCAL,
    t.SECONDARY,
    t.MAIN,
    t.MOTORWAY,
)
_UNNAMED: Final = frozenset((t.BUILT, t.STREAM))


@dataclass(frozen=True)
class _Drawn:
    """Features of one theme and one sort of shape."""

    theme: str
    kind: int
    shapes: Shapes  # in world units
    kinds: list[str]
    names: list[str | None]
    ranks: list[int]
    first: Ints
    order: Ints  # in which they are painted
    called: Ints  # a number for each name; lines of the same kind and name become one feature
    named_from: Ints  # the zoom from which each has its name


@dataclass(frozen=True)
class _Pieces:
    """Shapes cut along tiles: which feature each is of, and its tile (column, row)."""

    shapes: Shapes
    feature: Ints
    column: Ints
    row: Ints


def cut_tiles(features: gpd.GeoDataFrame, progress: Progress | None = None) -> dict[Tile, bytes]:
    """Return the tiles of a base map that hold something, as Mapbox Vector Tiles, from ``MIN_ZOOM`` to ``MAX_ZOOM``.

    ``features`` (EPSG:4326) have ``theme``, ``kind``, ``rank`` and ``name`` (None where there is none). A layer is
    called as its theme; its features have ``k``, their kind, ``n``, their name if any, and of points ``r``, the rank.
    Raises InputError for a map that is larger than a region.
    """
    _require_small(features)
    world = _project(features.geometry.to_numpy())
    layers: dict[Tile, list[bytes]] = {}
    drawn = [one for theme in t.THEMES for one in _sorts(features, world, theme)]
    zooms = range(t.MIN_ZOOM, t.MAX_ZOOM + 1)
    for zoom in zooms:
        if progress is not None:
            progress((zoom - t.MIN_ZOOM) / len(zooms), f"Cutting tiles of zoom {zoom}")
        for theme, sorts in groupby(drawn, key=lambda one: one.theme):
            for tile, layer in _layers(theme, list(sorts), zoom):
                layers.setdefault(tile, []).append(layer)
    return {tile: b"".join(parts) for tile, parts in layers.items()}


def tiles_across(bounds: Floats, zoom: int) -> int:
    """Return how many tiles of a zoom bounds (west, south, east, north, in degrees) touch."""
    west, south, east, north = bounds
    low, high = _world(np.array([[west, north], [east, south]])) * 2**zoom
    columns, rows = np.floor(high) - np.floor(low) + 1
    return int(columns * rows)


def _require_small(features: gpd.GeoDataFrame) -> None:
    if len(features) and tiles_across(features.total_bounds, t.MAX_ZOOM) > MAX_TILES:
        raise InputError(
            "A base map must cover a county or a region, at most some 300 by 300 km, and this covers more; bring an "
            "extract of your county."
        )


def _world(degrees: Floats) -> Floats:
    lon, lat = np.radians(degrees[:, 0]), np.radians(np.clip(degrees[:, 1], -85.0, 85.0))
    return np.column_stack((lon / (2 * np.pi) + 0.5, 0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)))


def _project(shapes: Shapes) -> Shapes:
    projected: Shapes = shapely.transform(shapes, _world)
    return projected


def _sorts(features: gpd.GeoDataFrame, world: Shapes, theme: str) -> Iterator[_Drawn]:
    """Yield the features of a theme; of water, its lines and its areas apart."""
    of_theme = (features[t.THEME] == theme).to_numpy()
    dimensions = shapely.get_dimensions(world) + 1
    for kind in (POLYGONS, LINES, POINTS):
        chosen = of_theme & (dimensions == kind)
        if _KINDS.get(theme, kind) == kind and chosen.any():
            yield _drawn(features.loc[chosen], world[chosen], theme, kind)


def _drawn(own: pd.DataFrame, shapes: Shapes, theme: str, kind: int) -> _Drawn:
    kinds, ranks = own[c.KIND].tolist(), own[t.RANK].tolist()
    named = zip(own[c.NAME].tolist(), kinds, strict=True)
    names = [name if isinstance(name, str) and kind not in _UNNAMED else None for name, kind in named]
    first = np.array([t.first_zoom(theme, kind, rank) for kind, rank in zip(kinds, ranks, strict=True)], dtype=np.int64)
    called, _ = pd.factorize(pd.Series(names, dtype=object), use_na_sentinel=False)
    named_from = np.array([t.first_named_zoom(theme, kind) for kind in kinds], dtype=np.int64)
    if kind == POLYGONS:
        shapes = shapely.orient_polygons(shapes, exterior_cw=False)
    return _Drawn(theme, kind, shapes, kinds, names, ranks, first, _painting(kinds, kind), called, named_from)


def _painting(kinds: list[str], kind: int) -> Ints:
    """Return in which order features are painted: lines by their kind alone, all others each by itself."""
    paint = np.array([_ORDER.index(one) if one in _ORDER else len(_ORDER) for one in kinds], dtype=np.int64)
    if kind == LINES:
        others, _ = pd.factorize(pd.Series(kinds, dtype=object))
        return paint * (int(others.max()) + 1) + others
    # Ground stays apart, since where two features overlap it must not become a hole.
    order = np.empty(len(kinds), dtype=np.int64)
    order[np.lexsort((np.arange(len(kinds)), paint))] = np.arange(len(kinds))
    return order


def _layers(theme: str, sorts: Sequence[_Drawn], zoom: int) -> Iterator[tuple[Tile, bytes]]:
    """Yield the layer of each tile of a zoom that the features of a theme touch."""
    found: dict[int, list[Feature]] = {}
    for drawn in sorts:
        for tile, feature in _cut(drawn, zoom):
            found.setdefault(tile, []).append(feature)
    for tile, features in found.items():
        yield (zoom, tile >> zoom, tile & ((1 << zoom) - 1)), encode_layer(theme, features)


def _cut(drawn: _Drawn, zoom: int) -> Iterator[tuple[int, Feature]]:
    """Yield the number of a tile and a feature in it, for each that features of one sort touch."""
    chosen = np.flatnonzero(drawn.first <= zoom)
    if not len(chosen):
        return
    unit = 1.0 / (2**zoom * EXTENT)
    shapes = drawn.shapes[chosen]
    if drawn.kind != POINTS:
        stray = _FINE if zoom == t.MAX_ZOOM else _COARSE
        shapes = shapely.simplify(shapes, stray * unit, preserve_topology=False)
    keep = ~shapely.is_empty(shapes)
    if drawn.kind == POLYGONS and zoom < t.MAX_ZOOM:
        keep &= shapely.area(shapes) >= _SMALLEST * unit**2
    pieces = _pieces(shapes[keep], chosen[keep], zoom, 0.0 if drawn.kind == POINTS else _MARGIN)
    parts, tiles, features = _parts(pieces, drawn, zoom)
    geometries = encode_geometries(parts)
    listed = zip(tiles[parts.starts].tolist(), features[parts.starts].tolist(), geometries, strict=True)
    for tile, feature, geometry in listed:
        yield tile, (drawn.kind, geometry, _properties(drawn, feature, zoom))


def _properties(drawn: _Drawn, feature: int, zoom: int) -> dict[str, str | int]:
    own: dict[str, str | int] = {"k": drawn.kinds[feature]}
    name = drawn.names[feature]
    if name is not None and zoom >= drawn.named_from[feature]:
        own["n"] = name
    if drawn.kind == POINTS:
        own["r"] = drawn.ranks[feature]
    return own


def _pieces(shapes: Shapes, feature: Ints, zoom: int, margin: float) -> _Pieces:
    """Return shapes cut along the tiles of a zoom, each with ``margin`` tiles around it."""
    scale = 2**zoom
    bounds = shapely.bounds(shapes) * scale
    low = np.clip(np.floor(bounds[:, :2] - margin), 0, scale - 1).astype(np.int64)
    high = np.clip(np.floor(bounds[:, 2:] + margin), 0, scale - 1).astype(np.int64)
    across = high - low + 1
    number = across[:, 0] * across[:, 1]
    if number.sum() > _MAX_PIECES:
        raise InputError("A base map must be made of many small shapes, and this has too many large ones; simplify it.")
    of = np.repeat(np.arange(len(shapes)), number)
    within = np.arange(int(number.sum())) - np.repeat(np.cumsum(number) - number, number)
    column, row = low[of, 0] + within % across[of, 0], low[of, 1] + within // across[of, 0]
    cut = shapes[of]
    crossing = np.flatnonzero(number[of] > 1)
    crossing = crossing[np.lexsort((row[crossing], column[crossing]))]
    edges = np.flatnonzero(np.diff(column[crossing] * scale + row[crossing], prepend=-1, append=-1))
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        some = crossing[start:end]
        west, north = column[some[0]] - margin, row[some[0]] - margin
        box = (west / scale, north / scale, (west + 1 + 2 * margin) / scale, (north + 1 + 2 * margin) / scale)
        cut[some] = shapely.clip_by_rect(cut[some], *box)
    return _Pieces(cut, feature[of], column, row)


def _parts(pieces: _Pieces, drawn: _Drawn, zoom: int) -> tuple[Parts, Ints, Ints]:
    """Return the parts of pieces in units of their tiles, tile by tile, with each part's tile and feature."""
    shapes, at = _rings_or_lines(pieces.shapes, drawn.kind)
    tile = (pieces.column[at] << zoom) | pieces.row[at]
    of_part = pieces.feature[at]
    called = np.where(drawn.named_from[of_part] <= zoom, drawn.called[of_part] + 1, 0)
    order = drawn.order[of_part] * (len(drawn.names) + 1) + called
    sorting = np.lexsort((order, tile))
    shapes, at, tile, order = shapes[sorting], at[sorting], tile[sorting], order[sorting]
    degrees, of = shapely.get_coordinates(shapes, return_index=True)
    corner = np.column_stack((pieces.column[at], pieces.row[at]))[of]
    xy = np.rint((degrees * 2**zoom - corner) * EXTENT).astype(np.int64)
    keep = _distinct(xy, of, drawn.kind)
    sizes = np.bincount(of[keep], minlength=len(shapes))
    enough = sizes >= drawn.kind
    keep &= enough[of]
    tile, order = tile[enough], order[enough]
    starts = np.ones(len(tile), dtype=np.bool_)
    starts[1:] = (tile[1:] != tile[:-1]) | (order[1:] != order[:-1])
    return Parts(drawn.kind, xy[keep], sizes[enough], starts), tile, pieces.feature[at][enough]


def _rings_or_lines(shapes: Shapes, kind: int) -> tuple[Shapes, Ints]:
    """Return the points, lines or rings of shapes, and which shape each is of; cutting can leave other sorts."""
    parts, at = shapely.get_parts(shapes, return_index=True)
    inner, inner_at = shapely.get_parts(parts, return_index=True)  # of what was a mixture
    at = at[inner_at]
    fits = (shapely.get_dimensions(inner) + 1 == kind) & ~shapely.is_empty(inner)
    inner, at = inner[fits], at[fits]
    if kind != POLYGONS:
        return inner, at
    rings, of = shapely.get_rings(inner, return_index=True)
    return rings, at[of]


def _distinct(xy: Ints, of: Ints, kind: int) -> Bools:
    """Return which points are not the same as the one before in their part; of a ring, the last is the first again."""
    keep = np.ones(len(xy), dtype=np.bool_)
    if kind == POINTS or not len(xy):
        return keep
    keep[1:] = (of[1:] != of[:-1]) | (xy[1:] != xy[:-1]).any(axis=1)
    if kind == POLYGONS:
        last = np.append(of[1:] != of[:-1], True)
        keep &= ~last
    return keep
