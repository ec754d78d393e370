from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geo.calendar import months
from geo.calendar import periods as p
from geo.calendar.exposure import exposure
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.counts.regrouping import exposure_of, holding, parts, regrouped, spans_of
from tests.unit.geo.calendars import HALF_TERMS, calendar
from tests.unit.geo.samples import cube

TERM_DATES = calendar(HALF_TERMS)  # 2024/25; the years beside it have none
HALVES_OF_MONTHS = {  # of the national pattern
    "2018/19-1": ("2018-09", "2018-10"),
    "2018/19-2": ("2018-11", "2018-12"),
    "2018/19-3": ("2019-01", "2019-02"),
    "2018/19-4": ("2019-03",),
    "2018/19-5": ("2019-04", "2019-05"),
    "2018/19-6": ("2019-06", "2019-07", "2019-08"),
}
LARGER = ["half-term", "term", "school year"]


def by_months(first, last, missing=()):
    """Return a cube of one area and two categories: 1, 2, 3 … of the first, a thousand times that of the second."""
    counted = np.arange(1, len(months.between(first, last)) + 1)
    return cube([np.column_stack([counted, 1000 * counted])], first, ("Drugs", "Robbery"), missing)


def by_half_terms(first, last):
    """Return a protected cube of one area and one category: 5, 10, 15 …"""
    halves = tuple(p.between(first, last))
    counted = 5 * np.arange(1, len(halves) + 1).reshape(1, -1, 1)
    return replace(cube(counted, categories=("Drugs",)), periods=halves, protected=True)


def figures(cube):
    """Return the counts of the first category by period, None where the period is missing."""
    counts = zip(cube.periods, cube.n[0, :, 0].tolist(), strict=True)
    return {period: None if period in cube.missing else n for period, n in counts}


def test_months_belong_to_the_half_term_that_holds_most_of_their_days():
    assert parts(months.between("2018-09", "2019-08"), "half-term", NATIONAL_PATTERN) == HALVES_OF_MONTHS
    # In 2024/25 the second half of the spring lasts until Easter, 21 April, and holds most of that month.
    known = parts(months.between("2024-09", "2025-08"), "half-term", TERM_DATES)
    assert known["2024/25-4"] == ("2025-03", "2025-04")
    assert known["2024/25-5"] == ("2025-05",)


def test_counts_of_months_are_added_up_by_half_terms_terms_and_school_years():
    whole = by_months("2018-09", "2019-08")
    assert figures(regrouped(whole, "half-term", NATIONAL_PATTERN)) == {
        "2018/19-1": 1 + 2,
        "2018/19-2": 3 + 4,
        "2018/19-3": 5 + 6,
        "2018/19-4": 7,
        "2018/19-5": 8 + 9,
        "2018/19-6": 10 + 11 + 12,
    }
    assert figures(regrouped(whole, "term", NATIONAL_PATTERN)) == {"2018/19-T1": 10, "2018/19-T2": 18, "2018/19-T3": 50}
    assert figures(regrouped(whole, "school year", NATIONAL_PATTERN)) == {"2018/19": 78}


def test_categories_and_areas_are_kept_apart():
    whole = by_months("2018-09", "2019-08")
    two = replace(whole, areas=("A0", "A1"), n=np.concatenate([whole.n, 2 * whole.n]))
    found = regrouped(two, "term", NATIONAL_PATTERN)
    assert found.n.tolist() == [
        [[10, 10_000], [18, 18_000], [50, 50_000]],
        [[20, 20_000], [36, 36_000], [100, 100_000]],
    ]
    assert (found.areas, found.categories, found.harm) == (two.areas, two.categories, two.harm)


def test_term_dates_say_which_half_term_a_month_counts_in():
    april = cube([[[0], [0], [7], [0]]], first="2025-02", categories=("Drugs",))
    assert figures(regrouped(april, "half-term", TERM_DATES)) == {"2024/25-3": None, "2024/25-4": 7, "2024/25-5": 0}
    assert figures(regrouped(april, "half-term", NATIONAL_PATTERN)) == {
        "2024/25-3": None,
        "2024/25-4": 0,
        "2024/25-5": 7,
    }


@pytest.mark.parametrize(
    ("unit", "missing"), [("half-term", "2018/19-6"), ("term", "2018/19-T3"), ("school year", "2018/19")]
)
def test_a_month_never_supplied_makes_the_larger_period_missing_and_no_other(unit, missing):
    found = regrouped(by_months("2017-09", "2020-08", missing=["2019-07"]), unit, NATIONAL_PATTERN)
    assert found.missing == {missing}
    assert found.n[:, found.periods.index(missing)].tolist() == [[0, 0]]


