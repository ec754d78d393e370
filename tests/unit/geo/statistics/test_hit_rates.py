import numpy as np
import pandas as pd
import pytest

from geo.errors import ThinDataError
from geo.statistics.hit_rates import METHODS, HitRates, caught, hit_rates, score, verdict

MONTHS, HALF_TERMS = 12, 6


def places(areas=40, periods=36, mean=3.0, seed=1):
    """Return counts of places that differ and do not change, and counts of all harms that differ alike."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(0.5, 2, areas)[:, None] * np.ones(periods)
    counts = rng.poisson(mean * rate).astype(float)
    return counts, counts + rng.poisson(5 * mean * rate)


def rates(ours, year=0.2, long=0.3, first=24, periods=20, areas=43, season=MONTHS):
    """Return hit rates as if measured."""
    row = {"incidents": 100.0, "ours": ours, "last": 0.25, "year": year, "long": long, "perfect": 0.5}
    table = pd.DataFrame({name: np.broadcast_to(value, periods) for name, value in row.items()})
    return HitRates(table.assign(period=np.arange(first, first + periods)), areas, 0.05, season)


def test_score_is_what_the_formula_gives_by_hand():
    # With a year of one period the last weighs 1/2: 2 and 0 incidents, of which each area's share of all is 1. Areas
    # differ by ((2 − 1)² − 1/2 + (0 − 1)² − 1/2) / 2 = 1/2 beyond chance: 2·(1 + 2/2)/(1 + 1/2), 2·(1 + 0)/(1 + 1/2).
    found = score(np.array([[4.0], [0.0]]), np.array([[4.0], [4.0]]), 1)
    assert found == pytest.approx([8 / 3, 4 / 3])


def test_what_was_a_year_ago_counts_half():
    counts = np.zeros((2, 13))
    counts[0, 12], counts[1, 0] = 300.0, 600.0
    found = score(counts, counts, MONTHS)
    assert found[0] == pytest.approx(found[1])


def test_areas_that_differ_by_chance_only_are_to_expect_their_share_of_all_harms():
    all_harms = np.array([[30.0, 30.0], [20.0, 20.0], [10.0, 10.0]])
    counts = np.array([[3.0, 3.0], [2.0, 2.0], [1.0, 1.0]])
    assert score(counts, all_harms, MONTHS) == pytest.approx([3.0, 2.0, 1.0])


def test_few_counts_lean_on_all_harms_and_many_stand_on_their_own():
    all_harms = np.full((10, 24), 1_000.0)
    few = np.zeros((10, 24))
    few[0, :3] = 1.0
    many = np.full((10, 24), 5.0)
    many[0] = 50.0
    assert score(few, all_harms, MONTHS)[1] > 0
    assert score(many, all_harms, MONTHS)[0] == pytest.approx(50, rel=0.01)


def test_where_nothing_was_recorded_nothing_is_to_be_expected():
    counts, all_harms = places()
    counts[3] = all_harms[3] = 0
    assert score(counts, all_harms, MONTHS)[3] == 0
    assert score(np.zeros_like(counts), all_harms, MONTHS).tolist() == [0.0] * 40


def test_no_score_without_any_period():
    unknown = np.full((30, 4), np.nan)
    with pytest.raises(ThinDataError, match="at least one period with counts, and there is none; bring in"):
        score(unknown, unknown, MONTHS)


def test_a_missing_period_is_not_taken_for_zero():
    counts, all_harms = np.full((2, 6), 4.0), np.full((2, 6), 9.0)
    counts[:, 3] = np.nan
    assert score(counts, all_harms, HALF_TERMS) == pytest.approx([4.0, 4.0])


def test_areas_level_at_the_cut_share_the_places_left():
    ranked_by, incidents = np.array([9.0, 5.0, 5.0, 5.0, 1.0]), np.array([2.0, 3.0, 0.0, 3.0, 2.0])
    assert caught(ranked_by, incidents, 1) == pytest.approx(0.2)
    assert caught(ranked_by, incidents, 2) == pytest.approx(0.2 + 0.6 / 3)
    assert caught(ranked_by, incidents, 4) == pytest.approx(0.8)
    assert np.isnan(caught(ranked_by, np.zeros(5), 2))


@pytest.mark.parametrize(("areas", "top"), [(20, 1), (21, 2), (60, 3), (140, 7), (853, 43)])
def test_number_of_top_areas_is_rounded_up_and_only_where_it_is_not_whole(areas, top):
    assert hit_rates(*places(areas), MONTHS).areas == top


def test_each_method_ranks_by_what_it_is_named_for():
    counts = np.ones((20, 30))
    counts[:, 29] = 0
    for area, where in enumerate((29, 28, 17, slice(5, 29))):
        counts[area, where] = 6
    counts[3, [28, 17]] = 1
    counts[0, :28], counts[0, 29] = 0, 6
    row = hit_rates(counts, counts, MONTHS, tests=1 + 5).table.iloc[-1]
    # Only area 0 has incidents in the last period, and it was nowhere before.
    assert (row["period"], row["incidents"]) == (29, 6)
    assert row[list(METHODS)].tolist() == [0, 0, 0, 0, 1]
    for method, area in (("last", 1), ("year", 2), ("long", 3)):
        moved = counts.copy()
        moved[[0, area], 29] = 0, 6
        assert hit_rates(moved, moved, MONTHS).table[method].iloc[-1] == 1


def test_the_last_periods_that_have_a_year_before_them_are_tested():
    counts, all_harms = places(periods=36)
    assert hit_rates(counts, all_harms, MONTHS).table["period"].tolist() == list(range(16, 36))
    assert hit_rates(counts[:, :24], all_harms[:, :24], MONTHS).table["period"].tolist() == list(range(12, 24))
    assert hit_rates(counts[:, :18], all_harms[:, :18], HALF_TERMS).table["period"].tolist() == list(range(6, 18))


def test_missing_and_empty_periods_are_not_tested_and_a_missing_year_before_is_that_of_two_years():
    counts, all_harms = places(periods=44)
    counts[:, 20] = all_harms[:, 20] = np.nan
    counts[:, 40] = 0
    table = hit_rates(counts, all_harms, MONTHS, tests=100).table.set_index("period")
    assert set(table.index) == set(range(12, 44)) - {20, 40}
    assert table.loc[32, "year"] == pytest.approx(caught(counts[:, 8], counts[:, 32], 2))
    assert table.loc[21, "last"] == pytest.approx(caught(counts[:, 19], counts[:, 21], 2))
    assert table.notna().all(axis=None)


def test_counts_of_half_terms_in_fives_are_tested_too():
    counts, all_harms = places(periods=18)
    found = hit_rates(5 * np.round(counts / 5), 5 * np.round(all_harms / 5), HALF_TERMS)
    assert found.means["ours"] > found.means["last"]


@pytest.mark.parametrize(
    ("areas", "periods", "mean", "told"),
    [
        (19, 36, 3.0, "needs at least 20 areas, and there are 19; read the map without"),
        (40, 17, 3.0, "needs at least 6 periods .*, and there are 5; bring in data of earlier years"),
        (40, 36, 0.05, r"needs at least 10 incidents in a period on average, and there are fewer; choose more"),
    ],
)
def test_thin_data_is_refused_with_what_it_needs(areas, periods, mean, told):
    with pytest.raises(ThinDataError, match=told):
        hit_rates(*places(areas, periods, mean), MONTHS)


def test_a_map_that_beats_the_others_is_told_in_one_sentence():
    assert verdict(rates(ours=np.linspace(0.33, 0.35, 20)), "drugs incidents", "month") == (
        "In the last 20 months the 5 % of areas (43) that this map ranks highest held 34 % of the next month's drugs "
        "incidents; last month's map would have held 25 %, the same month last year 20 %, counts of 24 months 30 %, "
        "and nobody could have held more than 50 %."
    )


def test_a_difference_within_chance_is_not_called_better():
    ours = 0.3 + 0.02 * np.array([1, -1] * 9 + [1, 2])
    told = verdict(rates(ours), "incidents", "month")
    assert told.endswith("no better and no worse than counts of 24 months: their difference may be chance.")
    assert "may be chance" in verdict(rates(ours=0.3), "incidents", "month")


def test_a_map_that_does_worse_says_so_and_names_what_did_better():
    told = verdict(rates(ours=np.linspace(0.2, 0.22, 20), year=0.4), "incidents", "half-term")
    assert told.endswith(
        "So it is worse here than the map of the same half-term last year, by more than chance explains."
    )


def test_verdict_says_when_counts_reach_less_far_back_and_when_periods_are_missing():
    found = rates(ours=0.4, first=6, periods=12, season=HALF_TERMS, areas=3)
    assert "counts of up to 12 half-terms" in verdict(found, "incidents", "half-term")
    gappy = HitRates(found.table.drop(index=5), 3, 0.05, HALF_TERMS)
    assert verdict(gappy, "incidents", "half-term").startswith(
        "In the last 11 half-terms with figures the 5 % of areas (3)"
    )
