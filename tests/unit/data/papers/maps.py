"""A map for print that is small enough to be checked by hand: four squares, a school, a hotspot and two streets."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely

from data.papers.print_spec import Ground, PrintedPlace, PrintedSign, PrintMap
from geo import columns as c
from geo.areas.area_set import METRES
from geo.basemap import themes as t
from geo.maps.value_classes import value_classes
from tests.unit.geo.samples import SIDE, SOUTH, WEST, squares

VALUES = (0.0, 4.0, 31.0, np.nan)


def at(east: float, north: float) -> shapely.Point:
    return shapely.Point(WEST + east, SOUTH + north)


def ground(name: str = "High Street") -> Ground:
    road = shapely.LineString([at(-500, 300), at(5_000, 700)])
    lake = at(2_500, 200).buffer(150)
    rows = [(t.ROAD, t.MAIN, name, 0, road), (t.WATER, t.LAKE, "Mill Pond", 0, lake)]
    frame = gpd.GeoDataFrame(rows, columns=[t.THEME, c.KIND, c.NAME, t.RANK, c.GEOMETRY], geometry=c.GEOMETRY)
    return Ground(frame.set_crs(METRES), "© OpenStreetMap contributors, ODbL")


def spec(values: object = VALUES, *, protected: bool = False, **changed: object) -> PrintMap:
    figures = np.array(values, dtype=float)
    classed = value_classes(figures, "incidents", protected=protected)
    made = PrintMap(
        title="Incidents by area around Hill School",
        shapes=squares(len(figures)).metres.to_numpy(),
        classes=classed.classes,
        colours=classed.colours,
        unit=classed.unit,
        zero=classed.zero,
        method=classed.method,
        what="All harm groups",
        period="Sep 2021",
        source="data.police.uk (Open Government Licence v3.0)",
        day="30 Nov 2026",
        bounds=(WEST, SOUTH, WEST + SIDE * len(figures), SOUTH + SIDE),
        ground=ground(),
        attributions=("Areas: Squares",),
        texts=[f"{value:.0f}" for value in figures],
        counted=[1, 2],
        counted_said="Areas touching 800 m around Hill School",
        school=at(1_500, 500),
        school_name="Hill School",
        rings=(400, 800),
        signs=(PrintedSign("Bandstand", "active", at(2_800, 800)),),
        places=(PrintedPlace(1, "On or near High Street", "31 incidents", at(2_200, 500)),),
        protected=protected,
    )
    return replace(made, **changed)
