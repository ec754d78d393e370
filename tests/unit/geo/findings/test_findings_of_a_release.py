"""Findings of a release come from its released cells alone, and disclose none of them under 10."""

import re
from dataclasses import replace

import numpy as np
import pytest

from geo.areas.contiguity import graph_of
from geo.counts.filters import Choice
from geo.findings import search as looking
from geo.findings.finding import FindingKind
from geo.findings.landmarks import landmarks
from geo.findings.nearby import nearby
from geo.findings.report import Seeker, refusals, report
from geo.findings.search import scenes_of, search
from geo.release.kinds import Protected
from geo.views import view as viewing
from tests.unit.geo.release.making import HARMS, KEYS, TILES, release
from tests.unit.geo.release.towns import town

AREAS = town(8)
GRAPH = graph_of(AREAS.metres.to_numpy())
CHOSEN = KEYS[-3:]
EXACT = re.compile(r"(?<!about )(?<!fewer than )(?<![\d,.])[\d,]+ incidents?\b")


def counts(seed=1):
    """Count a town whose drugs (``substances``) rise fourfold in two areas in the last three half-terms."""
    rng = np.random.default_rng(seed)
    usual = np.full((1, 32, len(TILES), len(HARMS)), 14.0)
    usual[:, 5:7, -3:, HARMS.index("substances")] *= 5
    return rng.poisson(usual)


@pytest.fixture(scope="module")
def released():
    return release(counts(), areas=AREAS).released


def searched(released, harms=HARMS):
    return search(scenes_of(released, AREAS, GRAPH, KEYS[-1]), harms, CHOSEN)


def sentences(released, found):
    entries = report(found, landmarks(AREAS, {}), Seeker(), of_police=False)
    return [one.sentences.whole for one in entries]


def test_a_planted_rise_is_found_in_the_release(released):
    found = [one for one, _ in searched(released, ("substances",)).found]
    assert any(one.kind in (FindingKind.CLUSTER, FindingKind.RISE) for one in found)


def test_every_figure_of_a_finding_is_a_sum_of_released_cells(released):
    found = searched(released)
    assert found.found
    for one, scene in found.found:
        cube = scene.view.cube
        assert cube.protected
        where = [cube.periods.index(period) for period in one.periods]
        harm = cube.harm.index(one.harms[0])
        assert one.observed == cube.n[list(one.units)][:, where][:, :, harm].sum()
        assert one.observed % 5 == 0
        assert not scene.view.elsewhere[list(one.units)].any()


def test_the_search_sees_a_release_through_its_view_alone(released, monkeypatch):
    shown_view = []

    def view(given, *how):
        assert isinstance(given, Protected)
        shown_view.append(viewing.view_counts(given, *how))
        return shown_view[-1]

    monkeypatch.setattr(looking, "view_counts", view)
    scenes = scenes_of(released, AREAS, GRAPH, KEYS[-1])
    assert [scene.view for scene in scenes] == shown_view
    assert all(one.cube.protected for one in shown_view)


def test_the_same_released_cells_give_the_same_findings_whatever_lies_under_them(released):
    again = replace(released, shown=tuple(one.copy() for one in released.shown), clocks=())
    assert sentences(released, searched(released)) == sentences(again, searched(again))


def test_no_sentence_tells_an_exact_count_or_one_under_ten(released):
    texts = sentences(released, searched(released))
    assert texts
    for text in texts:
        assert not EXACT.search(text)
        assert re.search(r"(about [\d,]+|fewer than 10) incidents", text)


def few_cases():
    for few in (0, 5):
        shown = tuple(np.zeros_like(one) for one in release(counts(), areas=AREAS).released.shown)
        shown[-1][3, 0] = few
        yield replace(release(counts(), areas=AREAS).released, shown=shown)


def test_every_method_refuses_five_and_none_in_the_same_words():
    said = [refusals(searched(one, HARMS[:1]).refused, HARMS[:1]) for one in few_cases()]
    assert said[0] == said[1]
    looked_for = [one.split(", because ")[0].removeprefix("We couldn’t check ") for one in said[0]]
    assert looked_for == ["current clusters", *looking.CHANGES, "hot spots over time"]


def test_near_by_tells_five_and_none_in_the_same_words():
    said = []
    for one in few_cases():
        cube = viewing.view_counts(one, AREAS, "zone", viewing.years_of(one, KEYS)).cube
        said.append(nearby(cube, Choice(CHOSEN, HARMS), range(len(cube.areas))))
    assert said[0] == said[1]
    assert len(said[0]) == len(HARMS)
