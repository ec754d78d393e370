import itertools

import pytest

from geo.calendar import months, periods

YEAR = periods.between("2025/26-1", "2025/26-6")
OF_EACH_KIND = {
    "month": "2025-09",
    "half-term": "2025/26-1",
    "term": "2025/26-T1",
    "school year": "2025/26",
}


@pytest.mark.parametrize("text", ["2025/26-1", "2025/26-6", "1999/00-3", "2009/10-2"])
def test_half_terms_are_known(text):
    assert periods.is_half_term(text)
    assert periods.is_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "2025/27-1",
        "2025/25-1",
        "2025/26-7",
        "2025/26-0",
        "2025/26",
        "2025/26-T1",
        "2025-26-1",
        "2025/26-1\n",
        " 2025/26-1",
        "25/26-1",
        "2025/2026-1",
        "２０２５/26-1",
        "",
    ],
)
def test_what_only_looks_like_a_half_term_is_none(text):
    assert not periods.is_half_term(text)
    assert not periods.is_period(text)


@pytest.mark.parametrize(("kind", "period"), OF_EACH_KIND.items())
def test_a_period_is_of_one_kind_only(kind, period):
    assert periods.kind_of(period) == kind
    assert periods.is_half_term(period) is (kind == "half-term")
    assert periods.is_school_year(period) is (kind == "school year")


@pytest.mark.parametrize(
    "text", ["2025/26-T0", "2025/26-T4", "2025/27-T1", "2025/26-t1", "2025/26T1", "2025/26-T1\n", "2025/26-T12"]
)
def test_what_only_looks_like_a_term_is_none(text):
    with pytest.raises(ValueError, match="is none of these"):
        periods.kind_of(text)


@pytest.mark.parametrize("text", ["2025/27", "2025/25", "2025/2026", "2025-26", "25/26", "2025/26 ", "2025", ""])
def test_what_only_looks_like_a_school_year_is_none(text):
    assert not periods.is_school_year(text)


@pytest.mark.parametrize("period", ["2025/26-T1", "2025/26"])
def test_counts_are_kept_by_no_terms_and_no_school_years(period):
    assert not periods.is_period(period)


@pytest.mark.parametrize(("text", "month"), [("2021-09", True), ("2021-13", False)])
def test_months_are_periods_and_no_half_terms(text, month):
    assert periods.is_period(text) is month
    assert not periods.is_half_term(text)


def test_half_terms_are_named_by_the_year_they_are_in():
    assert periods.half_term(2025, 1) == "2025/26-1"
    assert periods.half_term(1999, 6) == "1999/00-6"
    assert [periods.school_year(one) for one in ("1999/00-6", "1999/00-T3", "1999/00")] == ["1999/00"] * 3


def test_the_word_for_a_period_is_that_of_its_kind():
    assert periods.unit_of(["2021-09", "2021-10"]) == "month"
    assert periods.unit_of(["2025/26-1"]) == "half-term"
    assert periods.unit_of(["2025/26-T3", "2026/27-T1"]) == "term"
    assert periods.unit_of(["2025/26"]) == "school year"
    assert periods.unit_of([]) == "month"


@pytest.mark.parametrize(
    ("base", "units"),
    [
        ("month", ("month", "half-term", "term", "school year")),
        ("half-term", ("half-term", "term", "school year")),
        ("school year", ("school year",)),
    ],
)
def test_counts_are_shown_by_the_periods_they_are_kept_by_and_larger_ones(base, units):
    assert periods.larger(base) == units


def test_larger_periods_are_known_by_their_parts_and_their_parts_by_them():
    assert periods.inside("2025/26", "term") == ("2025/26-T1", "2025/26-T2", "2025/26-T3")
    assert periods.inside("2025/26-T2", "half-term") == ("2025/26-3", "2025/26-4")
    assert periods.inside("1999/00", "half-term") == tuple(periods.between("1999/00-1", "1999/00-6"))
    assert [periods.around(half_term, "term")[-2:] for half_term in YEAR] == ["T1", "T1", "T2", "T2", "T3", "T3"]
    assert {periods.around(half_term, "school year") for half_term in YEAR} == {"2025/26"}
    assert periods.around("1999/00-T3", "school year") == "1999/00"


@pytest.mark.parametrize("period", ["2025/26-3", "2025/26-T2", "2025/26"])
def test_a_period_holds_itself(period):
    assert periods.inside(period, periods.kind_of(period)) == (period,)
    assert periods.around(period, periods.kind_of(period)) == period


@pytest.mark.parametrize(
    ("ask", "period", "unit"),
    [
        (periods.around, "2025-09", "term"),
        (periods.around, "2025/26-T1", "half-term"),
        (periods.inside, "2025/26-1", "month"),
        (periods.inside, "2025/26-1", "term"),
        (periods.inside, "2025-09", "half-term"),
    ],
)
def test_months_have_no_fixed_place_in_a_year_and_no_period_holds_a_larger_one(ask, period, unit):
    with pytest.raises(ValueError, match="holds no fixed number"):
        ask(period, unit)


