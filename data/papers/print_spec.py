"""What a map for print shows, as values: areas with their classes, the ground, and what stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import geopandas as gpd
import shapely

from geo.arrays import Shapes
from geo.maps.classes import Classes

BORDER: Final = "border"  # the theme and kind of the edges of the largest areas


@dataclass(frozen=True, eq=False)
class Ground:
    """What people find their way by (EPSG:27700): ``theme``, ``kind``, ``name``, ``rank`` as a base map has them.

    Lines of the theme ``BORDER`` are edges of the largest areas.
    ``attribution`` says whose it is, and ``note`` what it lacks; "" for nothing.
    """

    features: gpd.GeoDataFrame
    attribution: str = ""
    note: str = ""


@dataclass(frozen=True)
class PrintedSign:
    """A known hotspot: its name, its status (a key of ``geo.maps.hotspot_signs.SIGNS``), its shape (EPSG:27700)."""

    name: str
    status: str
    shape: shapely.Geometry


@dataclass(frozen=True)
class PrintedPlace:
    """A place that the legend names by its number, what it says of it, and where it is (EPSG:27700)."""

    number: int
    name: str
    text: str
    at: shapely.Point


@dataclass(frozen=True, eq=False)
class PrintMap:
    """What a map for print shows; all shapes are in metres (EPSG:27700).

    Attributes
    ----------
    title
        What it shows, and where.
    shapes
        The areas, in the order of the classes.
    classes, colours, letters
        Their classes; a colour, and where there are any a letter, for each class from 1 upwards.
    unit, zero, aside, method
        What the numbers are, what the class of zero and the areas without a value are, and how classes came about.
    are_kinds
        Whether classes are kinds rather than ranges: those that no area has are left out of the legend.
    texts
        The value of each area in words, written where there is room; empty for none.
    bounds
        What is seen: west, south, east, north.
    what, period, source, day
        In words: kinds of harm, when, from where, and the day on which it was made.
    attributions
        Whose the areas are, and what else is owed.
    ground
        What lies below and over the areas.
    notes
        What must be said of the figures, in sentences.
    counted, counted_said
        The positions of the areas that figures beside the map are of, which are outlined, and what they are; None
        where those are all.
    school, school_name
        Where the pin stands.
    rings
        Radii around it, in metres.
    walk
        What can be reached on foot.
    clusters
        What was detected, outlined and numbered.
    signs
        Known hotspots.
    places
        Places by number.
    protected
        Whether figures are protected ones.
    """

    title: str
    shapes: Shapes
    classes: Classes
    colours: Sequence[str]
    unit: str
    what: str
    period: str
    source: str
    day: str
    bounds: tuple[float, float, float, float]
    ground: Ground
    method: str
    zero: str | None = None
    aside: str = "No data"
    letters: Sequence[str] = ()
    are_kinds: bool = False
    texts: Sequence[str] = ()
    attributions: Sequence[str] = ()
    notes: Sequence[str] = ()
    counted: Sequence[int] | None = None
    counted_said: str = ""
    school: shapely.Point | None = None
    school_name: str = ""
    rings: Sequence[int] = ()
    walk: shapely.Geometry | None = None
    clusters: Sequence[shapely.Geometry] = field(default=())
    signs: Sequence[PrintedSign] = ()
    places: Sequence[PrintedPlace] = ()
    protected: bool = False
