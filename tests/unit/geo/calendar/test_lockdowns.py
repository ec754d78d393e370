from datetime import date

import pytest

from geo.calendar import half_terms, lockdowns, months
from geo.calendar import periods as p
from geo.calendar.school_calendar import NATIONAL_PATTERN

STAYED_AT_HOME = [  # the first and last days on which the regulations told people to
    (date(2020, 3, 26), date(2020, 6, 1)),
    (date(2020, 11, 5), date(2020, 12, 1)),
    (date(2021, 1, 6), date(2021, 3, 28)),
]
AROUND = months.between("2019-09", "2021-08")


def held(first, last):
    return any(first <= end and last >= begin for begin, end in STAYED_AT_HOME)


@pytest.mark.parametrize(
    "month", ["2020-03", "2020-04", "2020-05", "2020-06", "2020-11", "2021-01", "2021-02", "2021-03"]
)
def test_months_of_lockdown_are_touched(month):
    assert lockdowns.touched([month])
    assert lockdowns.touched(["2018-01", month])


@pytest.mark.parametrize("month", ["2020-02", "2020-07", "2020-10", "2021-04", "2019-04", "2022-01"])
def test_other_months_are_not(month):
    assert not lockdowns.touched([month])
    assert not lockdowns.touched([])


def test_half_terms_terms_and_years_are_touched_where_a_month_that_belongs_to_them_is():
    tiles = NATIONAL_PATTERN.half_terms_of_years(date(2019, 9, 1), date(2021, 8, 14))
    holding = {tiles[half_terms.position_of_month(month, tiles)].key for month in AROUND if lockdowns.touched([month])}
    halves = p.between("2018/19-1", "2021/22-6")
    assert {half for half in halves if lockdowns.touched([half])} == holding
    for unit in ("term", "school year"):
        larger = {p.around(half, unit) for half in halves}
        assert {one for one in larger if lockdowns.touched([one])} == {p.around(half, unit) for half in holding}


def test_every_half_term_of_the_national_pattern_that_holds_such_a_day_is_touched():
    holding = [
        one
        for one in NATIONAL_PATTERN.half_terms_of_years(date(2018, 9, 1), date(2022, 8, 14))
        if held(one.first, one.last)
    ]
    assert holding
    for tile in holding:
        assert lockdowns.touched([tile.key]), tile.key
