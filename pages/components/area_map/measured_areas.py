"""Every area of a level by the measure that is asked for or, where the data are too thin for that, by count."""

from dataclasses import dataclass
from functools import cached_property

from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.maps import measures
from geo.maps.measure import Measure, Measured, measured
from geo.views import widening
from geo.views.extent import Extent, Where, units_in
from geo.views.view import View
from geo.views.widening import Wide
from pages.components.area_map.map_pickers import MapRequest
from pages.components.cached import loads, statistics
from pages.components.cached.cache_keys import ViewKey
from pages.components.frame.selection import Selection


@dataclass(frozen=True)
class MeasuredAreas:
    """Every area of a level by one measure.

    ``request`` is by the measure that is shown, and ``thin`` says why that is not the one asked for, if it is not.
    ``wide`` is the choice and level that are shown, which may be wider than what was asked for, and ``view`` their
    counts, which are kept by ``key``.
    """

    request: MapRequest
    wide: Wide
    key: ViewKey
    view: View
    measured: Measured
    extent: Extent
    thin: str | None = None

    @cached_property
    def inside(self) -> list[int]:
        """The positions of the units in the part of the map that is looked at."""
        return units_in(self.view, self.extent)

    @cached_property
    def near(self) -> Measured:
        """What is measured of those units alone."""
        return self.measured if self.extent.where is Where.EVERYWHERE else self.measured.within(self.inside)


def measure_areas(chosen: Selection, request: MapRequest) -> MeasuredAreas:
    """Measure every area; by count, and say why, where the data are too thin for the measure asked for."""
    wide = _widened(chosen, request)
    key = view_key(chosen, request, wide.choice, wide.level)
    try:
        result = statistics.measured_by(key, wide.choice, request.measure)
        return MeasuredAreas(request, wide, key, loads.view(key), result, chosen.extent)
    except ThinDataError as thin:
        request = request.by(Measure.COUNT)
        # Its units too: those of a release depend on which periods are looked at.
        key = view_key(chosen, request, wide.choice, wide.level)
        view = loads.view(key)
        counted = measured(view, wide.choice, Measure.COUNT)
        return MeasuredAreas(request, wide, key, view, counted, chosen.extent, f"Counts are shown instead. {thin}")


def view_key(chosen: Selection, request: MapRequest, choice: Choice, level: str) -> ViewKey:
    """Return what the view of a choice is kept by, its units the same through all periods that its measure looks at."""
    return chosen.view_key(level, measures.covering(request.measure, choice, chosen.covered))


def _widened(chosen: Selection, request: MapRequest) -> Wide:
    """Return what was asked for or, where no area of it could be told, something wider."""
    if not chosen.about:
        return Wide(request.choice, request.level)

    def most(choice: Choice, level: str) -> float:
        view = loads.view(view_key(chosen, request, choice, level))
        return float(measured(view, choice, Measure.COUNT).values.max(initial=0.0, where=~view.elsewhere))

    return widening.widened(request.choice, request.level, chosen.levels, chosen.covered, most)
