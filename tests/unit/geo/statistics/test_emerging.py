from collections import Counter
from itertools import permutations, product

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.stats import norm

from geo.errors import ThinDataError
from geo.statistics.emerging import Pattern, classify, emerging, hot_and_cold, space_time_gi, strip

NAN = np.nan


def grid(width, height):
    """Squares in rows, each the neighbour of the up to eight around it."""
    x, y = np.tile(np.arange(width), height), np.repeat(np.arange(height), width)
    near = (np.abs(x[:, None] - x) <= 1) & (np.abs(y[:, None] - y) <= 1)
    np.fill_diagonal(near, False)
    return csr_array(near.astype(np.int8))


def literal(states, trend):
    """The rules as they are written, for one area, in the words of hot; the cold are asked after with signs changed."""

    def asked(row, up):
        hot = [step for step, state in enumerate(row) if state == 1]
        if len(hot) / len(row) >= 0.9:
            if row[-1] != 1:
                return "HISTORICAL"
            return {1: "INTENSIFYING", -1: "DIMINISHING", 0: "PERSISTENT"}[up]
        if row[-1] == 1:
            if -1 in row:
                return "OSCILLATING"
            if hot == [len(row) - 1]:
                return "NEW"
            if hot == list(range(hot[0], len(row))):
                return "CONSECUTIVE"
            return "SPORADIC"
        return "SPORADIC" if hot and -1 not in row else None

    if found := asked(states, trend):
        return Pattern[found]
    if found := asked([-state for state in states], -trend):
        return Pattern["COLD_" + found]
    return Pattern.NONE


def test_every_sequence_of_ten_steps_and_every_trend_has_exactly_one_pattern():
    every = np.array(list(product((-1, 0, 1), repeat=10)), dtype=np.int8)
    said = Counter()
    for trend in (-1, 0, 1):
        found = classify(every, np.full(len(every), trend))
        assert found.tolist() == [literal(row, trend) for row in every.tolist()]
        said.update(found.tolist())
    assert sum(said.values()) == 3 * 3**10
    assert set(said) == {int(pattern) for pattern in Pattern}


@pytest.mark.parametrize(
    ("states", "trend", "pattern"),
    [
        ("..........H", 0, Pattern.NEW),
        (".........HH", 1, Pattern.CONSECUTIVE),
        ("H........HH", 1, Pattern.SPORADIC),
        ("C........HH", 0, Pattern.OSCILLATING),
        ("HHHHHHHHHHH", 0, Pattern.PERSISTENT),
        (".HHHHHHHHHH", 1, Pattern.INTENSIFYING),
        ("CHHHHHHHHHH", -1, Pattern.DIMINISHING),
        ("HHHHHHHHHH.", -1, Pattern.HISTORICAL),
        ("HHHHHHHHH..", -1, Pattern.SPORADIC),
        ("HHHHHHHHC..", -1, Pattern.NONE),
        ("H.........C", 0, Pattern.COLD_OSCILLATING),
        ("CCCCCCCCCCC", -1, Pattern.COLD_INTENSIFYING),
        ("CCCCCCCCCCC", 1, Pattern.COLD_DIMINISHING),
        ("...........", 1, Pattern.NONE),
    ],
)
def test_a_pattern_is_what_its_word_says(states, trend, pattern):
    row = np.array([["C.H".index(state) - 1 for state in states]])
    assert classify(row, np.array([trend])).tolist() == [pattern]


def scored_one_by_one(counts, graph):
    """Space-time Gi* in loops, for counts without gaps."""
    n, steps = counts.shape
    near = graph.toarray() > 0
    near[np.arange(n), np.arange(n)] = True
    z = np.zeros((n, steps))
    for t in range(steps):
        v = [sum(counts[j, max(0, t - 1) : t + 1]) for j in range(n)]
        mean = sum(v) / n
        s = np.sqrt(sum(value**2 for value in v) / n - mean**2)
        for i in range(n):
            inside = [v[j] for j in range(n) if near[i, j]]
            k = len(inside)
            z[i, t] = (sum(inside) - mean * k) / (s * np.sqrt((n * k - k**2) / (n - 1)))
    return z


def test_scores_are_those_of_the_formula():
    counts = np.random.default_rng(1).poisson(4, (30, 12)).astype(float)
    assert space_time_gi(counts, grid(6, 5)) == pytest.approx(scored_one_by_one(counts, grid(6, 5)), abs=1e-9)


def test_over_all_ways_to_place_the_areas_the_scores_have_mean_0_and_variance_1():
    counts = np.random.default_rng(2).poisson(5, (6, 3)).astype(float)
    counts[:, 2] = counts[:, 1] + [0, 1, 0, 2, 0, 0]  # places keep their level
    z = np.array([space_time_gi(counts[list(order)], grid(3, 2)) for order in permutations(range(6))])
    control_charts = z[:, [0, 2, 3, 5]]  # the two in the middle neighbour all others and are always 0
    assert control_charts.mean(axis=0) == pytest.approx(np.zeros((4, 3)), abs=1e-9)
    assert control_charts.var(axis=0) == pytest.approx(np.ones((4, 3)), abs=1e-9)
    assert np.all(z[:, [1, 4]] == pytest.approx(0))


def places(rng, n, steps):
    """Counts of places that differ and keep their level, without any pattern in space."""
    return rng.poisson(5 * rng.lognormal(0, 0.5, (n, 1)), (n, steps)).astype(float)


