"""A small town for zones: MSOAs of four square areas each, side by side from west to east."""

import geopandas as gpd
import numpy as np
import shapely

from geo import columns as c
from geo.areas.area_set import DEGREES, METRES, AreaSet
from tests.unit.geo.samples import SIDE, SOUTH, WEST

INSIDE = 4  # areas of an MSOA, two by two: A and B in the south, C and D in the north


def town(msoas, residents=1_500, districts=1, parents=True, gap=0):
    """Return an area set of ``msoas`` × 4 areas, ``L1A``, ``L1B`` … in ``M1``, … in as many districts as asked.

    ``gap`` is metres between the areas; ``residents`` is one figure or one for each area.
    """
    each = [(msoa, at) for msoa in range(msoas) for at in range(INSIDE)]
    letters = ["ABCD"[at] for _, at in each]
    district = [1 + msoa * districts // msoas for msoa, _ in each]
    columns = {
        c.AREA: [f"L{msoa + 1}{letter}" for (msoa, _), letter in zip(each, letters, strict=True)],
        c.NAME: [f"Hill 00{msoa + 1}{letter}" for (msoa, _), letter in zip(each, letters, strict=True)],
        c.RESIDENTS: residents,
    }
    if parents:
        columns |= {
            "msoa_code": [f"M{msoa + 1}" for msoa, _ in each],
            "msoa_name": [f"Hill 00{msoa + 1}" for msoa, _ in each],
            "district_code": [f"D{number}" for number in district],
            "district_name": [f"Borough {number}" for number in district],
        }
    shapes = [_square(2 * msoa + at % 2, at // 2, gap) for msoa, at in each]
    return AreaSet("Town", "lsoa", gpd.GeoDataFrame(columns, geometry=shapes, crs=METRES).to_crs(DEGREES))


def reordered(areas, order):
    """Return the same areas in another order."""
    return AreaSet(areas.title, areas.level, areas.frame.iloc[order].reset_index(drop=True))


def by_codes(areas, found):
    """Return the codes of the areas inside each zone or unit, by its code."""
    return {
        code: {areas.codes[area] for area in np.flatnonzero(found.member == at)} for at, code in enumerate(found.codes)
    }


def _square(east, north, gap):
    step = SIDE + gap
    return shapely.box(WEST + step * east, SOUTH + step * north, WEST + step * east + SIDE, SOUTH + step * north + SIDE)
