"""Aoristic analysis: the cases of the method by hand, what is no interval, and both kinds of days."""

import numpy as np
import pytest

from geo.calendar.school_day import weekday_of
from geo.statistics.aoristic import quarters_touched, spread

MONDAY = "2025-09-15"
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def moments(*texts):
    return np.array(texts, dtype="datetime64[s]")


def week(start, end="NaT", minutes=60):
    """Return the weights of one row on the slots of a week, [7, slots], all days of one kind."""
    touched = quarters_touched(moments(start), moments(end), minutes)
    return spread(touched, np.zeros(len(touched.days), dtype=np.int64), 1)[0]


def listed(weights):
    """List the slots with weight: weekday, slot, weight."""
    return [(int(day), int(slot), weights[day, slot]) for day, slot in zip(*np.nonzero(weights), strict=True)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("T15:10", "T15:50", [(MON, 15, 1)]),
        ("T15:00", "T16:00", [(MON, 15, 1)]),
        ("T15:00", "T18:00", [(MON, 15, 1 / 3), (MON, 16, 1 / 3), (MON, 17, 1 / 3)]),
        ("T15:50", "T16:10", [(MON, 15, 1 / 2), (MON, 16, 1 / 2)]),
        ("T15:59:59", "T16:00:01", [(MON, 15, 1 / 2), (MON, 16, 1 / 2)]),
        ("T15:50", "T16:00", [(MON, 15, 1)]),
        ("T15:50", "T15:50", [(MON, 15, 1)]),
        ("T16:00", "T16:00", [(MON, 16, 1)]),
    ],
)
def test_an_interval_lies_evenly_on_the_hours_that_it_touches(start, end, expected):
    assert listed(week(MONDAY + start, MONDAY + end)) == expected


def test_an_interval_goes_on_past_midnight_and_past_the_week():
    found = listed(week("2025-09-21T23:00", "2025-09-22T01:00"))
    assert found == [(MON, 0, 1 / 2), (SUN, 23, 1 / 2)]


@pytest.mark.parametrize("end", ["NaT", "2025-09-15T14:59", "2025-09-08T15:10", "1999-01-01T00:00"])
def test_without_an_end_or_with_one_before_it_all_weight_is_on_the_hour_of_the_start(end):
    assert listed(week("2025-09-15T15:10", end)) == [(MON, 15, 1)]


def test_a_day_without_a_time_lies_evenly_on_its_24_hours():
    found = week("2025-09-17T00:00:00", "2025-09-17T23:59:59")
    assert (found[WED] == 1 / 24).all()
    assert np.delete(found, WED, axis=0).sum() == 0


def test_a_week_to_the_hour_is_spread_and_what_is_longer_lies_on_all_hours_alike():
    exactly = week("2025-09-15T00:00", "2025-09-22T00:00")
    assert (exactly == 1 / 168).all()
    longer = week("2025-09-15T15:30", "2025-09-22T15:30:01")
    np.testing.assert_allclose(longer, 1 / 168, rtol=1e-12)
    touching = week("2025-09-15T15:30", "2025-09-22T15:30")  # 169 hours are touched, the first of them twice
    assert touching[MON, 15] == pytest.approx(2 / 169)
    assert touching.sum() == pytest.approx(1)


def test_rows_longer_than_a_week_and_rows_without_a_start_are_told():
    start = moments("2025-09-15T15:30", "NaT", "2025-09-15T15:30", "2025-09-15T15:30")
    end = moments("2025-10-15T15:30", "2025-09-15T15:30", "2025-09-22T15:30", "NaT")
    found = quarters_touched(start, end)
    assert found.long.tolist() == [True, False, False, False]
    assert found.known.tolist() == [True, False, True, True]
    weights = spread(found, np.zeros(len(found.days), dtype=np.int64), 1)
    assert weights.sum() == pytest.approx(3)


