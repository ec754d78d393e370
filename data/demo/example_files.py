"""Small examples of official files, laid out as their publishers write them, and filled with the invented town.

Each shows the columns that are read, so that a person can hold it beside what they have downloaded.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from shapely import Polygon

from data.demo.grid import EASTING, NORTHING, feature, to_degrees
from data.demo.plan import FICTION

_CORNERS: Final = ((-800, 0), (0, 0), (800, 0), (-800, 700), (0, 700), (800, 700))
_NAMES: Final = (("X01000001", "Castlebrook 001A"), ("X01000002", "Castlebrook 001B"))


class ExampleFile(NamedTuple):
    """A file to download: its name, its media type and its bytes."""

    name: str
    media_type: str
    content: bytes


def example(kind: str) -> ExampleFile:
    """Return the example of a kind of official file. Raises KeyError for a kind that has none."""
    return _EXAMPLES[kind]()


def kinds() -> tuple[str, ...]:
    """List the kinds of official files that there is an example of."""
    return tuple(_EXAMPLES)


@cache
def _areas() -> ExampleFile:
    left, middle, right, above_left, above, above_right = _CORNERS
    shapes = (Polygon([left, middle, above, above_left]), Polygon([middle, right, above_right, above]))
    features = [
        feature(shape, {"LSOA21CD": code, "LSOA21NM": name}) for shape, (code, name) in zip(shapes, _NAMES, strict=True)
    ]
    content = json.dumps({"type": "FeatureCollection", "description": FICTION, "features": features}, indent=1)
    return ExampleFile("example-areas.geojson", "application/geo+json", content.encode())


@cache
def _street_map() -> ExampleFile:
    points = to_degrees(np.array([(-200, 0), (0, 0), (250, 40), (250, 300)]))
    nodes = [
        f'<node id="{number}" lat="{lat:.6f}" lon="{lon:.6f}"/>' for number, (lon, lat) in enumerate(points, start=1)
    ]
    ways = [_way(1, (1, 2, 3), "residential", "Market Square"), _way(2, (3, 4), "footway", "Mill Lane")]
    inside = "\n".join(nodes + ways)
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n{inside}\n</osm>\n'
    return ExampleFile("example-street-map.osm", "application/xml", content.encode())


def _way(number: int, nodes: Sequence[int], highway: str, name: str) -> str:
    along = "".join(f'<nd ref="{node}"/>' for node in nodes)
    return f'<way id="{number}">{along}<tag k="highway" v="{highway}"/><tag k="name" v="{name}"/></way>'


def _table(name: str, *lines: str) -> Callable[[], ExampleFile]:
    content = "\n".join((*lines, "")).encode()
    return lambda: ExampleFile(f"example-{name}.csv", "text/csv; charset=utf-8", content)


_PLACE: Final = f"{EASTING + 240:.0f},{NORTHING + 60:.0f}"
_LON, _LAT = to_degrees(np.array([(240, 60)]))[0]
_EXAMPLES: Final[Mapping[str, Callable[[], ExampleFile]]] = {
    "areas": _areas,
    "larger-areas": _table(
        "larger-areas",
        "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM",
        "X01000001,Castlebrook 001A,X05000001,Castle,X07000001,Castlebrook North",
        "X01000002,Castlebrook 001B,X05000002,Eastmoor,X07000001,Castlebrook North",
    ),
    "residents": _table(
        "residents",
        "LAD 2023 Code,LAD 2023 Name,LSOA 2021 Code,LSOA 2021 Name,Total",
        "X07000001,Castlebrook North,X01000001,Castlebrook 001A,1843",
        "X07000001,Castlebrook North,X01000002,Castlebrook 001B,2107",
    ),
    "deprivation": _table(
        "deprivation",
        "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),"
        "Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
        "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
        "X01000001,Castlebrook 001A,X07000001,12.4,21330,7",
        "X01000002,Castlebrook 001B,X07000001,54.9,1207,1",
    ),
    "schools": _table(
        "schools",
        "URN,LA (name),EstablishmentName,EstablishmentStatus (name),PhaseOfEducation (name),Street,Town,Postcode,"
        "DistrictAdministrative (code),Easting,Northing",
        f"900001,Castlebrook North,Castlebrook Academy,Open,Secondary,Market Square,Castlebrook,ZZ1 1AA,"
        f"X07000001,{_PLACE}",
    ),
    "police": _table(
        "police-2026-06-castlebrook-street",
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        "Last outcome category,Context",
        f",2026-06,Castlebrook Police,Castlebrook Police,{_LON:.6f},{_LAT:.6f},On or near Market Square,X01000002,"
        "Castlebrook 001B,Anti-social behaviour,,",
        f"{'0' * 63}1,2026-06,Castlebrook Police,Castlebrook Police,{_LON:.6f},{_LAT:.6f},On or near Market Square,"
        "X01000002,Castlebrook 001B,Drugs,Under investigation,",
    ),
    "stops": _table(
        "stops",
        "ATCOCode,NaptanCode,CommonName,Street,Indicator,LocalityName,Easting,Northing,Longitude,Latitude,StopType,Status",
        f"999000001,,Market Square,Market Square,Stop A,Castlebrook,{_PLACE},{_LON:.6f},{_LAT:.6f},BCT,active",
    ),
    "postcodes": _table(
        "postcodes",
        "pcd7,pcd8,pcds,dointr,doterm,lad25cd,wd25cd,usrtypind,east1m,north1m,gridind,oa21cd,lsoa21cd,msoa21cd,lat,long",
        f"ZZ1 1AA,ZZ1  1AA,ZZ1 1AA,198001,,X07000001,X05000001,0,{_PLACE},1,,X01000001,,{_LAT:.6f},{_LON:.6f}",
    ),
    "street-map": _street_map,
}
