"""A map of one value per area with its legend: what every page that shows one says in the same way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.basemap.tile_source import TileSource
from geo.maps.categories import Painted
from geo.maps.value_classes import value_classes, value_text
from geo.register.markers import Marker
from geo.wording import capital
from pages.components.maps.legend import Legend, Overlays, legend
from pages.components.maps.map_view import MapView, Outline, SearchSource


@dataclass(frozen=True)
class ValueMap:
    """What the map panel shows, and what its legend says of the classes."""

    view: MapView
    legend: Legend


def legend_of(view: MapView, says: Legend) -> str:
    """Write the legend that stands beside a map (HTML): what ``says`` tells of its classes, and what lies over them.

    What lies over them is read off ``view``, so that the legend names what has been added to a map since it was made.
    """
    over = Overlays(
        statuses=[marker.status for marker in view.hotspots],
        clusters=len(view.outlines),
        chosen=view.selected is not None,
        places=bool(view.places),
        walk=view.walk is not None,
        partners=[(one.letter, one.said, one.printed) for one in view.partners],
        attribution=view.base_map.attribution if view.base_map else None,
    )
    return legend(says, over)


@dataclass(frozen=True)
class MapSpec:
    """What a map says of its values, and what lies below and over them.

    ``geometry``, ``backdrop`` and ``names`` are digests of drawings, ``base_map`` has tiles of streets and names, and
    ``search`` says where its search box asks. Known hotspots stand on the map as ``markers``; detected clusters are
    outlined, and so is the area with the code ``selected``. Of ``protected`` values 0 stands for fewer than 10.
    ``multiples`` is what all values are multiples of (see ``geo.maps.classes.classify``), ``aside`` says what areas
    without a value are, and ``method`` how values came about where that takes more than the words of their classes.
    ``of`` is the word for one of the units.
    """

    title: str
    unit: str
    period: str
    source: str
    geometry: str
    backdrop: str | None = None
    base_map: TileSource | None = None
    names: str | None = None
    search: SearchSource | None = None
    markers: Sequence[Marker] = ()
    outlines: Sequence[Outline] = ()
    selected: str | None = None
    decimals: int = 0
    protected: bool = False
    multiples: int = 1
    aside: str = "No data"
    method: str | None = None
    of: str = "area"


def value_map(values: Any, spec: MapSpec) -> ValueMap:
    """Class the values of the units that are drawn (in their order; NaN is no value), and say how they show.

    ``dataclasses.replace`` on the view adds a school or a selection.
    """
    found = value_classes(
        values,
        spec.unit,
        decimals=spec.decimals,
        protected=spec.protected,
        multiples=spec.multiples,
        method=spec.method,
        of=spec.of,
    )
    classes = found.classes
    texts = [value_text(value, decimals=spec.decimals, protected=spec.protected) for value in values.tolist()]
    below = Legend(
        classes,
        unit=found.unit,
        period=capital(spec.period),
        source=spec.source,
        colours=found.colours,
        zero=found.zero,
        aside=spec.aside,
        method=found.method,
        of=spec.of,
    )
    view = _view(spec, classes.marks, texts, found.colours)
    return ValueMap(replace(view, classes=(below.zero or classes.labels[0], *classes.labels[1:])), below)


def kind_map(painted: Painted, texts: Sequence[str], spec: MapSpec) -> ValueMap:
    """Say how a map shows kinds rather than amounts, each with its class and colour; ``texts`` are the tooltips."""
    below = Legend(
        painted.classes,
        unit=spec.title,
        period=capital(spec.period),
        source=spec.source,
        colours=painted.colours,
        letters=painted.letters,
        aside=spec.aside,
        method=spec.method,
        are_kinds=True,
    )
    view = _view(spec, painted.classes.marks, texts, painted.colours)
    return ValueMap(replace(view, letters=painted.letters, labels=painted.classes.labels), below)


def _view(spec: MapSpec, marks: str, texts: Sequence[str], colours: Sequence[str]) -> MapView:
    return MapView(
        title=spec.title,
        geometry=spec.geometry,
        marks=marks,
        texts=texts,
        unit=spec.unit,
        colours=colours,
        hotspots=spec.markers,
        backdrop=spec.backdrop,
        base_map=spec.base_map,
        names=spec.names,
        search=spec.search,
        outlines=spec.outlines,
        selected=spec.selected,
        aside=spec.aside,
    )
