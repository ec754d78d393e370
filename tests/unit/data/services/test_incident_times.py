"""Times of a dataset for its clock: who gets them, what they hold, and the clock of a release for everybody else."""

from dataclasses import fields, replace

import numpy as np
import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.services import incident_times
from data.store import datasets
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.calendar.school_calendar import NATIONAL_PATTERN
from geo.clock.timed_counts import Timed, clock_of
from geo.clock.week_clock import Visibility
from geo.counts.filters import Choice
from geo.errors import InputError, RefusedError, ThinDataError
from geo.harms import HARM_GROUPS
from tests.unit.data import logs, small_place
from tests.unit.data.persons import STRANGER

OWNER = LOCAL_USER.organisation
CUSTODIANS = (Role.DSL, Role.DEPUTY, Role.ANALYST)
OTHERS = tuple(role for role in Role if role not in CUSTODIANS)
YEARS = ("2023/24", "2024/25")
DATED = (
    "Date,From,To,Area code,Longitude,Latitude,Type\n"
    "01/09/2021,15:10,16:00,E01000001,,,Knife crime\n"
    "03/11/2021,,,E01000002,,,Drugs\n"
    "04/11/2021,09:00,,,-1.475,53.385,Drugs\n"
    "05/11/2021,23:30,00:30,,,,Drugs\n"
)


def bring(store: Store, access: Access) -> Dataset:
    """Bring in four incidents: by code, by code, by point, and without a place."""
    small_place.add_areas(store)
    number = small_place.add(store, small_place.incidents(DATED, access=access))
    return datasets.load_dataset(store, LOCAL_USER, number)


@pytest.fixture
def released(store: Store) -> Dataset:
    """A protected dataset of two school years that is released."""
    logs.add_areas(store)
    return datasets.load_dataset(store, LOCAL_USER, logs.bring(store, logs.lines()))


def test_each_incident_has_its_times_its_area_and_what_it_was(store: Store) -> None:
    found = incident_times.timed(store, LOCAL_USER, bring(store, Access.OPEN))
    assert found.visibility is Visibility.OPEN
    assert found.start.astype(str).tolist() == [
        "2021-09-01T15:10:00",
        "2021-11-03T00:00:00",
        "2021-11-04T09:00:00",
        "2021-11-05T23:30:00",
    ]
    assert found.end.astype(str).tolist() == [
        "2021-09-01T16:00:00",
        "2021-11-03T23:59:59",
        "NaT",
        "2021-11-06T00:30:00",
    ]
    assert found.area.tolist() == [0, 1, 3, -1]
    assert [found.months[at] for at in found.month] == ["2021-09", "2021-11", "2021-11", "2021-11"]
    assert [found.categories[at] for at in found.category] == ["Knife crime", "Drugs", "Drugs", "Drugs"]
    assert [found.harm[at] for at in found.category] == ["violence", "substances", "substances", "substances"]


def test_months_that_were_never_supplied_are_left_out(store: Store) -> None:
    dataset = bring(store, Access.OPEN)
    assert incident_times.timed(store, LOCAL_USER, dataset).months == ("2021-09", "2021-10", "2021-11")
    gap = replace(dataset, gaps=("2021-10",))
    found = incident_times.timed(store, LOCAL_USER, gap)
    assert found.months == ("2021-09", "2021-11")
    assert found.month.tolist() == [0, 1, 1, 1]


def test_no_points_leave_with_the_times() -> None:
    assert {field.name for field in fields(Timed)} == {
        *("visibility", "start", "end", "area", "month", "category", "months", "categories", "harm"),
    }


@pytest.mark.parametrize("role", CUSTODIANS)
def test_custodians_get_the_times_of_a_protected_dataset_marked_as_exact(
    store: Store, released: Dataset, role: Role
) -> None:
    found = incident_times.timed(store, Principal("someone", OWNER, role), released)
    assert (found.visibility, len(found.start)) == (Visibility.EXACT, logs.LINES)
    assert clock_of(found, Choice(found.months, tuple(HARM_GROUPS)), NATIONAL_PATTERN).visibility is Visibility.EXACT


