import gzip
import os
import subprocess
import sys

import geopandas as gpd
import shapely

from data.formats.tile_archive import pack_tiles, unpack_tiles
from geo.basemap import themes as t
from geo.basemap.tile_cutting import LAYERS, cut_tiles

BOUNDS = (-1.56, 53.8, -1.5, 53.83)


def test_tiles_come_back_as_they_were_each_packed_by_itself():
    tiles = {(14, 8122, 5275): b"one" * 50, (8, 126, 82): b"two", (14, 8123, 5275): b"two"}
    archive = pack_tiles(tiles, BOUNDS, LAYERS)
    assert {tile: gzip.decompress(content) for tile, content in unpack_tiles(archive).items()} == tiles
    assert archive == pack_tiles(dict(reversed(tiles.items())), BOUNDS, LAYERS)


def test_another_program_reads_the_archive_and_finds_things_where_they_are(tmp_path):
    rows = {"theme": [t.ROAD, t.LAND], "kind": [t.LOCAL, t.PARK], "name": ["High Street", None], "rank": [0, 0]}
    shapes = [shapely.LineString([(-1.53, 53.806), (-1.527, 53.809)]), shapely.box(-1.53, 53.806, -1.527, 53.808)]
    made = cut_tiles(gpd.GeoDataFrame(rows, geometry=shapes, crs=4326))
    file = tmp_path / "map.pmtiles"
    file.write_bytes(pack_tiles(made, BOUNDS, LAYERS))
    # In a process of its own: this one has GDAL's reader of tiles switched off.
    read = f"""
import pyogrio
for layer, shape in (("road", "LineString"), ("land", "Polygon")):
    frame = pyogrio.read_dataframe({str(file)!r}, layer=layer).to_crs(4326)
    print(layer, frame.geom_type[0], frame.k[0], frame.n[0], *frame.total_bounds.round(5), frame.is_valid.all())
"""
    free = {name: value for name, value in os.environ.items() if not name.startswith(("OGR_", "GDAL_", "CPL_"))}
    done = subprocess.run([sys.executable, "-c", read], env=free, check=True, capture_output=True, text=True)
    road, land = (line.split() for line in done.stdout.splitlines())
    assert road[:5] == ["road", "LineString", "local", "High", "Street"]
    assert land[:4] == ["land", "Polygon", "park", "None"] or land[3] == "nan"
    for line in (road, land):
        assert line[-1] == "True"
        assert [round(float(edge), 4) for edge in line[-5:-3]] == [-1.53, 53.806]
