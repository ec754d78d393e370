"""A change compares each area's count with that of a year before, and says what chance does not explain."""

import numpy as np
import pytest
from scipy.stats import binomtest, false_discovery_control

from geo import change_wording, disclosure
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.maps.measure import Measure
from tests.unit.geo.findings import making
from tests.unit.geo.maps.looking import AREAS, GRID, HARM, MONTHS, column, last, measure, scene

YEAR = 12


def two_years(then, now):
    """Return counts whose last month holds these, and each month before it what that of the year before did."""
    n = np.repeat(np.asarray(then)[:, None], MONTHS, axis=1)
    n[:, -1] = now
    return n


def pairs(*counted, protected=False):
    """Measure the change of areas with these counts, before and now; all other areas hold 20 and 20."""
    then, now = np.full(AREAS, 20), np.full(AREAS, 20)
    for at, (one, other) in enumerate(counted):
        then[at], now[at] = one, other
    view = scene(two_years(then, now), protected=protected)
    return measure(view, Measure.CHANGE, last(view, 1))


def test_ratios_are_those_of_the_counts_and_intervals_at_least_those_of_scipy():
    n = making.even(GRID, MONTHS, 4)
    n[:2, -YEAR:] *= 4
    n[2, -YEAR:-2] = 0
    view = scene(n)
    found = measure(view, Measure.CHANGE)
    now, then = n[:, -YEAR:].sum(axis=1), n[:, -2 * YEAR : -YEAR].sum(axis=1)
    assert column(found, "before") == then.tolist()
    assert found.counts.tolist() == now.tolist()
    chance = []
    for at, (one, other) in enumerate(zip(then.tolist(), now.tolist(), strict=True)):
        test = binomtest(other, one + other)
        ends = test.proportion_ci(0.95, "exact")
        assert column(found, "ratio")[at] == pytest.approx(other / one)
        assert column(found, "low")[at] < ends.low / (1 - ends.low)
        assert column(found, "high")[at] > ends.high / (1 - ends.high)
        tails = (binomtest(other, one + other, alternative=side).pvalue for side in ("less", "greater"))
        chance.append(min(1, 2 * min(tails)))
    beyond = false_discovery_control(chance) <= 0.05
    verdicts = np.array(column(found, "real"))
    went = np.where(now > then, "rose", "fell")
    # The usual scatter of areas can keep a change from being called real, and makes none so.
    assert np.isin(verdicts[beyond], ("no real change", *went[beyond])).all()
    assert (verdicts[~beyond] == "no real change").all()
    assert verdicts[:3].tolist() == ["rose", "rose", "fell"]


def test_what_is_told_as_real_has_an_interval_without_no_change():
    found = measure(scene(bursting(seed=5)), Measure.CHANGE)
    for verdict, low, high in zip(*(column(found, key) for key in ("real", "low", "high")), strict=True):
        assert verdict not in ("rose", "fell") or not low <= 1 <= high


def bursting(seed):
    """Draw negative binomial counts of 20 a month, of which one month in forty begins a burst of up to three."""
    rng = np.random.default_rng(seed)
    started = rng.random((AREAS, MONTHS)) < 0.025
    burst = started.copy()
    for later in (1, 2):
        burst[:, later:] |= started[:, :-later] & (rng.random((AREAS, MONTHS - later)) < 0.5)
    return rng.poisson(20 * np.where(burst, 3, 1) * rng.gamma(8, 1 / 8, (AREAS, MONTHS)))


@pytest.mark.parametrize("months", [1, 3, 12])
def test_where_nothing_changed_but_months_come_in_bursts_hardly_any_map_has_a_colour(months):
    coloured = 0
    for seed in range(40):
        view = scene(bursting(seed))
        coloured += bool(set(column(measure(view, Measure.CHANGE, last(view, months)), "real")) & {"rose", "fell"})
    assert coloured <= 5


def test_what_is_painted_and_what_is_said_agree():
    told = {
        ((20, 90), (90, 20), (20, 24), (4, 3)): ("410-", ["rose", "fell", "no real change", "too few to say"]),
        ((60, 115),): ("3", ["rose"]),
        ((95, 48),): ("2", ["fell"]),
        ((0, 60), (60, 0)): ("41", ["rose", "fell"]),
    }
    for counted, (expected, verdicts) in told.items():
        found = pairs(*counted)
        marks = found.result.painted.classes.marks
        assert marks[: len(counted)] == expected
        assert column(found, "real")[: len(counted)] == verdicts
        for mark, text in zip(marks, found.result.texts, strict=True):
            assert bool(text) == (mark not in "0-")  # what may be noise has no figure on a map


def test_of_many_areas_the_few_that_move_by_chance_are_allowed_for():
    alone = binomtest(35, 55).pvalue
    assert 0.01 < alone < 0.06
    assert column(pairs((17, 38)), "real")[0] == "no real change"  # p is 0.006, and 36 areas are looked at
    assert column(pairs((10, 45)), "real")[0] == "rose"


