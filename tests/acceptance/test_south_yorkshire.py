"""South Yorkshire whole: counts equal the independent truth cell by cell, and nothing is lost in silence."""

import gzip
import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services import visibility
from data.store import area_sets, datasets
from data.store.store import Store
from tests.acceptance.conftest import Filled
from tests.unit.data.running import copied, done, dump

pytestmark = pytest.mark.acceptance

KEYS = ["area", "period", "category"]
BY_ITSELF, INTO_2021 = 1, 2


def counted(text: str) -> pd.DataFrame:
    """Read what ``counts`` wrote."""
    return pd.read_csv(io.StringIO(text))


def figure(said: str, pattern: str) -> int:
    """Find one figure in what an import said."""
    found = re.search(rf"([\d,]+) {pattern}", said)
    assert found is not None, said
    return int(found[1].replace(",", ""))


@pytest.fixture(scope="module")
def truth(real_data: Path) -> pd.DataFrame:
    """The cells that were counted independently of this project, named and sorted as ``counts`` lists them."""
    file = real_data / "truth" / "south_yorkshire_lsoa11_month_crime_type.csv.gz"
    renamed = {"Month": "period", "Crime type": "category"}
    return pd.read_csv(file).rename(columns=renamed).sort_values(KEYS, ignore_index=True)


@pytest.fixture(scope="module")
def rows(real_data: Path) -> pd.DataFrame:
    """Code and position of every row, read with pandas alone."""
    files = sorted((real_data / "south_yorkshire" / "police_street").glob("*.csv.gz"))
    columns = ["LSOA code", "Longitude", "Latitude"]
    read = pd.concat((pd.read_csv(file, usecols=columns) for file in files), ignore_index=True)
    return read.set_axis(["lon", "lat", "code"], axis=1)


def test_counts_equal_the_truth_cell_by_cell(yorkshire: Filled, truth: pd.DataFrame) -> None:
    found = counted(yorkshire.ask("counts", "--dataset", BY_ITSELF, "--by", ",".join(KEYS)).out)
    assert len(found) == 211_243
    pd.testing.assert_frame_equal(found, truth)


def test_status_tells_every_row(yorkshire: Filled) -> None:
    one = yorkshire.status()[BY_ITSELF]
    figures = ("read", "placed", "placed_by_code", "placed_by_point", "no_location", "outside")
    assert [one[name] for name in figures] == [652_082, 625_639, 625_635, 4, 25_147, 1_296]
    assert one["gaps"] == ["2019-07"]
    assert (one["first_month"], one["last_month"], one["not_kept"]) == ("2018-01", "2021-09", {})
    assert (one["access"], one["title"]) == ("open", "Police street data, South Yorkshire")


def test_a_missing_month_has_no_counts(yorkshire: Filled) -> None:
    months = counted(yorkshire.ask("counts", "--dataset", BY_ITSELF, "--by", "period").out)
    assert len(months) == 44
    assert "2019-07" not in set(months["period"])


def test_invalid_outlines_are_repaired_and_reported(yorkshire: Filled) -> None:
    said = yorkshire.said["areas of 2011"]
    assert "repaired in 3 areas: E01007429, E01007480, E01007656." in said


def test_of_two_editions_the_import_picks_the_one_of_the_codes(yorkshire: Filled) -> None:
    both = yorkshire.status()
    assert [both[number]["area_set"] for number in (BY_ITSELF, INTO_2021)] == ["lsoa11", "lsoa21"]


def test_rows_with_abolished_codes_are_placed_by_point_and_explained(
    yorkshire: Filled, rows: pd.DataFrame, real_data: Path
) -> None:
    areas = gpd.read_file(real_data / "south_yorkshire" / "boundaries" / "lsoa21.geojson").to_crs("EPSG:4326")
    strange = rows[rows["code"].notna() & ~rows["code"].isin(areas["lsoa21_code"])].reset_index(drop=True)
    inside = points_inside(strange, areas.make_valid())
    said = yorkshire.said["into 2021"]
    # 30,882 rows state a code that was abolished in 2021. A few of them lie outside this boundary file, being codes of
    # areas next door, so fewer are placed; and of a code most of whose points lie outside, or all at the outline, the
    # rows inside are told apart as rows on the border: those are the codes of other counties, in every edition.
    tally, beyond = Counter(strange["code"][inside]), Counter(strange["code"][~inside])
    outline = areas.make_valid().to_crs("EPSG:27700").union_all().boundary
    away = gpd.GeoSeries.from_xy(strange["lon"], strange["lat"], crs="EPSG:4326").to_crs("EPSG:27700").distance(outline)
    deepest = away[inside].groupby(strange["code"][inside]).max()
    edition = {code: n for code, n in tally.items() if n > beyond[code] and deepest[code] > 300}
    older = set(gpd.read_file(real_data / "south_yorkshire" / "boundaries" / "lsoa11.geojson")["LSOA11CD"])
    assert set(edition) == {code for code in tally if code in older}
    assert figure(said, "rows state one of") == sum(edition.values()) <= 30_882
    assert figure(said, "area codes that “lsoa21” does not have") == len(edition)
    assert figure(said, "rows state the code of an area outside") == inside.sum() - sum(edition.values())
    assert "“lsoa11”" in said
    assert "LSOA codes changed in 2021" in said

    one = yorkshire.status()[INTO_2021]
    assert one["placed_by_point"] == inside.sum() == 30_849
    assert one["placed_by_code"] == rows["code"].isin(areas["lsoa21_code"]).sum()
    assert (one["read"], one["no_location"]) == (652_082, 25_147)
    assert one["outside"] == (~inside).sum()
    assert any("LSOA codes changed in 2021" in line and line in one["notes"] for line in said.splitlines())


