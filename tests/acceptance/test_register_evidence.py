"""The register beside South Yorkshire's data: 20 entries at clusters of an earlier year, 20 at random street points."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services import register_evidence as evidence
from data.store import hotspots
from data.store.store import Store
from geo.areas.place_names import elsewhere
from geo.harms import harm_of
from geo.register.hotspot import Hotspot
from tests.acceptance.conftest import Filled
from tests.unit.data.running import copied
from tests.validate import south_yorkshire
from tests.validate.register_entries import at_street_points
from tests.validate.register_south_yorkshire import at_clusters

TODAY = date(2026, 11, 29)
FIRST = "2020-10"  # of the latest year


@pytest.fixture(scope="module")
def entries(real_data: Path) -> list[Hotspot]:
    points = south_yorkshire.points()
    return [*at_clusters(points, 20), *at_street_points(points.published, np.random.default_rng(1), 20)]


@pytest.fixture(scope="module")
def said(yorkshire: Filled, entries: list[Hotspot], tmp_path_factory: pytest.TempPathFactory) -> Iterator[pd.DataFrame]:
    home = copied(yorkshire.home, tmp_path_factory.mktemp("register") / "home")
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        for one in entries:
            hotspots.add(store, LOCAL_USER, one)
        yield evidence.states(store, LOCAL_USER, TODAY).set_index("reference")


def test_more_entries_at_clusters_of_an_earlier_year_are_supported_than_at_random(said: pd.DataFrame) -> None:
    assert len(said) == 40
    supported = said["state"] == "supported"
    at_cluster = said.index.str.startswith("C")
    assert supported[at_cluster].sum() >= 5
    assert supported[~at_cluster].sum() <= 2


def test_every_sentence_says_of_which_year_and_how_old_it_is(said: pd.DataFrame) -> None:
    assert said["sentence"].str.contains("Oct 2020 – Sep 2021").all()
    assert said["sentence"].str.endswith("Latest data: September 2021, five years old.").all()


def test_observed_are_those_that_pandas_counts_within_250_m(
    said: pd.DataFrame, entries: list[Hotspot], rows: pd.DataFrame
) -> None:
    harm = rows["Crime type"].map({kind: harm_of(kind) for kind in rows["Crime type"].unique()})
    counted = rows.assign(harm=harm)[rows["Month"] >= FIRST]
    names = {name: elsewhere(name) is not None for name in counted["Location"].unique()}
    counted = counted[~counted["Location"].map(names)]
    shapes = gpd.GeoSeries([one.shape for one in entries], crs="EPSG:4326").to_crs("EPSG:27700")
    for one, at in zip(entries, shapes, strict=True):
        observed = said.loc[one.reference, "observed"]
        if not np.isnan(observed):
            away = np.hypot(counted["x"] - at.x, counted["y"] - at.y)[counted["harm"] == one.harm]
            # A circle is drawn with 256 corners: up to 0.02 m of what lies within 250 m may be left out.
            assert (away <= 249.9).sum() <= observed <= (away <= 250).sum()
