"""A map view: all that a map shows, as values; the shapes themselves come from the app's own routes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from geo.areas.proximity import Place
from geo.basemap.tile_source import TileSource
from geo.maps.classes import RAMP
from geo.register.markers import Marker

BETWEEN_TEXTS: Final = "|"  # stands between the texts of areas where they are sent as one


@dataclass(frozen=True)
class Outline:
    """A detected cluster as the map outlines it; its badge bears its place in the view's list, from 1 up.

    ``label`` says what was found, as a tooltip; ``members`` are the positions of its areas in the drawing's order.
    """

    label: str
    members: Sequence[int]


@dataclass(frozen=True)
class NumberedPlace:
    """A place that a list beside the map names by a number: ``name`` ("Bus Station") and ``text`` ("31 incidents")."""

    number: int
    name: str
    text: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Draft:
    """A place that is being drawn: its corners so far (longitude, latitude), joined to a line or around an area."""

    corners: Sequence[tuple[float, float]]
    kind: Literal["line", "area"] = "area"


@dataclass(frozen=True)
class SearchSource:
    """Where the map's search box asks: the ``address`` of the app's own route, and in which ``dataset`` (its number).

    ``around`` is (longitude, latitude) of the place that found places are sorted by; None where there is none.
    """

    address: str
    dataset: int
    around: tuple[float, float] | None = None


@dataclass(frozen=True)
class PartnerOnMap:
    """A layer from partners as the map shows it: the address of its drawing, its letter, and whether it is printed.

    ``said`` is what the legend says of it.
    """

    address: str
    letter: str
    said: str
    printed: bool


@dataclass(frozen=True)
class MapView:
    """All that a page says about its map, in plain values.

    Attributes
    ----------
    title
        What the map shows, for people who hear the page.
    geometry
        Digest of the areas' drawing.
    marks
        One character per area in the drawing's order: ``-`` no data, ``0`` zero, ``1`` to ``9`` classes
        (``Classes.marks``).
    texts
        Value per area as people read it, in the same order; empty where there is none, or where the words of the
        area's class say all. No ``|``.
    unit
        Follows the value in a tooltip, for example "incidents"; may be empty.
    labels
        What the areas of each class are, from 0 upwards, as a tooltip without a value says it; empty where classes
        have no words of their own.
    aside
        What the areas without a value are.
    colours
        One ``#rrggbb`` per class from 1 upwards.
    letters
        One short sign per class from 1 upwards, shown on the areas that have room for it; empty where there is none.
    outlines
        Detected clusters, each drawn as one thick border with a number over whatever the areas show.
    selected
        Code of the area with the thick outline.
    emphasise
        Positions of the areas that stay bright while the others fade; None leaves all bright.
    fit
        ``areas``, or ((south, west), (north, east)) in degrees. The view moves only when this or ``geometry`` changes.
    backdrop
        Digest of a backdrop drawing (streets, water, place names).
    hotspots
        Known hotspots; the status of each is a key of ``geo.maps.hotspot_signs.SIGNS``.
    school
        Where the pin stands.
    rings
        Radii around the school, metres.
    base_map
        Tiles of streets, parks, water and names, which lie beneath the areas and over them.
    names
        Digest of a drawing of names (points with ``k``, "district", "ward" or "street", and ``n``), which label the map
        where there is no base map.
    places
        Places with numbers, as the list beside the map has them.
    walk
        Digest of a drawing of the area that can be reached on foot.
    corridors
        Digest of a drawing of the ways to a gate (``geo.evidence.way_home_drawing``).
    search
        Where the search box asks; without it the map has none.
    classes
        What the areas of each class are, from 0 upwards, where classes are ranges of amounts; a card says it.
    draft
        What is being drawn; each click on the map then puts a corner. None where nothing is drawn.
    partners
        Layers from partners, hatched over all areas.
    """

    title: str
    geometry: str
    marks: str
    texts: Sequence[str]
    unit: str
    colours: Sequence[str] = RAMP
    selected: str | None = None
    hotspots: Sequence[Marker] = field(default=())
    school: Place | None = None
    rings: Sequence[int] | None = None
    emphasise: Sequence[int] | None = None
    fit: Literal["areas"] | tuple[tuple[float, float], tuple[float, float]] = "areas"
    backdrop: str | None = None
    letters: Sequence[str] = ()
    outlines: Sequence[Outline] = ()
    labels: Sequence[str] = ()
    aside: str = "No data"
    base_map: TileSource | None = None
    names: str | None = None
    places: Sequence[NumberedPlace] = ()
    walk: str | None = None
    corridors: str | None = None
    search: SearchSource | None = None
    classes: Sequence[str] = ()
    draft: Draft | None = None
    partners: Sequence[PartnerOnMap] = ()

    def __post_init__(self) -> None:
        """Refuse what the map would show wrongly rather than not at all."""
        if len(self.marks) != len(self.texts):
            raise ValueError(f"`marks` and `texts` must match, found {len(self.marks)} and {len(self.texts)}.")
        if any(BETWEEN_TEXTS in text for text in self.texts):
            raise ValueError(f"`texts` must not hold {BETWEEN_TEXTS!r}.")
        if self.letters and len(self.letters) != len(self.colours):
            raise ValueError(f"`letters` and `colours` must match, found {len(self.letters)} and {len(self.colours)}.")
        if self.labels and len(self.labels) != len(self.colours) + 1:
            raise ValueError(
                f"`labels` must hold one text more than `colours`, found {len(self.labels)} and {len(self.colours)}."
            )
        for outline in self.outlines:
            if not outline.members or not all(0 <= member < len(self.marks) for member in outline.members):
                raise ValueError(f"The members of an outline must be one or more of the {len(self.marks)} areas.")
