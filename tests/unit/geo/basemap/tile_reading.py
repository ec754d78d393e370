"""Reads a Mapbox Vector Tile again, slowly and by the letter of its specification."""

from collections.abc import Iterator
from typing import Any

Feature = tuple[int, dict[str, Any], list[list[tuple[int, int]]]]  # kind of shape, properties, parts


def read_tile(content: bytes) -> dict[str, list[Feature]]:
    """Return the features of each layer; a layer that comes twice is an error."""
    layers: dict[str, list[Feature]] = {}
    for number, layer in _fields(content):
        assert number == 3
        parts = list(_fields(layer))
        (name,) = (value.decode() for field, value in parts if field == 1)
        assert name not in layers
        assert dict(parts)[15] == 2
        assert dict(parts)[5] == 4096
        keys = [value.decode() for field, value in parts if field == 3]
        values = [_value(value) for field, value in parts if field == 4]
        layers[name] = [_feature(value, keys, values) for field, value in parts if field == 2]
    return layers


def _feature(content: bytes, keys: list[str], values: list[Any]) -> Feature:
    parts = dict(_fields(content))
    tags = list(_numbers(parts.get(2, b"")))
    properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    return parts[3], properties, _shape(list(_numbers(parts[4])), parts[3])


def _shape(numbers: list[int], kind: int) -> list[list[tuple[int, int]]]:
    found: list[list[tuple[int, int]]] = []
    x = y = at = 0
    while at < len(numbers):
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == 7:
            assert kind == 3
            assert count == 1
            continue
        assert command in (1, 2)
        for _ in range(count):
            x, y = x + _zigzag(numbers[at]), y + _zigzag(numbers[at + 1])
            at += 2
            if command == 1:
                found.append([])
            found[-1].append((x, y))
    return found


def _zigzag(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def _value(content: bytes) -> Any:
    ((field, value),) = _fields(content)
    return value.decode() if field == 1 else value


def _fields(content: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(content):
        tag, at = _varint(content, at)
        value, at = _varint(content, at)
        if tag & 7 == 2:
            assert at + value <= len(content)
            yield tag >> 3, content[at : at + value]
            at += value
        else:
            assert tag & 7 == 0
            yield tag >> 3, value


def _numbers(content: bytes) -> Iterator[int]:
    at = 0
    while at < len(content):
        value, at = _varint(content, at)
        yield value


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while content[at] & 0x80:
        value |= (content[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
    return value | content[at] << shift, at + 1
