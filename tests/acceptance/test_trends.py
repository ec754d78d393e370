"""Control charts of South Yorkshire's 44 months: the limits that pandas finds, and what the spring of 2020 changed."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2, nbinom

from data.principal import LOCAL_USER
from data.services import visibility
from data.store import area_sets, datasets
from data.store.store import Store
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.counts.cube import Cube
from geo.counts.regrouping import exposure_of, regrouped
from geo.harms import harm_of
from geo.trends import chart_data
from geo.trends.control_charts import ChartState, ControlCharts, control_charts
from geo.trends.episodes import episodes
from geo.trends.narrative import Narrative, narrate
from geo.trends.series import Figure, build_series
from geo.views.view import view_counts

pytestmark = pytest.mark.acceptance

BY_ITSELF = 1
GONE = "2019-07"  # never supplied
SPRING = ("2020-03", "2020-05")
SET_BY = 24  # known months
DISTRICTS = ("Barnsley", "Doncaster", "Rotherham", "Sheffield")
HARMS = ("violence", "substances", "asb", "other")
ALL = "South Yorkshire"


@pytest.fixture(scope="module")
def truth(real_data: Path) -> pd.DataFrame:
    """The incidents of each month by district (and in all) and harm group, from the truth with pandas alone."""
    place = real_data / "south_yorkshire"
    drawn = json.loads((place / "boundaries" / "lsoa11.geojson").read_text(encoding="utf-8"))["features"]
    district = {one["properties"]["LSOA11CD"]: one["properties"]["LADNM"] for one in drawn}
    cells = pd.read_csv(real_data / "truth" / "south_yorkshire_lsoa11_month_crime_type.csv.gz")
    cells["harm"], cells["place"] = cells["Crime type"].map(harm_of), cells["area"].map(district)
    by_district = cells.groupby(["place", "harm", "Month"])["n"].sum()
    everywhere = pd.concat({ALL: cells.groupby(["harm", "Month"])["n"].sum()}, names=["place"])
    months = pd.period_range("2018-01", "2021-09", freq="M").astype(str)
    return pd.concat([by_district, everywhere]).unstack("Month").reindex(columns=months)


@pytest.fixture(scope="module")
def cube(yorkshire_store: Store) -> Cube:
    """The counts by district."""
    dataset = datasets.load_dataset(yorkshire_store, LOCAL_USER, BY_ITSELF)
    areas = area_sets.load_area_set(yorkshire_store, LOCAL_USER, dataset.area_set_id)
    seen = view_counts(visibility.released_counts(yorkshire_store, LOCAL_USER, dataset), areas, "district")
    assert seen.units.names == DISTRICTS
    return seen.cube


def chart(cube: Cube, place: str, harm: str, *starts: str) -> ControlCharts:
    at = None if place == ALL else np.array([DISTRICTS.index(place)])
    days = exposure_of(cube.periods, "month", NATIONAL_PATTERN)
    found = build_series(cube, days, Figure.COUNT, [(harm,)], at)
    return control_charts(found, [0, *map(found.periods.index, starts)])


def told_of(found: ControlCharts, first: str, last: str) -> Narrative:
    return narrate(found, 0, (found.series_set.periods.index(first), found.series_set.periods.index(last)))


def scattered(usual: "pd.Series[float]") -> tuple[float, float, float]:
    """Return the mean of some months, their variance by squared differences of neighbours, and that with their drift.

    It is that of chance where the months look so, and by the distance from the mean where they drift.
    """
    mean, near, around = float(usual.mean()), float((usual.diff() ** 2).mean()) / 2, float(usual.var())
    number = int(usual.count())
    by_chance = chi2.sf(around * (number - 1) / mean, number - 1) >= 0.25
    variance = mean if by_chance else max(mean, near)
    return mean, variance, max(variance, around) if near / around < 1 - 2 / number**0.5 else variance


def odd(months: "pd.Series[float]", mean: float, variance: float) -> "pd.Series[bool]":
    """Return which months counts of a mean and a variance would give less than once in 2,000, and outside limits."""
    of = nbinom(mean / (max(variance / mean, 1.0001) - 1), 1 / max(variance / mean, 1.0001))
    seldom = np.where(months < mean, of.cdf(months), of.sf(months - 1)) < 0.00025
    return seldom & ((months - mean).abs() > 3 * variance**0.5)


def limits(counts: "pd.Series[float]") -> tuple[float, float, float]:
    """Return low limit, mean and high limit without the months that the others make all but impossible, with pandas."""
    known = counts.dropna().iloc[:SET_BY]
    middle = known.median()
    far = (known - middle).abs()[odd(known, middle, middle)].nlargest(len(known) // 8).index
    while True:
        mean, variance, with_drift = scattered(counts.where(counts.index.isin(known.index.difference(far))))
        strange = known.index[odd(known, mean, with_drift)]
        if far.isin(strange).all():
            break
        far = far.intersection(strange)
    if len(strange) > len(far):  # not a month is odd, but many are
        mean, variance, _ = scattered(counts.where(counts.index.isin(known.index)))
    half = 3 * variance**0.5
    return max(mean - half, 0), mean, mean + half


PLACES = pytest.mark.parametrize("place", [ALL, *DISTRICTS])
EACH = pytest.mark.parametrize("harm", HARMS)


@PLACES
@EACH
def test_counts_and_limits_are_those_that_pandas_finds(cube: Cube, truth: pd.DataFrame, place: str, harm: str) -> None:
    found, counts = chart(cube, place, harm), truth.loc[(place, harm)]
    assert found.states == (ChartState.CHARTED,)
    assert np.array_equal(found.series_set.counts[0], counts.to_numpy(dtype=float), equal_nan=True)
    lines = [getattr(found.limits, line)[0] for line in ("low", "centre", "high")]
    for line, value in zip(lines, limits(counts), strict=True):
        assert line == pytest.approx(np.full(len(counts), value))


@PLACES
@EACH
def test_points_outside_are_those_that_pandas_finds(cube: Cube, truth: pd.DataFrame, place: str, harm: str) -> None:
    found, counts = chart(cube, place, harm), truth.loc[(place, harm)]
    low, _, high = limits(counts)
    outside = np.where(counts > high, 1, np.where(counts < low, -1, 0))
    assert np.array_equal(found.signals.astronomical[0], outside)


@pytest.mark.parametrize("first", ["2018-11", "2019-08", "2020-03", "2020-05"])
@PLACES
def test_a_range_that_begins_anew_is_what_pandas_finds_from_there_and_changes_nothing_before(
    cube: Cube, truth: pd.DataFrame, place: str, first: str
) -> None:
    whole, rebases = chart(cube, place, "other"), chart(cube, place, "other", first)
    at = rebases.starts[1]
    pd.testing.assert_frame_equal(chart_data.frame(rebases, 0)[:at], chart_data.frame(whole, 0)[:at], check_exact=True)
    for line, value in zip(("low", "centre", "high"), limits(truth.loc[(place, "other")].loc[first:]), strict=True):
        assert getattr(rebases.limits, line)[0, at:] == pytest.approx(
            np.full(len(rebases.series_set.periods) - at, value)
        )


@PLACES
@EACH
def test_the_month_that_is_missing_is_no_figure_and_no_run_crosses_it(cube: Cube, place: str, harm: str) -> None:
    found = chart(cube, place, harm)
    at = found.series_set.periods.index(GONE)
    drawn = chart_data.frame(found, 0)
    assert np.isnan(drawn["value"][at])
    assert (drawn["label"][at], drawn["told"][at], drawn["course"][at]) == ("Jul 2019", "no figures", "")
    assert drawn["value"].isna().sum() == 1
    assert all(one.stretch[1] < at or one.stretch[0] > at for one in episodes(found, 0))
    assert told_of(found, GONE, GONE).sentence == "No figures for Jul 2019: a gap, not zero."


def test_the_spring_of_2020_is_told_as_a_fall_of_other_crime_with_its_figures(cube: Cube, truth: pd.DataFrame) -> None:
    counts = truth.loc[(ALL, "other")]
    low, mean, high = limits(counts)
    found = told_of(chart(cube, ALL, "other"), *SPRING)
    assert found.side == -1
    assert found.sentence.startswith("A real fall: all ")
    number, of, level = re.match(
        r"A real fall: all (\d+) months, (.+), lie below the usual level of ([\d,]+) a", found.sentence
    ).groups()
    first, last = (pd.Period(one.strip(), "M").strftime("%Y-%m") for one in of.split("–"))
    run = counts.loc[first:last]
    assert (first <= "2020-04" <= last, len(run), (run < mean).all()) == (True, int(number), True)
    # It could be no longer: the months at its two ends have no figure, are not below, or are none.
    for beyond in (pd.Period(first, "M") - 1, pd.Period(last, "M") + 1):
        assert not counts.get(beyond.strftime("%Y-%m"), np.nan) < mean - 0.5
    assert level == f"{mean:,.0f}"
    assert (
        f", {(run < low).sum()} of them below what is usual ({np.ceil(low):,.0f} to {np.floor(high):,.0f})."
        in found.sentence
    )
    assert found.notes[0] == f"Lowest: {run.min():,.0f}, {pd.Period(run.idxmin(), 'M').strftime('%b %Y')}."


def test_violence_in_sheffield_was_below_its_limits_in_april_2020(cube: Cube, truth: pd.DataFrame) -> None:
    """The first two months of the file are far below all others, and hid it as long as they set the limits."""
    counts = truth.loc[("Sheffield", "violence")]
    low, _, _ = limits(counts)
    by_all, _, _ = limits(counts.iloc[2:])
    assert counts["2020-04"] == counts["2020-03":"2020-05"].min()
    assert counts.iloc[:2].max() < counts["2020-04"] < low == pytest.approx(by_all, rel=0.05)
    found = chart(cube, "Sheffield", "violence")
    assert np.flatnonzero(found.left_out[0, 0]).tolist() == [0, 1]
    assert found.signals.astronomical[0, found.series_set.periods.index("2020-04")] == -1


def test_other_crime_in_sheffield_was_below_its_limits_in_april_2020(cube: Cube, truth: pd.DataFrame) -> None:
    counts = truth.loc[("Sheffield", "other")]
    low, _, high = limits(counts)
    assert counts["2020-04"] < low
    found = told_of(chart(cube, "Sheffield", "other"), *SPRING)
    assert found.side == -1
    assert f"{np.ceil(low):,.0f} to {np.floor(high):,.0f}" in found.sentence
    assert found.notes[0] == f"Lowest: {counts.loc['2020-03':'2020-05'].min():,.0f}, Apr 2020."
    assert "England was in lockdown for part of this time." in found.notes


def test_the_half_term_that_lacks_a_month_is_missing(cube: Cube, truth: pd.DataFrame) -> None:
    halves = regrouped(cube, "half-term", NATIONAL_PATTERN)
    assert "2018/19-6" in halves.missing
    days = exposure_of(cube.periods, "half-term", NATIONAL_PATTERN)
    found = control_charts(build_series(halves, days, Figure.WEEK, [("violence",)], None))
    at = halves.periods.index("2018/19-6")
    assert chart_data.frame(found, 0)["told"][at] == "no figures"
    # The second autumn half of 2018/19 is November and December.
    whole = truth.loc[(ALL, "violence")]
    weeks = (30 + 31) / 7
    assert found.series_set.values[0, halves.periods.index("2018/19-2")] == pytest.approx(
        (whole["2018-11"] + whole["2018-12"]) / weeks
    )