@pytest.mark.parametrize("role", OTHERS)
def test_others_get_no_times_of_a_protected_dataset_but_the_clock_of_its_release(
    store: Store, released: Dataset, role: Role
) -> None:
    person = Principal("someone", OWNER, role)
    with pytest.raises(RefusedError, match=r"^When each incident of the protected dataset .* clock of its release\.$"):
        incident_times.timed(store, person, released)
    found = incident_times.released_clock(store, person, released, YEARS, NATIONAL_PATTERN)
    assert found.visibility is Visibility.RELEASED
    assert (found.figures[found.figures > 0] >= 10).all()


@pytest.mark.parametrize("role", Role)
def test_people_of_another_organisation_get_nothing(store: Store, released: Dataset, role: Role) -> None:
    stranger = Principal("someone", "another", role)
    with pytest.raises(RefusedError):
        incident_times.timed(store, stranger, released)
    with pytest.raises((RefusedError, InputError)):
        incident_times.released_clock(store, stranger, released, YEARS, NATIONAL_PATTERN)


def test_rows_of_an_open_dataset_stay_with_the_organisation_that_brought_them(store: Store) -> None:
    with pytest.raises(PermissionError, match="Rows stay with the organisation"):
        incident_times.timed(store, STRANGER, bring(store, Access.OPEN))


def test_a_series_of_months_has_no_clock_and_that_is_said_in_one_sentence(store: Store) -> None:
    police = datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))
    with pytest.raises(
        ThinDataError, match=r"^This dataset knows months, not days or times, so no clock can be drawn;"
    ):
        incident_times.timed(store, LOCAL_USER, police)
    with pytest.raises(RefusedError, match=f"dataset {police.id} is open; look at its own times"):
        incident_times.released_years(store, LOCAL_USER, police)


def test_a_released_clock_has_the_total_of_the_release(store: Store, released: Dataset) -> None:
    assert incident_times.released_years(store, LOCAL_USER, released) == YEARS
    found = incident_times.released_clock(store, LOCAL_USER, released, YEARS, NATIONAL_PATTERN)
    assert abs(found.total - logs.LINES) <= 5 * len(YEARS)
    assert found.days.sum() == 365 + 366
    one = incident_times.released_clock(store, LOCAL_USER, released, YEARS[:1], NATIONAL_PATTERN)
    assert one.total < found.total
    with pytest.raises(ThinDataError, match="A clock is released when its school year is over"):
        incident_times.released_clock(store, LOCAL_USER, released, ("1999/00",), NATIONAL_PATTERN)


def test_a_released_cell_is_off_by_5_at_most_in_a_year(store: Store, released: Dataset) -> None:
    exact = incident_times.timed(store, LOCAL_USER, released)  # moments only, so that each is known to one band
    for year in YEARS:
        first = int(year[:4])
        months = [f"{first}-{month:02d}" for month in range(9, 13)]
        months += [f"{first + 1}-{month:02d}" for month in range(1, 9)]
        own = clock_of(exact, Choice(tuple(months), tuple(HARM_GROUPS)), NATIONAL_PATTERN, areas=range(6))
        shared = incident_times.released_clock(store, LOCAL_USER, released, (year,), NATIONAL_PATTERN)
        assert np.abs(own.weights - shared.weights).max() <= 5
        assert own.days.tolist() == shared.days.tolist()


def test_whole_days_and_what_reaches_over_a_day_have_no_band_in_a_release(store: Store) -> None:
    logs.add_areas(store)
    days = [line.split(",") for line in logs.lines()]
    spans = [("", ""), ("00:00", "23:59"), ("03:00", "23:00")]
    lines = [",".join((day, *spans[at % len(spans)], *rest)) for at, (day, _, *rest) in enumerate(days)]
    text = "\n".join(["Date,From,To,Area code,Type", *lines, ""])
    number = small_place.add(store, small_place.incidents(text, today=logs.ALL_OVER))
    dataset = datasets.load_dataset(store, LOCAL_USER, number)
    found = incident_times.released_clock(store, LOCAL_USER, dataset, YEARS, NATIONAL_PATTERN)
    # What has no band is exact to within the rounding, and the bands have no more than zeros that rounding may lift,
    # of each year by itself.
    assert found.precision.several >= 0.95 * logs.LINES
    for year in YEARS:
        assert incident_times.released_clock(store, LOCAL_USER, dataset, (year,), NATIONAL_PATTERN).weights.max() <= 5
