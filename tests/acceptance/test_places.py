"""Busiest places on real data: those of the facts and of pandas alone, by snap point and by published text."""

import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.store import datasets
from data.store.store import Store
from geo.areas.place_names import street
from geo.calendar import months
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from geo.views import circle
from geo.views.busy_places import busiest_places
from geo.views.published_points import PublishedPoints
from tests.acceptance.test_distance import (
    CITY,
    DIXONS,
    ELSEWHERE,
    OAKWOOD,
    ROUNDHAY,
    place_of,
    points_of,
    schools_of,
)
from tests.unit.data.running import done

pytestmark = pytest.mark.acceptance

EVERY = tuple(HARM_GROUPS)
LEEDS_YEAR = Choice(tuple(months.between("2013-12", "2014-11")), EVERY)
SUMMER = ("2021-07", "2021-09")
BUSIEST = {
    DIXONS: [
        ("Shepherds Lane", 782, 22),
        ("Back Grange View", 565, 18),
        # Two points of Roundhay Road have 15 each.
        *((name, None, 15) for name in ("Bristol Street", "Roundhay Road", "Roundhay Road", "Chapeltown Road")),
    ],
    CITY: [("Hyde Park Place", 399, 43), ("Parking Area", 432, 33), ("Moorfield Street", 754, 21)],
    ROUNDHAY: [("Supermarket", 618, 33), ("Oakwood Avenue", 728, 18), ("Chandos Green", 771, 11)],
}


@pytest.fixture(scope="module")
def chapeltown(leeds: Store) -> PublishedPoints:
    """The points of Leeds."""
    return points_of(leeds, datasets.load_dataset(leeds, LOCAL_USER, 1))


def found_in_leeds(leeds: Store, points: PublishedPoints, urn: int, first: int = 3):
    away = circle.metres_from(points, place_of(leeds, urn))
    return busiest_places(points, away <= 800, away, LEEDS_YEAR, points.months, first=first)


@pytest.mark.parametrize("urn", BUSIEST)
def test_the_three_busiest_places_come_with_those_that_tie(leeds: Store, chapeltown: PublishedPoints, urn: int) -> None:
    found = found_in_leeds(leeds, chapeltown, urn)
    expected = sorted(BUSIEST[urn], key=lambda one: (-one[2], one[0]))
    assert sorted(((one.name, one.n) for one in found.places), key=lambda one: (-one[1], one[0])) == [
        (name, n) for name, _, n in expected
    ]
    away = {one.name: round(one.metres) for one in found.places}
    assert all(away[name] == metres for name, metres, _ in expected if metres is not None)
    assert (found.year, found.held) == (LEEDS_YEAR.periods, 7)
    assert [one.in_year for one in found.places] == [one.n for one in found.places]
    assert {one.before for one in found.places} == {None}


def test_the_busiest_place_is_where_the_facts_put_it_and_holds_what_they_say(
    leeds: Store, chapeltown: PublishedPoints
) -> None:
    first = found_in_leeds(leeds, chapeltown, DIXONS, first=1).places[0]
    assert (round(first.lon, 6), round(first.lat, 6)) == (-1.524982, 53.816981)
    assert first.mix == (("asb", 22),)  # twenty of anti-social behaviour, two of damage
    assert found_in_leeds(leeds, chapeltown, CITY, first=1).places[0].mix == (
        ("asb", 19), ("other", 14), ("violence", 7), ("substances", 3)
    )  # fmt: skip


def test_a_name_that_many_points_have_is_told_apart(leeds: Store, chapeltown: PublishedPoints) -> None:
    assert found_in_leeds(leeds, chapeltown, ROUNDHAY, first=1).places[0].title == "Supermarket, near Gledhow Rise"
    roads = [one.title for one in found_in_leeds(leeds, chapeltown, DIXONS).places if one.name == "Roundhay Road"]
    assert len(set(roads)) == 2


