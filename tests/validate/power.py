"""Power: how often what was planted is told, in a county and around a school, and how often it can be told at best."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from multiprocessing.pool import Pool
from typing import Final

import numpy as np

from geo.findings.finding import FindingKind
from geo.findings.search import FAR
from tests.validate.attainable import attainable
from tests.validate.made_up import CHANCE, PROCESSES
from tests.validate.planting import HARM, PLANTS, Areas, Plant, planted_world
from tests.validate.sources import site_there
from tests.validate.told import CLUSTER, CONSECUTIVE, MORE, NEW, Point, kind_of, searched
from tests.validate.told_rates import COUNTY, SCHOOL
from tests.validate.world import World

LEAST: Final = 0.80  # of what is planted has to be told …
REACHABLE: Final = 0.95  # … where the best test there could be tells so much
_MORE_NOW: Final = (CLUSTER, NEW, CONSECUTIVE, MORE)

Key = tuple[str, str, str]  # null, county or school, what was planted
Powers = Mapping[Key, tuple[int, int]]  # worlds, and in how many of them it was told


def is_told(world: World, areas: Areas, school: Point | None) -> bool:
    """Return whether a search tells of more, or of a rise, in half of the planted areas or more."""
    covered = np.zeros(len(areas), dtype=bool)
    for one, scene in searched(world, school):
        if world.harms[HARM] in one.harms and (one.kind is FindingKind.RISE or kind_of(one) in _MORE_NOW):
            covered |= np.isin(scene.view.units.member[areas], one.units)
    return bool(2 * covered.sum() >= len(areas))


def measure(
    pool: Pool, nulls: Iterable[str], counties: int, schools: int, seed: int = 0, plants: Sequence[Plant] = PLANTS
) -> Powers:
    """Plant each thing in some worlds of each null, and search them as a county and, in others, around a school."""
    jobs = [
        (null, scope, plant, seed + at)
        for null in nulls
        for scope, worlds in ((SCHOOL, schools), (COUNTY, counties))
        for plant in plants
        for at in range(worlds)
    ]
    numbers: dict[Key, list[bool]] = defaultdict(list)
    for key, found in pool.imap_unordered(_one, jobs):
        if found is not None:
            numbers[key].append(found)
    return {key: (len(some), sum(some)) for key, some in numbers.items()}


def best(pool: Pool, nulls: Iterable[str], plants: Sequence[Plant] = PLANTS) -> dict[Key, float]:
    """Return the share that the best test could tell; of nulls of real counts, as if chance alone made them."""
    jobs = [(name, scope, plant) for name in PROCESSES for scope in (COUNTY, SCHOOL) for plant in plants]
    found = dict(zip([(name, scope, plant.name) for name, scope, plant in jobs], pool.map(_best, jobs), strict=True))
    process = {null: null if null in PROCESSES else CHANCE for null in nulls}
    return {(null, *rest): found[process[null], *rest] for null in process for _, *rest in found}


def _best(job: tuple[str, str, Plant]) -> float:
    name, scope, plant = job
    site = site_there()
    middles = np.column_stack([site.areas.metres.centroid.x, site.areas.metres.centroid.y])
    near = [np.hypot(*(middles - school).T) <= FAR for school in site.schools.values()]
    areas = len(middles) if scope == COUNTY else int(np.mean([one.sum() for one in near]))
    return attainable(PROCESSES[name], plant, areas // plant.areas, len(site.harms))


def _one(job: tuple[str, str, Plant, int]) -> tuple[Key, bool | None]:
    null, scope, plant, seed = job
    schools = site_there().schools
    school = list(schools)[seed % len(schools)] if scope == SCHOOL else None
    made = planted_world(null, plant, school, seed)
    key = (null, scope, plant.name)
    return key, None if made is None else is_told(*made, None if school is None else schools[school])
