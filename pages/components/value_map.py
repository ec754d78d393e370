"""A map of one value per area with its legend: what every page that shows one says in the same way."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isnan
from typing import Any, Final

from geo.classes import classify, ramp, shown
from geo.markers import Marker
from geo.release import display
from geo.sentences import capital
from pages.components.legend import legend
from pages.components.map_panel import MapView


@dataclass(frozen=True)
class ValueMap:
    """What the map panel shows, and the legend that stands below it (HTML)."""

    view: MapView
    legend: str


@dataclass(frozen=True)
class Said:
    """What a map says of its values: what it shows, their unit and decimals, period and source.

    Of ``protected`` values 0 stands for fewer than 10. ``multiples`` is what all values are multiples of (see
    ``geo.classes.classify``), and ``aside`` says what areas without a value are.
    """

    title: str
    unit: str
    period: str
    source: str
    decimals: int = 0
    protected: bool = False
    multiples: int = 1
    aside: str = "No data"


_METHODS: Final = {
    0: f"Every area has {display.FEWER}",
    1: f"One class, for every area with {display.LEAST} or more",
}


def value_map(values: Any, said: Said, geometry: str, backdrop: str | None, markers: Iterable[Marker] = ()) -> ValueMap:
    """Class the values of the units that ``geometry`` draws (in their order; NaN is no value), and say how they show.

    Known hotspots stand on the map as ``markers``; ``dataclasses.replace`` on the view adds a school or a selection.
    """
    classes = classify(values, how="quantile", decimals=said.decimals, multiples=said.multiples)
    if said.protected:  # where 0 stands for fewer than 10, no words may call it none
        classes = replace(classes, method=_METHODS.get(len(classes.labels) - 1, classes.method))
    colours = ramp(classes)
    placed = tuple(markers)
    view = MapView(
        title=said.title,
        geometry=geometry,
        marks=classes.marks,
        texts=["" if isnan(value) else _text(value, said) for value in values.tolist()],
        unit=said.unit,
        colours=colours,
        hotspots=placed,
        backdrop=backdrop,
    )
    told = legend(
        classes,
        unit=f"{said.unit}, about" if said.protected else said.unit,
        period=capital(said.period),
        source=said.source,
        colours=colours,
        statuses=[marker.status for marker in placed],
        # A rate can be rounded to nothing where its count is told.
        zero=display.FEWER.capitalize() if said.protected and (values == 0).any() else None,
        aside=said.aside,
    )
    return ValueMap(view, told)


def _text(value: float, said: Said) -> str:
    if not said.protected:
        return shown(value, said.decimals)
    return display.FEWER if value == 0 else f"about {shown(value, said.decimals)}"
