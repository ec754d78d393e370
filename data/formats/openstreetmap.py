"""OpenStreetMap: the objects of an extract, in PBF or XML, with their tags, read by pyosmium.

Its reader is told the format and given bytes, never a name, so that nothing in a file can lead it to another file. It
refuses XML that declares entities, and blobs that would unpack to more than 32 MB.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from data.formats.cells import day_of
from data.formats.sources import Source
from geo.errors import InputError

PBF: Final = "pbf"
XML: Final = "osm"
# A PBF begins with the length of its first header (of at most 64 kB), which says that a header follows.
_PBF_START: Final = slice(4, 15)
_PBF_HEADER: Final = b"\n\tOSMHeader"
_DEGREE: Final = 10_000_000  # OpenStreetMap counts ten-millionths of a degree
_NO_EDITION: Final = "1970"


class OsmNode(NamedTuple):
    """A node with tags."""

    tags: dict[str, str]
    lon: float
    lat: float


class OsmWay(NamedTuple):
    """A way: ``nodes`` are (number, longitude, latitude) of those of its nodes that the file has.

    ``whole`` is False where it has not all of them; those on either side of one that is missing are no neighbours,
    so that a way comes in pieces.
    """

    tags: dict[str, str]
    pieces: list[list[tuple[int, float, float]]]
    whole: bool


class OsmArea(NamedTuple):
    """The ground inside a closed way or a multipolygon: its shape as WKB in hexadecimal digits, EPSG:4326."""

    tags: dict[str, str]
    shape: str
    from_way: bool


class Multipolygon(NamedTuple):
    """What should be an area: a relation, of which the file may lack a part, or a way whose outline makes none."""

    tags: dict[str, str]


OsmObject = OsmNode | OsmWay | OsmArea | Multipolygon


@dataclass(frozen=True)
class OsmHeader:
    """What a file says of itself: its bounds (west, south, east, north) and the day of its data, "2014-01-19"."""

    bounds: tuple[float, float, float, float] | None
    edition: str | None


def is_openstreetmap(data: bytes) -> bool:
    """Return whether bytes begin as a file of OpenStreetMap does."""
    return format_of(data) is not None


def format_of(data: bytes) -> str | None:
    """Return ``PBF`` or ``XML``, by the first bytes of a file of OpenStreetMap; None for any other."""
    if data[_PBF_START] == _PBF_HEADER:
        return PBF
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    return XML if head.startswith(b"<") and b"<osm" in head and b"version=" in head else None


def read_header(source: Source, data: bytes) -> OsmHeader:
    """Return what a file says of itself. Raises InputError for one that is damaged."""
    import osmium

    try:
        header = osmium.io.Reader(osmium.io.FileBuffer(data, _format(source, data)), osmium.osm.NOTHING).header()
        box, stamp = header.box(), header.get("osmosis_replication_timestamp")
        valid = box.valid()
        corners = (box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat) if valid else None
    except (RuntimeError, ValueError, UnicodeError):
        raise _damaged(source.name) from None
    return OsmHeader(corners, day_of(stamp))


def read_objects(source: Source, data: bytes, keys: Collection[str]) -> Iterator[OsmObject]:
    """Yield the objects of a file that have one of some keys, nodes first.

    Of a closed way come both its line and its area; nodes that are nowhere on the globe are left out. Raises
    InputError for a file that is damaged, and for a history of changes.
    """
    import osmium

    buffer = osmium.io.FileBuffer(data, _format(source, data))
    try:
        found = osmium.FileProcessor(buffer).with_areas().with_filter(osmium.filter.KeyFilter(*keys))
        shapes = osmium.geom.WKBFactory()
        for one in found:
            read = _object(one, shapes)
            if read is not None:
                yield read
    except (RuntimeError, ValueError, UnicodeError, KeyError, osmium.InvalidLocationError):
        raise _damaged(source.name) from None


def newest(source: Source, data: bytes) -> str | None:
    """Return the day of the youngest way of a file, "2014-01-19"; None where it tells no days."""
    import osmium

    buffer = osmium.io.FileBuffer(data, _format(source, data))
    try:
        ways: Any = osmium.FileProcessor(buffer, osmium.osm.WAY)
        youngest = max((way.timestamp for way in ways), default=None)
    except (RuntimeError, ValueError, UnicodeError, OverflowError):
        raise _damaged(source.name) from None
    day = f"{youngest:%Y-%m-%d}" if youngest is not None else None
    return None if day is None or day.startswith(_NO_EDITION) else day


def _object(one: Any, shapes: Any) -> OsmObject | None:
    if one.is_node():
        place = one.location
        return OsmNode(dict(one.tags), place.lon, place.lat) if place.valid() else None
    if one.is_way():
        return _way(one)
    if one.is_area():
        return _area(one, shapes)
    return Multipolygon(dict(one.tags)) if one.tags.get("type") == "multipolygon" else None


def _area(one: Any, shapes: Any) -> OsmArea | Multipolygon | None:
    try:
        return OsmArea(dict(one.tags), shapes.create_multipolygon(one), one.from_way())
    except RuntimeError:  # its outline makes no area; of a relation it is known already that it should
        return Multipolygon(dict(one.tags)) if one.from_way() else None


def _way(one: Any) -> OsmWay:
    pieces: list[list[tuple[int, float, float]]] = [[]]
    whole = True
    for node in one.nodes:
        if node.location.valid():
            pieces[-1].append((node.ref, node.x / _DEGREE, node.y / _DEGREE))
        else:
            whole = False
            pieces.append([])
    return OsmWay(dict(one.tags), [piece for piece in pieces if len(piece) > 1], whole)


def _format(source: Source, data: bytes) -> str:
    found = format_of(data)
    if found is None:
        raise _damaged(source.name)
    return found


def _damaged(name: str) -> InputError:
    return InputError(
        f"“{name}” must be a whole extract of OpenStreetMap, and it is damaged or cut short; download it again."
    )
