"""Writes small extracts of OpenStreetMap: as XML by hand, and as PBF by pyosmium."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import osmium
from osmium.osm import mutable

Tags = Mapping[str, str]
Nodes = Mapping[int, tuple[float, float] | tuple[float, float, Tags]]
Ways = Mapping[int, tuple[Sequence[int], Tags]]
Relations = Mapping[int, tuple[Sequence[tuple[int, str]], Tags]]  # of ways, each with its role

# A crossroads of two streets by a park, a school and a stop, in Leeds.
NODES: Nodes = {
    1: (-1.5400, 53.8100), 2: (-1.5380, 53.8100), 3: (-1.5360, 53.8100), 4: (-1.5380, 53.8120), 5: (-1.5380, 53.8080),
    6: (-1.5350, 53.8130), 7: (-1.5330, 53.8130), 8: (-1.5330, 53.8140), 9: (-1.5350, 53.8140),
    10: (-1.5390, 53.8110, {"highway": "bus_stop", "name": "High Street"}),
    11: (-1.5370, 53.8090, {"amenity": "school", "name": "Hill School"}),
    12: (-1.5340, 53.8100, {"place": "suburb", "name": "Hillside"}),
}  # fmt: skip
WAYS: Ways = {
    1: ((1, 2, 3), {"highway": "residential", "name": "High Street"}),
    2: ((4, 2, 5), {"highway": "footway", "name": "Back Lane"}),
    3: ((5, 3), {"highway": "motorway", "ref": "M1"}),
    4: ((4, 3), {"highway": "no", "name": "Old Road"}),
    5: ((6, 7, 8, 9, 6), {"leisure": "park", "name": "Hill Park"}),
    6: ((1, 4), {"highway": "service", "access": "private"}),
}


def xml(
    nodes: Nodes = NODES, ways: Ways = WAYS, relations: Relations | None = None, before: str = "", within: str = ""
) -> bytes:
    """Write an extract as XML; ``before`` stands before its root, ``within`` first in it."""
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>{before}<osm version="0.6" generator="by hand">{within}']
    for number, (lon, lat, *tags) in nodes.items():
        parts.append(f'<node id="{number}" version="1" lat="{lat}" lon="{lon}">{_tags(*tags)}</node>')
    for number, (refs, tags) in ways.items():
        inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        parts.append(f'<way id="{number}" version="1" timestamp="2026-03-01T00:00:00Z">{inner}{_tags(tags)}</way>')
    for number, (members, tags) in (relations or {}).items():
        inner = "".join(f'<member type="way" ref="{ref}" role="{role}"/>' for ref, role in members)
        parts.append(f'<relation id="{number}" version="1">{inner}{_tags(tags)}</relation>')
    return "".join([*parts, "</osm>"]).encode()


def pbf(nodes: Nodes = NODES, ways: Ways = WAYS) -> bytes:
    """Write an extract as PBF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.osm.pbf"
        with osmium.SimpleWriter(str(path)) as writer:
            for number, (lon, lat, *tags) in nodes.items():
                tags_of = dict(tags[0]) if tags else {}
                writer.add_node(mutable.Node(id=number, version=1, location=(lon, lat), tags=tags_of))
            for number, (refs, tags) in ways.items():
                writer.add_way(mutable.Way(id=number, version=1, nodes=list(refs), tags=dict(tags)))
        return path.read_bytes()


def _tags(tags: Tags | None = None) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in (tags or {}).items())