def test_quarters_of_an_hour_are_slots_too():
    assert listed(week("2025-09-15T14:40", "2025-09-15T15:00", 15)) == [(MON, 58, 1 / 2), (MON, 59, 1 / 2)]


@pytest.mark.parametrize("minutes", [0, -15, 7, 1000])
def test_slots_that_make_no_day_are_refused(minutes):
    with pytest.raises(ValueError, match="make a day"):
        quarters_touched(moments(MONDAY), moments("NaT"), minutes)


def test_days_run_from_the_first_to_the_last_that_is_touched():
    found = quarters_touched(
        moments("2025-09-15T23:00", "NaT", "2025-09-10T03:00"), moments("2025-09-16T01:00", "NaT", "NaT")
    )
    assert [str(day) for day in found.days] == [f"2025-09-{day}" for day in range(10, 17)]


@pytest.mark.parametrize("start", [(), ("NaT",)])
def test_nothing_known_has_no_days_and_no_weight(start):
    found = quarters_touched(moments(*start), moments(*start))
    assert found.days.size == 0
    assert spread(found, np.array([], dtype=np.int64), 2).tolist() == np.zeros((2, 7, 24)).tolist()


def test_an_interval_over_both_kinds_of_days_has_weight_on_each():
    touched = quarters_touched(moments("2025-09-15T22:00"), moments("2025-09-16T01:00"))
    found = spread(touched, np.array([0, 1]), 2)
    assert listed(found[0]) == [(MON, 22, 1 / 3), (MON, 23, 1 / 3)]
    assert listed(found[1]) == [(TUE, 0, 1 / 3)]


def test_rows_longer_than_a_week_are_shared_by_their_days_of_each_kind():
    # Ten days from Monday on, of which three are of the second kind; and another row that makes the days begin earlier.
    touched = quarters_touched(moments("2025-09-15T12:00", "2025-09-12T00:00"), moments("2025-09-24T12:00", "NaT"))
    second = np.isin(touched.days, np.array(["2025-09-16", "2025-09-17", "2025-09-24"], dtype="datetime64[D]"))
    found = spread(touched, second.astype(np.int64), 2)
    np.testing.assert_allclose(found[1], 0.3 / 168)
    assert found[0].sum() == pytest.approx(1.7)


def test_before_1970_is_a_time_as_any_other():
    assert listed(week("1969-12-31T23:30", "1970-01-01T00:30")) == [(WED, 23, 1 / 2), (THU, 0, 1 / 2)]


def one_by_one(start, end, minutes):
    """Spread rows one at a time, hour by hour, as the method says it."""
    found = np.zeros((7, 24 * 60 // minutes))
    size = np.timedelta64(minutes * 60, "s")
    for begins, ends in zip(start, end, strict=True):
        if not ends > begins:
            ends = begins + np.timedelta64(1, "s")
        if ends - begins > np.timedelta64(168, "h"):
            found += 1 / found.size
            continue
        at, slots = begins - (begins - begins.astype("datetime64[D]")) % size, []
        while at < ends:
            slot = (at - at.astype("datetime64[D]")) // size
            slots.append((int(weekday_of(np.array([at]))[0]), int(slot)))
            at = at + size
        for slot in slots:
            found[slot] += 1 / len(slots)
    return found


@pytest.mark.parametrize("minutes", [15, 60])
def test_many_rows_come_to_the_sum_of_each_by_itself(minutes):
    rng = np.random.default_rng(5)
    start = moments(MONDAY) + rng.integers(0, 40 * 86_400, 300).astype("timedelta64[s]")
    end = start + rng.choice([-60, 0, 1800, 3600, 86_399, 200_000, 604_800, 700_000], 300).astype("timedelta64[s]")
    touched = quarters_touched(start, end, minutes)
    found = spread(touched, np.zeros(len(touched.days), dtype=np.int64), 1)[0]
    np.testing.assert_allclose(found, one_by_one(start, end, minutes), atol=1e-10)
