"""Real areas are called by the wards that people know, from a lookup or from the wards' own boundaries."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from data.formats.sources import from_paths
from data.records.area_files import AreaFiles, AreasFound, read_area_set

pytestmark = pytest.mark.acceptance

LOOKUP = "lookups/lsoa21_ward24_lad24.csv"
LIKE_THE_LOOKUP = 0.95  # the official one goes by where people live, and ground does not know that


def read(place: Path, wards: str, code: str, name: str) -> AreasFound:
    boundaries, lookup = from_paths([place / "boundaries" / "lsoa21.geojson", place / wards])
    files = AreaFiles(
        boundaries, "lsoa21_code", "lsoa21_name", "lsoa", parents={"ward": (code, name)}, lookups=[lookup]
    )
    return read_area_set(files, lambda _share, _what: None)


def test_areas_of_south_yorkshire_are_called_by_the_wards_of_the_lookup(real_data: Path) -> None:
    place = real_data / "south_yorkshire"
    units = read(place, LOOKUP, "ward24_code", "ward24_name").areas.units("lsoa")
    official = pd.read_csv(place / LOOKUP)
    said = official["ward24_name"] + " (" + official["lsoa21_name"] + ")"
    names = dict(zip(official["lsoa21_code"], said, strict=True))
    assert {code: names[code] for code in units.codes} == dict(zip(units.codes, units.names, strict=True))
    assert "Boston Castle (Rotherham 017B)" in units.names


def test_areas_of_leeds_lie_in_the_ward_that_holds_the_largest_part_of_them(real_data: Path) -> None:
    place = real_data / "leeds_chapeltown"
    frame = read(place, "boundaries/wards22.geojson", "ward22_code", "ward22_name").areas.frame
    found = frame.set_index("area")["ward_code"]
    wards = gpd.read_file(place / "boundaries" / "wards22.geojson").to_crs("EPSG:27700")
    pieces = frame[["area", "geometry"]].to_crs("EPSG:27700").overlay(wards, how="intersection", keep_geom_type=False)
    largest = pieces.assign(size=pieces.area).sort_values("size").groupby("area")["ward22_code"].last()
    assert found.to_dict() == largest.to_dict()
    official = pd.read_csv(place / LOOKUP).set_index("lsoa21_code")["ward24_name"]
    assert (frame.set_index("area")["ward_name"] == official[frame["area"]]).mean() >= LIKE_THE_LOOKUP
