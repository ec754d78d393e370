"""Whoever chooses where pupils set out from learns of protected data what their release says, and no count besides."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import numpy as np
import pyproj
import pytest

from data.principal import LOCAL_USER, Principal, as_board
from data.records.rows import DatasetKind
from data.services import visibility, way_home
from data.services.walking import metres_of
from data.store import area_sets, datasets, places, rows_at_rest
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo import columns as c
from geo.areas import proximity
from geo.areas.proximity import Place
from geo.counts.filters import Choice
from geo.evidence.way_home import StreetIncidents, StretchBasis
from geo.harms import HARM_GROUPS
from geo.maps.measure import Measure, measured
from geo.views import view as views
from geo.walking.pupil_origin import PLACE, PupilOrigin
from geo.walking.ready_network import ReadyNetwork, in_metres, make_ready
from geo.walking.way_network import WayNetwork
from tests.attack import retold

ORIGINS: Final = 5  # places that are set out from, each alone and all together
HARMS: Final = (("cse",), tuple(HARM_GROUPS))
STEP: Final = 150.0  # metres between streets
SIDE: Final = 21  # streets each way
_DEGREES: Final = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
Known = Callable[[Store, Principal, Dataset, Choice, Place], StreetIncidents]


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> tuple[Path, Path]:
    """The town; and one in which the rows and counts of its schools' incidents are others, with the same release."""
    other = tmp_path_factory.mktemp("walked") / "other"
    shutil.copytree(demo_home, other)
    with closing(opened(other)) as store:
        retold.retell(store, protected(store).id)
    return demo_home, other


def opened(home: Path) -> Store:
    return Store(f"sqlite:///{home / 'local-context.sqlite'}")


def protected(store: Store) -> Dataset:
    [found] = [
        one
        for one in datasets.datasets(store, LOCAL_USER)
        if one.access is Access.PROTECTED and one.kind != DatasetKind.MARKS
    ]
    return found


def school_of(store: Store, dataset: Dataset) -> Place:
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    return next(iter(proximity.labelled(proximity.inside(areas, places.schools(store, LOCAL_USER))).values()))


def streets(gate: Place) -> ReadyNetwork:
    """Lay streets each way round a gate."""
    middle = metres_of(gate)
    row, column = (each.ravel() for each in np.mgrid[0:SIDE, 0:SIDE])
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    x, y = (middle[at] + STEP * (each - SIDE // 2) for at, each in enumerate((column, row)))
    start = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    end = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    return make_ready(WayNetwork(*_DEGREES.transform(x, y), start, end))


def chosen_at_will(network: ReadyNetwork) -> list[list[PupilOrigin]]:
    rng = np.random.default_rng(3)
    points = network.xy[rng.permutation(len(network.xy))[:ORIGINS]]
    lon, lat = _DEGREES.transform(*points.T)
    every = [PupilOrigin(f"Place {at}", PLACE, *one) for at, one in enumerate(zip(lon, lat, strict=True))]
    return [[one] for one in every] + [every]


def told(home: Path, known: Known, person: Principal = LOCAL_USER) -> list[str]:
    """Write all that is told of ways home, by any origins and kinds of harm."""
    with closing(opened(home)) as store:
        dataset = protected(store)
        gate = school_of(store, dataset)
        network, periods = streets(gate), tuple(periods_of(store, dataset))
        listed = []
        for harms in HARMS:
            beside = known(store, person, dataset, Choice(periods[-6:], harms), gate)
            for origins in chosen_at_will(network):
                found = way_home.find(store, person, network, gate, origins, beside)
                listed += [way_home.table(found).to_csv(), way_home.as_geojson(found)]
    return listed


def periods_of(store: Store, dataset: Dataset) -> tuple[str, ...]:
    return tuple(views.periods(visibility.released_counts(store, LOCAL_USER, dataset)))


def by_exact_rows(store: Store, person: Principal, dataset: Dataset, choice: Choice, _gate: Place) -> StreetIncidents:
    """What must be found: protected incidents at their points, as those of open data are looked at."""
    rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, person, dataset))
    frame = rows.select([c.LON, c.LAT]).to_pandas().dropna()
    xy = in_metres(frame[c.LON].to_numpy(), frame[c.LAT].to_numpy())
    return StreetIncidents(StretchBasis.MONTHS, choice.periods[0], "rows", "incidents", xy, np.ones(len(xy)))


def test_all_that_is_told_of_ways_home_is_made_of_the_release_alone(homes: tuple[Path, Path]) -> None:
    first, second = (told(home, way_home.incidents_of) for home in homes)
    assert first == second
    assert first == told(homes[0], way_home.incidents_of, as_board(LOCAL_USER))


def test_points_of_protected_incidents_would_be_found(homes: tuple[Path, Path]) -> None:
    first, second = (told(home, by_exact_rows) for home in homes)
    assert first != second


def test_protected_incidents_count_by_zone_and_name_no_stretch(homes: tuple[Path, Path]) -> None:
    with closing(opened(homes[0])) as store:
        dataset = protected(store)
        gate, periods = school_of(store, dataset), periods_of(store, dataset)
        for harms in HARMS:
            known = way_home.incidents_of(store, LOCAL_USER, dataset, Choice(periods[-6:], harms), gate)
            assert known.basis is StretchBasis.ZONES
            assert not len(known.xy)
            assert set(known.zone_says) <= said_by_release(store, dataset, Choice(periods[-6:], harms))
            network = streets(gate)
            found = way_home.find(store, LOCAL_USER, network, gate, chosen_at_will(network)[-1], known)
            assert found.named == ()
            assert way_home.table(found)[["observed", "expected", "low", "high", "p"]].isna().all().all()


def said_by_release(store: Store, dataset: Dataset, choice: Choice) -> set[str]:
    """Write what the release says of each zone, from its cube alone."""
    public = visibility.released_counts(store, as_board(LOCAL_USER), dataset)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    view = views.view_counts(public, areas, "zone", views.years_of(public, choice.periods))
    counts = measured(view, choice, Measure.COUNT).counts
    groups = [at for at, code in enumerate(view.cube.harm) if code in choice.harms]
    sums = view.cube.n[:, view.cube.period_slice(choice.periods)][:, :, groups].sum(axis=(1, 2))
    says = set()
    for name, total, shown in zip(view.units.names, sums.tolist(), counts.tolist(), strict=True):
        assert np.isnan(shown) or shown == (total if total >= 10 else 0)
        says.add(f"about {total:,} in {name}" if total >= 10 else f"fewer than 10 in {name}")
    return says
