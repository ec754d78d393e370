"""A page starts with the last complete school year, term or half-term, never with a holiday and never with a gap."""

import pytest

from geo.calendar import months, periods
from geo.calendar.usual_periods import usual


@pytest.mark.parametrize(
    ("covered", "shown"),
    [
        (("2018-01", "2021-09"), ("2020-09", "2021-08")),
        (("2019-09", "2021-08"), ("2020-09", "2021-08")),
        (("2019-09", "2021-07"), ("2020-09", "2021-07")),
        (("2019-09", "2021-06"), ("2019-09", "2020-08")),
        (("2020-10", "2021-08"), ("2021-04", "2021-07")),
        (("2020-10", "2021-06"), ("2021-01", "2021-03")),
        (("2020-09", "2020-12"), ("2020-09", "2020-12")),
        (("2021-05", "2021-08"), ("2021-06", "2021-07")),
        (("2021-06", "2021-09"), ("2021-06", "2021-07")),
        (("2021-08", "2021-09"), ("2021-09", "2021-09")),
        (("2021-07", "2021-08"), ("2021-07", "2021-07")),
        (("2021-08", "2021-08"), ("2021-08", "2021-08")),
        (("2021-02", "2021-02"), ("2021-02", "2021-02")),
    ],
)
def test_of_months_the_last_whole_school_year_term_or_half_term_is_shown(covered, shown):
    assert list(usual(months.between(*covered))) == months.between(*shown)


@pytest.mark.parametrize(
    ("missing", "shown"),
    [
        (["2021-03"], ("2019-09", "2020-08")),
        (["2021-03", "2020-03"], ("2021-04", "2021-07")),
        (["2021-08"], ("2020-09", "2021-08")),
        (["2019-07"], ("2020-09", "2021-08")),
    ],
)
def test_a_year_with_a_month_missing_is_not_complete_unless_it_is_august(missing, shown):
    assert list(usual(months.between("2019-09", "2021-09"), missing)) == months.between(*shown)


@pytest.mark.parametrize(
    ("covered", "shown"),
    [
        (("2024/25-1", "2025/26-6"), ("2025/26-1", "2025/26-6")),
        (("2024/25-1", "2025/26-5"), ("2024/25-1", "2024/25-6")),
        (("2024/25-5", "2025/26-2"), ("2025/26-1", "2025/26-2")),
        (("2024/25-2", "2025/26-1"), ("2024/25-5", "2024/25-6")),
        (("2025/26-2", "2025/26-3"), ("2025/26-3", "2025/26-3")),
        (("2025/26-6", "2025/26-6"), ("2025/26-6", "2025/26-6")),
    ],
)
def test_of_half_terms_too(covered, shown):
    assert list(usual(periods.between(*covered))) == periods.between(*shown)


@pytest.mark.parametrize("first", months.between("2017-01", "2019-12"))
def test_august_is_never_shown_alone_where_there_is_more(first):
    for last in months.between(first, "2020-12")[1:]:
        shown = list(usual(months.between(first, last)))
        assert shown
        assert not all(month.endswith("-08") for month in shown)
