"""Places to simulate in: real areas with their real residents where the data are, otherwise made-up ones."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.sparse import csr_array

from geo.areas.area_set import METRES
from geo.areas.contiguity import graph_of
from tests.conftest import REAL_DATA

PERIODS: Final = 24
LAST: Final = 3  # periods that a planted cluster has lasted
TIMES: Final = 3  # the rate
DISTRICT: Final = "Rotherham"  # 167 areas: as many as a district has, and quick
_SIDE: Final = 12


@dataclass(frozen=True)
class Place:
    """Areas (shapes in metres) and their residents."""

    name: str
    shapes: npt.NDArray[np.object_]
    residents: npt.NDArray[np.float64]

    @cached_property
    def points(self) -> npt.NDArray[np.float64]:
        """The centres in metres."""
        return shapely.get_coordinates(shapely.centroid(self.shapes))

    @cached_property
    def graph(self) -> csr_array:
        """Who neighbours whom."""
        return graph_of(self.shapes)

    def three(self, rng: np.random.Generator) -> npt.NDArray[np.intp]:
        """Draw an area and the two nearest of its neighbours."""
        neighbours = self.graph.indptr[1:] - self.graph.indptr[:-1]
        area = rng.choice(np.flatnonzero(neighbours >= 2))
        around = self.graph.indices[self.graph.indptr[area] : self.graph.indptr[area + 1]]
        distance = np.hypot(*(self.points[around] - self.points[area]).T)
        return np.append(area, around[np.argsort(distance, kind="stable")[:2]])

    def usual(self, rate: float) -> npt.NDArray[np.float64]:
        """Return what is expected by area and period, ``rate`` in the average area."""
        return np.repeat(self.residents[:, None] / self.residents.mean() * rate, PERIODS, axis=1)

    def planted(self, three: npt.NDArray[np.intp], usual: int) -> npt.NDArray[np.float64]:
        """The same with three areas at three times the rate in the last periods, ``usual`` cases without that."""
        expected = self.usual(1.0)
        expected *= usual / expected[three, -LAST:].sum()
        expected[three, -LAST:] *= TIMES
        return expected


def places(whole: bool) -> list[Place]:
    """Return a district, and the ``whole`` of South Yorkshire too; without the real data, a made-up district."""
    folder = REAL_DATA / "south_yorkshire"
    if not folder.is_dir():
        return [made_up()]
    return _real(folder) if whole else _real(folder)[:1]


def made_up(side: int = _SIDE) -> Place:
    """Return a district of square areas in which some have twice as many residents as others."""
    corner = 1_000 * np.indices((side, side)).reshape(2, -1)
    residents = np.random.default_rng(side).integers(1_000, 2_000, side * side)
    return Place("a made-up district", shapely.box(*corner, *(corner + 1_000)), residents.astype(np.float64))


def _real(folder: Path) -> list[Place]:
    areas = gpd.read_file(folder / "boundaries" / "lsoa11.geojson").to_crs(METRES)
    people = pd.read_csv(folder / "population" / "lsoa11_mid2020.csv").set_index("lsoa11_code")["total_population"]
    whole = Place(
        "South Yorkshire", areas.geometry.to_numpy(dtype=object), areas["LSOA11CD"].map(people).to_numpy(np.float64)
    )
    inside = (areas["LADNM"] == DISTRICT).to_numpy()
    return [
        replace(whole, name=DISTRICT, shapes=whole.shapes[inside], residents=whole.residents[inside]),
        whole,
    ]
