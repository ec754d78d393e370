"""Briefing ground: what facts of a place are gathered from, loaded once and only as a board may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from data.principal import Principal, as_board
from data.services import open_points, visibility, walking
from data.services.briefing_request import BriefingRequest
from data.store import area_sets, places
from data.store.datasets import Dataset
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.areas.proximity import Place
from geo.arrays import Bools, Floats
from geo.calendar import periods as p
from geo.calendar.school_calendar import SchoolCalendar
from geo.counts.filters import Choice
from geo.errors import InputError
from geo.harms import usual_harms
from geo.release.kinds import Protected, Released
from geo.views import circle, extent, provenance, widening
from geo.views import view as views
from geo.views.extent import Extent
from geo.views.published_points import PublishedPoints
from geo.views.view import View
from geo.views.widening import Wide
from geo.walking.walking_area import walking_area
from geo.walking.walks import Walks, metres_to


@dataclass(frozen=True)
class Near:
    """The published points of a dataset, which of its places are near a school, and how far each is away.

    ``inside`` and ``away`` (metres) are [places]; ``counts`` are those of ``geo.views.circle.circle_and_rest``.
    """

    points: PublishedPoints
    inside: Bools
    away: Floats
    counts: View

    @property
    def named(self) -> bool:
        """Whether the places have names, so that those that record for elsewhere are known."""
        return self.points.names is not None


@dataclass(frozen=True)
class BriefingGround:
    """What facts are gathered from.

    ``board`` is a member of the board of whoever asks, by whose eyes all is read. ``part`` is the part of the map that
    is looked at, ``district`` that of the school's district, where the map has others, and ``near`` the points within
    the part, None where areas are counted. ``wide`` is the filter that counts are shown for, which may be wider than
    ``choice``, and ``view`` the counts by its units.
    """

    store: Store
    board: Principal
    dataset: Dataset
    released: Released
    areas: AreaSet
    school: Place | None
    part: Extent
    district: Extent | None
    near: Near | None
    choice: Choice
    wide: Wide
    view: View
    today: date

    @property
    def protected(self) -> bool:
        """Whether figures are protected ones, which say "about"."""
        return isinstance(self.released, Protected)

    @property
    def covered(self) -> tuple[str, ...]:
        """All periods that may be seen."""
        return views.periods(self.released)

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that counts can be seen at, from small to large."""
        return views.levels(self.released, self.areas)

    @cached_property
    def units(self) -> list[int]:
        """The positions of the units of ``view`` that are looked at."""
        return extent.units_in(self.view, self.part)

    @cached_property
    def calendar(self) -> SchoolCalendar:
        """The term dates that count for the school, or for all."""
        return places.school_calendar(self.store, self.board, None if self.school is None else self.school.urn)

    @property
    def compared_periods(self) -> tuple[str, ...]:
        """The periods that are shown, and the same ones a year before."""
        shown = self.wide.choice.periods
        return (*p.year_before(shown), *shown)

    @property
    def origin(self) -> str:
        """Where the figures are from, without their period."""
        return provenance.source(self.dataset.source, protected=self.protected)

    def source(self, periods: Sequence[str] | None = None) -> str:
        """Say where figures are from and of which periods, those shown if none are named."""
        return f"{self.origin}, {p.say_range(self.wide.choice.periods if periods is None else periods)}"

    def seen(self, level: str, periods: Sequence[str]) -> View:
        """Return the counts by the units of a level that stay the same through some periods."""
        return views.view_counts(self.released, self.areas, level, views.years_of(self.released, periods))


def ground(store: Store, principal: Principal, request: BriefingRequest, today: date) -> BriefingGround:
    """Load what facts are gathered from, as a board of the person's organisation may see it.

    Raises RefusedError where nothing of the dataset may be shared, and InputError for periods that are not among those
    that may be seen, and for a walk where there is no map of ways.
    """
    board = as_board(principal)
    dataset = request.dataset
    released = visibility.released_counts(store, board, dataset)
    if not isinstance(released, Released):  # where no type checker has refused it
        raise TypeError("Only released counts get into a paper.")
    areas = area_sets.load_area_set(store, board, dataset.area_set_id)
    covered = views.periods(released)
    if not request.periods or not set(request.periods) <= set(covered):
        raise InputError(
            f"A paper is about periods from {p.say(covered[0])} to {p.say(covered[-1])}, which may be shared of this "
            "dataset, and others were chosen; choose from these."
        )
    points = _points(store, board, dataset, request.school)
    part = _part(store, board, areas, request, points=points is not None)
    near = None if points is None else _near(store, board, dataset, areas, part, points)
    present = views.harms_in(released)
    harms = tuple(code for code in present if code in request.harms) or usual_harms(present)
    choice = Choice(request.periods, harms)
    levels = views.levels(released, areas)

    def seen(one: Choice, level: str) -> View:
        years = views.years_of(released, (*p.year_before(one.periods), *one.periods))
        return views.view_counts(released, areas, level, years)

    wide = Wide(choice, levels[0])
    if isinstance(released, Protected) and part.areas:
        wide = widening.in_part(part, choice, levels, covered, seen)
    district = None if request.school is None else extent.district_of(areas, request.school)
    view = seen(wide.choice, wide.level)
    return BriefingGround(
        store, board, dataset, released, areas, request.school, part, district, near, choice, wide, view, today
    )


def _points(store: Store, board: Principal, dataset: Dataset, school: Place | None) -> PublishedPoints | None:
    """Return the points of a dataset that is counted by distance around a school; None of any other."""
    if school is None or not open_points.may_be_counted(board, dataset):
        return None
    points = open_points.all_points(store, board, dataset)
    return points if points.hold_most_of(dataset.placed) else None


def _part(store: Store, board: Principal, areas: AreaSet, request: BriefingRequest, *, points: bool) -> Extent:
    if request.school is None:
        return extent.everywhere(areas)
    walked = None
    if request.reach.on_foot:
        walked = walking_area(_walks(store, board, areas, request.school, request.reach.metres))
    return extent.around(areas, request.school, request.reach, points=points, walked=walked)


def _near(
    store: Store, board: Principal, dataset: Dataset, areas: AreaSet, part: Extent, points: PublishedPoints
) -> Near | None:
    if part.circle is None or not part.areas:
        return None
    school, reach = part.circle
    on_foot = None
    if reach.on_foot:
        on_foot = metres_to(_walks(store, board, areas, school, reach.metres), points.xy)
    inside, away = circle.within_reach(points, school, reach, on_foot)
    counts = circle.circle_and_rest(points, school, reach, dataset.months, dataset.gaps, away)
    return Near(points, inside, away, counts)


def _walks(store: Store, board: Principal, areas: AreaSet, school: Place, metres: float) -> Walks:
    return walking.walks_of(walking.ways_of_areas(store, board, areas), school, metres)
