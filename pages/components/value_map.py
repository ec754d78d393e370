"""A map of one value per area with its legend: what every page that shows one says in the same way."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan
from typing import Any

from geo.classes import classify, ramp, shown
from geo.markers import Marker
from pages.components import cached
from pages.components.legend import legend
from pages.components.map_panel import MapView


@dataclass(frozen=True)
class ValueMap:
    """What the map panel shows, and the legend that stands below it (HTML)."""

    view: MapView
    legend: str


@dataclass(frozen=True)
class Said:
    """What a map says of its values: what it shows, their unit and decimals, period and source."""

    title: str
    unit: str
    period: str
    source: str
    decimals: int = 0


def value_map(set_id: int, level: str, values: Any, said: Said, markers: Iterable[Marker] = ()) -> ValueMap:
    """Class the values of a level's units (in their order; NaN is no data) and say how the map shows them.

    Known hotspots stand on the map as ``markers``; ``dataclasses.replace`` on the view adds a school or a selection.
    """
    classes = classify(values, how="quantile", decimals=said.decimals)
    colours = ramp(classes)
    drawings = cached.drawings(set_id, cached.who())
    placed = tuple(markers)
    view = MapView(
        title=said.title,
        geometry=drawings[level],
        marks=classes.marks,
        texts=["" if isnan(value) else shown(value, said.decimals) for value in values.tolist()],
        unit=said.unit,
        colours=colours,
        hotspots=placed,
        backdrop=drawings.get("backdrop"),
    )
    told = legend(
        classes,
        unit=said.unit,
        period=said.period,
        source=said.source,
        colours=colours,
        statuses=[marker.status for marker in placed],
    )
    return ValueMap(view, told)
