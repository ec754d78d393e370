"""Findings in South Yorkshire as of September 2021: every figure told is that of the truth, recomputed by itself."""

import re
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services import open_points, visibility
from data.store import area_sets, datasets
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.areas.contiguity import graph_of
from geo.calendar.periods import year_before
from geo.counts.filters import Choice
from geo.findings import changes, clusters, patterns, told
from geo.findings.finding import Finding, FindingKind
from geo.findings.landmarks import landmarks
from geo.findings.report import Seeker, report
from geo.findings.search import FAR, Search, scenes_of, search
from geo.harms import HARM_GROUPS, harm_of
from geo.statistics.emerging import Pattern
from geo.views.placed_points import place_points
from geo.views.scene import Scene
from tests.acceptance.conftest import Filled

pytestmark = pytest.mark.acceptance

BY_ITSELF = 1
NOW = ("2021-07", "2021-08", "2021-09")
HARMS = ("violence", "substances")
SHEFFIELD = np.array([435_300.0, 387_300.0])
CERTAIN = {"violence": [(FindingKind.CLUSTER, 271)], "substances": []}  # beside lasting hot spots
SECONDS = 20  # of work: how long that takes depends on what else the machine does


@pytest.fixture(scope="module")
def truth(real_data: Path) -> pd.Series:
    """The incidents of each area, month and harm group, counted independently of this project."""
    cells = pd.read_csv(real_data / "truth" / "south_yorkshire_lsoa11_month_crime_type.csv.gz")
    cells["harm"] = cells["Crime type"].map(harm_of)
    return cells.groupby(["area", "Month", "harm"])["n"].sum()


@pytest.fixture(scope="module")
def areas(yorkshire_store: Store) -> AreaSet:
    dataset = datasets.load_dataset(yorkshire_store, LOCAL_USER, BY_ITSELF)
    return area_sets.load_area_set(yorkshire_store, LOCAL_USER, dataset.area_set_id)


@pytest.fixture(scope="module")
def scenes(yorkshire_store: Store, areas: AreaSet) -> list[Scene]:
    dataset = datasets.load_dataset(yorkshire_store, LOCAL_USER, BY_ITSELF)
    counts = visibility.released_counts(yorkshire_store, LOCAL_USER, dataset)
    return scenes_of(counts, areas, graph_of(areas.metres.to_numpy()), NOW[-1])


@pytest.fixture(scope="module", params=HARMS)
def found(request: pytest.FixtureRequest, scenes: list[Scene]) -> Search:
    return search(scenes, (request.param,), NOW)


@pytest.fixture(scope="module")
def around(scenes: list[Scene], found: Search) -> Search:
    """What there is around a school in the middle of Sheffield, of the same harm group, likely to be chance or not."""
    (harm,) = {code for one, _ in found.found for code in one.harms}
    with pytest.MonkeyPatch.context() as patched:
        for module in (changes, clusters, patterns, told):
            patched.setattr(module, "SIGNIFICANCE", 1.0)
        return search(scenes, (harm,), NOW, SHEFFIELD)


def held(truth: pd.Series, areas: AreaSet, one: Finding, scene: Scene, periods: tuple[str, ...]) -> int:
    """Sum the truth over the areas of a finding."""
    inside = [code for code, unit in zip(areas.codes, scene.view.units.member, strict=True) if unit in one.units]
    chosen = truth[truth.index.get_level_values("harm").isin(one.harms)].reset_index()
    return int(chosen.loc[chosen["area"].isin(inside) & chosen["Month"].isin(periods), "n"].sum())


def test_every_observed_count_is_that_of_the_truth(
    found: Search, around: Search, areas: AreaSet, truth: pd.Series
) -> None:
    assert found.found
    assert around.found
    for one, scene in (*found.found, *around.found):
        assert one.observed == held(truth, areas, one, scene, one.periods)