def test_fewer_than_ten_in_the_two_together_say_nothing():
    found = pairs((4, 5), (5, 5))
    assert column(found, "real")[:2] == ["too few to say", "no real change"]
    assert np.isnan([column(found, key)[0] for key in ("ratio", "low", "high")]).all()
    assert np.isnan(found.values[0])
    assert found.ranks[0] != found.ranks[0]
    assert found.counts[0] == 5  # the counts themselves are told


def test_after_none_there_is_no_ratio_and_its_least_is_told():
    found = pairs((0, 60))
    assert np.isnan([column(found, "ratio")[0], column(found, "high")[0]]).all()
    low = column(found, "low")[0]
    assert low > 10
    assert found.result.words[0] == f"rose: at least {low:.0f} times as many, after 0"
    assert found.result.texts[0] == f"at least {low:.0f} times as many"
    assert found.order[0] == 0


def test_real_rises_come_first_and_real_falls_last():
    found = pairs((10, 60), (0, 60), (20, 26), (60, 10), (60, 0), (4, 4))
    order = found.order.tolist()
    assert order[:3] == [1, 0, 2]
    assert order[-3:] == [3, 4, 5]


def test_words_tell_the_change_its_interval_and_the_count_before():
    found = pairs((10, 60), (10, 11))
    change = change_wording.change(*(column(found, key)[0] for key in ("ratio", "low", "high")))
    assert change.startswith("about 6 times as many (could be anywhere from 2.9 to ")
    assert found.result.words[0] == f"rose: {change}, after 10"
    assert found.result.words[1].startswith("no real change: up 10 % (could be anywhere from ")


def test_a_change_that_only_many_areas_make_likely_says_so():
    found = pairs((40, 20))
    assert column(found, "high")[0] < 1
    assert found.result.words[0].startswith("no real change among so many areas: down 50 % (could be anywhere from ")


def test_a_change_whose_interval_spans_more_than_ten_times_has_no_size():
    found = pairs((1, 40), (9, 1))
    assert found.result.words[0] == "rose, by how much is too uncertain to say, after 1"
    assert found.result.texts[0] == "rose, too uncertain to say by how much"
    assert found.result.words[1] == "too uncertain to say, after 9"


def test_the_headline_counts_what_the_table_says():
    found = pairs((10, 60), (10, 70), (60, 10), (4, 4))
    assert found.result.headline == (
        "2 areas rose and 1 area fell beyond noise since a year before, Mill 1 the most, Dec 2020; 35 could be tested."
    )
    assert pairs().result.headline == (
        "No area changed beyond noise since a year before, Dec 2020; 36 of 36 could be tested."
    )


def test_where_every_area_has_too_few_that_is_said():
    view = scene(two_years(np.full(AREAS, 4), np.full(AREAS, 5)))
    found = measure(view, Measure.CHANGE, last(view, 1))
    assert found.ranked == 0
    assert found.result.headline.startswith("Too few incidents to say whether any area changed, Dec 2020")


def test_protected_counts_give_a_ratio_only_where_both_are_told():
    found = pairs((5, 90), (90, 5), (0, 60), (10, 10), (20, 100), protected=True)
    assert column(found, "before")[:3] == ["fewer than 10", "about 90", "fewer than 10"]
    assert column(found, "real")[:3] == ["too few to say"] * 3
    told = ~np.isnan(column(found, "ratio"))
    assert told[:5].tolist() == [False, False, False, True, True]
    assert found.result.painted.classes.marks[:3] == "---"
    assert [bool(text) for text in found.result.texts[:5]] == [False, False, False, False, True]
    assert found.result.words[4].endswith(", after about 20")


def test_a_protected_change_is_real_only_if_it_is_with_each_count_off_by_five():
    assert column(pairs((20, 50)), "real")[0] == "rose"
    assert column(pairs((20, 50), protected=True), "real")[0] == "no real change"
    assert column(pairs((20, 90), protected=True), "real")[0] == "rose"


def test_counts_under_ten_look_alike_in_all_that_is_said_of_a_protected_change():
    none, five = (pairs((count, 90), (90, count), protected=True) for count in (0, 5))
    assert none.table.equals(five.table)
    assert (none.result.words, none.result.texts, none.result.headline) == (
        five.result.words,
        five.result.texts,
        five.result.headline,
    )
    assert disclosure.FEWER_THAN in none.table["before"].tolist()


@pytest.mark.parametrize("missing", ["2020-12", "2019-12"])
def test_a_month_that_was_never_supplied_is_refused_by_its_name(missing):
    view = scene(making.even(GRID, MONTHS), missing=(missing,))
    with pytest.raises(ThinDataError, match=r"a year before, and Dec 20(19|20) has no figures; choose"):
        measure(view, Measure.CHANGE)


def test_a_year_before_all_data_is_refused():
    view = scene(making.even(GRID, MONTHS))
    with pytest.raises(ThinDataError, match="Dec 2017 has no figures"):
        measure(view, Measure.CHANGE, Choice(("2018-12",), HARM))