def test_larger_periods_that_are_covered_in_part_are_missing_at_both_ends():
    found = regrouped(by_months("2018-10", "2019-07"), "half-term", NATIONAL_PATTERN)
    assert found.periods == tuple(HALVES_OF_MONTHS)
    assert found.missing == {"2018/19-1", "2018/19-6"}
    assert regrouped(by_months("2018-10", "2020-07"), "term", NATIONAL_PATTERN).missing == {"2018/19-T1", "2019/20-T3"}
    assert regrouped(by_months("2018-10", "2020-07"), "school year", NATIONAL_PATTERN).missing == {"2018/19", "2019/20"}


def test_larger_periods_run_on_in_order_without_a_break():
    gone = months.between("2018-12", "2019-06")
    found = regrouped(by_months("2018-09", "2020-08", missing=gone), "half-term", NATIONAL_PATTERN)
    assert list(found.periods) == p.between("2018/19-1", "2019/20-6")
    assert found.missing == {f"2018/19-{number}" for number in range(2, 7)}


def test_protected_half_terms_are_added_up_and_stay_protected():
    terms = regrouped(by_half_terms("2017/18-5", "2018/19-5"), "term", NATIONAL_PATTERN)
    assert figures(terms) == {"2017/18-T3": 15, "2018/19-T1": 35, "2018/19-T2": 55, "2018/19-T3": None}
    assert terms.protected
    years = regrouped(by_half_terms("2017/18-5", "2018/19-6"), "school year", NATIONAL_PATTERN)
    assert figures(years) == {"2017/18": None, "2018/19": 15 + 20 + 25 + 30 + 35 + 40}
    assert years.protected
    assert not regrouped(by_months("2018-09", "2019-08"), "term", NATIONAL_PATTERN).protected


def test_what_is_shown_by_its_own_periods_is_as_it_was():
    counted = by_months("2018-10", "2019-07", missing=["2019-01"])
    found = regrouped(counted, "month", NATIONAL_PATTERN)
    assert (found.periods, found.missing) == (counted.periods, counted.missing)
    assert figures(found) == figures(counted)


def test_regrouping_leaves_the_cube_as_it_was():
    counted = by_months("2018-09", "2019-08")
    before = counted.n.copy()
    regrouped(counted, "school year", NATIONAL_PATTERN)
    assert np.array_equal(counted.n, before)


@pytest.mark.parametrize(
    ("base", "unit"), [(["2018/19-1"], "month"), (["2018/19-T1"], "half-term"), (["2018/19"], "term")]
)
def test_nothing_is_shown_by_smaller_periods_than_it_was_counted_by(base, unit):
    with pytest.raises(ValueError, match="cannot be shown"):
        parts(base, unit, NATIONAL_PATTERN)


def test_parts_outside_the_run_are_listed_too():
    assert parts(["2018-12", "2019-01"], "term", NATIONAL_PATTERN) == {
        "2018/19-T1": ("2018-09", "2018-10", "2018-11", "2018-12"),
        "2018/19-T2": ("2019-01", "2019-02", "2019-03"),
    }
    assert parts(["2018/19-2"], "term", NATIONAL_PATTERN) == {"2018/19-T1": ("2018/19-1", "2018/19-2")}
    assert parts([], "term", NATIONAL_PATTERN) == {}


def test_a_half_term_that_holds_most_of_no_month_is_missing():
    # A half-term of two weeks across the end of March: both months have more days in another one.
    short = HALF_TERMS.replace("2025-02-24|2025-04-04", "2025-03-24|2025-04-06").replace("2025-04-22", "2025-04-07")
    school_calendar, year = calendar(short), months.between("2024-09", "2025-08")
    found = regrouped(by_months(year[0], year[-1]), "half-term", school_calendar)
    assert parts(year, "half-term", school_calendar)["2024/25-4"] == ()
    assert found.periods == p.inside("2024/25", "half-term")
    assert found.missing == {"2024/25-4"}
    assert exposure_of(year, "half-term", school_calendar).days[3] == 0
    assert [np.isnat(ends).tolist() for ends in spans_of(year, "half-term", school_calendar)] == [
        [at == 3 for at in range(6)]
    ] * 2
    assert not regrouped(by_months(year[0], year[-1]), "term", school_calendar).missing


def test_a_half_term_made_of_months_has_the_days_of_its_months():
    year = months.between("2024-09", "2025-08")
    found = exposure_of(year, "half-term", TERM_DATES)
    assert found.days.tolist() == [30 + 31, 30 + 31, 31 + 28, 31 + 30, 31, 30 + 31 + 31]
    by_month = dict(zip(year, exposure(year, TERM_DATES).school_days.tolist(), strict=True))
    assert found.school_days.tolist()[4] == by_month["2025-05"]
    assert exposure_of(year, "school year", TERM_DATES).school_days.tolist() == [190]


