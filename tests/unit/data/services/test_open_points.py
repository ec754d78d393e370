"""Points of open datasets: what a choice leaves of them, and that points of protected data are given to nobody."""

from collections.abc import Callable
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.services import open_points
from data.store import datasets
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.counts.filters import Choice
from geo.errors import RefusedError, ThinDataError
from geo.harms import HARM_GROUPS
from tests.unit.data import small_place
from tests.unit.data.persons import STRANGER

ALL = Choice(("2021-08", "2021-09", "2021-10"), tuple(HARM_GROUPS))
DATED = (
    "Date,Time,Longitude,Latitude,Type\n"
    "01/09/2021,23:59,-1.475,53.375,Knife crime\n"
    "02/09/2021,00:00,-1.475,53.375,Drugs\n"
    "02/09/2021,,-1.465,53.375,Drugs\n"
    "03/09/2021,12:00,,,Drugs\n"
)
Giving = Callable[[Store, Principal, Dataset, Choice], pd.DataFrame]
both = pytest.mark.parametrize("give", [open_points.open_points, open_points.dated_points])


@pytest.fixture
def police(store: Store) -> Dataset:
    """The open police data of the small place."""
    return datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))


def dated(store: Store, access: Access) -> Dataset:
    """Bring in incidents with days and points."""
    small_place.add_areas(store)
    number = small_place.add(store, small_place.incidents(DATED, access=access))
    return datasets.load_dataset(store, LOCAL_USER, number)


def listed(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """List points in degrees, as their file had them."""
    degrees = gpd.GeoSeries.from_xy(frame["x"], frame["y"], crs=27700).to_crs(4326)
    rest = [frame[name] for name in frame.columns if name not in ("x", "y")]
    return sorted(zip(degrees.x.round(5), degrees.y.round(5), *rest, strict=True))


def test_open_points_are_distinct_places_with_their_counts(store: Store, police: Dataset) -> None:
    assert listed(open_points.open_points(store, LOCAL_USER, police, ALL)) == [
        (-1.475, 53.375, "2021-08", small_place.ASB, 2),
        (-1.475, 53.385, "2021-10", "Drugs", 1),
        (-1.465, 53.375, "2021-08", "Drugs", 1),
        (-1.455, 53.375, "2021-10", "Robbery", 2),
        (-1.0, 53.0, "2021-08", "Burglary", 1),
    ]


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(("2021-08",), ALL.harms), 4),
        (Choice(("2021-09",), ALL.harms), 0),
        (Choice(ALL.periods, ("substances",)), 2),
        (Choice(ALL.periods, ("substances", "other")), 3),
        (Choice(("2021-10",), ("asb",)), 0),
        (Choice(ALL.periods, (), "Robbery"), 2),
        (Choice(ALL.periods, ("violence",), "Drugs"), 2),
        (Choice(ALL.periods, ALL.harms, "robbery"), 0),
    ],
)
def test_a_choice_leaves_its_months_and_its_kinds(store: Store, police: Dataset, choice: Choice, left: int) -> None:
    found = open_points.open_points(store, LOCAL_USER, police, choice)
    assert found["n"].sum() == left
    assert list(found.columns) == ["x", "y", "month", "category", "n"]


def test_dated_points_have_the_day_on_which_each_incident_began(store: Store) -> None:
    found = open_points.dated_points(store, LOCAL_USER, dated(store, Access.OPEN), ALL)
    first = (date(2021, 9, 1) - date(1970, 1, 1)).days
    assert listed(found) == [(-1.475, 53.375, first), (-1.475, 53.375, first + 1), (-1.465, 53.375, first + 1)]
    assert found["day"].dtype == np.int64


@both
def test_points_of_protected_data_are_given_to_nobody(store: Store, give: Giving) -> None:
    dataset = dated(store, Access.PROTECTED)
    for role in Role:
        with pytest.raises(RefusedError, match=f"dataset {dataset.id} is protected"):
            give(store, Principal("someone", dataset.owner, role), dataset, ALL)


def test_rows_of_an_open_dataset_stay_with_the_organisation_that_brought_them(store: Store) -> None:
    with pytest.raises(PermissionError, match="Rows stay with the organisation"):
        open_points.open_points(store, STRANGER, dated(store, Access.OPEN), ALL)


def test_a_series_of_months_has_no_dated_points(store: Store, police: Dataset) -> None:
    with pytest.raises(ThinDataError, match="This series has months, not days, and a near-repeat test needs days;"):
        open_points.dated_points(store, LOCAL_USER, police, ALL)
