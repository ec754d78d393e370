"""Bringing a base map in: seconds, memory, megabytes at rest, and what one look at the map sends, of three extracts."""

import math
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import osmium
from osmium.osm import mutable

from data.formats.sources import from_paths
from data.formats.tile_archive import Tile, unpack_tiles
from data.principal import LOCAL_USER
from data.records.base_map import BaseMapFiles, BaseMapFound, read_base_map
from data.sandbox import attempt
from data.services import base_mapping
from data.store import base_maps
from data.store.store import Store
from tests.conftest import REAL_DATA

GOAL: Final = 60  # seconds for a county
ZOOMS: Final = (10, 13, 15)
_VIEW: Final = (560, 520)  # pixels of the map, which asks for a little more than it shows
_MARGIN: Final = 0.15
_SIDE: Final = 512  # pixels of a tile, as the map draws it
_JUNCTIONS: Final = 450  # along one side of the county; with two bends between each two that is a million nodes
_CORNER, _STEP = (-1.8, 53.3), (0.00144, 0.0009)  # degrees; some 100 m
_MB: Final = 1_000_000

Way = tuple[list[int], dict[str, str]]


def run() -> None:
    """Measure and print."""
    leeds = REAL_DATA / "leeds_chapeltown"
    with tempfile.TemporaryDirectory() as folder:
        county = Path(folder) / "county.osm.pbf"
        nodes = write_county(county)
        files = [file for file in (leeds / "small.osm.pbf", leeds / "streets.osm.pbf") if file.is_file()]
        print(f"Bringing base maps in (goal: {GOAL} s for a county; one run each; the county has {nodes:,} nodes)")
        for file in (*files, county):
            _measure(file, Path(folder))


def write_county(path: Path, junctions: int = _JUNCTIONS) -> int:
    """Write an extract of streets in a grid with names, main roads and paths among them; returns how many nodes."""
    chance, nodes, ways = random.Random(4), [], []  # noqa: S311 - the same county each time

    def node(column: float, row: float, sway: float = 0.0) -> int:
        lon, lat = _CORNER[0] + column * _STEP[0], _CORNER[1] + row * _STEP[1]
        nodes.append((lon + chance.gauss(0, sway), lat + chance.gauss(0, sway)))
        return len(nodes)

    at = {(column, row): node(column, row) for column in range(junctions) for row in range(junctions)}
    for (column, row), here in at.items():
        for east, north in ((1, 0), (0, 1)):
            there = at.get((column + east, row + north))
            if there is not None:
                bends = [node(column + east * share, row + north * share, 2e-5) for share in (0.33, 0.66)]
                line, along = (row, column) if east else (column, row)
                ways.append(
                    ([here, *bends, there], _tags(line, f"{'Street' if east else 'Road'} {line}-{along // 8}", chance))
                )
    with osmium.SimpleWriter(str(path)) as writer:
        for number, place in enumerate(nodes, 1):
            writer.add_node(mutable.Node(id=number, version=1, location=place))
        for number, (refs, tags) in enumerate(ways, 1):
            writer.add_way(mutable.Way(id=number, version=1, nodes=refs, tags=tags))
    return len(nodes)


def view_bytes(found: BaseMapFound, zoom: int) -> tuple[int, int]:
    """Return how many tiles one look at the middle of a map needs, and their bytes as they are sent."""
    tiles = unpack_tiles(found.archive)
    sizes = [len(tiles[tile]) for tile in _in_view(found, zoom) if tile in tiles]
    return len(sizes), sum(sizes)


def _in_view(found: BaseMapFound, zoom: int) -> Iterator[Tile]:
    tile_zoom = min(found.max_zoom, max(found.min_zoom, zoom - 1))
    side = _SIDE * 2 ** (zoom - 1 - tile_zoom)
    west, south, east, north = found.bounds
    lat = math.radians((south + north) / 2)
    middle = (((west + east) / 2 + 180) / 360, 0.5 - math.asinh(math.tan(lat)) / (2 * math.pi))
    spans = []
    for share, pixels in zip(middle, _VIEW, strict=True):
        reach = pixels * (0.5 + _MARGIN) / side
        spans.append(range(math.floor(share * 2**tile_zoom - reach), math.floor(share * 2**tile_zoom + reach) + 1))
    for column in spans[0]:
        for row in spans[1]:
            yield tile_zoom, column, row


def _tags(line: int, name: str, chance: random.Random) -> dict[str, str]:
    kind = "primary" if line % 40 == 0 else "tertiary" if line % 10 == 0 else None
    kind = kind or chance.choices(("residential", "footway", "service"), (64, 20, 16))[0]
    return {"highway": kind} | ({} if kind in ("footway", "service") else {"name": name})


def _measure(file: Path, folder: Path) -> None:
    files = BaseMapFiles(tuple(from_paths([file])))
    attempt(
        read_base_map, BaseMapFiles(()), limits=base_mapping.MAP_LIMITS
    )  # the process that readers come from starts
    start = time.perf_counter()
    got = attempt(read_base_map, files, limits=base_mapping.MAP_LIMITS)
    read = time.perf_counter() - start
    if got.value is None:
        print(f"  {file.name}: {got.error}")
        return
    found, store = got.value, Store(f"sqlite:///{folder / file.name}.sqlite")
    start = time.perf_counter()
    number = base_mapping.keep(store, LOCAL_USER, files, found)
    kept = time.perf_counter() - start
    start = time.perf_counter()
    network = base_maps.load_network(store, LOCAL_USER, number)
    loaded = time.perf_counter() - start
    (one,) = base_maps.base_maps(store, LOCAL_USER)
    store.close()
    peak = (got.end.peak or 0) / _MB
    print(
        f"  {file.name}: {read + kept:.1f} s ({got.end.cpu:.1f} s of work), {peak:,.0f} MB of memory, "
        f"{one.size / _MB:.2f} MB at rest ({len(found.archive) / _MB:.2f} MB of it in {found.tiles:,} tiles); "
        f"{len(network.lon):,} points and {len(network.start):,} stretches of way, loaded in {loaded:.2f} s"
    )
    for zoom in ZOOMS:
        number, size = view_bytes(found, zoom)
        print(f"    a look at zoom {zoom}: {number} tiles, {size / 1000:.1f} kB")
