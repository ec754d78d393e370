"""Peer comparison: one area's rate and those of the areas most like it and of its district, over time."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo import columns as c
from geo import disclosure
from geo.areas.area_set import AreaSet
from geo.arrays import Floats, Positions
from geo.calendar import periods as p
from geo.change_wording import difference
from geo.counts.filters import Choice, not_supplied
from geo.errors import ThinDataError
from geo.maps.peer_rates import NUMBER, features_of
from geo.release.balancing import STEP
from geo.statistics.rate_ratio import MIN_EVENTS, compare
from geo.statistics.statistical_neighbours import most_similar
from geo.views.scene import Scene

SERIES: Final = "series"
DISTRICT: Final = "district"
PER: Final = 1000.0  # residents


@dataclass(frozen=True)
class Group:
    """Some areas that one is compared with: what they are called, and their positions among a scene's kept units."""

    label: str
    said: str
    units: Positions


@dataclass(frozen=True)
class PeerComparison:
    """One area's rate and that of each group over time, and in the chosen periods.

    ``lines`` has ``period``, ``n`` (incidents per 1,000 residents in the period; NaN where never supplied, and where
    protected counts are too few to be shown) and ``series``. ``sentences`` compare the area with each group;
    ``lacking`` says why a group is not there.
    """

    lines: pd.DataFrame
    sentences: tuple[str, ...]
    lacking: tuple[str, ...]


def peer_comparison(scene: Scene, areas: AreaSet, choice: Choice, at: int) -> PeerComparison:
    """Return how one unit (a position in the view) compares with the ten most like it and with its district.

    Raises ThinDataError where its residents are not known, or where a chosen period is missing.
    """
    kept = np.flatnonzero(scene.kept == at)
    residents = scene.residents
    if not kept.size or not residents[kept[0]] > 0:
        raise ThinDataError(
            "Areas are compared by their residents, and those of this one are not known; load the areas with their "
            "residents."
        )
    if lacking := not_supplied(scene.view.cube, choice):
        raise ThinDataError(
            f"A comparison needs all the periods chosen, and {p.say(lacking[0])} has no figures; choose others."
        )
    position = int(kept[0])
    groups, refused = _groups(scene, areas, position)
    counts = scene.history(choice.harms, choice.category)
    name = scene.view.units.names[at]
    lines = [
        _line(scene, counts, np.array([position]), name),
        *(_line(scene, counts, one.units, one.label) for one in groups),
    ]
    factor = float(scene.dispersion(choice.harms, choice.category)[position])
    sentences = tuple(_sentence(scene, choice, position, one, factor) for one in groups)
    return PeerComparison(pd.concat(lines, ignore_index=True), sentences, tuple(refused))


def _groups(scene: Scene, areas: AreaSet, position: int) -> tuple[list[Group], list[str]]:
    groups, refused = [], []
    known = scene.residents > 0
    try:
        features = features_of(areas, scene.view.units)[scene.kept]
        features[~known] = np.nan
        similar = most_similar(features, position, NUMBER).astype(np.int64)
        groups.append(Group(f"The {NUMBER} areas most like it", f"in the {NUMBER} areas most like it", similar))
    except ThinDataError as thin:
        refused.append(str(thin))
    if DISTRICT in areas.levels and scene.level != DISTRICT:
        district = _district_of(scene, areas)
        inside = np.flatnonzero((district == district[position]) & known)
        name = areas.units(DISTRICT).names[district[position]]
        groups.append(Group(f"All of {name}", f"in all of {name}", inside))
    return groups, refused


def _district_of(scene: Scene, areas: AreaSet) -> Positions:
    """Return the district of each kept unit: the one that most of its areas lie in."""
    district = areas.units(DISTRICT)
    size = (len(scene.view.units.codes), len(district.codes))
    shares = np.zeros(size, dtype=np.int64)
    np.add.at(shares, (scene.view.units.member, district.member), 1)
    return shares.argmax(axis=1)[scene.kept]


def _line(scene: Scene, counts: Floats, units: Positions, label: str) -> pd.DataFrame:
    n = counts[units].sum(axis=0)
    shown = n >= (disclosure.THRESHOLD if scene.view.cube.protected else 0)
    rate = np.where(shown, n, np.nan) / scene.residents[units].sum() * PER
    return pd.DataFrame({c.PERIOD: scene.periods, c.COUNT: rate, SERIES: label})


def _sentence(scene: Scene, choice: Choice, position: int, group: Group, factor: float) -> str:
    totals, residents = scene.totals(choice), scene.residents
    protected = scene.view.cube.protected
    n, others = float(totals[position]), float(totals[group.units].sum())
    when = p.say_range(choice.periods)
    if n + others < MIN_EVENTS or (protected and min(n, others) < disclosure.THRESHOLD):
        return f"{when}: too few to set it beside what was recorded {group.said} (fewer than {MIN_EVENTS})."
    found = compare(
        others, n, residents[group.units].sum(), residents[position], STEP if protected else 0.0, dispersion=factor
    )
    low, high = found.low, found.high
    size = difference(found.ratio, low, high)
    about = "about " * protected
    rate, their = n / residents[position] * PER, others / residents[group.units].sum() * PER
    if not others:
        verdict = f"where there were none {group.said}"
    elif low <= 1 <= high:
        verdict = f"no real difference from the {about}{their:,.1f} {group.said}: {size}"
    else:
        way = "more" if low > 1 else "fewer"
        verdict = f"really {way} than the {about}{their:,.1f} {group.said}: {size}"
    return f"{when}: {about}{rate:,.1f} incidents per 1,000 residents, {verdict}."
