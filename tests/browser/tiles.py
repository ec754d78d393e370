"""Vector tiles made by hand for tests of the base map: a few features in, the bytes of a Mapbox Vector Tile out.

The format is that of the Mapbox Vector Tile specification, version 2.1, written as protocol buffers.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

EXTENT: Final = 4096
POINT, LINE, POLYGON = 1, 2, 3

Part = Sequence[tuple[int, int]]
Feature = tuple[int, Mapping[str, str | int], Sequence[Part]]  # kind of geometry, properties, its parts in tile units


def tile(layers: Mapping[str, Iterable[Feature]]) -> bytes:
    """Write a tile of named layers."""
    return b"".join(_field(3, _layer(name, list(features))) for name, features in layers.items())


def _layer(name: str, features: Sequence[Feature]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[str | int, int] = {}
    written = []
    for kind, properties, parts in features:
        tags = []
        for key, value in properties.items():
            tags += [keys.setdefault(key, len(keys)), values.setdefault(value, len(values))]
        packed = _field(2, _numbers(tags)) + _number(3, kind) + _field(4, _numbers(_commands(kind, parts)))
        written.append(_field(2, packed))
    return (
        _number(15, 2)
        + _field(1, name.encode())
        + b"".join(written)
        + b"".join(_field(3, key.encode()) for key in keys)
        + b"".join(_field(4, _value(value)) for value in values)
        + _number(5, EXTENT)
    )


def _commands(kind: int, parts: Sequence[Part]) -> Iterable[int]:
    x = y = 0
    if kind == POINT:
        parts = [[point] for part in parts for point in part]
    for part in parts:
        points = part[:-1] if kind == POLYGON else part
        steps = []
        for from_, to in pairwise([(x, y), *points]):
            steps += [_zigzag(to[0] - from_[0]), _zigzag(to[1] - from_[1])]
        x, y = points[-1]
        yield from (1 | 1 << 3, *steps[:2])
        if len(points) > 1:
            yield from (2 | (len(points) - 1) << 3, *steps[2:])
        if kind == POLYGON:
            yield 7 | 1 << 3


def _value(value: str | int) -> bytes:
    return _field(1, value.encode()) if isinstance(value, str) else _number(5, value)


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _numbers(values: Iterable[int]) -> bytes:
    return b"".join(map(_varint, values))


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content
