"""The register on South Yorkshire's published points: nulls of them, and entries at clusters of an earlier year."""

from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
import shapely

from geo.arrays import Floats
from geo.evidence.beside import PointSource
from geo.evidence.hotspot_states import states
from geo.evidence.unregistered import is_cluster
from geo.findings.search import scenes_of, search
from geo.register.hotspot import Hotspot
from tests.validate import nulls, south_yorkshire
from tests.validate.around_school import Points
from tests.validate.nulls import Counts, Known
from tests.validate.register_entries import TODAY, at_street_points, entry
from tests.validate.register_towns import Said, ask

REGISTERS: Final = 25  # of each null
ENTRIES: Final = 40
THEN: Final = "2019-12"  # the last month of the data in which clusters are looked for
APART: Final = 600.0  # metres between entries, so that no two have the same incidents

AS_IT_IS: Final = "as it is"
_NULLS: Final[dict[str, Callable[[Counts, Known, np.random.Generator], Counts]]] = {
    AS_IT_IS: lambda n, _known, _rng: n,
    "months shuffled": nulls.months_shuffled,
    "places shuffled": nulls.units_shuffled,
}
NAMES: Final = tuple(_NULLS)


def registers(null: str, seed: int, number: int = REGISTERS) -> list[Said]:
    """Return what is said of registers of 40 entries at random street points, in one world of a null."""
    rng = np.random.default_rng(seed)
    real = south_yorkshire.points()
    source = source_of(real.holding(_NULLS[null](real.n, real.known, rng)))
    return [ask(source, rng, ENTRIES) for _ in range(number)]


def source_of(points: Points) -> PointSource:
    """Return the last year of published points."""
    periods = tuple(month for month in points.months[-12:] if month not in points.missing)
    return PointSource("South Yorkshire police", periods, points.published, south_yorkshire.area_set())


@cache
def told_of_forty() -> dict[str, dict[str, int]]:
    """Return how often each state is said of 20 entries at clusters of 2018 and 2019, and of 20 at random points.

    Clusters are looked for in the counts up to December 2019; what is said goes by October 2020 to September 2021.
    """
    points = south_yorkshire.points()
    source = source_of(points)
    entries = {
        "clusters of 2018 and 2019": at_clusters(points, ENTRIES // 2),
        "random street points": at_street_points(source.points, np.random.default_rng(1), ENTRIES // 2),
    }
    said = states([one for each in entries.values() for one in each], [source], TODAY).set_index("reference")["state"]
    return {kind: said[[one.reference for one in each]].value_counts().to_dict() for kind, each in entries.items()}


def at_clusters(points: Points, number: int) -> list[Hotspot]:
    """Return entries at the busiest street points of the areas of clusters that were told of an earlier time."""
    world = south_yorkshire.world()
    scenes = scenes_of(world.released, world.areas, world.graph, THEN)
    chosen = tuple(month for month in world.months if month <= THEN)[-12:]
    found = [one for one, _ in search(scenes, world.harms, chosen).found if is_cluster(one)]
    before = [at for at, month in enumerate(points.months) if month <= THEN]
    lon, lat = points.published.degrees
    entries: list[Hotspot] = []
    taken: dict[str, list[Floats]] = {}
    for rank in range(max(len(one.units) for one in found)):
        for one in found:
            if rank >= len(one.units) or len(entries) == number:
                continue
            shape = world.areas.metres.iloc[one.units[rank]]
            harm = one.harms[0]
            inside = shapely.contains_xy(shape, *points.xy.T)
            held = np.where(inside, points.n[:, before][:, :, points.harms.index(harm)].sum(axis=1), -1)
            at = int(held.argmax())
            if all(np.hypot(*(points.xy[at] - other)) > APART for other in taken.get(harm, [])):
                taken.setdefault(harm, []).append(points.xy[at])
                entries.append(entry(f"C{len(entries)}", lon[at], lat[at], harm))
    return entries
