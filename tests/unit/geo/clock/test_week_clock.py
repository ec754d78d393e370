"""Week clock: bands and hours, days counted, what is left out, what a release may disclose, and its sentences."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.calendar.school_day import BAND_NAMES
from geo.clock import clock_sentences
from geo.clock.released_clock import of_release, years_of
from geo.clock.slots import BY_BAND, BY_HOUR
from geo.clock.timed_counts import Timed, clock_of
from geo.clock.week_clock import Clock, Precision, Visibility
from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.release.kinds import Protected
from geo.release.protected_clock import YearClock
from geo.release.zoning import Zoning
from tests.unit.geo import calendars

TERM, HOLIDAY = 0, 1
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
BEFORE, MORNING, LUNCH, AFTERNOON, HOME, EVENING, NIGHT = range(7)
MONTHS = ("2025-09", "2025-10", "2025-11")
ALL = Choice(MONTHS, ("asb", "violence"))
TERMS = calendars.calendar("""
Autumn 1|2025-09-03|2025-10-24|half-term
Autumn 2|2025-11-03|2025-12-19|half-term
Spring 1|2026-01-06|2026-02-13|half-term
Spring 2|2026-02-23|2026-03-27|half-term
Summer 1|2026-04-13|2026-05-22|half-term
Summer 2|2026-06-02|2026-07-20|half-term
""")
HOME_TIME = [(f"2025-09-{day:02d}T15:30", "NaT") for day in (15, 16, 17, 18, 19)] * 8


def timed(*rows, visibility=Visibility.OPEN, months=MONTHS):
    """Return incidents: start, end, and perhaps area and category."""
    rows = [(*row, *(0, 0)[len(row) - 2 :]) for row in rows]
    start = np.array([row[0] for row in rows], dtype="datetime64[s]")
    end = np.array([row[1] for row in rows], dtype="datetime64[s]")
    month = np.array([months.index(f"{row[0]:.7}") if row[0] != "NaT" else 0 for row in rows], dtype=np.int64)
    area, category = (np.array([row[at] for row in rows], dtype=np.int64) for at in (2, 3))
    return Timed(visibility, start, end, area, month, category, months, ("Fights", "Noise"), ("violence", "asb"))


def clock(*rows, choice=ALL, calendar=NATIONAL_PATTERN, **options):
    return clock_of(timed(*rows), choice, calendar, **options)


def listed(weights):
    return [(*(int(i) for i in at), round(float(weights[tuple(at)]), 6)) for at in np.argwhere(weights)]


def test_bands_have_their_minutes_and_a_day_has_them_all():
    assert BY_BAND.spans[HOME] == "14:45–18:00"
    assert BY_BAND.spans[NIGHT] == "22:00–07:00"
    assert BY_BAND.minutes.tolist() == [105, 195, 90, 75, 195, 240, 540]
    assert BY_BAND.minutes.sum() == BY_HOUR.minutes.sum() == 1440
    assert (BY_HOUR.names[9], BY_HOUR.spans[23]) == ("09:00", "23:00–24:00")


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2025-09-15T08:44:59", "NaT", [(TERM, MON, BEFORE, 1)]),
        ("2025-09-15T08:45", "NaT", [(TERM, MON, MORNING, 1)]),
        ("2025-09-15T13:30", "2025-09-15T14:45", [(TERM, MON, AFTERNOON, 1)]),
        ("2025-09-15T14:30", "2025-09-15T15:15", [(TERM, MON, AFTERNOON, 0.333333), (TERM, MON, HOME, 0.666667)]),
        ("2025-09-15T23:30", "2025-09-16T00:30", [(TERM, MON, NIGHT, 0.5), (TERM, TUE, NIGHT, 0.5)]),
        ("2025-10-27T12:10", "NaT", [(HOLIDAY, MON, LUNCH, 1)]),
        ("2025-10-24T23:45", "2025-10-25T00:15", [(TERM, FRI, NIGHT, 0.5), (HOLIDAY, SAT, NIGHT, 0.5)]),
    ],
)
def test_incidents_lie_on_their_band_weekday_and_kind_of_day(start, end, found):
    assert listed(clock((start, end), calendar=TERMS).weights) == found


def test_hours_part_the_day_as_well():
    found = clock(("2025-09-15T14:30", "2025-09-15T16:00"), slots=BY_HOUR)
    assert listed(found.weights) == [(TERM, MON, 14, 0.5), (TERM, MON, 15, 0.5)]


def test_a_day_without_a_time_is_spread_over_the_day_and_is_no_night():
    found = clock(("2025-09-15T00:00", "2025-09-15T23:59:59"))
    np.testing.assert_allclose(found.weights[TERM, MON], BY_BAND.minutes / 1440)
    assert found.timed.sum() == 0
    assert found.precision == Precision(0, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2025-09-15T12:00", "NaT", "one"),
        ("2025-09-15T12:00", "2025-09-15T13:30", "one"),
        ("2025-09-15T00:00", "NaT", "one"),
        ("2025-09-15T00:00", "2025-09-15T07:00", "one"),
        ("2025-09-15T12:00", "2025-09-15T13:31", "several"),
        ("2025-09-15T03:00", "2025-09-15T23:00", "several"),
        ("2025-09-15T23:00", "2025-09-16T01:00", "several"),
        ("2025-09-15T12:00", "2025-09-16T12:10", "several"),
        ("2025-09-15T00:00", "2025-09-15T23:59:59", "day_only"),
        ("2025-09-15T00:00", "2025-09-16T00:00", "day_only"),
        ("2025-09-13T00:00", "2025-09-14T23:59:59", "day_only"),
        ("2025-09-15T00:00", "2025-09-24T23:59:59", "long"),
        ("2025-09-15T12:00", "2025-09-24T12:00", "long"),
        ("NaT", "NaT", "unknown"),
    ],
)
def test_how_well_a_time_is_known_is_told_of_each_incident_once(start, end, found):
    precision = clock((start, end)).precision
    assert getattr(precision, found) == precision.every == 1
    assert precision.timed == (found in ("one", "several"))


def test_weights_sum_to_the_incidents_with_a_date():
    rows = [("2025-09-15T12:00", "2025-09-24T12:00"), ("NaT", "NaT"), ("2025-09-15T00:00", "2025-09-15T23:59:59")]
    found = clock(*rows, *HOME_TIME)
    assert found.weights.sum() == pytest.approx(found.by_day.sum()) == pytest.approx(42)
    assert found.timed.sum() == 40
    assert found.total == 43


def test_months_areas_and_kinds_of_harm_are_chosen():
    rows = [
        ("2025-09-15T12:00", "NaT", 0, 0),
        ("2025-10-15T12:00", "NaT", 1, 0),
        ("2025-10-15T12:00", "NaT", -1, 1),
    ]
    assert clock(*rows).total == 3
    assert clock(*rows, areas=[0, 1]).total == 2
    assert clock(*rows, areas=[]).total == 0
    assert clock(*rows, choice=Choice(("2025-10", "2031-01"), ALL.harms)).total == 2
    assert clock(*rows, choice=Choice(MONTHS, ("asb",))).total == 1
    assert clock(*rows, choice=Choice(MONTHS, (), "Fights")).total == 2


def test_days_are_counted_of_the_chosen_months_that_were_supplied():
    found = clock(choice=Choice(("2025-09", "2025-12"), ALL.harms), calendar=TERMS)
    # September 2025 begins on a Monday; school began on the 3rd.
    assert found.days.tolist() == [[4, 4, 4, 4, 4, 4, 4], [1, 1, 0, 0, 0, 0, 0]]
    assert clock(choice=Choice(MONTHS, ALL.harms)).days.sum() == 30 + 31 + 30


def test_incidents_per_day_are_unknown_where_there_is_no_such_day():
    found = clock(*HOME_TIME, choice=Choice(("2025-09",), ALL.harms), calendar=TERMS)
    assert found.per_day[TERM, MON, HOME] == 8 / 4
    assert found.per_day[HOLIDAY, TUE, HOME] == 0
    assert np.isnan(found.per_day[HOLIDAY, FRI]).all()


def test_the_national_pattern_is_told_where_it_is_assumed():
    assert clock(calendar=TERMS).assumed is None
    said = "No term dates of six half-terms are loaded for 2025/26, so the national pattern is assumed."
    assert clock().assumed == said


def test_nothing_chosen_is_no_incident_on_no_day():
    found = clock(*HOME_TIME, choice=Choice(("2031-01",), ALL.harms))
    assert (found.total, found.days.sum(), found.assumed) == (0, 0, None)
    assert np.isnan(found.per_day).all()


def test_the_table_has_every_cell_and_its_words():
    rows = [*HOME_TIME, ("2025-09-15T14:30", "2025-09-15T15:15")]
    table = clock(*rows, choice=Choice(("2025-09",), ALL.harms)).table()
    assert len(table) == 2 * 7 * 7
    line = table[(table["kind"] == "Term") & (table["day"] == "Monday") & (table["slot"] == "home time")].iloc[0]
    assert (line["span"], line["days"], line["told"], line["weak"]) == ("14:45–18:00", 5, "8.7", True)
    assert line["value"] == pytest.approx(8.6666667 / 5)
    assert table["told"].iloc[-1] == "0"


def released(*clocks, first=1, last=6):
    tiles = NATIONAL_PATTERN.half_terms_of_years(date(2025, 9, 10), date(2025, 9, 10))[first - 1 : last]
    return Protected(Zoning(()), tiles, (), clocks)


def year_clock(year="2025/26", **cells):
    """Return a released clock with cells by the name of the band, all on Mondays in term, and 5 on Saturdays off."""
    n = np.zeros((len(BAND_NAMES), 7, 2), dtype=np.int64)
    for name, count in cells.items():
        n[BAND_NAMES.index(name.replace("_", " ")), MON, TERM] = count
    n[EVENING, SAT, HOLIDAY] = 5
    return YearClock(year, n)


def test_a_released_clock_is_summed_over_years_and_knows_their_days():
    given = released(year_clock(home_time=40, time_not_known=15), year_clock("2024/25", home_time=5))
    assert years_of(given) == ("2024/25", "2025/26")
    found = of_release(given, ("2025/26",), NATIONAL_PATTERN)
    assert found.weights[TERM, MON, HOME] == 40
    assert found.by_day[TERM, MON] == 55
    assert found.days.sum() == 365
    assert of_release(given, years_of(given), NATIONAL_PATTERN).weights[TERM, MON, HOME] == 45


def test_a_year_that_is_released_in_part_has_the_days_of_that_part():
    assert of_release(released(year_clock(), first=3), ("2025/26",), NATIONAL_PATTERN).days.sum() < 365


def test_no_figure_of_a_release_under_10_is_told():
    found = of_release(released(year_clock(home_time=40, lunch=5)), ("2025/26",), NATIONAL_PATTERN)
    assert found.texts[TERM, MON, HOME] == "about 40"
    assert set(found.texts.ravel().tolist()) == {"about 40", "fewer than 10"}
    assert np.isnan(found.per_day[TERM, MON, LUNCH])
    assert np.isnan(found.per_day[TERM, TUE, LUNCH])
    assert set(found.figures.ravel().tolist()) == {0.0, 40.0}
    assert found.total == 50
    few = of_release(released(year_clock()), ("2025/26",), NATIONAL_PATTERN)
    assert few.total == 0
    assert (
        clock_sentences.basis(few)
        == "Fewer than 10 incidents; the time of fewer than 10 is not known to one band of one day."
    )


def test_years_without_a_released_clock_are_refused_in_one_sentence():
    with pytest.raises(ThinDataError, match=r"^A clock is released when its school year is over .*custodian .*\.$"):
        of_release(released(year_clock()), ("2019/20",), NATIONAL_PATTERN)


def test_the_time_that_stands_out_is_named_with_its_figures():
    rows = [*HOME_TIME, *[(f"2025-09-{day}T10:00", "NaT") for day in range(15, 25)]]
    hours = 65 * 3.25 / (91 * 24)  # home time on 65 days of 91, all of which are school days here
    found = clock_sentences.sentence(replace(clock(*rows), days=np.array([[13] * 7, [0] * 7])))
    assert found == (
        "Mostly 14:45–18:00 (home time) on school days: 40 of 50 incidents with a known time, "
        f"{0.8 / hours:.1f} times as many an hour as on average."
    )


def test_most_often_is_less_than_half():
    rows = [*HOME_TIME, *[(f"2025-09-{1 + at % 28:02d}T{at % 24:02d}:00", "NaT") for at in range(60)]]
    assert clock_sentences.sentence(clock(*rows)).startswith("Most often 14:45–18:00 (home time) on school days: 4")


def test_hours_are_named_by_their_span_alone():
    assert " 15:00–16:00 on school days: " in clock_sentences.sentence(clock(*HOME_TIME, slots=BY_HOUR))


@pytest.mark.parametrize(
    ("days", "words"),
    [(("2025-09-20", "2025-09-21"), "at weekends in term"), (("2025-10-27", "2025-11-01"), "in the holidays")],
)
def test_weekends_and_holidays_are_told_apart_from_school_days(days, words):
    rows = [(f"{day}T16:00", "NaT") for day in days] * 20
    assert clock_sentences.sentence(clock(*rows, calendar=TERMS)).startswith(f"Mostly 14:45–18:00 (home time) {words}")


def test_incidents_at_any_time_bring_no_time_to_the_fore():
    rng = np.random.default_rng(3)
    named = 0
    for _ in range(200):
        start = np.datetime64("2025-09-01T00:00", "s") + rng.integers(0, 91 * 86_400, 120).astype("timedelta64[s]")
        given = replace(
            timed(*HOME_TIME[:1] * 120),
            start=start,
            month=(start.astype("datetime64[M]") - np.datetime64("2025-09")).astype(np.int64),
        )
        named += not clock_sentences.sentence(clock_of(given, ALL, NATIONAL_PATTERN)).startswith("No time of the week")
    assert named <= 10  # 5 in 100 at most


def test_fewer_than_thirty_with_a_time_are_refused():
    rows = [*HOME_TIME[:29], *[("2025-09-15T00:00", "2025-09-15T23:59:59")] * 100]
    with pytest.raises(ThinDataError, match="at least 30 with a time of day, and here are 29; choose a longer period"):
        clock_sentences.sentence(clock(*rows))
    clock_sentences.sentence(clock(*HOME_TIME[:30]))


def test_days_without_times_do_not_hide_the_time_that_others_tell():
    rows = [*HOME_TIME, *[("2025-09-15T00:00", "2025-09-15T23:59:59")] * 400]
    assert "40 of 40 incidents with a known time" in clock_sentences.sentence(clock(*rows))


def test_a_release_is_told_by_its_rounded_figures_and_only_where_rounding_cannot_explain_it():
    found = of_release(released(year_clock(home_time=40, time_not_known=15)), ("2025/26",), NATIONAL_PATTERN)
    assert clock_sentences.sentence(found).startswith(
        "Mostly 14:45–18:00 (home time) on school days: about 40 of about 45 incidents with a known time, about "
    )
    assert (
        clock_sentences.basis(found) == "About 60 incidents; the time of about 15 is not known to one band of one day."
    )
    few = of_release(released(year_clock(home_time=10)), ("2025/26",), NATIONAL_PATTERN)
    with pytest.raises(ThinDataError, match="and here are about 15; choose more school years"):
        clock_sentences.sentence(few)


def test_a_release_names_no_time_that_rounding_could_have_brought_to_the_fore():
    n = np.zeros((len(BAND_NAMES), 7, 2), dtype=np.int64)
    n[NIGHT, MON:FRI, TERM] = n[NIGHT, [SAT, SUN], TERM] = n[NIGHT, [SAT, SUN], HOLIDAY] = 5
    n[EVENING, MON:WED, TERM] = 5
    for band in (EVENING, MORNING, HOME):
        n[band, WED, HOLIDAY] = 5
    n[MORNING, MON, TERM] = n[LUNCH, MON, TERM] = n[HOME, SUN, TERM] = 5
    n[HOME, MON, TERM] = 20
    given = of_release(released(YearClock("2025/26", n)), ("2025/26",), TERMS)
    assert clock_sentences.sentence(given).startswith(
        "No time of the week clearly stands out from chance, among about 100"
    )
    assert "home time) on school days: 20 of 100 " in clock_sentences.sentence(
        replace(given, visibility=Visibility.OPEN)
    )


def weekdays(term, holiday, days=(65, 20)):
    """Return a clock with so many incidents on weekdays of each kind."""
    by_day = np.array([[term / 5] * 5 + [99, 99], [holiday / 5] * 5 + [99, 99]])
    number = np.array([[days[0] / 5] * 5 + [13, 13], [days[1] / 5] * 5 + [4, 4]], dtype=np.int64)
    weights = np.zeros((2, 7, 7))
    return Clock(Visibility.OPEN, BY_BAND, weights, weights, by_day, number, Precision(term + holiday + 396))


def test_term_and_holidays_are_compared_by_incidents_a_day_and_against_chance():
    assert clock_sentences.term_and_holiday(weekdays(65, 20)) == (
        "On weekdays in term there were 1.00 incidents a day, on weekdays in the holidays 1.00: "
        "no real difference, as chance brings as much."
    )
    assert clock_sentences.term_and_holiday(weekdays(130, 5)) == (
        "On weekdays in term there were 2.00 incidents a day, on weekdays in the holidays 0.25: a real difference."
    )


def test_term_and_holidays_are_not_compared_where_one_is_not_there_or_few_are():
    with pytest.raises(ThinDataError, match="these periods have no weekday of one of them; choose a longer period"):
        clock_sentences.term_and_holiday(weekdays(60, 0, (65, 0)))
    with pytest.raises(ThinDataError, match="needs at least 30 incidents on weekdays, and here are 20 and 9;"):
        clock_sentences.term_and_holiday(weekdays(20, 9))
    few = replace(weekdays(100, 5), visibility=Visibility.RELEASED)
    with pytest.raises(ThinDataError, match="on weekdays, 10 in each, and here are about 100 and fewer than 10;"):
        clock_sentences.term_and_holiday(few)


def test_what_is_known_of_times_is_said_of_all_incidents():
    rows = [
        *HOME_TIME,
        ("2025-09-15T12:00", "2025-09-15T16:00"),
        ("2025-09-15T00:00", "2025-09-15T23:59:59"),
        ("2025-09-15T12:00", "2025-09-24T12:00"),
        ("NaT", "NaT"),
    ]
    assert clock_sentences.basis(clock(*rows)) == (
        "44 incidents, 40 known to one time of a day; 1 spread over the times between their beginning and end; "
        "1 known to the day only and spread over all its hours; 1 lasting over a week and spread over all of it; "
        "1 without a date and left out."
    )
    assert clock_sentences.basis(clock(*HOME_TIME)) == "40 incidents, 40 known to one time of a day."
