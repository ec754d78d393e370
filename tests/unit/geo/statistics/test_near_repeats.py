"""Near repeats: exact counts, half-open bands, random dates that keep places and days, and when they are refused."""

from datetime import date
from itertools import combinations, permutations

import numpy as np
import pytest
from scipy.stats import kstest

from geo.errors import InputError, ThinDataError
from geo.statistics import near_repeats as knox
from geo.statistics.near_repeats import near_repeats

FIRST = (date(2024, 3, 5) - date(1970, 1, 1)).days
FIGURES = ["observed", "expected", "ratio", "p"]


def scattered(n=80, seed=1, side=1000, length=60):
    """Return incidents anywhere in a square of metres, on any day of a stretch."""
    rng = np.random.default_rng(seed)
    return rng.uniform(0, side, (n, 2)), FIRST + rng.integers(0, length, n)


def counted_by_hand(xy, days, metres, time):
    """Count pairs one by one."""
    found = np.zeros((len(metres) - 1, len(time) - 1), dtype=int)
    for one, other in combinations(range(len(xy)), 2):
        apart = float(np.hypot(*(xy[one] - xy[other])))
        between = abs(int(days[one]) - int(days[other]))
        for row in range(len(metres) - 1):
            for column in range(len(time) - 1):
                near = metres[row] <= apart < metres[row + 1]
                found[row, column] += near and time[column] <= between < time[column + 1]
    return found


def observed(xy, days, metres=knox.METRES, time=knox.DAYS):
    table = near_repeats(xy, days, 1, metres=metres, time=time, runs=1)
    return table["observed"].to_numpy().reshape(len(metres) - 1, len(time) - 1)


def apart_from_all(n):
    """Return places a kilometre from each other and from the origin."""
    return 1000.0 * np.arange(1, n + 1)[:, None] * np.array([1.0, 0.0])


def with_pair(where, when):
    """Return 30 incidents, the last two of which lie that far apart in metres and days, and no others near."""
    xy = apart_from_all(30)
    xy[-1] = xy[-2] + where
    days = FIRST + np.arange(30) * 40
    days[-1] = days[-2] + when
    return xy, days


def test_pairs_are_counted_as_one_by_one():
    xy, days = scattered()
    metres, time = (0, 60, 150, 400), (0, 3, 10, 30)
    np.testing.assert_array_equal(observed(xy, days, metres, time), counted_by_hand(xy, days, metres, time))


def test_bands_that_begin_above_nothing_leave_out_what_is_closer():
    xy, days = scattered()
    metres, time = (50, 150, 400), (2, 10)
    np.testing.assert_array_equal(observed(xy, days, metres, time), counted_by_hand(xy, days, metres, time))


@pytest.mark.parametrize(
    ("where", "when", "row", "column"),
    [
        ((0, 0), 0, 0, 0),
        ((0, 0), 6, 0, 0),
        ((0, 0), 7, 0, 1),
        ((0, 0), -7, 0, 1),
        ((99.9, 0), 0, 0, 0),
        ((100, 0), 0, 1, 0),
        ((60, 80), 13, 1, 1),
        ((199.9, 0), 14, 1, 2),
        ((120, 160), 14, 2, 2),
        ((399.9, 0), 27, 2, 2),
    ],
)
def test_a_band_holds_its_beginning_and_not_its_end(where, when, row, column):
    found = observed(*with_pair(where, when))
    assert (found.sum(), found[row, column]) == (1, 1)


@pytest.mark.parametrize(("where", "when"), [((0, 0), 28), ((0, 0), 300)])
def test_pairs_that_are_too_late_are_in_no_band(where, when):
    assert observed(*with_pair(where, when)).sum() == 0


@pytest.mark.parametrize("where", [(400, 0), (240, 320)])
def test_pairs_that_are_too_far_are_in_no_band(where):
    with pytest.raises(ThinDataError, match="no two of these 30 lie 0 to 400 m apart"):
        observed(*with_pair(where, 0))


def test_all_ways_to_deal_out_dates_give_the_mean_that_follows_from_pairs_of_dates():
    xy = np.array([[0.0, 0], [0, 50], [0, 90], [300, 0], [300, 150]])
    days = np.array([0, 3, 9, 9, 30])
    pairs = knox._pairs(xy, knox.METRES)
    every = [knox._count_periods(pairs, np.array(dealt), knox.DAYS) for dealt in permutations(days)]
    close = counted_by_hand(xy, days * 0, knox.METRES, (0, 1))[:, 0]
    soon = np.histogram([abs(one - other) for one, other in combinations(days, 2)], bins=[*knox.DAYS[:-1], 27.5])[0]
    assert (len(every), close.tolist(), soon.tolist()) == (120, [3, 1, 6], [4, 2, 3])
    np.testing.assert_allclose(np.mean(every, axis=0), np.outer(close, soon) / 10)


def test_random_dates_come_to_the_exact_mean_and_p_of_all_ways_to_deal_them_out():
    # Only one incident has another day: which of the thirty it is decides everything, so all ways can be counted.
    xy = apart_from_all(30)
    xy[:6] = 0.0
    days = np.full(30, FIRST)
    days[29] += 50
    table = near_repeats(xy, days, 3, metres=(0, 100), time=(0, 7), runs=9999)
    every = np.array([15] * 24 + [10] * 6)  # pairs among the six that are close and alike
    line = table.iloc[0]
    assert line["observed"] == 15
    assert line["expected"] == pytest.approx(every.mean(), abs=0.1)
    assert line["ratio"] == pytest.approx(15 / every.mean(), rel=0.01)
    assert line["p"] == pytest.approx((every >= 15).mean(), abs=0.015)


