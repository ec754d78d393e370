import pytest

from geo import months, periods

YEAR = periods.between("2025/26-1", "2025/26-6")


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


@pytest.mark.parametrize(("text", "month"), [("2021-09", True), ("2021-13", False)])
def test_months_are_periods_and_no_half_terms(text, month):
    assert periods.is_period(text) is month
    assert not periods.is_half_term(text)


def test_half_terms_are_named_by_the_year_they_are_in():
    assert periods.half_term(2025, 1) == "2025/26-1"
    assert periods.half_term(1999, 6) == "1999/00-6"
    assert periods.school_year("1999/00-6") == "1999/00"


def test_the_word_for_a_period_is_that_of_its_kind():
    assert periods.unit_of(["2021-09", "2021-10"]) == "month"
    assert periods.unit_of(["2025/26-1"]) == "half-term"
    assert periods.unit_of([]) == "month"


def test_both_ends_belong_to_a_run_of_half_terms():
    assert periods.between("1999/00-5", "2000/01-2") == ["1999/00-5", "1999/00-6", "2000/01-1", "2000/01-2"]
    assert periods.between("2025/26-3", "2025/26-3") == ["2025/26-3"]
    assert periods.between("2025/26-3", "2025/26-2") == []


def test_runs_of_months_are_those_of_months():
    assert periods.between("2020-11", "2021-02") == months.between("2020-11", "2021-02")


@pytest.mark.parametrize("ends", [("2021-09", "2025/26-1"), ("2025/26-1", "2021-09"), ("2025/26-1", "2025/26-7")])
def test_a_run_has_one_kind_of_period(ends):
    with pytest.raises(ValueError, match="invalid literal"):
        periods.between(*ends)


def test_the_year_before_has_the_same_half_terms():
    assert periods.year_before(["2000/01-1", "2025/26-6"]) == ["1999/00-1", "2024/25-6"]
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


@pytest.mark.parametrize("text", ["2025/26-7", "2025/27-1", "2025/26-0"])
def test_what_is_no_period_is_not_said(text):
    with pytest.raises(ValueError, match="invalid literal"):
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
        ("2021-07", "2021-09", "Jul–Sep 2021"),
    ],
)
def test_a_run_of_periods_is_written_as_people_do(first, last, said):
    assert periods.say_range(periods.between(first, last)) == said


def test_a_page_starts_with_the_last_three_months():
    assert periods.usual(months.between("2021-01", "2021-12")) == ["2021-10", "2021-11", "2021-12"]
    assert periods.usual(["2021-01"]) == ["2021-01"]


@pytest.mark.parametrize(
    ("ends", "usual"),
    [
        (("2024/25-1", "2025/26-6"), ("2025/26-1", "2025/26-6")),
        (("2024/25-1", "2025/26-3"), ("2025/26-1", "2025/26-3")),
        (("2024/25-1", "2025/26-2"), ("2024/25-1", "2024/25-6")),
        (("2024/25-5", "2025/26-2"), ("2024/25-5", "2025/26-2")),
        (("2025/26-1", "2025/26-1"), ("2025/26-1", "2025/26-1")),
    ],
)
def test_a_page_starts_with_the_newest_school_year_that_is_well_begun(ends, usual):
    assert list(periods.usual(periods.between(*ends))) == periods.between(*usual)
