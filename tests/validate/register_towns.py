"""Towns for the register: demonstration towns of other seeds, and null towns in which no place is hot for a reason."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from data.demo import TownFiles, write_town
from data.demo.crime import TYPES, expect, snap_points
from data.demo.effects import MONTHS
from data.demo.grid import feature, to_grid
from data.demo.plan import draw_outline, draw_ways
from data.demo.streets import Network, lay_streets
from data.demo.town_areas import Area, draw_town
from data.demo.town_hotspots import HOTSPOT_STATES
from geo.areas.area_set import DEGREES, METRES, AreaSet
from geo.arrays import Floats
from geo.evidence.beside import PointSource
from geo.evidence.hotspot_states import states
from geo.harms import harm_of
from geo.register.hotspot import Hotspot
from geo.views.published_points import PublishedPoints, publish_points
from tests.validate.register_entries import TODAY, at_street_points

YEAR: Final = MONTHS[-12:]
ENTRIES: Final = 10
PLANS: Final = 10  # of streets and areas, which take longer to draw than what happens there
_BURSTY: Final = 8.0  # size of the negative binomial by which a place's month varies, as in ``made_up.LIVELY``


@dataclass(frozen=True)
class Said:
    """What was said of a register: how many entries there are, how many are supported, and the p of those compared."""

    entries: int
    supported: int
    p: Floats


def wrong_in_town(seed: int) -> list[str]:
    """Return which planted truths of the street data of a demonstration town are not what is said of its entries."""
    with TemporaryDirectory() as folder:
        files = write_town(Path(folder), seed)
        points, areas = _points_of(files), AreaSet("Castlebrook", "lsoa", _renamed(gpd.read_file(files.areas)))
        register = gpd.read_file(files.hotspots)
    entries = [
        Hotspot(row.reference, row.name, row.type, row.harm, row.status, row.geometry)
        for row in register.itertuples(index=False)
    ]
    said = states(entries, [PointSource("Police", YEAR, points, areas)], TODAY).set_index("reference")["state"]
    return [reference for reference, state in HOTSPOT_STATES.items() if said[reference] != state]


def null_town(seed: int) -> Said:
    """Return what is said of ten entries at random street points of a town in which nothing is planted.

    Every town has incidents and busy streets of its own.
    """
    network, areas, shapes = _plan(seed % PLANS)
    rng = np.random.default_rng(seed)
    snaps = snap_points(network, areas, rng)
    expected = expect(areas, [], rng)[-len(YEAR) :]
    shares = [np.array([snap.weight for snap in each]) / sum(snap.weight for snap in each) for each in snaps]
    usual = np.concatenate([share * expected[:, :, at, None] for at, share in enumerate(shares)], axis=2)
    counts = rng.poisson(usual * rng.gamma(_BURSTY, 1 / _BURSTY, usual.shape))
    xy = to_grid(np.array([[snap.point.x, snap.point.y] for each in snaps for snap in each]))
    month, kind, at = np.nonzero(counts)
    listed = pd.DataFrame(
        {
            "x": xy[at, 0],
            "y": xy[at, 1],
            "month": np.array(YEAR)[month],
            "category": np.array(list(TYPES))[kind],
            "n": counts[month, kind, at],
        }
    )
    source = PointSource("Police", YEAR, publish_points(listed, {name: harm_of(name) for name in TYPES}), shapes)
    return ask(source, rng, ENTRIES)


@cache
def _plan(number: int) -> tuple[Network, tuple[Area, ...], AreaSet]:
    """Draw the streets and areas of a town."""
    rng = np.random.default_rng(number)
    mains = draw_ways(rng)
    network = lay_streets(draw_outline(rng), mains, rng)
    areas = draw_town(network, next(way.line for way in mains if way.kind == "river"), rng)
    frame = gpd.GeoDataFrame.from_features([feature(area.shape, area.properties) for area in areas], crs=DEGREES)
    return network, areas, AreaSet("Null", "lsoa", _renamed(frame))


def ask(source: PointSource, rng: np.random.Generator, number: int) -> Said:
    """Return what a source says of a register of entries at random street points."""
    found = states(at_street_points(source.points, rng, number), [source], TODAY)
    return Said(number, int((found["state"] == "supported").sum()), found["p"].dropna().to_numpy())


def _renamed(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame.rename(columns={"code": "area"})


def _points_of(files: TownFiles) -> PublishedPoints:
    rows = pd.concat([pd.read_csv(path) for path in files.street]).dropna(subset="Longitude")
    at = gpd.GeoSeries.from_xy(rows["Longitude"], rows["Latitude"], crs=DEGREES).to_crs(METRES)
    listed = pd.DataFrame({"x": at.x, "y": at.y, "month": rows["Month"], "category": rows["Crime type"]})
    counted = listed.groupby([*listed.columns], as_index=False).size().rename(columns={"size": "n"})
    return publish_points(counted, {name: harm_of(name) for name in TYPES})
