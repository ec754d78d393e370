"""Layers from partners as files: the areas that a partnership hands over, of which name and shape are kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.formats import cells, shapes
from data.formats.file_kinds import GEOJSON, GEOPACKAGE, kind_of
from data.formats.layers import Layer
from data.formats.sheet_reader import choose_layer, read_layers
from data.formats.sources import Source
from data.screening.place_texts import are_refused
from geo import columns as c
from geo.areas.area_set import METRES
from geo.errors import InputError
from geo.wording import how_many

MAX_SHAPES: Final = 2_000  # a county in hexagons of a kilometre
MAX_CORNERS: Final = 100_000  # of all shapes together
SMALLEST: Final = 400.0  # m²; what is smaller is a home, or a point in disguise
_NAMES: Final = ("name", "title", "label", "area", "area name", "place", "zone", "hex", "hex id", "id")
_AREAS: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_SAID: Final = 10  # names of columns that are listed


@dataclass(frozen=True)
class PartnerShapes:
    """What a file of a partner holds: areas (``name``, polygons, EPSG:4326), and what was left out or changed."""

    areas: gpd.GeoDataFrame
    notes: tuple[str, ...]


def read_partner_shapes(source: Source, _progress: Callable[[float, str], None]) -> PartnerShapes:
    """Read the areas of a GeoJSON or GeoPackage file; every column but the one that names them is dropped.

    A name that seems to tell of a person or a home is left out, and its area goes by its number. Raises InputError for
    a file that holds points, lines, more than may be drawn, or shapes so small that they tell one home.
    """
    where = f"“{source.name}”"
    if kind_of(source.name, source.read()) not in (GEOJSON, GEOPACKAGE):
        raise InputError(
            f"A layer from partners must be GeoJSON or GeoPackage, and {where} is not; ask for one of those."
        )
    layer = choose_layer(read_layers(source))
    _require_areas(where, layer)
    drawn, repaired = shapes.repair(source.name, layer.shapes)
    _require_drawable(where, layer, drawn)
    named, column, unclean = _names(layer)
    areas = gpd.GeoDataFrame(pd.DataFrame({c.NAME: named}, dtype="str"), geometry=drawn, crs=shapes.DEGREES)
    return PartnerShapes(areas, tuple(_notes(layer, column, int(repaired.sum()), unclean)))


def _require_areas(where: str, layer: Layer) -> None:
    if not len(layer.shapes):
        raise InputError(f"A layer from partners must hold at least one area, and {where} holds none; ask for it anew.")
    others = ~np.isin(shapely.get_type_id(layer.shapes), _AREAS) | shapely.is_empty(layer.shapes)
    if others.any():
        raise InputError(
            f"A layer from partners is made of areas, and {where} has points, lines or nothing in {layer.say(others)}; "
            "ask for polygons or hexagons, or bring places in as known hotspots."
        )


def _require_drawable(where: str, layer: Layer, drawn: shapely.Geometry) -> None:
    corners = int(shapely.get_num_coordinates(drawn).sum())
    if len(drawn) > MAX_SHAPES or corners > MAX_CORNERS:
        raise InputError(
            f"A layer from partners has at most {MAX_SHAPES:,} shapes with {MAX_CORNERS:,} corners in all, and {where} "
            f"has {len(drawn):,} with {corners:,}; ask for fewer or simpler ones."
        )
    small = shapely.area(gpd.GeoSeries(drawn, crs=shapes.DEGREES).to_crs(METRES).to_numpy()) < SMALLEST
    if small.any():
        raise InputError(
            f"A shape of a layer from partners covers {SMALLEST:.0f} m² or more, and {where} has smaller ones in "
            f"{layer.say(small)}, which could tell one home; ask for the street or the block around it."
        )


def _names(layer: Layer) -> tuple[list[str], str | None, int]:
    """Return what each area is called, the column that says so, and how many names tell of a person or a home."""
    by_name = {cells.normalised(column): column for column in reversed(layer.table.column_names)}
    column = next((by_name[name] for name in _NAMES if name in by_name), None)
    said = [] if column is None else [str(value or "").strip() for value in layer.table.column(column).to_pylist()]
    numbered = [f"Shape {at}" for at in range(1, len(layer.shapes) + 1)]
    if column is None:
        return numbered, None, 0
    unclean = are_refused(said)
    kept = [number if not text or bad else text for text, bad, number in zip(said, unclean, numbered, strict=True)]
    return kept, column, int(unclean.sum())


def _notes(layer: Layer, column: str | None, repaired: int, unclean: int) -> list[str]:
    dropped = [name for name in layer.table.column_names if name != column]
    notes = []
    if column is None:
        notes.append("No column names the shapes, so they go by their number.")
    if unclean:
        left = how_many(unclean, "name that seems", "names that seem")
        notes.append(f"Left out: {left} to tell of a person or a home; the shape goes by its number.")
    if dropped:
        more = f" and {len(dropped) - _SAID} more" if len(dropped) > _SAID else ""
        notes.append(f"Not saved: {how_many(len(dropped), 'column', 'columns')}, {', '.join(dropped[:_SAID])}{more}.")
    if repaired:
        notes.append(f"Repaired: {how_many(repaired, 'shape that crossed itself', 'shapes that crossed themselves')}.")
    return notes
