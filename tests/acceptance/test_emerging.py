"""Emerging hot spots in South Yorkshire: drugs, 853 areas, 45 months of which one was never supplied."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from geo.areas.contiguity import graph_of
from geo.calendar import months
from geo.statistics.emerging import Pattern, emerging, hot_and_cold, space_time_gi
from geo.statistics.time_steps import Steps, steps

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def graph(real_data: Path) -> csr_array:
    shapes = gpd.read_file(real_data / "south_yorkshire" / "boundaries" / "lsoa11.geojson").to_crs("EPSG:27700")
    return graph_of(shapes.geometry.to_numpy())


@pytest.fixture(scope="module")
def drugs(real_data: Path, graph: csr_array) -> Steps:
    place = real_data / "south_yorkshire"
    codes = gpd.read_file(place / "boundaries" / "lsoa11.geojson", ignore_geometry=True)["LSOA11CD"]
    files = sorted((place / "police_street").glob("*.csv.gz"))
    rows = pd.concat([pd.read_csv(file, usecols=["Month", "LSOA code", "Crime type"]) for file in files])
    rows = rows[rows["Crime type"] == "Drugs"].reset_index(drop=True)
    there = rows["Month"].unique()
    periods = months.between(min(there), max(there))
    counts = pd.crosstab(rows["LSOA code"], rows["Month"]).reindex(index=codes, columns=there, fill_value=0)
    return steps(counts.reindex(columns=periods).to_numpy(dtype=float), periods, graph)


def test_sparse_months_become_quarters_and_the_gap_stays_one(drugs: Steps) -> None:
    assert (drugs.length, drugs.counts.shape) == (3, (853, 15))
    missing = np.flatnonzero(np.isnan(drugs.counts).all(axis=0))
    assert [drugs.periods[step] for step in missing] == [("2019-07", "2019-08", "2019-09")]


def test_some_areas_last_and_some_are_consecutive(drugs: Steps, graph: csr_array) -> None:
    found = emerging(drugs.counts, graph)
    lasting = np.isin(found.patterns, [Pattern.PERSISTENT, Pattern.INTENSIFYING, Pattern.DIMINISHING])
    assert 10 < lasting.sum() < 60
    assert (found.patterns == Pattern.CONSECUTIVE).any()
    assert (found.patterns == Pattern.NONE).mean() > 0.85


def test_shuffled_areas_are_hot_less_than_half_as_often(drugs: Steps, graph: csr_array) -> None:
    def hot(counts: np.ndarray) -> float:
        return float((hot_and_cold(space_time_gi(counts, graph)) == 1).mean())

    rng = np.random.default_rng(1)
    shuffled = np.mean([hot(drugs.counts[rng.permutation(853)]) for _ in range(20)])
    assert 0.04 < hot(drugs.counts) < 0.06
    assert shuffled < 0.025