def test_around_a_school_clusters_and_changes_lie_within_five_kilometres(around: Search) -> None:
    compared = [(one, scene) for one, scene in around.found if one.kind is not FindingKind.PATTERN]
    assert compared
    for one, scene in compared:
        assert len(scene.kept) < len(scene.view.units.codes)
        away = np.hypot(*(scene.points[np.isin(scene.kept, one.units)] - SHEFFIELD).T)
        assert away.max() <= FAR


def test_what_is_told_of_the_whole_county_is_a_cluster_of_violence_and_what_has_long_been_so(found: Search) -> None:
    (harm,) = {code for one, _ in found.found for code in one.harms}
    lately = [one for one, _ in found.found if one.pattern is not Pattern.PERSISTENT]
    assert [(one.kind, one.observed) for one in lately] == CERTAIN[harm]
    assert len(lately) < len(found.found)
    assert all(one.p <= told.SIGNIFICANCE and one.observed >= 10 for one, _ in found.found)


def test_every_ratio_is_recomputed_from_the_truth(
    found: Search, around: Search, areas: AreaSet, truth: pd.Series
) -> None:
    assert found.found
    assert around.found
    for one, scene in (*found.found, *around.found):
        assert one.ratio == pytest.approx(one.observed / one.expected)
        if one.kind in (FindingKind.RISE, FindingKind.FALL):
            assert one.expected == held(truth, areas, one, scene, tuple(year_before(one.periods)))
        if one.kind is FindingKind.CLUSTER:
            before = tuple(month for month in scene.periods[-30:] if month < one.periods[0])
            here = held(truth, areas, one, scene, before)
            looked_at = np.isin(scene.view.units.member, scene.kept) & ~np.isin(scene.view.units.member, one.units)
            others = truth[truth.index.get_level_values("harm").isin(one.harms)].reset_index()
            others = others[others["area"].isin({areas.codes[at] for at in np.flatnonzero(looked_at)})]
            now, then = (others.loc[others["Month"].isin(months), "n"].sum() for months in (one.periods, before))
            assert one.expected == pytest.approx(here * now / then, rel=1e-5)
            supplied = truth.index.get_level_values("Month").unique()
            assert one.usual == pytest.approx(here / len(supplied.intersection(before)) * len(one.periods))
        if one.kind is FindingKind.PATTERN:
            totals = scene.totals(Choice(one.periods, one.harms))
            assert one.expected == pytest.approx(totals.mean() * len(one.units))


def test_every_figure_printed_is_the_one_found(
    yorkshire: Filled, yorkshire_store: Store, found: Search, areas: AreaSet, truth: pd.Series
) -> None:
    (harm,) = {code for one, _ in found.found for code in one.harms}
    out = yorkshire.ask(
        "findings", "--dataset", BY_ITSELF, "--harm", harm, "--from", NOW[0], "--to", NOW[-1], "--most", 1000
    ).out
    printed = [line.split(". ", 1)[1] for line in out.splitlines() if re.match(r"\d+\. ", line)]
    dataset = datasets.load_dataset(yorkshire_store, LOCAL_USER, BY_ITSELF)
    placed = place_points(open_points.all_points(yorkshire_store, LOCAL_USER, dataset, by_area=True), areas)
    entries = report(found, landmarks(areas, {}), Seeker(), of_police=True, placed=placed)
    assert entries
    assert printed == [one.sentences.whole for one in entries]
    scene_of = {id(one): scene for one, scene in found.found}
    for line, entry in zip(printed, entries, strict=True):
        n = held(truth, areas, entry.finding, scene_of[id(entry.finding)], entry.finding.periods)
        assert re.search(rf"(?<![\d,]){n:,} incidents?\b", line)
        assert HARM_GROUPS[harm].lower() in line


def test_all_of_a_school_page_is_found_in_seconds(scenes: list[Scene]) -> None:
    begun = time.process_time()
    search(scenes, ("violence", "substances", "asb"), NOW)
    assert time.process_time() - begun < SECONDS
