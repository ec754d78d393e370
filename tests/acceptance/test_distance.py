"""Counts by distance on real data: they equal what pandas and pyproj alone count from the raw files, cell by cell."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
import pytest

from data.principal import LOCAL_USER
from data.services import open_points
from data.store import datasets, places
from data.store.datasets import Dataset
from data.store.store import Store
from geo.areas.place_names import street
from geo.areas.proximity import Place, labelled
from geo.areas.reach import Reach
from geo.calendar import months
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS, harm_of
from geo.views import circle
from geo.views.published_points import PublishedPoints, publish_points
from tests.unit.data.running import done

pytestmark = pytest.mark.acceptance

RADII = (400, 800, 1600)
PERIODS = {"summer 2021": ("2021-07", "2021-09"), "a year with a gap": ("2019-06", "2020-05")}
OAKWOOD = 140459
ELSEWHERE = ("On or near Hospital", "On or near Police Station", "On or near Prison")
KEYS = ["harm", "category", "recorded_elsewhere"]
DIXONS, CITY, ROUNDHAY = 144743, 139646, 108076


def schools_of(folder: Path) -> pd.DataFrame:
    return pd.read_csv(folder / "schools" / "schools.csv").set_index("URN")


def points_of(store: Store, dataset: Dataset) -> PublishedPoints:
    every = Choice(tuple(dataset.months), tuple(HARM_GROUPS))
    return publish_points(open_points.open_points(store, LOCAL_USER, dataset, every), dataset.harm_of)


def place_of(store: Store, urn: int) -> Place:
    schools = places.schools(store, LOCAL_USER)
    (found,) = labelled(schools[schools["urn"] == str(urn)]).values()
    return found


@pytest.fixture(scope="module")
def sheffield(sheffield_store: Store) -> tuple[Dataset, PublishedPoints]:
    """The first dataset of South Yorkshire and its points."""
    dataset = datasets.load_dataset(sheffield_store, LOCAL_USER, 1)
    return dataset, points_of(sheffield_store, dataset)


@pytest.fixture(scope="module")
def ten(real_data: Path) -> pd.DataFrame:
    """Ten schools of South Yorkshire: nine spread over the register, and one beside a hospital."""
    listed = schools_of(real_data / "south_yorkshire").sort_index()
    spread = listed.drop(OAKWOOD).iloc[:: len(listed) // 9].head(9)
    return pd.concat([spread, listed.loc[[OAKWOOD]]])


def counted(rows: pd.DataFrame, east: float, north: float, radius: int, period: tuple[str, str]) -> dict[object, int]:
    """Count rows by harm group, category and whether they are recorded for elsewhere, with pandas alone."""
    near = np.hypot(rows["x"] - east, rows["y"] - north) <= radius
    chosen = rows[near & rows["Month"].between(*period)]
    key = [
        chosen["Crime type"].map(harm_of).rename("harm"),
        chosen["Crime type"].rename("category"),
        chosen["Location"].isin(ELSEWHERE).map({True: "yes", False: "no"}).rename("recorded_elsewhere"),
    ]
    return chosen.groupby(key).size().to_dict()


@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
def test_ten_schools_have_the_counts_of_pandas_by_harm_group_and_category(
    sheffield_store: Store,
    sheffield: tuple[Dataset, PublishedPoints],
    rows: pd.DataFrame,
    ten: pd.DataFrame,
    period: tuple[str, str],
    radius: int,
) -> None:
    dataset, points = sheffield
    chosen, seen = months.between(*period), 0
    for urn, school in ten.iterrows():
        place = place_of(sheffield_store, urn)
        view = circle.circle_and_rest(points, place, Reach(radius), dataset.months, dataset.gaps)
        listed = circle.list_within(view, chosen, named=True).set_index(KEYS)["n"].to_dict()
        assert listed == counted(rows, school["Easting"], school["Northing"], radius, period), f"{urn}, {radius} m"
        seen += sum(listed.values())
    assert seen > 500


def test_the_command_writes_the_same_for_a_school_beside_a_hospital(
    around_sheffield: Path, rows: pd.DataFrame, ten: pd.DataFrame
) -> None:
    first, last = PERIODS["summer 2021"]
    options = ("--school", OAKWOOD, "--within", 800, "--dataset", 1, "--from", first, "--to", last)
    listed = pd.read_csv(io.StringIO(done(around_sheffield, "around", *options).out))
    school = ten.loc[OAKWOOD]
    assert listed.set_index(KEYS)["n"].to_dict() == counted(
        rows, school["Easting"], school["Northing"], 800, (first, last)
    )
    usual = listed[listed["harm"] != "other"]
    assert usual.loc[usual["recorded_elsewhere"] == "yes", "n"].sum() == 31


@pytest.fixture(scope="module")
def chapeltown(leeds: Store) -> PublishedPoints:
    """The points of Leeds."""
    return points_of(leeds, datasets.load_dataset(leeds, LOCAL_USER, 1))


def test_three_schools_have_the_truth_cell_by_cell(leeds: Store, chapeltown: PublishedPoints, real_data: Path) -> None:
    file = real_data / "leeds_chapeltown" / "truth" / "schools_800m_month_location_crime_type.csv.gz"
    truth = pd.read_csv(file)
    assert (len(truth), truth["n"].sum()) == (1_445, 1_732)
    truth["Location"] = truth["Location"].map(street)
    key = ["URN", "Month", "Location", "Longitude", "Latitude", "Crime type"]
    found = pd.concat([cells_within(chapeltown, place_of(leeds, urn), urn) for urn in (DIXONS, CITY, ROUNDHAY)])
    expected, counts = truth.set_index(key)["n"].sort_index(), found.set_index(key)["n"].sort_index()
    pd.testing.assert_series_equal(counts, expected, check_dtype=False)
    assert truth.groupby("URN")["n"].sum().to_dict() == {DIXONS: 741, CITY: 720, ROUNDHAY: 271}


def cells_within(points: PublishedPoints, place: Place, urn: int) -> pd.DataFrame:
    """List what lies within 800 m of a school as the truth does: month, place in degrees, and category."""
    away = circle.metres_from(points, place)[points.place]
    to_degrees = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    lon, lat = to_degrees.transform(*points.xy.T)
    names = [street(name) for name in points.names or ()]
    listed = pd.DataFrame(
        {
            "URN": urn,
            "Month": np.array(points.months)[points.month],
            "Location": np.array(names)[points.place],
            "Longitude": np.round(lon, 6)[points.place],
            "Latitude": np.round(lat, 6)[points.place],
            "Crime type": np.array(points.categories)[points.category],
            "n": points.n,
        }
    )
    return listed[away <= 800]