@pytest.mark.parametrize("urn", BUSIEST)
def test_the_command_writes_the_truth_by_text_and_category(leeds_home: Path, real_data: Path, urn: int) -> None:
    file = real_data / "leeds_chapeltown" / "truth" / "schools_800m_month_location_crime_type.csv.gz"
    truth = pd.read_csv(file)
    options = ("--school", urn, "--within", 800, "--from", "2014-01", "--to", "2014-11")
    listed = pd.read_csv(io.StringIO(done(leeds_home, "places", *options).out), keep_default_na=False)
    text = truth["Location"].where(truth["Location"].map(street) != "", "")  # a text without a street is no name
    expected = truth.assign(place=text)[truth["URN"] == urn].groupby(["place", "Crime type"])["n"].sum()
    assert not listed.duplicated(["place", "category"]).any()
    assert listed.set_index(["place", "category"])["n"].to_dict() == expected.to_dict()
    sizes = listed.groupby("place", sort=False)["n"].sum().tolist()
    assert sizes == sorted(sizes, reverse=True)


def at_points(rows: pd.DataFrame, period: tuple[str, str]) -> dict[object, int]:
    """Count the rows of some months at each point with its text, with pandas alone."""
    chosen = rows[rows["Month"].between(*period)]
    key = [chosen["Location"], chosen["Longitude"].round(6), chosen["Latitude"].round(6)]
    return chosen.groupby(key).size().to_dict()


def test_ten_schools_have_the_places_of_pandas_by_point(
    sheffield_store: Store, rows: pd.DataFrame, real_data: Path
) -> None:
    listed = schools_of(real_data / "south_yorkshire").sort_index()
    ten = pd.concat([listed.drop(OAKWOOD).iloc[:: len(listed) // 9].head(9), listed.loc[[OAKWOOD]]])
    dataset = datasets.load_dataset(sheffield_store, LOCAL_USER, 1)
    points, year, seen = points_of(sheffield_store, dataset), ("2020-09", "2021-08"), 0
    supplied = set(dataset.months) - set(dataset.gaps)
    for urn, school in ten.iterrows():
        away = circle.metres_from(points, place_of(sheffield_store, urn))
        choice = Choice(tuple(months.between(*year)), EVERY)
        found = busiest_places(points, away <= 800, away, choice, supplied, first=len(away)).places
        near = rows[np.hypot(rows["x"] - school["Easting"], rows["y"] - school["Northing"]) <= 800]
        near = near[~near["Location"].isin(ELSEWHERE)]
        now, before = (at_points(near, period) for period in (year, ("2019-09", "2020-08")))
        ours = {(f"On or near {one.name}", round(one.lon, 6), round(one.lat, 6)): (one.n, one.before) for one in found}
        theirs = {place: (n, before.get(place, 0)) for place, n in now.items()}
        assert ours == theirs, urn
        seen += len(ours)
    assert seen > 200


def test_the_command_writes_each_point_beside_a_hospital(
    around_sheffield: Path, rows: pd.DataFrame, real_data: Path
) -> None:
    school = schools_of(real_data / "south_yorkshire").loc[OAKWOOD]
    options = ("--school", OAKWOOD, "--within", 800, "--dataset", 1, "--from", SUMMER[0], "--to", SUMMER[1])
    drawn = json.loads(done(around_sheffield, "places", *options, "--format", "geojson").out)
    near = rows[np.hypot(rows["x"] - school["Easting"], rows["y"] - school["Northing"]) <= 800]
    near = near[near["Month"].between(*SUMMER)]
    expected = near.groupby(["Location", "Longitude", "Latitude", "Crime type"]).size()
    ours = {
        (one["properties"]["place"], *one["geometry"]["coordinates"], category): n
        for one in drawn["features"]
        for category, n in one["properties"]["categories"].items()
    }
    assert ours == {(name, round(lon, 6), round(lat, 6), kind): n for (name, lon, lat, kind), n in expected.items()}
    named = {one["properties"]["place"]: one["properties"] for one in drawn["features"]}
    assert named["On or near Hospital"]["recorded_elsewhere"] == "yes"