def test_both_ends_belong_to_a_run_of_half_terms():
    assert periods.between("1999/00-5", "2000/01-2") == ["1999/00-5", "1999/00-6", "2000/01-1", "2000/01-2"]
    assert periods.between("2025/26-3", "2025/26-3") == ["2025/26-3"]
    assert periods.between("2025/26-3", "2025/26-2") == []


def test_terms_and_school_years_run_on_in_time_and_sort_as_text():
    terms = ["1999/00-T2", "1999/00-T3", "2000/01-T1", "2000/01-T2"]
    years = ["1998/99", "1999/00", "2000/01"]
    assert periods.between(terms[0], terms[-1]) == terms == sorted(terms)
    assert periods.between(years[0], years[-1]) == years == sorted(years)
    assert periods.between("2000/01", "1999/00") == []


def test_runs_of_months_are_those_of_months():
    assert periods.between("2020-11", "2021-02") == months.between("2020-11", "2021-02")


@pytest.mark.parametrize("ends", list(itertools.permutations(OF_EACH_KIND.values(), 2)))
def test_a_run_has_one_kind_of_period(ends):
    with pytest.raises(ValueError, match="periods of one kind"):
        periods.between(*ends)


def test_a_run_does_not_end_at_what_is_no_period():
    with pytest.raises(ValueError, match="none of these"):
        periods.between("2025/26-1", "2025/26-7")


def test_the_year_before_has_the_same_periods():
    assert periods.year_before(["2000/01-1", "2025/26-6"]) == ["1999/00-1", "2024/25-6"]
    assert periods.year_before(["2000/01-T1", "2025/26-T3"]) == ["1999/00-T1", "2024/25-T3"]
    assert periods.year_before(["2000/01"]) == ["1999/00"]
    assert periods.year_before(month for month in ["2020-12", "2021-01"]) == ["2019-12", "2020-01"]


def test_every_half_term_has_its_name():
    assert [periods.say(half_term) for half_term in YEAR] == [
        "Autumn 1, 2025/26",
        "Autumn 2, 2025/26",
        "Spring 1, 2025/26",
        "Spring 2, 2025/26",
        "Summer 1, 2025/26",
        "Summer 2, 2025/26",
    ]
    assert periods.say("2021-09") == "Sep 2021"


def test_every_term_and_every_school_year_has_its_name():
    assert [periods.say(term) for term in periods.inside("2025/26", "term")] == [
        "Autumn term, 2025/26",
        "Spring term, 2025/26",
        "Summer term, 2025/26",
    ]
    assert periods.say("2025/26") == "school year 2025/26"


@pytest.mark.parametrize("text", ["2025/26-7", "2025/27-1", "2025/26-0", "2025/26-T4", "2025/27", "2021-13"])
def test_what_is_no_period_is_not_said(text):
    with pytest.raises(ValueError, match="none of these"):
        periods.say(text)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025/26-1", "2025/26-1", "Autumn 1, 2025/26"),
        ("2025/26-1", "2025/26-4", "Autumn 1 – Spring 2, 2025/26"),
        ("2025/26-2", "2025/26-6", "Autumn 2 – Summer 2, 2025/26"),
        ("2025/26-1", "2025/26-6", "school year 2025/26"),
        ("2024/25-1", "2025/26-3", "Autumn 1, 2024/25 – Spring 1, 2025/26"),
        ("2024/25-6", "2025/26-6", "Summer 2, 2024/25 – Summer 2, 2025/26"),
        ("2024/25-6", "2025/26-1", "Summer 2, 2024/25 – Autumn 1, 2025/26"),
        ("2024/25-1", "2025/26-6", "school years 2024/25 – 2025/26"),
        ("2025/26-T1", "2025/26-T1", "Autumn term, 2025/26"),
        ("2025/26-T1", "2025/26-T2", "Autumn term – Spring term, 2025/26"),
        ("2024/25-T3", "2025/26-T1", "Summer term, 2024/25 – Autumn term, 2025/26"),
        ("2025/26-T1", "2025/26-T3", "school year 2025/26"),
        ("2024/25-T1", "2025/26-T3", "school years 2024/25 – 2025/26"),
        ("2025/26", "2025/26", "school year 2025/26"),
        ("2023/24", "2025/26", "school years 2023/24 – 2025/26"),
        ("2021-07", "2021-09", "Jul–Sep 2021"),
    ],
)
def test_a_run_of_periods_is_written_as_people_do(first, last, said):
    assert periods.say_range(periods.between(first, last)) == said
