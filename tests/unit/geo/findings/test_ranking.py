"""Ranking: new before lasting, more before less, harm to children before harm around them."""

import pytest

from geo.findings.finding import FindingKind
from geo.findings.ranking import HALVED_EVERY, ranked, usefulness
from geo.harms import HARM_GROUPS
from geo.statistics.emerging import Pattern
from tests.unit.geo.findings.making import finding


def score(kind=FindingKind.CLUSTER, metres=0.0, **changed):
    return usefulness(finding(kind, **changed), metres)


@pytest.mark.parametrize("harm", HARM_GROUPS)
@pytest.mark.parametrize("kind", FindingKind)
def test_every_kind_and_harm_has_a_score_between_0_and_1(kind, harm):
    for ratio in (0.0, 0.2, 1.0, 1.3, 4.0, float("inf")):
        for pattern in Pattern if kind is FindingKind.PATTERN else (Pattern.NONE,):
            assert 0 < score(kind, harms=(harm,), ratio=ratio, pattern=pattern) <= 1


def test_a_score_halves_with_each_distance_that_halves_it():
    assert score(metres=HALVED_EVERY) == pytest.approx(score() / 2)
    assert score(metres=3 * HALVED_EVERY) == pytest.approx(score() / 8)


def test_what_is_new_comes_before_what_has_long_been_so_and_falls_come_last():
    new, lasting, over = (
        score(FindingKind.PATTERN, pattern=one) for one in (Pattern.NEW, Pattern.PERSISTENT, Pattern.HISTORICAL)
    )
    assert score() >= new > lasting > over
    assert score(FindingKind.RISE) > lasting > score(FindingKind.FALL)


def test_strength_counts_up_to_four_times_and_down_alike():
    assert score(ratio=1.5) < score(ratio=3) < score(ratio=4) == score(ratio=40) == score(ratio=float("inf"))
    assert score(FindingKind.FALL, ratio=0.5) == pytest.approx(score(FindingKind.FALL, ratio=2))
    assert score(FindingKind.FALL, ratio=0.0) == score(FindingKind.FALL, ratio=0.25)


def test_harm_to_children_comes_first():
    assert score(harms=("cse",)) > score(harms=("violence",)) > score(harms=("asb",)) > score(harms=("other",))
    assert score(harms=("other", "cse")) == score(harms=("cse",))


def test_the_most_useful_is_first_and_equals_keep_their_order():
    some = [finding(FindingKind.FALL), finding(), finding(), finding(FindingKind.RISE)]
    assert ranked(some, [0.0] * 4) == [1, 2, 3, 0]
    assert ranked(some, [0.0, 9e3, 8e3, 0.0]) == [3, 0, 2, 1]
    assert ranked([], []) == []
