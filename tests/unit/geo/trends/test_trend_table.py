"""Trend table: the figures of the chart of a series, and nothing under 10 of protected ones."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo.areas.area_set import AreaSet
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.errors import InputError
from geo.release.kinds import Open
from geo.trends import chart_data
from geo.trends.period_counts import charts, count_periods
from geo.trends.series import Figure
from geo.trends.trend_table import TrendTableRequest, list_trend
from geo.views.view import view_counts
from tests.unit.geo import samples

AREAS: AreaSet = samples.squares(2)
MONTHS = 36
FIGURES = ["value", "usual", "low", "high"]
COLUMNS = ["area", "period", "label", "n", *FIGURES, "signal", "why", "limits", "reason"]
WHOLE = TrendTableRequest(("substances",), None, None, "month", Figure.COUNT)
HIGH = 30


@dataclass(frozen=True)
class Set:
    harm: str = "substances"
    level: str = ""
    area: str = ""
    first_day: date = date(2022, 1, 1)
    reason: str = "=A new way of recording"


def counts(few: bool = False, protected: bool = False, missing: tuple[str, ...] = ()) -> Open:
    """Return 36 months of two areas from January 2021: about 20 in each, three times that in month 31."""
    n = np.full((2, MONTHS, 3), 20, dtype=np.int64)
    n[:, ::3] = 25
    n[:, HIGH] = 60
    if few:
        n[0, [4, 9], 1] = 5, 0
    return Open(replace(samples.cube(n, missing=missing), protected=protected))


def table(given: Open, asked: TrendTableRequest = WHOLE, rebases: tuple[Set, ...] = ()) -> pd.DataFrame:
    return list_trend(given, AREAS, asked, (), NATIONAL_PATTERN, rebases)


def drawn(given: Open, asked: TrendTableRequest, rebases: tuple[Set, ...] = ()) -> pd.DataFrame:
    """Return the frame that the page draws."""
    view = view_counts(given, AREAS, "area")
    found = count_periods(given, view, (), asked.unit, NATIONAL_PATTERN)
    units = None if asked.area is None else (view.units.position[asked.area],)
    _, made = charts(found, asked.figure, [asked.harms], units, (0, 2), rebases)
    return chart_data.frame(made.charts[0].control_charts, made.charts[0].at)


ASKED = {
    "all areas": WHOLE,
    "one area": replace(WHOLE, level="area", area="A1"),
    "several harms": replace(WHOLE, harms=("substances", "violence")),
    "half-terms by week": replace(WHOLE, unit="half-term", figure=Figure.WEEK),
    "terms by school day": replace(WHOLE, unit="term", figure=Figure.SCHOOL_DAY),
    "months by school day": replace(WHOLE, figure=Figure.SCHOOL_DAY),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("rebases", [(), (Set(),)], ids=["limits as first set", "rebased limits"])
def test_figures_are_those_of_the_chart(asked: TrendTableRequest, rebases: tuple[Set, ...]) -> None:
    given = counts(missing=("2021-05",))
    found, chart = table(given, asked, rebases), drawn(given, asked, rebases)
    assert list(found.columns) == COLUMNS
    for ours, theirs in (("value", "value"), ("usual", "centre"), ("low", "low"), ("high", "high")):
        np.testing.assert_array_equal(found[ours].to_numpy(), chart[theirs].to_numpy())
    assert found["signal"].tolist() == chart["course"].tolist()
    assert found["why"].tolist() == chart["why"].tolist()
    assert found["label"].tolist() == chart["label"].tolist()


def test_it_is_a_row_a_period_oldest_first_and_says_where() -> None:
    found = table(counts(), replace(WHOLE, level="area", area="A1"))
    assert found["period"].tolist() == list(counts().cube.periods)
    assert set(found["area"]) == {"Name of A1"}
    assert set(table(counts())["area"]) == {"All areas together"}


def test_a_signal_says_which_way_and_why() -> None:
    found = table(counts())
    assert found.loc[HIGH, ["n", "signal", "why"]].tolist() == [120, "up", "above what was usual"]


def test_a_period_never_supplied_has_no_figure_and_is_not_zero() -> None:
    row = table(counts(missing=("2021-05",))).loc[4]
    assert row["period"] == "2021-05"
    assert row[["n", "value"]].isna().all()
    assert row["signal"] == ""


def test_each_period_says_which_ones_set_its_limits_and_a_reason_stands_where_they_began_anew() -> None:
    found = table(counts(), rebases=(Set(),))
    assert found["limits"].unique().tolist() == [
        "Usual range set by Jan 2021 – Dec 2022",
        "Usual range set by Jan 2022 – Dec 2023, 1 left out",
    ]
    assert found["limits"][11] != found["limits"][12]
    assert found["reason"][12] == "=A new way of recording"
    assert set(found["reason"].drop(12)) == {""}


def test_where_there_are_no_limits_it_says_why() -> None:
    rare = Open(samples.cube(np.eye(2, MONTHS)[:, :, None].repeat(3, axis=2)))
    found = table(rare)
    assert set(found["limits"]) == {"Too rare for limits."}
    assert found[["usual", "low", "high"]].isna().all(axis=None)
    short = table(Open(samples.cube(np.full((2, 4, 3), 20))))
    [why] = set(short["limits"])
    assert why.startswith("Too few months to say: limits need 6, and there are 4;")


@pytest.mark.parametrize("figure", Figure)
def test_of_protected_counts_no_figure_under_10_is_told(figure: Figure) -> None:
    asked = replace(WHOLE, level="area", area="A0", figure=figure)
    found = table(counts(few=True, protected=True), asked)
    few = found.loc[[4, 9]]
    assert few[["n", "value"]].isna().all(axis=None)
    assert set(few["shown"]) == {"fewer than 10"}
    assert (found["n"].drop([4, 9]) >= 10).all()
    assert found.loc[0, ["n", "shown"]].tolist() == [25, "about 25"]


def test_of_protected_counts_two_that_are_not_told_look_the_same() -> None:
    asked = replace(WHOLE, level="area", area="A0")
    found = table(counts(few=True, protected=True), asked)
    narrative = found.drop(columns=["period", "label", "signal", "why"])
    pd.testing.assert_series_equal(narrative.loc[4], narrative.loc[9], check_names=False)


def test_protected_figures_have_one_decimal_at_most() -> None:
    found = table(counts(protected=True), replace(WHOLE, unit="half-term", figure=Figure.WEEK))
    figures = found[FIGURES].to_numpy()
    np.testing.assert_array_equal(figures, figures.round(1))


def test_a_protected_period_never_supplied_is_not_called_few() -> None:
    row = table(counts(protected=True, missing=("2021-05",))).loc[4]
    assert row["shown"] == ""
    assert np.isnan(row["n"])


@pytest.mark.parametrize(
    "changed",
    [
        {"level": "area"},
        {"area": "A0"},
        {"level": "area", "area": "A9"},
        {"level": "nothing", "area": "A0"},
        {"harms": ("nothing",)},
    ],
    ids=["a level alone", "an area alone", "no such area", "no such level", "no such harm group"],
)
def test_what_there_is_not_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(InputError):
        table(counts(), replace(WHOLE, **changed))
