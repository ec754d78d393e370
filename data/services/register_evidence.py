"""Register evidence: what the datasets that a person may see say of the register of their organisation.

Only what may be shared is looked at: published points of open datasets, open counts, and what is released of protected
ones. So nobody, and no role, is told more by it than a board is.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

import pandas as pd

from data.principal import Principal
from data.records.rows import DatasetKind
from data.services import open_points, visibility
from data.store import area_sets, datasets, hotspots, places
from data.store.datasets import Access, Dataset
from data.store.db_errors import DamagedError
from data.store.store import Store
from geo.areas import proximity
from geo.areas.area_set import METRES, AreaSet
from geo.areas.contiguity import graph_of
from geo.calendar import months
from geo.calendar import periods as p
from geo.calendar.usual_periods import usual
from geo.errors import RefusedError
from geo.evidence import hotspot_states
from geo.evidence.beside import AreaSource, PointSource, Source
from geo.evidence.register_evidence import RegisterEvidence
from geo.evidence.unregistered import unregistered as not_on
from geo.findings.landmarks import landmarks
from geo.findings.search import Search, scenes_of, search
from geo.harms import SCHOOL_DEFAULT
from geo.register.concern import Concern
from geo.register.hotspot import Hotspot
from geo.release import zoning
from geo.release.kinds import Released
from geo.views import view as views
from geo.views.published_points import PublishedPoints

YEAR: Final = {"month": 12, "half-term": 6}  # periods of a year: the latest one is what is called recent
_HALF: Final = 2  # of these, that must be supplied
_OLDER: Final = 12  # months by which a dataset may end before the newest and still be asked beside it

Tell = Callable[[float, str], None]


def evidence(store: Store, principal: Principal, today: date) -> RegisterEvidence:
    """Return what data say of the register, as ``states`` and ``unregistered`` do."""
    return RegisterEvidence(states(store, principal, today), tuple(unregistered(store, principal)))


def states(store: Store, principal: Principal, today: date) -> pd.DataFrame:
    """Return of each known hotspot that is not closed what data say of it (``RegisterEvidence.states``)."""
    found = [source_of(store, principal, dataset) for dataset in listed(store, principal)]
    return states_by(hotspots.entries(store, principal), found, today)


def states_by(known: Sequence[Hotspot], found: Iterable[Source | None], today: date) -> pd.DataFrame:
    """Return of each known hotspot that is not closed what some sources say of it; those that are None say nothing."""
    return hotspot_states.states(known, [one for one in found if one is not None], today)


def unregistered(store: Store, principal: Principal, tell: Tell = lambda *_: None) -> list[Concern]:
    """Return the detected clusters that no known hotspot explains, of each dataset that is the newest of its kind.

    ``tell`` is called with the part done and what is looked at.
    """
    known = hotspots.entries(store, principal)
    searched = [
        (dataset, search_of(store, principal, dataset, tell)) for dataset in searched_datasets(store, principal)
    ]
    return [one for dataset, result in searched for one in not_explained(store, principal, dataset, result, known)]


def not_explained(
    store: Store, principal: Principal, dataset: Dataset, result: Search, known: Sequence[Hotspot]
) -> list[Concern]:
    """Return the clusters of a search of a whole dataset that no known hotspot explains."""
    areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
    schools = proximity.labelled(proximity.inside(areas, places.schools(store, principal)))
    of_police = dataset.kind == DatasetKind.POLICE
    return not_on(result, areas, landmarks(areas, schools), known, dataset.title, of_police=of_police)


def searched_datasets(store: Store, principal: Principal) -> list[Dataset]:
    """List the datasets in which clusters are looked for: the newest of each kind."""
    kinds: dict[str, Dataset] = {}
    for one in listed(store, principal):
        kinds.setdefault(one.kind, one)
    return list(kinds.values())


def search_of(store: Store, principal: Principal, dataset: Dataset, tell: Tell = lambda *_: None) -> Search:
    """Look for clusters in all areas of a dataset, in what may be shared of it, as of its last period."""
    released = _released(store, principal, dataset)
    if released is None:
        return Search((), ())
    areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
    periods = views.periods(released)
    scenes = scenes_of(released, areas, graph_of(areas.metres.to_numpy()), periods[-1])
    present = views.harms_in(released)
    harms = [code for code in present if code in SCHOOL_DEFAULT] or list(present)
    chosen = tuple(usual(periods, dataset.gaps))
    return search(scenes, harms, chosen, None, lambda done, what: tell(done, f"Looking at {what}"))


def listed(store: Store, principal: Principal) -> list[Dataset]:
    """List the datasets of incidents that a person may see, what is to be preferred first.

    Those that end within a year of the newest before older ones, open ones before protected ones, newest first.
    """
    there = [one for one in datasets.datasets(store, principal) if not one.holds_marks]
    newest = max((one.last_month for one in there), default="")
    since = months.shift(newest, -_OLDER) if newest else ""
    order = sorted(there, key=lambda one: (one.last_month, one.id), reverse=True)
    return sorted(order, key=lambda one: (one.last_month < since, one.access is Access.PROTECTED))


def source_of(
    store: Store, principal: Principal, dataset: Dataset, points: PublishedPoints | None = None
) -> Source | None:
    """Return the latest year of a dataset: by its published points where these may stand for it, else by its areas.

    ``points`` are those of the dataset where they are loaded already. None where too few periods of that year were
    supplied, nothing may be shared, or what is kept of the dataset is damaged, which ``verify`` finds.
    """
    try:
        areas = area_sets.load_area_set(store, principal, dataset.area_set_id)
        if open_points.may_be_counted(principal, dataset):
            found = open_points.all_points(store, principal, dataset) if points is None else points
            periods = _latest_year(dataset.months, dataset.gaps)
            if periods and found.hold_most_of(dataset.placed):
                return PointSource(dataset.title, periods, found, areas, earlier=_year_before(periods, dataset))
        released = _released(store, principal, dataset)
        return None if released is None else _by_area(dataset, released, areas)
    except DamagedError:
        return None


def _by_area(dataset: Dataset, released: Released, areas: AreaSet) -> AreaSource | None:
    """Return the latest year of counts by their smallest areas; None where too few periods were supplied."""
    periods = _latest_year(views.periods(released), dataset.gaps)
    if not periods:
        return None
    view = views.view_counts(released, areas, views.levels(released, areas)[0], views.years_of(released, periods))
    shapes = zoning.shapes(areas, view.units).geometry.to_crs(METRES).to_numpy()
    return AreaSource(dataset.title, periods, view, tuple(shapes), "zone" if view.cube.protected else "area")


def _released(store: Store, principal: Principal, dataset: Dataset) -> Released | None:
    """Return the counts of a dataset that may be shared, None where none may."""
    try:
        return visibility.released_counts(store, principal, dataset)
    except RefusedError:
        return None


def _year_before(periods: Sequence[str], dataset: Dataset) -> tuple[str, ...]:
    """Return the same months of the year before, none where one of them was not supplied."""
    earlier = tuple(months.year_before(periods))
    return earlier if set(earlier) <= set(dataset.months) - set(dataset.gaps) else ()


def _latest_year(periods: Sequence[str], missing: Sequence[str]) -> tuple[str, ...]:
    """Return the supplied periods of the last year that there are; none where fewer than half of them were supplied."""
    if not periods:
        return ()
    year = YEAR[p.unit_of(periods)]
    there = tuple(one for one in periods[-year:] if one not in set(missing))
    return there if _HALF * len(there) >= year else ()
