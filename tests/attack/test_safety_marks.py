"""Whoever reads where young people feel safe learns what the release of their marks says, and no count besides.

``python -m tests.attack`` does the same in hundreds of sessions.
"""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from data.formats.csv_output import frame_csv
from data.principal import LOCAL_USER, as_board
from data.records.rows import DatasetKind
from data.services import releasing, safety_marks, visibility
from data.store import area_sets, datasets
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.evidence import marked_sentences
from geo.evidence.disagreement import marked_findings
from geo.evidence.marked_places import MarkedPlaces, marked_places, years_of_marks
from geo.harms import HARM_GROUPS
from geo.release.kinds import Protected
from geo.views import view as views
from tests.attack import retold, sessions
from tests.attack.comparison import CERTAIN
from tests.attack.sessions import SessionsFound

SESSIONS: Final = 10  # of each size
LUCK: Final = 4  # more of so few than in the long run, which the attack at length holds to the bar
LEFT: Final = 0.75  # of the chance that a place has none, whatever is shown of it


@cache
def found() -> SessionsFound:
    every = SessionsFound()
    for size in sessions.SIZES:
        for seed in range(SESSIONS):
            every.add(sessions.attack(seed, size))
    return every


def test_no_number_of_marks_is_known_and_hardly_any_is_certain_not_to_be_none() -> None:
    spans = found().spans
    assert spans.targets > 80
    assert not spans.exact
    assert spans.narrowest >= spans.least
    assert spans.presences <= CERTAIN * spans.few + LUCK


def test_what_is_shown_of_a_place_hardly_changes_how_likely_it_has_no_marks() -> None:
    """Few squares that are told of have none at all, so no release can make one out to be."""
    assert found().presence.all.left >= LEFT


def test_no_total_of_a_session_is_known() -> None:
    assert not found().totals.exact.part
    assert not found().totals.unfit


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> tuple[Path, Path]:
    """The town with its session of marks; and one in which all protected rows and counts are others."""
    other = tmp_path_factory.mktemp("marked") / "other"
    shutil.copytree(demo_home, other)
    with closing(opened(other)) as store:
        for one in datasets.datasets(store, LOCAL_USER):
            if one.access is Access.PROTECTED:
                retold.retell(store, one.id)
    return demo_home, other


def opened(home: Path) -> Store:
    return Store(f"sqlite:///{home / 'local-context.sqlite'}")


def session_of(store: Store) -> Dataset:
    [session] = safety_marks.shown_datasets(store, LOCAL_USER)
    return session


def as_told(home: Path, made: Callable[[Store, Dataset, tuple[Dataset, Choice] | None], MarkedPlaces]) -> list[str]:
    """Write all that is told of marks: alone, and beside each dataset by each group of harms and by all."""
    told = []
    with closing(opened(home)) as store:
        session = session_of(store)
        for beside in (None, *choices(store)):
            places = made(store, session, beside)
            told += [str(row) for row in marked_sentences.rows(places, {})] + marked_sentences.texts(places)
            told.append(str(marked_sentences.rates(places).tolist()))
            try:
                findings = marked_findings(places)
            except ThinDataError as thin:
                told.append(str(thin))
                continue
            told += [str(one) + marked_sentences.sentence(places, one, "police") for one in findings]
    return told


def choices(store: Store) -> list[tuple[Dataset, Choice]]:
    listed = []
    for one in datasets.datasets(store, LOCAL_USER):
        if one.kind != DatasetKind.MARKS:
            periods = tuple(views.periods(visibility.released_counts(store, LOCAL_USER, one)))
            listed += [(one, Choice(periods, harms)) for harms in (("asb",), ("cse",), tuple(HARM_GROUPS))]
    return listed


def product(store: Store, session: Dataset, beside: tuple[Dataset, Choice] | None) -> MarkedPlaces:
    return safety_marks.places(store, LOCAL_USER, session, beside=beside)


def by_exact_marks(store: Store, session: Dataset, _beside: tuple[Dataset, Choice] | None) -> MarkedPlaces:
    """What must be found: marks as they were counted, in the place of those that are released."""
    ledger = releasing.ledger_of(store, LOCAL_USER, session)
    assert ledger is not None
    public: Protected = replace(ledger.released, shown=tuple(one.exact for one in ledger.frozen))
    areas = area_sets.load_area_set(store, LOCAL_USER, session.area_set_id)
    return marked_places(public, areas, years_of_marks(public)[0])


def test_all_that_is_told_of_marks_is_made_of_releases_alone(homes: tuple[Path, Path]) -> None:
    first, second = (as_told(home, product) for home in homes)
    assert first == second
    assert any("about" in line for line in first)


def test_marks_as_they_were_counted_would_be_found(homes: tuple[Path, Path]) -> None:
    first, second = (as_told(home, by_exact_marks) for home in homes)
    assert first != second


def test_the_file_of_marks_is_the_same_for_custodians_board_and_other_counts(homes: tuple[Path, Path]) -> None:
    files = set()
    for home in homes:
        with closing(opened(home)) as store:
            session = session_of(store)
            files |= {
                frame_csv(safety_marks.marks_table(store, who, session)) for who in (LOCAL_USER, as_board(LOCAL_USER))
            }
    assert len(files) == 1
    assert "fewer than 10" in files.pop()


def test_no_figure_of_marks_under_10_is_told_and_all_are_fives(homes: tuple[Path, Path]) -> None:
    with closing(opened(homes[0])) as store:
        frame = safety_marks.marks_by_zone(store, LOCAL_USER, session_of(store))
    for felt in ("safe", "unsafe"):
        told = frame[felt].dropna().to_numpy(dtype=np.int64)
        assert len(told)
        assert (told >= 10).all()
        assert (told % 5 == 0).all()
