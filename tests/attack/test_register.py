"""Whoever keeps a register, or reads it, learns of protected data what their release says, and no count besides.

``python -m tests.attack`` does the same in hundreds of worlds.
"""

import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pytest
import shapely

from data.principal import LOCAL_USER, Principal, Role, as_board
from data.services import register_evidence
from data.store import datasets, hotspots
from data.store.datasets import Access
from data.store.store import Store
from geo.disclosure import THRESHOLD
from geo.harms import HARM_GROUPS
from geo.register.hotspot import Hotspot
from tests.attack import register_states, retold
from tests.attack.comparison import NOTHING
from tests.attack.register_states import ByExactRows, Design, EvidenceFound, Product
from tests.unit.data.running import done

TODAY: Final = date(2026, 11, 29)
MADE_UP: Final = 60  # hotspots in the demonstration town; the attack at length makes up a thousand
WORLDS: Final = {180: 2, 3000: 6}
PROTECTED: Final = 1  # dataset of the demonstration town


@cache
def found_by(design: type[Design]) -> EvidenceFound:
    found = EvidenceFound()
    for size, number in WORLDS.items():
        for seed in range(number):
            found.add(register_states.attack(seed, size, design(), entries=4, targets=1))
    return found


def test_no_count_is_narrowed_down_by_what_hotspots_are_told() -> None:
    found = found_by(Product)
    assert found.spans.told == []
    assert found.spans.holds
    assert not found.narrowed


def test_a_shown_5_may_well_be_nothing_whatever_hotspots_are_told() -> None:
    assert found_by(Product).presence.all.after.value >= NOTHING
    assert found_by(Product).presence.lowest.after.value >= NOTHING


def test_states_by_exact_rows_near_a_hotspot_would_tell_counts_and_presences() -> None:
    found = found_by(ByExactRows)
    assert found.spans.exact >= found.spans.targets * 3 / 4
    assert found.narrowed == found.spans.targets
    assert found.presence.lowest.after.value < NOTHING


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> tuple[Path, Path]:
    """The town with many hotspots that are made up and only protected data; and the same with other rows and counts."""
    folder = tmp_path_factory.mktemp("told")
    town, other = folder / "town", folder / "other"
    shutil.copytree(demo_home, town)
    with closing(opened(town)) as store:
        for one in datasets.datasets(store, LOCAL_USER):
            if one.access is Access.OPEN:
                remove(store, one.id)
        for one in made_up(store):
            hotspots.add(store, LOCAL_USER, one)
    shutil.copytree(town, other)
    with closing(opened(other)) as store:
        retold.retell(store, PROTECTED)
    return town, other


def opened(home: Path) -> Store:
    return Store(f"sqlite:///{home / 'local-context.sqlite'}")


def remove(store: Store, dataset_id: int) -> None:
    from data.store import versions

    versions.remove(store, LOCAL_USER, dataset_id)


def made_up(store: Store) -> list[Hotspot]:
    """Make hotspots up all over the areas: points, lines and areas of any kind of harm."""
    from data.store import area_sets

    rng = np.random.default_rng(5)
    west, south, east, north = area_sets.load_area_set(store, LOCAL_USER, 1).frame.total_bounds
    harms, listed = tuple(HARM_GROUPS), []
    for at in range(MADE_UP):
        point = shapely.Point(rng.uniform(west, east), rng.uniform(south, north))
        shape = (point, point.buffer(0.002))[at % 2]
        own = [harms[one] for one in rng.permutation(len(harms))[: 1 + at % 3]]
        listed.append(Hotspot(f"Z-{at}", f"Place {at}", "other", own[0], "active", shape, tuple(own[1:])))
    return listed


def told(home: Path, person: Principal) -> tuple[pd.DataFrame, list[str]]:
    with closing(opened(home)) as store:
        found = register_evidence.evidence(store, person, TODAY)
    return found.states, [f"{one.name} {one.harms} {one.sentence} {one.shape.wkt}" for one in found.unregistered]


@pytest.fixture(scope="module")
def both(homes: tuple[Path, Path]) -> list[tuple[pd.DataFrame, list[str]]]:
    return [told(home, LOCAL_USER) for home in homes]


def test_the_other_store_does_hold_other_counts(homes: tuple[Path, Path]) -> None:
    from data.services import visibility

    exact = []
    for home in homes:
        with closing(opened(home)) as store:
            dataset = datasets.load_dataset(store, LOCAL_USER, PROTECTED)
            exact.append(visibility.counts_of(store, LOCAL_USER, dataset))
            assert visibility.released_counts(store, LOCAL_USER, dataset).shown
    assert not np.array_equal(exact[0].cube.n, exact[1].cube.n)


def test_what_is_told_of_hotspots_and_clusters_is_made_of_the_release_alone(
    both: list[tuple[pd.DataFrame, list[str]]],
) -> None:
    (states, clusters), (others, other_clusters) = both
    assert states["state"].nunique() > 1
    pd.testing.assert_frame_equal(states, others)
    assert clusters == other_clusters


@pytest.mark.parametrize("role", [Role.DSL, Role.BOARD], ids=str)
def test_custodians_and_board_are_told_the_same(
    homes: tuple[Path, Path], both: list[tuple[pd.DataFrame, list[str]]], role: Role
) -> None:
    person = as_board(LOCAL_USER) if role is Role.BOARD else replace(LOCAL_USER, role=role)
    pd.testing.assert_frame_equal(told(homes[0], person)[0], both[0][0])


def test_no_figure_under_10_is_told(both: list[tuple[pd.DataFrame, list[str]]]) -> None:
    observed = both[0][0]["observed"].dropna()
    assert len(observed)
    assert (observed >= THRESHOLD).all()
    assert (observed % 5 == 0).all()
    silent = both[0][0][both[0][0]["observed"].isna()]
    assert silent[["low", "high", "p"]].isna().all().all()


@pytest.mark.parametrize("asked", [("--format", "csv"), ("--format", "geojson"), ("--not-registered",)], ids=str)
def test_commands_write_the_same_from_both(homes: tuple[Path, Path], asked: tuple[str, ...]) -> None:
    first, second = (done(home, "hotspots", *asked) for home in homes)
    assert first.out == second.out
    assert first.out
