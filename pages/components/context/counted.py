"""What is counted around a school: published points within a distance."""

from dataclasses import replace

from geo.counts.filters import Choice
from geo.findings.counted import Counted, of_areas
from geo.views.circle import WITHIN
from geo.views.extent import Extent
from geo.views.recorded_elsewhere import counted_in
from pages.components.cached import busy, circles
from pages.components.cached.cache_keys import eyes_of
from pages.components.frame.selection import Selection


def within(chosen: Selection, extent: Extent, choice: Choice) -> Counted:
    """Count the points within reach of an extent's school."""
    if extent.circle is None:
        raise ValueError("Points are counted within a circle.")
    dataset, eyes = chosen.dataset, eyes_of(chosen.dataset, chosen.asking)
    view = circles.circle_and_rest(dataset, *extent.circle, eyes)
    cube = (counted_in(view) if extent.elsewhere else view).cube
    return replace(
        of_areas(cube, choice, [WITHIN]),
        by_distance=True,
        elsewhere=busy.elsewhere_within(dataset, extent, choice, eyes),
        busy=busy.busiest_around(dataset, extent, choice, eyes),
        named=circles.has_place_names(dataset, eyes),
    )