def test_without_a_pattern_the_scores_are_standard_normal_and_few_areas_are_flagged():
    rng, graph = np.random.default_rng(3), grid(10, 6)
    found = [emerging(places(rng, 60, 12), graph) for _ in range(100)]
    z = np.concatenate([one.z for one in found])
    assert (z.mean(), z.std()) == (pytest.approx(0, abs=0.02), pytest.approx(1, abs=0.03))
    assert np.mean([one.states != 0 for one in found]) < 0.01
    assert np.mean([one.patterns != Pattern.NONE for one in found]) < 0.05
    assert 0.02 < np.mean([one.trends.p < 0.05 for one in found]) < 0.06


def test_rounding_to_fives_makes_no_pattern():
    rng, graph = np.random.default_rng(5), grid(8, 5)
    drawn = [places(rng, 40, 14) for _ in range(100)]
    found = [emerging(5 * np.floor(n / 5 + rng.random(n.shape)), graph) for n in drawn]
    assert np.mean([one.states != 0 for one in found]) < 0.01
    assert np.mean([one.patterns != Pattern.NONE for one in found]) < 0.05


def with_cluster(steps, areas, times, since):
    counts = places(np.random.default_rng(6), 60, steps)
    counts[areas, since:] = np.random.default_rng(7).poisson(5 * times, (len(areas), steps - since))
    return counts


def test_a_cluster_that_appears_is_new_and_one_that_stays_is_consecutive():
    middle = [22, 23, 32, 33]
    new, stayed = (emerging(with_cluster(14, middle, 8, since), grid(10, 6)) for since in (13, 10))
    assert set(new.patterns[middle]) == {Pattern.NEW}
    assert set(stayed.patterns[middle]) == {Pattern.CONSECUTIVE}


def test_a_cluster_that_was_always_there_is_persistent():
    middle = [22, 23, 32, 33]
    assert set(emerging(with_cluster(14, middle, 8, 0), grid(10, 6)).patterns[middle]) == {Pattern.PERSISTENT}


def test_a_rise_everywhere_lights_no_area_unless_all_steps_are_compared():
    counts = places(np.random.default_rng(8), 60, 12)
    more = counts + np.where(np.arange(12) >= 10, 30, 0)
    assert space_time_gi(more, grid(10, 6)) == pytest.approx(space_time_gi(counts, grid(10, 6)))
    fourfold = counts * np.where(np.arange(12) >= 10, 4, 1)
    assert (emerging(fourfold, grid(10, 6)).states[:, 10:] == 1).mean() < 0.02
    whole = space_time_gi(fourfold, grid(10, 6), whole_cube=True)
    assert (hot_and_cold(whole)[:, -1] == 1).mean() > 0.8
    assert np.array_equal(emerging(fourfold, grid(10, 6), whole_cube=True).z, whole)


def test_whole_cube_scores_are_standard_normal_without_a_pattern():
    rng = np.random.default_rng(9)
    z = np.concatenate([space_time_gi(rng.poisson(6, (60, 12)).astype(float), grid(10, 6), True) for _ in range(50)])
    assert (z.mean(), z.std()) == (pytest.approx(0, abs=0.03), pytest.approx(1, abs=0.05))


def test_a_missing_step_stays_unknown_and_nothing_looks_across_it():
    counts = places(np.random.default_rng(10), 60, 16)
    counts[:, 7] = NAN
    found, graph = emerging(counts, grid(10, 6)), grid(10, 6)
    assert np.isnan(found.z[:, 7]).all()
    assert np.isnan(found.states[:, 7]).all()
    parts = np.hstack([space_time_gi(counts[:, :7], graph), space_time_gi(counts[:, 8:], graph)])
    assert np.delete(found.z, 7, axis=1) == pytest.approx(parts)


def test_a_step_without_any_incident_has_no_hot_area():
    counts = places(np.random.default_rng(12), 60, 12)
    counts[:, 4] = 0
    found = emerging(counts, grid(10, 6))
    assert set(found.states[:, 4]) <= {-1, 0, 1}
    assert not np.isnan(found.z).any()


def test_states_are_significant_after_benjamini_and_hochberg():
    z = np.linspace(-4, 4, 41)[:, None]
    p = 2 * norm.sf(np.abs(z[:, 0]))
    rank = np.arange(1, 42)
    bar = max(value for value, place in zip(np.sort(p), rank, strict=True) if value <= 0.05 * place / 41)
    assert hot_and_cold(z)[:, 0].tolist() == np.where(p <= bar, np.sign(z[:, 0]), 0).tolist()


def test_the_strip_says_each_state_in_words():
    assert strip(np.array([0, 1, NAN, -1])) == ["neither", "hot", "not known", "cold"]


def test_too_few_steps_are_refused_and_missing_ones_do_not_count():
    counts = places(np.random.default_rng(13), 60, 11)
    counts[:, [2, 3]] = NAN
    with pytest.raises(ThinDataError, match=r"at least 10 steps of time with figures, and there are 9; choose a lon"):
        emerging(counts, grid(10, 6))


def test_too_few_areas_are_refused():
    with pytest.raises(ThinDataError, match="at least 20 areas to compare, and there are 18"):
        emerging(places(np.random.default_rng(14), 18, 12), grid(6, 3))
    emerging(places(np.random.default_rng(14), 20, 12), grid(5, 4))


def test_too_few_incidents_are_refused():
    counts = np.zeros((60, 12))
    counts[::4, ::2] = 1
    with pytest.raises(ThinDataError, match=r"at least 5 incidents in a usual area .* and there are fewer"):
        emerging(counts, grid(10, 6))
