"""Hot spots of South Yorkshire: equal to libpysal, esda and GeoDa in every month, and calm where there are none."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pygeoda
import pytest
from esda import Moran_Local
from esda.getisord import G_Local
from libpysal.graph import Graph
from scipy.sparse import csr_array

from geo.areas.area_set import METRES
from geo.areas.contiguity import graph_of, of_units
from geo.statistics.gi_star import gi_star, hot_spots
from geo.statistics.moran import local_moran
from geo.statistics.permutation import neighbour_tails

pytestmark = pytest.mark.acceptance

Floats = np.ndarray


@pytest.fixture(scope="module")
def shapes(real_data: Path) -> gpd.GeoDataFrame:
    """The areas in metres; three of their outlines are invalid."""
    boundaries = gpd.read_file(real_data / "south_yorkshire" / "boundaries" / "lsoa11.geojson").to_crs(METRES)
    lookup = pd.read_csv(real_data / "south_yorkshire" / "lookups" / "lsoa11_msoa11.csv")
    return boundaries.merge(lookup, left_on="LSOA11CD", right_on="lsoa11_code", how="left", validate="1:1")


@pytest.fixture(scope="module")
def graph(shapes: gpd.GeoDataFrame) -> csr_array:
    return graph_of(shapes.geometry.to_numpy())


@pytest.fixture(scope="module")
def residents(real_data: Path, shapes: gpd.GeoDataFrame) -> Floats:
    people = pd.read_csv(real_data / "south_yorkshire" / "population" / "lsoa11_mid2020.csv").set_index("lsoa11_code")
    return people["total_population"].reindex(shapes["LSOA11CD"]).to_numpy(dtype=float)


@pytest.fixture(scope="module")
def cells(real_data: Path) -> pd.DataFrame:
    return pd.read_csv(real_data / "truth" / "south_yorkshire_lsoa11_month_crime_type.csv.gz")


def by_month(cells: pd.DataFrame, shapes: gpd.GeoDataFrame) -> Floats:
    """Count by area and month."""
    counts = cells.groupby(["area", "Month"])["n"].sum().unstack(fill_value=0)
    return counts.reindex(shapes["LSOA11CD"], fill_value=0).to_numpy(dtype=float)


def test_neighbours_are_those_of_libpysal(shapes: gpd.GeoDataFrame, graph: csr_array) -> None:
    theirs = Graph.build_contiguity(shapes, rook=False).sparse.toarray()
    assert graph.nnz == 4_990
    np.testing.assert_array_equal(graph.toarray(), theirs)


def test_larger_areas_have_the_neighbours_that_their_own_outlines_have(
    real_data: Path, shapes: gpd.GeoDataFrame, graph: csr_array
) -> None:
    drawn = gpd.read_file(real_data / "south_yorkshire" / "boundaries" / "msoa11.geojson").to_crs(METRES)
    code = next(name for name in drawn.columns if set(shapes["msoa11_code"]) == set(drawn[name]))
    member = pd.Index(drawn[code]).get_indexer(shapes["msoa11_code"])
    units = of_units(graph, member, len(drawn))
    np.testing.assert_array_equal(units.toarray(), graph_of(drawn.geometry.to_numpy()).toarray())


def test_gi_star_is_that_of_esda_in_every_month(
    cells: pd.DataFrame, shapes: gpd.GeoDataFrame, graph: csr_array
) -> None:
    theirs = Graph.from_sparse(graph)
    for kind in ("Violence and sexual offences", "Drugs", "Possession of weapons", None):
        counts = by_month(cells if kind is None else cells[cells["Crime type"] == kind], shapes)
        assert counts.shape == (853, 44)
        expected = [G_Local(month, theirs, star=True, transform="B", permutations=0).Zs for month in counts.T]
        np.testing.assert_allclose(gi_star(counts, graph), np.transpose(expected), rtol=0, atol=1e-9)


def test_g_star_and_its_chances_are_those_of_geoda(
    cells: pd.DataFrame, shapes: gpd.GeoDataFrame, graph: csr_array
) -> None:
    counts = by_month(cells, shapes)[:, :1]
    opened = pygeoda.open(gpd.GeoDataFrame({"n": counts[:, 0]}, geometry=shapes.geometry.to_numpy(), crs=METRES))
    found = pygeoda.local_gstar(pygeoda.queen_weights(opened), opened["n"], permutations=9_999, seed=1)
    # GeoDa gives the share of all incidents that an area and its neighbours hold on average: a line in our z.
    number = 1 + np.diff(graph.indptr)
    spread = counts.std() * np.sqrt((853 * number - number**2) / 852)
    held = gi_star(counts, graph)[:, 0] * spread + counts.mean() * number
    np.testing.assert_allclose(held / number / counts.sum(), found.lisa_values(), rtol=0, atol=1e-12)
    # Its chance is one-sided, and draws as high as the truth always count as higher.
    _, above = neighbour_tails(counts, graph, 1, 9_999)
    higher = above[:, 0] * 10_000 - 1
    np.testing.assert_allclose((np.minimum(higher, 9_999 - higher) + 1) / 10_000, found.lisa_pvalues(), atol=0.03)


def test_local_moran_is_that_of_esda(cells: pd.DataFrame, shapes: gpd.GeoDataFrame, graph: csr_array) -> None:
    counts = by_month(cells, shapes).sum(axis=1)
    ours, theirs = local_moran(counts, graph, 1), Moran_Local(counts, Graph.from_sparse(graph), permutations=0)
    np.testing.assert_allclose(ours.i, theirs.Is, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(ours.quadrant, theirs.q)


@pytest.mark.parametrize("mean", [0.2, 1, 3, 20])
def test_places_without_clusters_stay_calm(graph: csr_array, residents: Floats, mean: float, thorough: bool) -> None:
    rng = np.random.default_rng(4)
    places = 200 if thorough else 40
    counts = rng.poisson(mean * residents[:, np.newaxis] / residents.mean(), (853, places)).astype(float)
    found = hot_spots(counts, graph, 5, residents=residents, permutations=49_999)
    assert set(found.how) == {"permuted" if mean < 5 else "normal"}
    assert (abs(found.bins) >= 2).mean() <= 0.05


@pytest.mark.parametrize("by_residents", [False, True])
def test_three_neighbours_at_three_times_the_rate_are_found(
    graph: csr_array, residents: Floats, by_residents: bool
) -> None:
    rng = np.random.default_rng(6)
    places = 200
    counts, planted = np.empty((853, places)), []
    for place in range(places):
        three = _three_neighbours(graph, rng)
        level = residents * 60 / residents[three].sum()
        level[three] *= 3
        counts[:, place] = rng.poisson(level)
        planted.append(three)
    found = hot_spots(counts, graph, 7, residents=residents if by_residents else None)
    hot = [(found.bins[three, place] >= 2).any() for place, three in enumerate(planted)]
    assert np.mean(hot) >= 0.9


def _three_neighbours(graph: csr_array, rng: np.random.Generator) -> list[int]:
    """Draw three areas that all are neighbours of each other."""
    links = graph.toarray().astype(bool)
    while True:
        one = int(rng.integers(len(links)))
        around = rng.permutation(np.flatnonzero(links[one])).tolist()
        pairs = [(other, third) for other in around for third in around if links[other, third]]
        if pairs:
            return [one, *pairs[0]]
