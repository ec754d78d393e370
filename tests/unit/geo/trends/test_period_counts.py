"""Counts by period as charts take them, and from when on the limits of each chart hold."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pytest

from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.release.kinds import Open, Protected
from geo.trends import rebase
from geo.trends.period_counts import PeriodCounts, by_unit, charts, count_periods, starts_of
from geo.trends.series import Figure
from geo.views.view import View
from tests.unit.geo import samples

MONTHS = 30
TILES = NATIONAL_PATTERN.half_terms_of_years(date(2020, 9, 1), date(2021, 8, 31))


@dataclass(frozen=True)
class Set:
    harm: str = "substances"
    level: str = ""
    area: str = ""
    first_day: date = date(2022, 1, 1)
    reason: str = "A new way of recording"


def view_of(n: object = 20, missing: tuple[str, ...] = ()) -> View:
    """Return a view of two areas, the first month of which is January 2021."""
    counts = np.broadcast_to(np.asarray(n), (2, MONTHS, 3))
    return View(samples.units([1000, 1000]), samples.cube(counts, missing=missing), np.zeros(2, dtype=bool))


def by_month(view: View) -> PeriodCounts:
    return count_periods(Open(view.cube), view, (), "month", NATIONAL_PATTERN)


def test_months_stay_as_they_are_and_have_their_own_days() -> None:
    found = by_month(view_of())
    assert found.cube.periods == view_of().cube.periods
    assert found.exposure.days[:3].tolist() == [31, 28, 31]
    assert found.firsts[1] == np.datetime64("2021-02-01")
    assert found.lasts[1] == np.datetime64("2021-02-28")


def test_larger_periods_are_sums_and_those_with_a_hole_are_missing() -> None:
    view = view_of(missing=("2021-02",))
    found = count_periods(Open(view.cube), view, (), "half-term", NATIONAL_PATTERN)
    assert "2020/21-3" in found.cube.missing
    assert found.cube.n[0, found.cube.period_slice(["2020/21-5"])].tolist() == [[40, 40, 40]]


def test_a_unit_smaller_than_the_periods_is_refused() -> None:
    cube = replace(view_of().cube, periods=tuple(tile.key for tile in TILES), n=np.full((2, 6, 3), 20))
    with pytest.raises(ValueError, match="half-term cannot be shown by month"):
        count_periods(Open(cube), replace(view_of(), cube=cube), (), "month", NATIONAL_PATTERN)


def test_a_half_term_of_a_release_that_lacks_a_month_is_missing_and_none_other() -> None:
    cube = replace(view_of().cube, periods=tuple(tile.key for tile in TILES), n=np.full((2, 6, 3), 20), protected=True)
    view = replace(view_of(), cube=cube)
    counts = Protected(zoning=None, periods=TILES, shown=())  # type: ignore[arg-type]
    assert not count_periods(counts, view, (), "half-term", NATIONAL_PATTERN).cube.missing
    assert count_periods(counts, view, ("2020-10",), "half-term", NATIONAL_PATTERN).cube.missing == {"2020/21-1"}
    assert count_periods(counts, view, ("2020-10",), "term", NATIONAL_PATTERN).cube.missing == {"2020/21-T1"}


def test_a_half_term_of_a_release_keeps_the_days_it_was_released_with() -> None:
    first, *rest = TILES
    tiles = (replace(first, first=date(2020, 8, 20)), *rest)
    cube = replace(view_of().cube, periods=tuple(tile.key for tile in TILES), n=np.full((2, 6, 3), 20), protected=True)
    counts = Protected(zoning=None, periods=tiles, shown=())  # type: ignore[arg-type]
    found = count_periods(counts, replace(view_of(), cube=cube), (), "half-term", NATIONAL_PATTERN)
    assert found.firsts[0] == np.datetime64("2020-08-20")
    assert found.exposure.days[0] == (first.last - date(2020, 8, 20)).days + 1


def test_counts_by_unit_are_unknown_where_never_supplied_and_not_zero() -> None:
    n = np.arange(2)[:, None, None] + np.ones((2, MONTHS, 3), dtype=np.int64)
    counts = by_unit(by_month(view_of(n, missing=("2021-02",))), ("substances", "violence"))
    assert counts[:, 0].tolist() == [2, 4]
    assert np.isnan(counts[:, 1]).all()


def starts(*rebase_at: Set, harms: tuple[str, ...] = ("substances",), level: str = "", area: str = "") -> list[int]:
    return list(starts_of(by_month(view_of()), rebase_at, harms, level, area))


def test_limits_set_anew_begin_with_the_period_of_their_day() -> None:
    assert starts() == [0]
    assert starts(Set()) == [0, 12]
    assert starts(Set(first_day=date(2022, 3, 1)), Set()) == [0, 12, 14]


def test_a_day_inside_a_period_counts_from_the_next_one() -> None:
    assert starts(Set(first_day=date(2022, 1, 2))) == [0, 13]


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2021, 1, 1), date(2023, 6, 2), date(2030, 1, 1)])
def test_days_outside_what_is_counted_change_nothing(day: date) -> None:
    assert starts(Set(first_day=day)) == [0]


def test_limits_set_anew_for_all_areas_hold_for_each_and_those_of_one_for_it_alone() -> None:
    own = Set(level="area", area="A0")
    assert starts(Set(), level="area", area="A0") == [0, 12]
    assert starts(own, level="area", area="A0") == [0, 12]
    assert starts(own, level="area", area="A1") == [0]
    assert starts(own) == [0]


def test_limits_set_anew_hold_for_their_harm_alone_and_several_together_have_their_own() -> None:
    several = ("substances", "violence")
    assert starts(Set(), harms=("violence",)) == [0]
    assert starts(Set(), harms=several) == [0]
    assert starts(Set(harm=""), harms=several) == [0, 12]
    assert rebase.harm_key(several) == ""
    assert rebase.harm_key(("asb",)) == "asb"


def test_every_chart_has_the_limits_that_hold_for_it() -> None:
    found = by_month(view_of())
    harms, units, own = [("substances",), ("violence",)], (0, 1), Set(level="area", area="A1")
    made, control_charts = charts(found, Figure.COUNT, harms, units, (0, MONTHS - 1), [own])
    assert made.counts.shape == (4, MONTHS)
    assert {one.row: one.control_charts.starts for one in control_charts.charts} == {
        0: (0,),
        1: (0, 12),
        2: (0,),
        3: (0,),
    }


def test_all_areas_together_are_one_chart_of_each_harm_group() -> None:
    made, control_charts = charts(by_month(view_of()), Figure.COUNT, [("substances",)], None, (0, 2), [Set()])
    assert made.counts.tolist() == [[40.0] * MONTHS]
    assert [one.control_charts.starts for one in control_charts.charts] == [(0, 12)]
