"""The way home of one school: its stretches, what is recorded at each, which stand out, and what other ways lead."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
import shapely

from geo import columns as c
from geo import disclosure
from geo.areas.reach import PACE
from geo.arrays import Floats, Shapes
from geo.evidence import stretches
from geo.walking.corridors import Corridors, corridors, ways_around
from geo.walking.named_stretches import Stretch, cut_into_stretches
from geo.walking.pupil_origin import PupilOrigin
from geo.walking.ready_network import ReadyNetwork, in_metres
from geo.walking.street_blocks import SHORTEST, blocks, nearest_edges

NAMED: Final = 3  # stretches at most that ask for an adult
NEAR: Final = 100.0  # metres from a stretch within which a known hotspot is named
AROUND: Final = 1_200.0  # metres round the gate within which streets are compared, or as far as anybody sets out
_LONGER: Final = 1.0  # metres; what is longer by less is as long


class StretchBasis(StrEnum):
    """What stretches are judged by."""

    MONTHS = "months"  # published points of months: no time of day
    TIMES = "times"  # own open incidents at home time
    ZONES = "zones"  # released counts of whole zones: no stretch can be told from another
    NOTHING = "nothing"


@dataclass(frozen=True)
class StreetIncidents:
    """What is recorded on streets: ``xy`` are points in metres [points, 2], and ``counts`` how many incidents at each.

    ``zones`` are the shapes in metres of the units of a release, with ``zone_says`` what may be told of each.
    ``period`` and ``source`` say of when and whose the figures are, and ``kinds`` of what.
    """

    basis: StretchBasis
    period: str
    source: str
    kinds: str = "incidents"
    xy: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    counts: Floats = field(default_factory=lambda: np.zeros(0))
    zones: Shapes = field(default_factory=lambda: np.zeros(0, dtype=object))
    zone_says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alternative:
    """Another way for one origin that keeps off a stretch: how many metres longer; infinite where none was found."""

    origin: str
    extra: float

    @property
    def said(self) -> str:
        """Say how much longer it is."""
        if not np.isfinite(self.extra):
            return f"from {self.origin}: no other way near"
        if self.extra < _LONGER:
            return f"from {self.origin}: another way is as short"
        minutes = max(1, round(self.extra / PACE))
        word = "minute" if minutes == 1 else "minutes"
        return f"from {self.origin}: {self.extra:,.0f} m longer, about {minutes} {word}"


@dataclass(frozen=True)
class HomeStretch:
    """One stretch of the way home with all that is known of it; figures are NaN where there are none.

    ``number`` is 1 to 3 where it stands out and asks for an adult. ``units`` are the published points on it, or its
    metres. ``line`` and ``around`` (the other ways, if it is named) are in metres.
    """

    stretch: Stretch
    origins: tuple[str, ...]
    observed: float
    expected: float
    low: float
    high: float
    p: float
    units: float
    number: int | None = None
    also: bool = False  # stands out too, after the first three
    hotspots: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    around: shapely.Geometry | None = None

    @property
    def told(self) -> bool:
        """Whether it stands out."""
        return self.number is not None or self.also


@dataclass(frozen=True)
class WayHome:
    """The way home of a school: its stretches, those that stand out first, then by how many pass.

    ``no_way`` are the origins from which there is none. ``pupils`` is whether anybody said how many set out.
    """

    school: str
    incidents: StreetIncidents
    origins: tuple[PupilOrigin, ...]
    metres: Floats
    stretches: tuple[HomeStretch, ...]
    compared: int

    @property
    def named(self) -> tuple[HomeStretch, ...]:
        """The stretches that ask for an adult, at most three."""
        return tuple(one for one in self.stretches if one.number is not None)

    @property
    def no_way(self) -> tuple[str, ...]:
        """The origins that have no way on the map."""
        return tuple(one.name for one, metres in zip(self.origins, self.metres, strict=True) if not np.isfinite(metres))

    @property
    def tested(self) -> int:
        """How many stretches could be set beside streets around."""
        return sum(bool(np.isfinite(one.p)) for one in self.stretches)


def way_home(
    network: ReadyNetwork,
    school: str,
    gate: Floats,
    origins: Sequence[PupilOrigin],
    incidents: StreetIncidents,
) -> WayHome:
    """Find the ways from some origins to a gate ([2], metres), and judge their stretches by what is recorded there."""
    places = in_metres(np.array([one.lon for one in origins]), np.array([one.lat for one in origins]))
    found = corridors(network, gate, places)
    parts = cut_into_stretches(found, [one.pupils for one in origins])
    radius = max(AROUND, float(np.hypot(*(places - gate).T)[np.isfinite(found.metres)].max(initial=0.0)))
    judged, compared = _judged(found, parts, gate, radius, incidents)
    rows = [
        HomeStretch(
            stretch=part,
            origins=tuple(origins[at].name for at in part.origins),
            zones=zones,
            observed=float(row.observed),
            expected=float(row.expected),
            low=float(row.low),
            high=float(row.high),
            p=float(row.p),
            units=float(row.units),
            also=bool(row.told),
        )
        for part, zones, row in zip(parts, _zones(parts, incidents), judged.itertuples(index=False), strict=True)
    ]
    rows = _numbered(rows)
    listed = [_with_other_ways(one, found, origins) if one.number is not None else one for one in rows]
    return WayHome(school, incidents, tuple(origins), found.metres, tuple(listed), compared)


def with_hotspots(found: WayHome, names: Sequence[str], shapes: Shapes) -> WayHome:
    """Return a way home with the known hotspots (in metres) that lie near its stretches."""
    near = _beside(found, names, shapes, NEAR)
    rows = [replace(one, hotspots=said) for one, said in zip(found.stretches, near, strict=True)]
    return replace(found, stretches=tuple(rows))


def with_marks(found: WayHome, says: Sequence[str], shapes: Shapes) -> WayHome:
    """Return a way home with what young people marked in the zones that its stretches pass, by shapes in metres."""
    near = _beside(found, says, shapes, 0.0)
    rows = [replace(one, marks=said) for one, said in zip(found.stretches, near, strict=True)]
    return replace(found, stretches=tuple(rows))


def _beside(found: WayHome, says: Sequence[str], shapes: Shapes, metres: float) -> list[tuple[str, ...]]:
    near = stretches.lines_near([one.stretch.line for one in found.stretches], shapes, metres)
    return [tuple(dict.fromkeys(says[at] for at in there)) for there in near]


def _judged(
    found: Corridors, parts: Sequence[Stretch], gate: Floats, radius: float, incidents: StreetIncidents
) -> tuple[pd.DataFrame, int]:
    """Return what is told of each stretch, and with how many points or streets around they are compared."""
    lines = [one.line for one in parts]
    around = np.hypot(*(incidents.xy - gate).T) <= radius
    if incidents.basis is StretchBasis.MONTHS:
        xy, counts = incidents.xy[around], incidents.counts[around]
        return stretches.by_points(lines, xy, counts), len(xy)
    if incidents.basis is StretchBasis.TIMES:
        return _by_blocks(found, parts, gate, radius, incidents)
    nothing = np.zeros((0, 2))
    return stretches.by_points(lines, nothing, np.zeros(0)), 0


def _by_blocks(
    found: Corridors, parts: Sequence[Stretch], gate: Floats, radius: float, incidents: StreetIncidents
) -> tuple[pd.DataFrame, int]:
    local = found.local
    edge = nearest_edges(local, incidents.xy, stretches.REACH)
    by_edge = np.bincount(edge[edge >= 0], incidents.counts[edge >= 0], len(local.start))
    near = np.hypot(*(local.xy[local.start] - gate).T) <= radius
    block = blocks(local)
    metres = np.bincount(block[near], local.metres[near]).astype(np.float64)
    counts = np.bincount(block[near], by_edge[near]).astype(np.float64)
    whole = metres >= SHORTEST
    own = [list(one.edges) for one in parts]
    lengths, own_counts = (np.array([values[one].sum() for one in own]) for values in (local.metres, by_edge))
    return stretches.by_metres(lengths, own_counts, metres[whole], counts[whole]), int(whole.sum())


def _zones(parts: Sequence[Stretch], incidents: StreetIncidents) -> list[tuple[str, ...]]:
    if not len(incidents.zones):
        return [()] * len(parts)
    tree = shapely.STRtree(list(incidents.zones))
    return [
        tuple(
            dict.fromkeys(incidents.zone_says[int(at)] for at in sorted(tree.query(one.line, predicate="intersects")))
        )
        for one in parts
    ]


def _numbered(rows: list[HomeStretch]) -> list[HomeStretch]:
    """Return the stretches in their order, the first three that stand out with their numbers."""
    told = sorted((one for one in rows if one.told), key=lambda one: (one.p, -one.observed))
    first = [replace(one, number=at, also=False) for at, one in enumerate(told[:NAMED], start=1)]
    return [*first, *told[NAMED:], *(one for one in rows if not one.told)]


def _with_other_ways(one: HomeStretch, found: Corridors, origins: Sequence[PupilOrigin]) -> HomeStretch:
    """Return a stretch with the next best way that keeps off it, for each origin whose way goes along it."""
    other = ways_around(found, one.stretch.edges)
    extra = [
        Alternative(origins[at].name, float(other.metres[at] - found.metres[at]))
        for at in sorted(one.stretch.origins, key=lambda at: -(origins[at].pupils or 0))
    ]
    lines = [
        shapely.LineString(other.local.xy[other.points[at]]) for at in one.stretch.origins if len(other.points[at]) > 1
    ]
    return replace(one, alternatives=tuple(extra), around=shapely.union_all(lines) if lines else None)


def zone_text(name: str, count: float) -> str:
    """Say of a zone what a release tells: "about 15 in Eastmoor North"."""
    return f"{disclosure.say(count)} in {name}"


def hotspots_in_metres(register: "pd.DataFrame") -> tuple[list[str], Shapes]:
    """Return the names and the shapes in metres of the known hotspots of a register that are not closed."""
    open_ones = register[register[c.STATUS] != "closed"]
    names = [f"{row.name} ({row.reference})" for row in open_ones.itertuples(index=False)]
    shapes: Shapes = open_ones.geometry.to_crs("EPSG:27700").to_numpy() if len(open_ones) else np.zeros(0, dtype=object)
    return names, shapes
