import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest

from data.demo import TownFiles, write_town

METRES = "EPSG:27700"
OTHER_SEEDS = [pytest.param(42), *(pytest.param(seed, marks=pytest.mark.thorough) for seed in (1, 99))]


@dataclass(frozen=True)
class Town:
    """The files of the town, read back with other tools than those that wrote them."""

    files: TownFiles
    areas: gpd.GeoDataFrame
    backdrop: gpd.GeoDataFrame
    hotspots: gpd.GeoDataFrame
    street: pd.DataFrame
    incidents: pd.DataFrame
    truth: dict[str, Any]


def read_town(folder: Path, seed: int | None = None) -> Town:
    files = write_town(folder) if seed is None else write_town(folder, seed)
    street = pd.concat([pd.read_csv(path, dtype=str, keep_default_na=False) for path in files.street])
    return Town(
        files=files,
        areas=_features(files.areas),
        backdrop=_features(files.backdrop),
        hotspots=_features(files.hotspots),
        street=street,
        incidents=pd.read_csv(files.incidents, dtype=str, keep_default_na=False),
        truth=json.loads(files.truth.read_text(encoding="utf-8")),
    )


def _features(path: Path) -> gpd.GeoDataFrame:
    read = json.loads(path.read_text(encoding="utf-8"))
    return gpd.GeoDataFrame.from_features(read["features"], crs="EPSG:4326")


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return read_town(tmp_path_factory.mktemp("castlebrook"))


@pytest.fixture(scope="session", params=OTHER_SEEDS)
def any_town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Town:
    return read_town(tmp_path_factory.mktemp("castlebrook"), request.param)
