"""City of London: two editions of areas in one store, Crime IDs that repeat, and incidents with times of day."""

import io
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.store import datasets
from data.store.store import Store
from tests.acceptance.conftest import Filled
from tests.unit.data.running import run

pytestmark = pytest.mark.acceptance

OLD, NEW, OLD_INTO_2021, NEW_INTO_2011, STOPS = range(1, 6)
FIGURES = ("read", "placed", "no_location", "outside")


@pytest.fixture(scope="module")
def stops(real_data: Path) -> pd.DataFrame:
    """The stop-and-search rows, read with pandas alone."""
    files = sorted((real_data / "city_of_london" / "police_stop_and_search").glob("*.csv"))
    assert len(files) == 32
    return pd.concat((pd.read_csv(file) for file in files), ignore_index=True)


@pytest.fixture(scope="module")
def kept(city: Filled) -> gpd.GeoDataFrame:
    """The stop-and-search rows as the store keeps them."""
    with closing(Store(f"sqlite:///{city.home / 'local-context.sqlite'}")) as store:
        stops = datasets.load_dataset(store, LOCAL_USER, STOPS)
        return gpd.read_parquet(io.BytesIO(datasets.load_rows(store, LOCAL_USER, stops)))


def test_each_series_picks_its_own_edition(city: Filled) -> None:
    status = city.status()
    assert [status[number]["area_set"] for number in (OLD, NEW)] == ["LSOA 2011", "LSOA 2021"]
    assert [status[OLD][name] for name in FIGURES] == [28_761, 26_540, 2_191, 30]
    assert [status[NEW][name] for name in FIGURES] == [18_867, 17_189, 1_589, 89]
    assert status[OLD]["placed_by_code"] == 26_540
    assert status[NEW]["placed_by_code"] == 17_188


@pytest.mark.parametrize(
    ("number", "name", "own", "other"),
    [(OLD_INTO_2021, "old into 2021", OLD, "LSOA 2011"), (NEW_INTO_2011, "new into 2011", NEW, "LSOA 2021")],
)
def test_each_series_goes_into_the_other_edition_whole_and_explained(
    city: Filled, number: int, name: str, own: int, other: str
) -> None:
    status = city.status()
    assert [status[number][figure] for figure in FIGURES] == [status[own][figure] for figure in FIGURES]
    by_point = status[number]["placed_by_point"]
    assert by_point == {OLD_INTO_2021: 59, NEW_INTO_2011: 42}[number]
    told = [line for line in city.said[name].splitlines() if " rows state one of " in line]
    assert len(told) == 1
    assert f"these codes are those of “{other}”" in told[0]
    assert "none is lost" in told[0]
    # One row states E01003110, an area of Lambeth beyond the outline of either file, in both editions: it is outside.
    outside = [line for line in city.said[name].splitlines() if "states the code of an area outside" in line]
    assert len(outside) == {OLD_INTO_2021: 0, NEW_INTO_2011: 1}[number]
    assert int(told[0].split()[0]) == by_point - len(outside)


@pytest.mark.parametrize(("number", "ids", "surplus"), [(OLD, 285, 296), (NEW, 254, 273)])
def test_crime_ids_that_repeat_are_reported_and_their_rows_kept(
    city: Filled, number: int, ids: int, surplus: int
) -> None:
    notes = city.status()[number]["notes"]
    said = f"{ids} Crime IDs stand in more than one row of a month, {surplus} rows more than IDs; all rows are kept."
    assert said in notes


def test_stops_are_protected_incidents(city: Filled) -> None:
    one = city.status()[STOPS]
    assert (one["access"], one["kind"]) == ("protected", "incidents")
    assert (one["read"], one["no_location"], one["not_kept"]) == (6_449, 1_937, {})
    assert one["placed"] + one["outside"] == 6_449 - 1_937
    assert (one["first_month"], one["last_month"]) == ("2018-04", "2020-11")
    refused = run(city.home, "counts", "--by", "area", "--dataset", STOPS, "--lens", "exact")
    assert (refused.code, refused.out) == (2, "")


def test_the_stops_of_a_half_term_are_shared_by_fives_and_come_close_to_what_was_placed(city: Filled) -> None:
    listed = pd.read_csv(io.StringIO(city.ask("counts", "--by", "period", "--dataset", STOPS).out))
    told = listed["n"].dropna()
    assert (told >= 10).all()
    assert (told % 5 == 0).all()
    assert (listed.loc[listed["n"].isna(), "shown"] == "fewer than 10").all()
    # The release promises a total within 3; of each half-term that is not told, up to 5 are left out here.
    assert abs(told.sum() - city.status()[STOPS]["placed"]) <= 3 + 5 * listed["n"].isna().sum()


def test_stops_have_their_local_times(stops: pd.DataFrame, kept: gpd.GeoDataFrame) -> None:
    local = pd.to_datetime(stops["Date"], utc=True).dt.tz_convert("Europe/London").dt.tz_localize(None)
    assert np.array_equal(kept["start"].to_numpy("datetime64[s]"), local.dt.floor("15min").to_numpy("datetime64[s]"))
    assert (local.dt.hour != pd.to_datetime(stops["Date"], utc=True).dt.hour).any()
    assert kept["month"].tolist() == local.dt.strftime("%Y-%m").tolist()


def test_stops_keep_their_place_coarsely_and_nothing_of_the_person(
    city: Filled, stops: pd.DataFrame, kept: gpd.GeoDataFrame
) -> None:
    assert set(kept.columns) == {"month", "category", "stated_area", "start", "end", "geometry"}
    assert kept["category"].tolist() == stops["Type"].tolist()
    there = kept.geometry.notna().to_numpy()
    assert there.sum() == city.status()[STOPS]["placed"]  # what lies outside keeps no point
    told = gpd.GeoSeries.from_xy(stops["Longitude"], stops["Latitude"], crs="EPSG:4326")[there].to_crs("EPSG:27700")
    resting = kept.geometry[there].set_crs("EPSG:4326", allow_override=True).to_crs("EPSG:27700")
    away = told.distance(resting)
    assert away.min() > 0
    assert (away < 71).mean() > 0.9  # half the diagonal of a cell; the rest share a point of their area


def test_columns_that_are_not_kept_are_named(city: Filled) -> None:
    said = city.said["stops"]
    for column in ("Gender", "Age range", "Self-defined ethnicity", "Outcome"):
        assert column in said
