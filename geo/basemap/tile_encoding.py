"""Tile encoding: shapes in the units of their tiles, as Mapbox Vector Tiles, version 2.1, written as protocol buffers.

All coordinates of a theme are made into commands and bytes at once, as arrays; only what stands around them is put
together feature by feature. https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.arrays import Bools, Ints

EXTENT: Final = 4096  # units along one side of a tile
POINTS, LINES, POLYGONS = 1, 2, 3
_MOVE_TO, _LINE_TO, _CLOSE = 1, 2, 7
_LONGEST: Final = 5  # bytes that a number below 2**35 takes
_VERSION: Final = b"\x78\x02"
_EXTENT_FIELD: Final = b"\x28\x80\x20"

Value = str | int
Feature = tuple[int, bytes, Mapping[str, Value]]  # kind of shape, geometry, properties


@dataclass(frozen=True)
class Parts:
    """Parts of features (points, lines or rings), in the order in which they are written.

    ``xy`` [points, 2] are in units of each part's own tile; ``sizes`` [parts] says how many points each part has;
    ``starts`` [parts] says which parts begin a feature.
    """

    kind: int
    xy: Ints
    sizes: Ints
    starts: Bools


def encode_geometries(parts: Parts) -> list[bytes]:
    """Return the geometry of each feature as packed numbers."""
    if not len(parts.sizes):
        return []
    closing = int(parts.kind == POLYGONS)
    alone = parts.kind == POINTS
    lengths = 2 * parts.sizes + (1 if alone else 2 + closing)
    begins = np.cumsum(lengths) - lengths
    numbers = np.zeros(int(lengths.sum()), dtype=np.int64)
    numbers[begins] = _command(_MOVE_TO, 1)
    if not alone:
        numbers[begins + 3] = _command(_LINE_TO, parts.sizes - 1)
    if closing:
        numbers[begins + lengths - 1] = _command(_CLOSE, 1)
    first = np.cumsum(parts.sizes) - parts.sizes
    place = np.arange(len(parts.xy)) - np.repeat(first, parts.sizes)
    where = np.repeat(begins, parts.sizes) + 1 + 2 * place + (place > 0)
    steps = np.diff(parts.xy, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    anew = first[parts.starts]  # where a feature begins, so does its cursor
    steps[anew] = parts.xy[anew]
    zigzag = (steps << 1) ^ (steps >> 63)
    numbers[where], numbers[where + 1] = zigzag[:, 0], zigzag[:, 1]
    content, ends = _varints(numbers)
    edges = np.append(ends[begins[parts.starts] - 1], len(content))
    edges[0] = 0
    return [content[start:end] for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)]


def encode_layer(name: str, features: Sequence[Feature]) -> bytes:
    """Return one layer of a tile: its features, and their properties as numbers of shared words."""
    keys: dict[str, int] = {}
    values: dict[Value, int] = {}
    written = []
    for kind, geometry, own in features:
        tags = b"".join(
            varint(keys.setdefault(key, len(keys))) + varint(values.setdefault(value, len(values)))
            for key, value in own.items()
        )
        numbers = (varint(len(tags)), tags, bytes((0x18, kind)), b"\x22", varint(len(geometry)), geometry)
        body = b"".join((b"\x12", *numbers))
        written += [b"\x12", varint(len(body)), body]
    words = [_field(b"\x1a", key.encode()) for key in keys]
    words += [_field(b"\x22", _value(value)) for value in values]
    layer = b"".join((_VERSION, _field(b"\x0a", name.encode()), *written, *words, _EXTENT_FIELD))
    return _field(b"\x1a", layer)


def varint(value: int) -> bytes:
    """Return a number from 0 up as protocol buffers write it: seven bits a byte, the lowest first."""
    if value < 0x80:
        return bytes((value,))
    written = bytearray()
    while value >= 0x80:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def _varints(numbers: Ints) -> tuple[bytes, Ints]:
    """Return numbers as ``varint`` does, one after the other, and where each ends."""
    lengths = np.ones(len(numbers), dtype=np.int64)
    for more in range(1, _LONGEST):
        lengths += numbers >= (1 << 7 * more)
    ends = np.cumsum(lengths)
    begins = ends - lengths
    content: npt.NDArray[np.uint8] = np.zeros(int(ends[-1]), dtype=np.uint8)
    for byte in range(int(lengths.max())):
        has = lengths > byte
        low = (numbers[has] >> (7 * byte)) & 0x7F
        content[begins[has] + byte] = low | np.where(lengths[has] > byte + 1, 0x80, 0)
    return content.tobytes(), ends


def _command(what: int, count: Ints | int) -> Ints | int:
    return count << 3 | what


def _value(value: Value) -> bytes:
    return _field(b"\x0a", value.encode()) if isinstance(value, str) else b"\x28" + varint(value)


def _field(tag: bytes, content: bytes) -> bytes:
    return tag + varint(len(content)) + content
