"""A map of one value per area with its legend: what every page that shows one says in the same way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Any, Final

from geo import disclosure
from geo.maps.categories import Painted
from geo.maps.classes import classify, ramp, shown
from geo.register.markers import Marker
from geo.wording import capital
from pages.components.maps.legend import legend
from pages.components.maps.map_panel import MapView, Outline


@dataclass(frozen=True)
class ValueMap:
    """What the map panel shows, and the legend that stands below it (HTML)."""

    view: MapView
    legend: str


@dataclass(frozen=True)
class Said:
    """What a map says of its values: what it shows, their unit and decimals, period and source.

    Of ``protected`` values 0 stands for fewer than 10. ``multiples`` is what all values are multiples of (see
    ``geo.maps.classes.classify``), ``aside`` says what areas without a value are, and ``method`` how values came about
    where that takes more than the words of their classes. ``of`` is the word for one of the units.
    """

    title: str
    unit: str
    period: str
    source: str
    decimals: int = 0
    protected: bool = False
    multiples: int = 1
    aside: str = "No data"
    method: str | None = None
    of: str = "area"


_METHODS: Final = {
    0: f"Every area has {disclosure.FEWER_THAN}",
    1: f"One class, for every area with {disclosure.THRESHOLD} or more",
}


def value_map(
    values: Any,
    said: Said,
    geometry: str,
    backdrop: str | None,
    markers: Iterable[Marker] = (),
    outlines: Sequence[Outline] = (),
) -> ValueMap:
    """Class the values of the units that ``geometry`` draws (in their order; NaN is no value), and say how they show.

    Known hotspots stand on the map as ``markers``, and detected clusters are outlined; ``dataclasses.replace`` on the
    view adds a school or a selection.
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
        outlines=outlines,
        aside=said.aside,
    )
    told = legend(
        classes,
        unit=f"{said.unit}, about" if said.protected else said.unit,
        period=capital(said.period),
        source=said.source,
        colours=colours,
        statuses=[marker.status for marker in placed],
        # A rate can be rounded to nothing where its count is told.
        zero=disclosure.FEWER_THAN.capitalize() if said.protected and (values == 0).any() else None,
        aside=said.aside,
        clusters=len(outlines),
        method=f"{said.method}. {classes.method.replace('areas', f'{said.of}s')}" if said.method else None,
        of=said.of,
    )
    return ValueMap(view, told)


def kind_map(
    painted: Painted,
    texts: Sequence[str],
    said: Said,
    geometry: str,
    backdrop: str | None,
    markers: Iterable[Marker] = (),
    outlines: Sequence[Outline] = (),
) -> ValueMap:
    """Say how a map shows kinds rather than amounts, each with its class and colour; ``texts`` are the tooltips."""
    placed = tuple(markers)
    view = MapView(
        title=said.title,
        geometry=geometry,
        marks=painted.classes.marks,
        texts=texts,
        unit=said.unit,
        colours=painted.colours,
        letters=painted.letters,
        hotspots=placed,
        backdrop=backdrop,
        outlines=outlines,
        labels=painted.classes.labels,
        aside=said.aside,
    )
    told = legend(
        painted.classes,
        unit=said.title,
        period=capital(said.period),
        source=said.source,
        colours=painted.colours,
        letters=painted.letters,
        statuses=[marker.status for marker in placed],
        aside=said.aside,
        clusters=len(outlines),
        method=said.method,
        only_worn=True,
    )
    return ValueMap(view, told)


def _text(value: float, said: Said) -> str:
    if not said.protected:
        return shown(value, said.decimals)
    return disclosure.FEWER_THAN if value == 0 else f"about {shown(value, said.decimals)}"
