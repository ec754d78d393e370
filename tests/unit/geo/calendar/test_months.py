import pytest

from geo.calendar import months


@pytest.mark.parametrize("text", ["2021-01", "2021-10", "1999-12"])
def test_months_are_known(text):
    assert months.is_month(text)


@pytest.mark.parametrize(
    "text",
    ["2021-00", "2021-13", "2021-1", "21-01", "2021/01", "2021-01-05", "2021-01\n", " 2021-01", "", "２０２１-01"],
)
def test_what_only_looks_like_a_month_is_none(text):
    assert not months.is_month(text)


@pytest.mark.parametrize(
    ("month", "by", "expected"),
    [
        ("2021-01", 0, "2021-01"),
        ("2021-01", -1, "2020-12"),
        ("2020-12", 1, "2021-01"),
        ("2021-06", 18, "2022-12"),
        ("2021-06", -18, "2019-12"),
        ("2021-12", 12, "2022-12"),
    ],
)
def test_months_are_shifted_over_year_ends(month, by, expected):
    assert months.shift(month, by) == expected


def test_both_ends_belong_to_a_run_of_months():
    assert months.between("2020-11", "2021-02") == ["2020-11", "2020-12", "2021-01", "2021-02"]
    assert months.between("2021-02", "2021-02") == ["2021-02"]


def test_a_run_that_ends_before_it_begins_is_empty():
    assert months.between("2021-02", "2020-11") == []
    assert months.between("2021-02", "2021-01") == []


def test_gaps_are_found_over_a_year_end():
    assert months.gaps(["2021-02", "2020-10", "2020-11", "2020-10"]) == ["2020-12", "2021-01"]


@pytest.mark.parametrize("have", [[], ["2021-01"], ["2020-12", "2021-01"]])
def test_months_without_a_break_have_no_gaps(have):
    assert months.gaps(have) == []


def test_months_may_come_from_anything_that_can_be_gone_through_once():
    assert months.gaps(month for month in ["2021-01", "2021-03"]) == ["2021-02"]


def test_the_year_before_has_the_same_months_of_the_calendar():
    assert months.year_before(["2020-12", "2021-01", "2021-02"]) == ["2019-12", "2020-01", "2020-02"]


@pytest.mark.parametrize(
    ("run", "said"),
    [
        (["2021-09"], "Sep 2021"),
        (["2021-07", "2021-08", "2021-09"], "Jul–Sep 2021"),
        (["2021-01", "2021-12"], "Jan–Dec 2021"),
        (["2020-11", "2020-12", "2021-01"], "Nov 2020 – Jan 2021"),
        (["2020-09", "2021-09"], "Sep 2020 – Sep 2021"),
    ],
)
def test_a_run_of_months_is_written_as_people_do(run, said):
    assert months.say_range(run) == said


def test_every_month_has_its_name():
    said = [months.say(month) for month in months.between("2021-01", "2021-12")]
    assert " ".join(said).replace(" 2021", "") == "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