def test_p_counts_the_random_runs_with_at_least_as_many():
    xy, days = scattered()
    runs, rng = 99, np.random.default_rng(4)
    seen, dealt = counted_by_hand(xy, days, (0, 300), (0, 7)).item(), (days - days.min()).astype(np.int16)
    simulated = []
    for _ in range(runs):
        rng.shuffle(dealt)
        simulated.append(counted_by_hand(xy, dealt, (0, 300), (0, 7)).item())
    line = near_repeats(xy, days, 4, metres=(0, 300), time=(0, 7), runs=runs).iloc[0]
    assert line["p"] == pytest.approx((sum(one >= seen for one in simulated) + 1) / (runs + 1))
    assert line["expected"] == pytest.approx(np.mean(simulated))


def test_the_same_seed_gives_the_same_figures_and_another_does_not():
    xy, days = scattered()
    one, again, other = (near_repeats(xy, days, seed, runs=99)[FIGURES] for seed in (1, 1, 2))
    assert one.equals(again)
    assert not one.equals(other)
    assert one["observed"].equals(other["observed"])


def test_what_is_handed_in_is_not_changed():
    xy, days = scattered()
    before = xy.copy(), days.copy()
    near_repeats(xy, days, 1, runs=9)
    np.testing.assert_array_equal(xy, before[0])
    np.testing.assert_array_equal(days, before[1])


def test_days_of_a_whole_century_are_told_apart():
    xy, days = with_pair((0, 0), 5)
    days[:28] += np.arange(28) * 1500
    assert days.max() - days.min() > 1 << 15
    assert observed(xy, days)[0, 0] == 1


def test_p_is_even_where_dates_have_nothing_to_do_with_places():
    found = [
        near_repeats(*scattered(70, seed), seed, metres=(0, 200), time=(0, 7), runs=99)["p"].item()
        for seed in range(300)
    ]
    assert kstest(found, "uniform").pvalue > 0.01
    assert np.mean(np.array(found) <= 0.05) <= 0.08


def test_planted_near_repeats_are_found_in_their_band_and_no_farther():
    rng = np.random.default_rng(8)
    xy, days = scattered(300, 8, side=4000, length=365)
    chosen = rng.choice(300, 60, replace=False)
    xy = np.vstack([xy, xy[chosen] + rng.uniform(-50, 50, (60, 2))])
    days = np.concatenate([days, days[chosen] + rng.integers(0, 6, 60)])
    table = near_repeats(xy, days, 8)
    first, farthest = table.iloc[0], table.iloc[-1]
    assert first["p"] == 0.001
    assert first["ratio"] > 5
    assert farthest["p"] > 0.05
    assert first["sentence"].startswith("Within 100 m and 7 days of an incident, incidents were ")
    assert first["sentence"].endswith(" times as many as if the dates had nothing to do with each other (p = 0.001).")
    assert " there were no more incidents than chance alone brings (" in farthest["sentence"]


def test_bands_are_told_in_words_the_closest_first():
    xy, days = scattered()
    table = near_repeats(xy, days, 1, metres=(0, 100, 250), time=(0, 1, 14), runs=1)
    assert table["distance"].tolist() == ["0 to under 100 m"] * 2 + ["100 to under 250 m"] * 2
    assert table["time"].tolist() == ["the same day", "1 to 13 days"] * 2
    assert [told.partition(" of an incident, ")[0] for told in table["sentence"]] == [
        "Within 100 m and 1 day",
        "Within 100 m and 1 to 14 days",
        "At 100 to 250 m and within 1 day",
        "At 100 to 250 m and 1 to 14 days",
    ]


def test_few_pairs_get_figures_and_no_judgement():
    table = near_repeats(*with_pair((0, 0), 0), 1, runs=99)
    assert table["observed"].iloc[0] == 1
    assert table["sentence"].iloc[0].endswith("there were too few incidents to say anything.")


def test_a_ratio_to_nothing_is_not_known():
    days = FIRST + np.arange(30) * 40
    table = near_repeats(np.zeros((30, 2)), days, 1, metres=(0, 100), time=(0, 7), runs=9)
    assert table["observed"].item() == 0
    assert np.isnan(table["ratio"].item())
    assert table["p"].item() == 1.0


def test_progress_is_told_to_the_end():
    told = []
    near_repeats(*scattered(), 1, runs=4, tell=lambda share, _what: told.append(share))
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_fewer_than_thirty_incidents_are_refused():
    with pytest.raises(ThinDataError, match="at least 30 incidents with a day and a place, and here are 29;"):
        near_repeats(*scattered(29), 1)


@pytest.mark.parametrize("day", [1, 15])
def test_months_that_pass_for_days_are_refused(day):
    xy, _ = scattered(36)
    days = np.array([(date(2021 + month // 12, month % 12 + 1, day) - date(1970, 1, 1)).days for month in range(36)])
    with pytest.raises(ThinDataError, match="needs days, and here every incident has the same day of the month"):
        near_repeats(xy, days, 1)


def test_more_pairs_than_fit_are_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(knox, "MAX_PAIRS", 1000)
    with pytest.raises(
        InputError, match="can take 1,000 pairs of incidents within 400 m, and here are 3,742; choose a smaller"
    ):
        near_repeats(*scattered(150), 1)


@pytest.mark.parametrize("metres", [(0,), (), (0, 0), (100, 50), (-1, 50)])
def test_bands_that_are_none_are_refused(metres):
    with pytest.raises(InputError, match="Bands of distance and of time"):
        near_repeats(*scattered(), 1, metres=metres)
