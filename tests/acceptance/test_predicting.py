"""Prediction on South Yorkshire: the published figures of the simple maps, and ours beside them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from geo import harms
from geo.calendar import months
from geo.statistics.hit_rates import HitRates, hit_rates, score, verdict

pytestmark = pytest.mark.acceptance

MONTHS = months.between("2018-01", "2021-08")
MISSING = MONTHS.index("2019-07")
START = MONTHS.index("2020-01")
VIOLENCE, WEAPONS = "Violence and sexual offences", "Possession of weapons"
TYPES = (
    *("Drugs", WEAPONS, "Robbery", VIOLENCE, "Anti-social behaviour", "Criminal damage and arson", "Public order"),
    "Theft from the person",
)
GROUPS = ("violence", "substances", "asb")

# By last month's map, the same month's map last year, 24-month counts and perfect foresight.
PUBLISHED = {
    "Drugs": [0.267, 0.244, 0.330, 0.462],
    WEAPONS: [0.147, 0.135, 0.251, 0.553],
    "Robbery": [0.171, 0.194, 0.299, 0.613],
    VIOLENCE: [0.151, 0.144, 0.167, 0.198],
}
SIMPLE = ["last", "year", "long", "perfect"]

# Ours, and 24-month counts, with ties shared fairly: the mean of the 20 months from 2020-01 to 2021-08.
MEASURED = {
    "Drugs": [0.3333, 0.3290],
    WEAPONS: [0.2638, 0.2503],
    "Robbery": [0.3004, 0.2982],
    VIOLENCE: [0.1677, 0.1673],
    "Anti-social behaviour": [0.1704, 0.1692],
    "Criminal damage and arson": [0.1604, 0.1579],
    "Public order": [0.2264, 0.2236],
    "Theft from the person": [0.5831, 0.5745],
}


@pytest.fixture(scope="module")
def cells(real_data: Path) -> pd.DataFrame:
    """Counts by area and type (rows) and month (columns), 0 where the month is missing."""
    listed = pd.read_csv(real_data / "truth" / "south_yorkshire_lsoa11_month_crime_type.csv.gz")
    rows = pd.MultiIndex.from_product([sorted(listed[name].unique()) for name in ("area", "Crime type")])
    table = listed.pivot_table(index=["area", "Crime type"], columns="Month", values="n", aggfunc="sum")
    return table.reindex(index=rows, columns=MONTHS).fillna(0.0)


def of(cells: pd.DataFrame, *types: str) -> np.ndarray:
    """Sum some types, or all, by area and month; NaN where the month is missing."""
    kept = cells[cells.index.get_level_values(1).isin(types)] if types else cells
    counts = kept.groupby(level=0, sort=True).sum().to_numpy(copy=True)
    assert counts.shape == (853, 44)
    counts[:, MISSING] = np.nan
    return counts


def measured(cells: pd.DataFrame, *types: str) -> HitRates:
    found = hit_rates(of(cells, *types), of(cells), 12)
    assert found.table["period"].tolist() == list(range(START, len(MONTHS)))
    return found


@pytest.mark.parametrize("one", PUBLISHED)
def test_simple_maps_catch_what_is_published(cells: pd.DataFrame, one: str) -> None:
    # The published figures are means of the monthly shares in the top 43 areas, where the first by code wins a tie and
    # the missing month counts as zero. A part of an incident that falls by code makes the same of ours.
    first_wins = np.linspace(1e-6, 0, 853)[:, None]
    counts, all_harms = (np.nan_to_num(n) + first_wins for n in (of(cells, one), of(cells)))
    found = hit_rates(counts, all_harms, 12)
    assert found.areas == 43
    assert [found.means[method] for method in SIMPLE] == pytest.approx(PUBLISHED[one], abs=0.0005)


@pytest.mark.parametrize("one", TYPES)
def test_ours_passes_the_long_counts_for_every_kind_of_harm(cells: pd.DataFrame, one: str) -> None:
    means = measured(cells, one).means
    assert [means["ours"], means["long"]] == pytest.approx(MEASURED[one], abs=0.0001)
    assert means["ours"] > max(means["long"], means["last"], means["year"])


@pytest.mark.parametrize("group", GROUPS)
def test_ours_passes_the_long_counts_for_every_harm_group(cells: pd.DataFrame, group: str) -> None:
    types = [one for one in cells.index.unique(level=1) if harms.harm_of(one) == group]
    means = measured(cells, *types).means
    assert means["ours"] > max(means["long"], means["last"], means["year"])


def test_lead_over_the_long_counts_is_more_than_chance_over_all_kinds_together(cells: pd.DataFrame) -> None:
    leads = [
        (found.table["ours"] - found.table["long"]) / found.means["long"] for found in map(measured, [cells] * 8, TYPES)
    ]
    by_month = np.mean(leads, axis=0)
    assert by_month.mean() > 0.01
    assert stats.wilcoxon(by_month).pvalue < 0.02


def test_what_is_expected_adds_up_to_what_happens(cells: pd.DataFrame) -> None:
    counts, all_harms = of(cells, VIOLENCE), of(cells)
    expected = score(counts[:, :-1], all_harms[:, :-1], 12)
    assert expected.sum() == pytest.approx(counts[:, -1].sum(), rel=0.15)


def test_verdicts_tell_a_lead_from_chance(cells: pd.DataFrame) -> None:
    assert verdict(measured(cells, WEAPONS), "weapons incidents", "month") == (
        "In the last 20 months the 5 % of areas (43) that this map ranks highest held 26 % of the next month's weapons "
        "incidents; last month's map would have held 16 %, the same month last year 15 %, counts of 24 months 25 %, "
        "and nobody could have held more than 55 %."
    )
    assert verdict(measured(cells, "Robbery"), "robberies", "month").endswith("their difference may be chance.")
