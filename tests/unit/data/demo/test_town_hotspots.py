from datetime import date

import geopandas as gpd

from geo.harms import HARM_GROUPS
from tests.unit.data.demo.conftest import METRES, Town

PLACE_TYPES = {
    "park or open space", "transport hub or stop", "takeaway or café", "shopping centre or shop", "housing estate",
    "stairwell or car park", "vacant building", "alleyway or route", "licensed premises or hotel", "school gate",
    "leisure place", "residential address kept as area only", "other",
}  # fmt: skip
STATUSES = {"proposed", "active", "monitoring", "closed"}
LAST_DAY = date(2026, 8, 31)


def test_types_harms_and_statuses_are_from_the_closed_lists(town: Town) -> None:
    assert set(town.hotspots["type"]) <= PLACE_TYPES
    assert set(town.hotspots["harm"]) <= set(HARM_GROUPS)
    assert set(town.hotspots["status"]) == STATUSES


def test_there_are_seven_points_and_three_polygons_inside_the_town(any_town: Town) -> None:
    kinds = any_town.hotspots.geom_type.value_counts().to_dict()
    assert kinds == {"Point": 7, "Polygon": 3}
    assert any_town.hotspots.is_valid.all()
    assert any_town.hotspots.within(any_town.areas.union_all()).all()
    assert any_town.hotspots["reference"].is_unique


def test_no_known_hotspot_is_near_the_emerging_cluster(any_town: Town) -> None:
    cluster = any_town.areas[any_town.areas["code"].isin(any_town.truth["emerging"]["areas"])].to_crs(METRES)
    hotspots = any_town.hotspots.to_crs(METRES)
    for centre in [*cluster.centroid, cluster.union_all().centroid]:
        assert hotspots.distance(centre).min() > 300


def test_one_open_review_is_overdue_and_closed_entries_have_none(town: Town) -> None:
    reviews = {row.reference: row.next_review for row in town.hotspots.itertuples() if row.status != "closed"}
    overdue = [reference for reference, day in reviews.items() if date.fromisoformat(day) < LAST_DAY]
    assert overdue == ["CBH-04"]
    assert town.hotspots.loc[town.hotspots["status"] == "closed", "next_review"].isna().all()
    assert all(date.fromisoformat(day) <= LAST_DAY for day in town.hotspots["last_reported"])


def test_the_interchange_is_busy_and_the_common_is_quiet(town: Town) -> None:
    at = town.hotspots.to_crs(METRES).set_index("reference").geometry
    located = town.street[town.street["Longitude"] != ""]
    lon, lat = located["Longitude"].astype(float), located["Latitude"].astype(float)
    points = gpd.GeoSeries.from_xy(lon, lat, crs="EPSG:4326").to_crs(METRES)
    months = {
        reference: located.loc[points.distance(at[reference]).to_numpy() < 250, "Month"] for reference in at.index
    }
    last_four = {reference: (month >= "2026-05").sum() for reference, month in months.items()}
    earlier = {reference: (month < "2026-05").sum() / 8 for reference, month in months.items()}
    assert len(months["CBH-01"]) > 2 * len(months["CBH-06"])
    assert len(months["CBH-06"]) >= 30
    assert last_four["CBH-06"] < earlier["CBH-06"]
