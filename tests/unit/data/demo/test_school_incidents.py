import geopandas as gpd
import pandas as pd
import pytest

from data.demo.school_incidents import INCIDENT_HEADER, SEVERITIES
from geo.harms import HARM_GROUPS
from tests.unit.data.demo.conftest import Town


def _days(town: Town) -> pd.Series:
    return pd.to_datetime(town.incidents["Date"], format="%d/%m/%Y")


def test_the_file_has_about_900_rows_of_the_agreed_columns(any_town: Town) -> None:
    assert list(any_town.incidents.columns) == list(INCIDENT_HEADER)
    assert 780 < len(any_town.incidents) < 1_020
    assert any_town.incidents["Reference"].is_unique
    assert any_town.incidents["Reference"].str.fullmatch(r"CB-\d{6}").all()


def test_words_are_from_the_closed_lists(any_town: Town) -> None:
    schools = pd.read_csv(any_town.files.schools)["EstablishmentName"]
    assert set(any_town.incidents["Category"]) == set(HARM_GROUPS.values())
    assert set(any_town.incidents["Severity"]) == set(SEVERITIES)
    assert set(any_town.incidents["School"]) == set(schools)


def test_days_span_the_three_school_years_in_order(any_town: Town) -> None:
    days = _days(any_town)
    assert days.is_monotonic_increasing
    assert pd.Timestamp("2023-09-01") <= days.min() < pd.Timestamp("2023-10-01")
    assert pd.Timestamp("2026-07-01") <= days.max() <= pd.Timestamp("2026-08-31")


def test_about_half_have_an_end_and_it_is_after_the_beginning(any_town: Town) -> None:
    ended = any_town.incidents[any_town.incidents["To"] != ""]
    assert len(ended) / len(any_town.incidents) == pytest.approx(0.5, abs=0.07)
    assert any_town.incidents["From"].str.fullmatch(r"[012]\d:[0-5]\d").all()
    assert ended["To"].str.fullmatch(r"[012]\d:[0-5]\d").all()
    assert (ended["To"] > ended["From"]).all()


def test_incidents_follow_the_school_day(any_town: Town) -> None:
    begun = any_town.incidents["From"]
    home_time = begun.between("15:00", "17:30").mean()
    lessons = begun.between("09:00", "11:30").mean()
    assert home_time > 0.3
    assert home_time > 3 * lessons
    assert _days(any_town).dt.month.eq(8).mean() < 0.04
    assert _days(any_town).dt.day_of_week.ge(5).mean() < 0.12


def test_totals_of_the_truth_are_those_of_the_file(any_town: Town) -> None:
    totals = any_town.truth["totals"]["incidents"]
    located = any_town.incidents[any_town.incidents["Easting"] != ""]
    points = gpd.GeoSeries.from_xy(located["Easting"].astype(int), located["Northing"].astype(int), crs="EPSG:27700")
    inside = points.to_crs("EPSG:4326").within(any_town.areas.union_all())
    assert totals["rows"] == len(any_town.incidents)
    assert totals["without_location"] == len(any_town.incidents) - len(located)
    assert totals["outside"] == (~inside).sum()
    assert 0.02 < totals["without_location"] / totals["rows"] < 0.07
