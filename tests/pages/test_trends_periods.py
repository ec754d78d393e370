"""Months, half-terms, terms and school years are sums of whole ones; what lacks a part, or is too little, says so."""

from pathlib import Path
from typing import Final

import pytest

from geo.calendar import months
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, facts_of
from tests.pages.shown import number
from tests.pages.trending import ASB, GAP, VIOLENCE, WITH_A_GAP, Address, add_series, chart, charts, labels, of_sizes

OF_ONE: Final[Address] = {"trend_harm": VIOLENCE}
LOWER: Final = {"Half-term": "half-terms", "Term": "terms", "School year": "school years"}
VIEWS: Final[dict[str, Address]] = {
    "as it opens": {},
    "each area": {"trend_level": "LSOA"},
    "each district": {"trend_level": "District"},
    "half-terms": {"trend_by": "Half-term", "trend_figure_long": "Each school day"},
    "school years": {"trend_by": "School year"},
    "by school day": {"trend_figure_month": "Each school day"},
    "areas compared": {"trend_side": "Areas compared"},
    "one area compared": {"trend_side": "Areas compared", "trend_level": "LSOA", "trend_area": "Anytown 1"},
}
every_view = pytest.mark.parametrize("asked", VIEWS.values(), ids=VIEWS)


@pytest.fixture(scope="module")
def gap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose series lacks July 2019, of areas without residents."""
    home = tmp_path_factory.mktemp("gap")
    add_series(home, of_sizes(WITH_A_GAP))
    return home


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a single month."""
    home = tmp_path_factory.mktemp("month")
    add_series(home, {"2020-08": 12})
    return home


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a single area."""
    home = tmp_path_factory.mktemp("single")
    add_series(home, of_sizes(months.between("2018-09", "2020-08")), areas=1)
    return home


@pytest.mark.parametrize("unit", LOWER)
def test_longer_periods_hold_all_incidents_of_the_months(open_demo: Open, demo_home: Path, unit: str) -> None:
    facts = facts_of(demo_home, POLICE)
    shown = open_demo("trends", OF_ONE | {"trend_by": unit})
    assert shown.failed == []
    rows = shown.table("Usual range")
    assert sum(number(row["Incidents"]) for row in rows) == facts.chosen(("2023-09", "2026-08"), (VIOLENCE,))["n"].sum()
    assert len(rows) == {"Half-term": 18, "Term": 9, "School year": 3}[unit]
    assert [row[unit] for row in rows] == list(chart(shown).figures)[::-1]


def test_longer_periods_are_told_by_week_or_by_school_day_and_never_as_bare_counts(open_demo: Open) -> None:
    by_week = open_demo("trends", OF_ONE | {"trend_by": "Half-term"})
    by_day = open_demo("trends", OF_ONE | {"trend_by": "Half-term", "trend_figure_long": "Each school day"})
    assert list(by_week.app.segmented_control(key="trend_figure_long").options) == ["Each week", "Each school day"]
    weeks, days = by_week.table("Incidents a week"), by_day.table("Incidents a school day")
    assert [row["Incidents"] for row in weeks] == [row["Incidents"] for row in days]
    for week, day in zip(weeks, days, strict=True):
        # About 13 weeks, with 60 school days or fewer: a school day has a seventh of the week or more.
        assert number(day["Incidents a school day"]) > number(week["Incidents a week"]) / 7.01
        assert number(week["Incidents a week"]) < number(week["Incidents"])
    assert "a week" in by_week.headline
    assert "a school day" in by_day.headline


def test_months_can_be_set_against_their_school_days(open_demo: Open) -> None:
    shown = open_demo(
        "trends", OF_ONE | {"trend_figure_month": "Each school day", "from": "Aug 2026", "to": "Aug 2026"}
    )
    august = next(row for row in shown.table("Incidents a school day") if row["Month"] == "Aug 2026")
    assert august["Incidents a school day"] == "no school days"
    assert "no school days" in shown.headline


def test_a_missing_month_is_a_gap_in_the_line_and_stands_in_the_table(open_page: Open, gap: Path) -> None:
    shown = open_page(gap, "trends")
    assert shown.failed == []
    figures = chart(shown).figures
    assert [month for month, row in figures.items() if row["drawn"] is None] == ["Jul 2019"]
    assert len(figures) == len(WITH_A_GAP) + 1
    (row,) = (row for row in shown.table("Month") if row["Month"] == "Jul 2019")
    assert row["Incidents a month"] == "no figures"
    assert row["What stands out"] == "–"
    assert "Jul 2019" in shown.text
    assert "never supplied" in shown.text
    assert "no figures" in shown.text


def test_a_missing_month_that_is_chosen_is_no_zero(open_page: Open, gap: Path) -> None:
    shown = open_page(gap, "trends", {"from": "Jul 2019", "to": "Jul 2019"})
    assert shown.failed == []
    assert shown.headline == "No figures for Jul 2019: a gap, not zero."


@pytest.mark.parametrize(
    ("unit", "named"),
    [("Half-term", "Summer 2, 2018/19"), ("Term", "Summer term, 2018/19"), ("School year", "school year 2018/19")],
)
def test_a_longer_period_that_lacks_a_month_is_named_and_has_no_figure(
    open_page: Open, gap: Path, unit: str, named: str
) -> None:
    shown = open_page(gap, "trends", {"trend_by": unit, "from": "Jun 2019", "to": "Sep 2019"})
    assert shown.failed == []
    (notice,) = (piece.text for piece in shown.markup if "does not hold" in piece.text or "do not hold" in piece.text)
    assert named in notice
    assert chart(shown).figures[named]["drawn"] is None
    (row,) = (row for row in shown.table("Usual range") if row[unit] == named)
    assert row["Incidents"] == row["Incidents a week"] == "no figures"


def test_the_last_period_is_left_out_while_it_is_not_over(open_page: Open, tmp_path: Path) -> None:
    add_series(tmp_path, of_sizes(months.between("2018-09", "2020-06")))
    shown = open_page(tmp_path, "trends", {"trend_by": "Half-term", "from": "Jan 2020", "to": "Jun 2020"})
    assert chart(shown).figures["Summer 2, 2019/20"]["drawn"] is None
    assert "Summer 2, 2019/20: the data do not hold the whole half-term" in shown.text


def test_areas_without_residents_say_why_they_cannot_be_compared(open_page: Open, gap: Path) -> None:
    shown = open_page(gap, "trends", {"trend_side": "Areas compared"})
    assert shown.failed == []
    assert "residents" in shown.headline
    assert shown.headline.endswith("load the areas with their residents.")
    assert charts(shown) == []


@pytest.mark.parametrize("store", ["gap", "month", "single"])
@every_view
def test_too_little_is_said_and_nothing_fails(
    open_page: Open, request: pytest.FixtureRequest, store: str, asked: Address
) -> None:
    shown = open_page(request.getfixturevalue(store), "trends", asked)
    assert shown.failed == []
    assert shown.headline.endswith((".", "!"))


def test_a_single_month_says_how_many_are_needed_and_offers_no_beginning(open_page: Open, month: Path) -> None:
    shown = open_page(month, "trends")
    assert shown.headline.startswith("Too few months to say: limits need 6, and there is 1")
    assert list(chart(shown).figures) == ["Aug 2020"]
    assert "Reset the baseline" not in labels(shown, "expander")


def test_a_single_area_is_a_chart_like_any_other(open_page: Open, single: Path) -> None:
    shown = open_page(single, "trends", {"trend_level": "LSOA"})
    whole = open_page(single, "trends")
    assert len(charts(shown)) == 1
    assert chart(shown).drawn == chart(whole).drawn


def test_a_gap_breaks_every_small_chart_too(open_page: Open, gap: Path) -> None:
    small = charts(open_page(gap, "trends", {"trend_level": "LSOA"}))
    at = months.between(WITH_A_GAP[0], GAP).index(GAP)
    assert len(small) == 6
    for one in small:
        assert [order for order, figure in enumerate(one.drawn) if figure is None] == [at]


def test_a_dataset_without_hotspots_says_what_is_missing_before_an_action(open_page: Open, gap: Path) -> None:
    shown = open_page(gap, "trends", {"trend_harm": ASB})
    assert "Nothing is recorded as done at a place here." in shown.text
    assert not [each for each in shown.app.button if "Record" in each.label]
