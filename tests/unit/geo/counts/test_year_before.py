import math

from geo.counts.filters import Choice
from geo.counts.year_before import TwoCounts, with_year_before
from tests.unit.geo.samples import cube

# Two areas over fourteen months from Nov 2019 to Dec 2020: 1, 2, 3 … in the first, ten times that in the second.
MONTHS = [[[month] for month in range(1, 15)], [[10 * month] for month in range(1, 15)]]


def counts(missing=()):
    return cube(MONTHS, first="2019-11", categories=("Drugs",), missing=missing)


def choose(*months, harms=("substances",), category=None):
    return Choice(months, harms, category)


def test_both_counts_are_of_the_same_months_of_the_calendar():
    assert with_year_before(counts(), choose("2020-11", "2020-12")) == TwoCounts(now=297, before=33)


def test_both_counts_are_of_the_same_areas():
    assert with_year_before(counts(), choose("2020-11"), [0]) == TwoCounts(now=13, before=1)
    assert with_year_before(counts(), choose("2020-11"), [1]) == TwoCounts(now=130, before=10)
    assert with_year_before(counts(), choose("2020-11"), [0, 1]) == TwoCounts(now=143, before=11)


def test_no_areas_are_not_all_areas():
    assert with_year_before(counts(), choose("2020-11"), []) == TwoCounts(now=0, before=0)


def test_both_counts_are_of_the_same_kind_of_incident():
    assert with_year_before(counts(), choose("2020-11", harms=("asb",))) == TwoCounts(now=0, before=0)
    assert with_year_before(counts(), choose("2020-11", harms=(), category="Drugs")).before == 11


def test_no_year_before_when_any_chosen_month_is_missing():
    found = with_year_before(counts(missing=["2020-12"]), choose("2020-11", "2020-12"))
    assert found.before is None
    assert found.now == 143 + 154  # what the cube holds; the page says which month is missing


def test_no_year_before_when_any_earlier_month_is_missing():
    assert with_year_before(counts(missing=["2019-11"]), choose("2020-11", "2020-12")) == TwoCounts(297, None)


def test_no_year_before_when_an_earlier_month_lies_before_the_data():
    assert with_year_before(counts(), choose("2020-10", "2020-11")).before is None


def test_no_year_before_when_a_chosen_month_lies_after_the_data():
    assert with_year_before(counts(), choose("2020-12", "2021-01")).before is None


def test_a_gap_elsewhere_does_not_matter():
    assert with_year_before(counts(missing=["2020-05"]), choose("2020-11")).before == 11


def test_the_count_is_unknown_when_no_chosen_month_was_supplied():
    found = with_year_before(counts(), choose("2022-11", "2022-12"), [0])
    assert math.isnan(found.now)
    assert found.before is None