def test_a_larger_period_begins_with_its_first_part_and_ends_with_its_last():
    year = months.between("2024-09", "2025-08")
    firsts, lasts = spans_of(year, "half-term", TERM_DATES)
    assert firsts.astype(str).tolist() == [
        f"{month}-01" for month in ("2024-09", "2024-11", "2025-01", "2025-03", "2025-05", "2025-06")
    ]
    assert lasts.astype(str).tolist() == [
        "2024-10-31",
        "2024-12-31",
        "2025-02-28",
        "2025-04-30",
        "2025-05-31",
        "2025-08-31",
    ]
    assert [ends.astype(str).tolist() for ends in spans_of(["2024-02"], "month", NATIONAL_PATTERN)] == [
        ["2024-02-01"],
        ["2024-02-29"],
    ]
    halves = p.between("2024/25-1", "2024/25-6")
    assert spans_of(halves, "half-term", TERM_DATES)[0].astype(str).tolist()[:2] == ["2024-09-01", "2024-11-04"]
    assert spans_of(halves, "term", TERM_DATES)[1].astype(str).tolist()[0] == "2025-01-06"


@pytest.mark.parametrize("unit", ["month", *LARGER])
def test_spans_follow_on_each_other_and_have_the_days_of_the_periods(unit):
    run = months.between("2018-10", "2020-03")
    firsts, lasts = spans_of(run, unit, TERM_DATES)
    assert (firsts[1:] - lasts[:-1]).astype(int).tolist() == [1] * (len(firsts) - 1)
    assert ((lasts - firsts).astype(int) + 1).tolist() == exposure_of(run, unit, TERM_DATES).days.tolist()


def test_spans_of_a_release_are_those_of_its_own_half_terms():
    halves = p.between("2024/25-1", "2024/25-6")
    released = NATIONAL_PATTERN.half_terms_of_years(date(2024, 9, 1), date(2025, 8, 14))
    firsts, lasts = spans_of(halves, "half-term", TERM_DATES, released)
    assert firsts.tolist() == [tile.first for tile in released if tile.key in halves]
    assert lasts.tolist() == [tile.last for tile in released if tile.key in halves]


def test_a_half_term_of_a_release_has_the_days_between_its_ends():
    halves = p.between("2024/25-1", "2024/25-6")
    assert exposure_of(halves, "half-term", TERM_DATES).days.tolist() == [64, 64, 48, 57, 42, 90]
    assert exposure_of(halves, "term", TERM_DATES).days.tolist() == [128, 105, 132]
    released = NATIONAL_PATTERN.half_terms_of_years(date(2024, 9, 1), date(2025, 8, 14))
    assert exposure_of(halves, "term", TERM_DATES, released).days.tolist() == [122, 103, 140]


@pytest.mark.parametrize("unit", ["month", *LARGER])
def test_days_come_in_the_order_of_the_counts(unit):
    counted = by_months("2018-10", "2020-03")
    found = exposure_of(counted.periods, unit, TERM_DATES)
    assert found.days.shape == found.school_days.shape == (len(regrouped(counted, unit, TERM_DATES).periods),)


def test_a_period_that_is_missing_has_the_days_it_would_have():
    assert exposure_of(["2018-12"], "school year", NATIONAL_PATTERN).days.tolist() == [365]


def test_no_periods_have_no_larger_ones():
    found = exposure_of([], "term", NATIONAL_PATTERN)
    assert (found.days.shape, found.school_days.shape) == ((0,), (0,))
    assert holding([], "term", NATIONAL_PATTERN) == ()


def test_chosen_periods_are_found_in_the_larger_ones_that_hold_them():
    assert holding(["2019-02", "2019-03"], "half-term", NATIONAL_PATTERN) == ("2018/19-3", "2018/19-4")
    assert holding(["2019-04"], "half-term", TERM_DATES) == ("2018/19-5",)
    assert holding(["2025-04"], "half-term", TERM_DATES) == ("2024/25-4",)
    assert holding(months.between("2018-12", "2019-09"), "school year", NATIONAL_PATTERN) == ("2018/19", "2019/20")
    assert holding(["2018/19-2", "2018/19-3"], "term", NATIONAL_PATTERN) == ("2018/19-T1", "2018/19-T2")
    assert holding(["2019-02", "2019-03"], "month", NATIONAL_PATTERN) == ("2019-02", "2019-03")