def points_inside(rows: pd.DataFrame, areas: gpd.GeoSeries) -> pd.Series:
    """Return with GeoPandas alone which rows lie in an area."""
    points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["lon"], rows["lat"]), crs="EPSG:4326")
    joined = points.sjoin(gpd.GeoDataFrame(geometry=areas.geometry), predicate="intersects")
    return pd.Series(rows.index.isin(joined.index), index=rows.index)


LEVELS = {
    "msoa": ("lsoa11_msoa11.csv", "msoa11_code", "msoa11_name"),
    "district": ("lsoa11_lsoa21_lad22.csv", "ltla22_code", "ltla22_name"),
}


@pytest.mark.parametrize("level", LEVELS)
def test_larger_areas_are_sums_of_the_truth_by_the_lookup(
    yorkshire_store: Store, truth: pd.DataFrame, real_data: Path, level: str
) -> None:
    file, code, name = LEVELS[level]
    lookup = pd.read_csv(real_data / "south_yorkshire" / "lookups" / file).drop_duplicates("lsoa11_code")
    joined = truth.merge(lookup, left_on="area", right_on="lsoa11_code", validate="many_to_one")
    assert len(joined) == len(truth)
    dataset = datasets.load_dataset(yorkshire_store, LOCAL_USER, BY_ITSELF)
    units = area_sets.load_area_set(yorkshire_store, LOCAL_USER, dataset.area_set_id).units(level)
    cube = visibility.released_counts(yorkshire_store, LOCAL_USER, dataset).cube.rolled_up(units)
    expected = joined.groupby([code, "period", "category"])["n"].sum()
    every = pd.MultiIndex.from_product([cube.areas, cube.periods, cube.categories])
    assert np.array_equal(cube.n.ravel(), expected.reindex(every, fill_value=0).to_numpy())
    assert dict(zip(units.codes, units.plain_names, strict=True)) == dict(zip(joined[code], joined[name], strict=True))


def test_residents_and_deprivation_are_those_of_the_files(yorkshire_store: Store, real_data: Path) -> None:
    place = real_data / "south_yorkshire"
    residents = pd.read_csv(place / "population" / "lsoa11_mid2020.csv").set_index("lsoa11_code")["total_population"]
    rank = pd.read_csv(place / "imd" / "imd2019_lsoa11.csv").set_index("lsoa11_code")["IMD_rank"]
    areas = area_sets.load_area_set(yorkshire_store, LOCAL_USER, 1)
    units = areas.units("lsoa")
    assert units.residents.tolist() == residents.reindex(units.codes).tolist()
    assert units.deprivation.tolist() == rank.reindex(units.codes).tolist()
    assert areas.units("district").residents.sum() == residents.reindex(units.codes).sum()


def test_a_zip_of_many_forces_is_taken_by_force_and_month(
    yorkshire: Filled, truth: pd.DataFrame, real_data: Path, tmp_path: Path
) -> None:
    archive, months = tmp_path / "archive.zip", ["2021-07", "2021-08", "2021-09"]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for place in ("south_yorkshire", "city_of_london"):
            for file in sorted((real_data / place / "police_street").glob("2021-0[789]-*.csv.gz")):
                packed.writestr(f"{file.name[:7]}/{file.stem}", gzip.decompress(file.read_bytes()))
    home = copied(yorkshire.home, tmp_path / "home")
    options = ("--force", "south-yorkshire", "--from", months[1])
    assert "Dataset 3 is saved." in done(home, "import", archive, *options).err
    found = counted(done(home, "counts", "--by", ",".join(KEYS)).out)
    pd.testing.assert_frame_equal(found, truth[truth["period"].isin(months[1:])].reset_index(drop=True))


def test_the_same_44_files_again_change_nothing(yorkshire: Filled, real_data: Path, tmp_path: Path) -> None:
    home = copied(yorkshire.home, tmp_path / "home")
    before = dump(home)
    files = sorted((real_data / "south_yorkshire" / "police_street").glob("*.csv.gz"))
    assert "Nothing to do" in done(home, "import", *files).err
    assert dump(home) == before
