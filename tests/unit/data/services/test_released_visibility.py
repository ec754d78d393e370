"""The lenses of a released dataset: who sees exact counts, who its release, and that only the release is exported."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.formats.csv_output import frame_csv
from data.principal import LOCAL_USER, Principal, Role
from data.records.rows import DatasetKind
from data.services import exports, visibility
from data.store import area_sets, datasets, releases
from data.store.datasets import Dataset
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.counts.filters import Choice
from geo.errors import InputError, RefusedError
from geo.harms import HARM_GROUPS
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.release.kinds import Exact, Protected, Released
from geo.views.listing import CountsRequest
from tests.unit.data import logs, small_place
from tests.unit.data.running import CHECKOUT

OWNER = LOCAL_USER.organisation
CUSTODIANS = (Role.DSL, Role.DEPUTY, Role.ANALYST)
OTHERS = tuple(role for role in Role if role not in CUSTODIANS)
ALL = tuple(HARM_GROUPS)
CHOICE = Choice(logs.KEYS, ALL)


@pytest.fixture
def dataset(store: Store) -> Dataset:
    """A protected dataset of the local organisation that is released."""
    logs.add_areas(store)
    return datasets.load_dataset(store, LOCAL_USER, logs.bring(store, logs.lines()))


def areas_of(store: Store) -> AreaSet:
    return area_sets.load_area_set(store, LOCAL_USER, 1)


def everything(store: Store, counts: Released) -> list[str]:
    """Return all that is written out of counts."""
    areas, asked = areas_of(store), CountsRequest(("area", "period", "harm"))
    return [
        exports.counts_csv(counts, areas, asked),
        exports.counts_json(counts, areas, asked),
        frame_csv(exports.areas_table(counts, areas, "msoa", CHOICE, MeasureRequest(Measure.COUNT), "a source")),
    ]


@pytest.mark.parametrize("role", CUSTODIANS)
def test_custodians_of_the_owner_see_exact_counts(store: Store, dataset: Dataset, role: Role) -> None:
    counts = visibility.counts_of(store, Principal("someone", OWNER, role), dataset)
    assert isinstance(counts, Exact)
    assert int(counts.cube.n.sum()) == logs.LINES


@pytest.mark.parametrize("role", OTHERS)
def test_the_board_and_the_admins_of_the_owner_see_its_release(store: Store, dataset: Dataset, role: Role) -> None:
    counts = visibility.counts_of(store, Principal("someone", OWNER, role), dataset)
    assert isinstance(counts, Protected)
    assert [one.key for one in counts.periods] == list(logs.KEYS)


def test_what_can_be_shared_is_the_same_for_everybody_of_the_owner(store: Store, dataset: Dataset) -> None:
    written = []
    for role in Role:
        counts = visibility.released_counts(store, Principal("someone", OWNER, role), dataset)
        assert isinstance(counts, Protected)
        written.append(everything(store, counts))
    assert all(each == written[0] for each in written)


@pytest.mark.parametrize("role", Role)
def test_people_of_another_organisation_see_nothing(store: Store, dataset: Dataset, role: Role) -> None:
    stranger = Principal("someone", "another", role)
    for look in (visibility.counts_of, visibility.released_counts):
        with pytest.raises((RefusedError, InputError)):
            look(store, stranger, dataset)
    assert releases.load(store, stranger, dataset) is None
    with pytest.raises(PermissionError):
        datasets.load_rows(store, stranger, dataset)


@pytest.mark.parametrize("role", Role)
def test_what_is_over_is_released_whoever_asks(store: Store, dataset: Dataset, role: Role) -> None:
    assert visibility.is_released(store, Principal("someone", OWNER, role), dataset)


@pytest.mark.parametrize("role", Role)
def test_before_anything_is_over_nothing_can_be_shared_and_that_is_said_in_one_sentence(
    store: Store, role: Role
) -> None:
    logs.add_areas(store)
    day = logs.TILES[0].last
    number = logs.bring(store, logs.lines(40, last=0), day)
    dataset = datasets.load_dataset(store, LOCAL_USER, number)
    person = Principal("someone", OWNER, role)
    assert not visibility.is_released(store, person, dataset)
    with pytest.raises(RefusedError) as refused:
        visibility.released_counts(store, person, dataset)
    assert str(refused.value).endswith(".")
    assert ". " not in str(refused.value)
    if role in OTHERS:
        with pytest.raises(RefusedError):
            visibility.counts_of(store, person, dataset)
    else:
        assert isinstance(visibility.counts_of(store, person, dataset), Exact)


def test_marks_are_no_incidents_and_only_their_release_is_told_apart(store: Store) -> None:
    logs.add_areas(store)
    text = "Session date,Area code,Feeling\n14/09/2021,E01000001,Safe\n"
    number = small_place.add(store, small_place.incidents(text, kind=DatasetKind.MARKS))
    marks = datasets.load_dataset(store, LOCAL_USER, number)
    assert isinstance(visibility.counts_of(store, LOCAL_USER, marks), Exact)
    with pytest.raises(RefusedError, match=r"^Only incidents are counted here, .* no incidents; .*\.$"):
        visibility.released_counts(store, LOCAL_USER, marks)
    assert not visibility.is_released(store, LOCAL_USER, marks)
    told = visibility.released_marks(store, LOCAL_USER, marks)
    assert told.groups == ("safe", "unsafe")
    assert all((shown % 5 == 0).all() for shown in told.shown)


def test_incidents_are_no_marks(store: Store, dataset: Dataset) -> None:
    with pytest.raises(RefusedError, match=r"^Safe and unsafe places are told by protected marks, .*\.$"):
        visibility.released_marks(store, LOCAL_USER, dataset)


def test_no_export_takes_exact_counts(store: Store, dataset: Dataset) -> None:
    exact: Any = visibility.counts_of(store, LOCAL_USER, dataset)
    areas = areas_of(store)
    assert isinstance(exact, Exact)
    for counts in (exact, exact.cube):
        with pytest.raises(TypeError, match="Only released counts"):
            exports.counts_csv(counts, areas, CountsRequest(("area",)))
        with pytest.raises(TypeError, match="Only released counts"):
            exports.counts_json(counts, areas, CountsRequest(("area",)))
        with pytest.raises(TypeError, match="Only released counts"):
            frame_csv(exports.areas_table(counts, areas, "lsoa", CHOICE, MeasureRequest(Measure.COUNT), ""))


def test_the_table_of_the_map_of_a_release_has_no_figure_under_10(store: Store, dataset: Dataset) -> None:
    counts = visibility.released_counts(store, LOCAL_USER, dataset)
    for measure in (Measure.COUNT, Measure.RATE):
        asked, choice = MeasureRequest(measure), Choice(logs.KEYS[:1], ALL)
        text = frame_csv(exports.areas_table(counts, areas_of(store), "zone", choice, asked, "a source"))
        header, *lines = (line.split(",") for line in text.splitlines())
        found = {line[header.index("shown")]: line[header.index("n")] for line in lines}
        assert any(found.values())
        assert all(shown == (f"about {n}" if n else "fewer than 10") for shown, n in found.items())
        assert all(not n or (int(n) >= 10 and int(n) % 5 == 0) for n in found.values())


def test_a_half_term_that_is_not_released_has_no_figures(store: Store) -> None:
    logs.add_areas(store)
    number = logs.bring(store, logs.lines(200, last=3), logs.over(3))
    counts = visibility.released_counts(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, number))
    text = frame_csv(
        exports.areas_table(
            counts, areas_of(store), "zone", Choice(logs.KEYS[4:5], ALL), MeasureRequest(Measure.COUNT), "a source"
        )
    )
    assert "about" not in text


def test_what_the_release_shows_is_multiples_of_5_of_what_is_exact(store: Store, dataset: Dataset) -> None:
    counts = visibility.released_counts(store, LOCAL_USER, dataset)
    assert isinstance(counts, Protected)
    assert not any((shown % 5).any() for shown in counts.shown)
    assert abs(int(np.sum([shown.sum() for shown in counts.shown])) - logs.LINES) <= 2


SNIPPET = """
from data.services import exports
from geo.areas.area_set import AreaSet
from geo.release.kinds import Exact, Open, Protected, Released
from geo.views.listing import CountsRequest

def released(counts: Released, areas: AreaSet, asked: CountsRequest) -> str:
    return exports.counts_csv(counts, areas, asked)

def open_ones(counts: Open, areas: AreaSet, asked: CountsRequest) -> str:
    return exports.counts_csv(counts, areas, asked)

def protected(counts: Protected, areas: AreaSet, asked: CountsRequest) -> str:
    return exports.counts_csv(counts, areas, asked)

def exact(counts: Exact, areas: AreaSet, asked: CountsRequest) -> str:
    return exports.counts_csv(counts, areas, asked)
"""


def test_the_type_checker_refuses_an_export_of_exact_counts_and_of_nothing_else(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    file = tmp_path / "snippet.py"
    file.write_text(SNIPPET)
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", str(file)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    refused = [line for line in ran.stdout.splitlines() if ": error: " in line]
    at = 1 + SNIPPET.splitlines().index("def exact(counts: Exact, areas: AreaSet, asked: CountsRequest) -> str:")
    assert len(refused) == 1, ran.stdout + ran.stderr
    assert f"snippet.py:{at + 1}: " in refused[0]
    assert 'incompatible type "Exact"' in refused[0]
