import geopandas as gpd
import pandas as pd
import pytest

from data.demo.crime import STREET_HEADER, TYPES
from geo.calendar import months as m
from tests.unit.data.demo.conftest import Town

REAL_TYPES = {
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime",
    "Other theft", "Possession of weapons", "Public order", "Robbery", "Shoplifting", "Theft from the person",
    "Vehicle crime", "Violence and sexual offences",
}  # fmt: skip


def _placed(town: Town) -> gpd.GeoDataFrame:
    located = town.street[town.street["Longitude"] != ""].reset_index(drop=True)
    points = gpd.points_from_xy(located["Longitude"].astype(float), located["Latitude"].astype(float))
    frame = gpd.GeoDataFrame(located, geometry=points, crs="EPSG:4326")
    return frame.sjoin(town.areas[["code", "geometry"]], how="left", predicate="within")


def test_there_is_one_file_for_each_of_36_months(town: Town) -> None:
    months = m.between("2023-09", "2026-08")
    assert [path.name for path in town.files.street] == [f"{month}-castlebrook-street.csv" for month in months]
    for path, month in zip(town.files.street, months, strict=True):
        assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(STREET_HEADER)
        assert pd.read_csv(path)["Month"].unique().tolist() == [month]


def test_each_month_has_a_few_hundred_rows(any_town: Town) -> None:
    assert any_town.street.groupby("Month").size().between(300, 550).all()


def test_totals_of_the_truth_are_those_of_the_files(any_town: Town) -> None:
    totals = any_town.truth["totals"]["street"]
    placed = _placed(any_town)
    assert totals["rows"] == len(any_town.street)
    assert totals["without_location"] == (any_town.street["Longitude"] == "").sum()
    assert totals["outside"] == placed["code"].isna().sum()
    assert totals["rows_per_file"] == {path.name: len(pd.read_csv(path)) for path in any_town.files.street}
    assert 0.02 < totals["without_location"] / totals["rows"] < 0.04
    assert 5 < totals["outside"] < 80


def test_the_stated_area_is_the_one_that_holds_the_point(any_town: Town) -> None:
    placed = _placed(any_town)
    inside = placed[placed["code"].notna()]
    assert (inside["LSOA code"] == inside["code"]).all()
    assert not placed.loc[placed["code"].isna(), "LSOA code"].isin(any_town.areas["code"]).any()


def test_rows_without_location_are_blank_as_in_the_real_series(town: Town) -> None:
    nowhere = town.street[town.street["Location"] == "No Location"]
    assert nowhere[["Longitude", "Latitude", "LSOA code", "LSOA name"]].eq("").all(axis=None)
    assert (town.street.loc[town.street["Longitude"] == "", "Location"] == "No Location").all()


def test_crime_ids_are_blank_for_anti_social_behaviour_only_and_unique_otherwise(town: Town) -> None:
    blank = town.street["Crime ID"] == ""
    assert (blank == (town.street["Crime type"] == "Anti-social behaviour")).all()
    assert town.street.loc[~blank, "Crime ID"].is_unique
    assert town.street.loc[~blank, "Crime ID"].str.fullmatch("[0-9a-f]{64}").all()


def test_types_are_the_fourteen_of_the_real_series_in_like_shares(town: Town) -> None:
    assert set(TYPES) == REAL_TYPES
    share = town.street["Crime type"].value_counts(normalize=True)
    assert set(share.index) == REAL_TYPES
    assert share["Violence and sexual offences"] == pytest.approx(0.29, abs=0.03)
    assert share["Anti-social behaviour"] == pytest.approx(0.20, abs=0.03)


def test_anti_social_behaviour_is_higher_in_summer(town: Town) -> None:
    asb = town.street[town.street["Crime type"] == "Anti-social behaviour"]
    number = asb["Month"].str[5:].astype(int)
    assert number.isin([6, 7, 8]).sum() > 1.2 * number.isin([12, 1, 2]).sum()


def test_points_are_shared_snap_points_beside_streets(town: Town) -> None:
    points = town.street[town.street["Longitude"] != ""]
    shared = points.groupby(["Longitude", "Latitude"])["Location"].nunique()
    assert 300 < len(shared) < 800
    assert shared.eq(1).all()
    named = set(town.backdrop["name"]) | {"Sandbank Road"}
    assert set(points["Location"].str.removeprefix("On or near ")) <= named


def test_the_force_is_said_to_be_fictional(town: Town) -> None:
    assert set(town.street["Reported by"]) == {"Castlebrook Police (fictional)"}
    assert (town.street["Reported by"] == town.street["Falls within"]).all()
