"""Tile archives: the tiles of a base map in one PMTiles file, and that file read again as tiles by their place."""

import gzip
import io
from collections.abc import Iterable, Mapping
from typing import Final

from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

Tile = tuple[int, int, int]  # zoom, column from the west, row from the north
_LEVEL: Final = 6  # of gzip: what more would save is a hundredth
_E7: Final = 10_000_000


def pack_tiles(
    tiles: Mapping[Tile, bytes], bounds: tuple[float, float, float, float], layers: Mapping[str, Mapping[str, str]]
) -> bytes:
    """Return tiles, each gzipped, as one archive that other programs can open too.

    ``bounds`` are its west, south, east and north in degrees; ``layers`` names its layers and the properties in each
    ("String" or "Number").
    """
    packed = io.BytesIO()
    writer = Writer(packed)
    numbered = sorted((zxy_to_tileid(*tile), tile) for tile in tiles)
    for number, tile in numbered:
        writer.write_tile(number, gzip.compress(tiles[tile], _LEVEL, mtime=0))
    corners = zip(("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7"), bounds, strict=True)
    centre = {
        "center_zoom": max((tile[0] for tile in tiles), default=0),
        "center_lon_e7": round((bounds[0] + bounds[2]) / 2 * _E7),
        "center_lat_e7": round((bounds[1] + bounds[3]) / 2 * _E7),
    }
    header = {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP}
    described = {"vector_layers": [{"id": name, "fields": dict(fields)} for name, fields in layers.items()]}
    writer.finalize(header | centre | {name: round(edge * _E7) for name, edge in corners}, described)
    return packed.getvalue()


def unpack_tiles(archive: bytes) -> dict[Tile, bytes]:
    """Return the tiles of an archive, each gzipped, by zoom, column and row."""
    return {(int(z), int(x), int(y)): content for (z, x, y), content in all_tiles(MemorySource(archive))}


def tiles_of(archive: bytes, wanted: Iterable[Tile]) -> dict[Tile, bytes]:
    """Return those of the ``wanted`` tiles that an archive has, unpacked."""
    reader = Reader(MemorySource(archive))
    found = {tile: reader.get(*tile) for tile in wanted}
    return {tile: gzip.decompress(content) for tile, content in found.items() if content}
