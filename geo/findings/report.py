"""Report: what a search found, in words, in order of use to one school."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.arrays import Floats
from geo.findings.caveats import caveats
from geo.findings.finding import Finding
from geo.findings.finding_sentences import FindingSentences, describe
from geo.findings.landmarks import Landmarks, say_distance, say_where
from geo.findings.place_sentences import of_these, telling_places
from geo.findings.ranking import ranked
from geo.findings.search import FAR, Refusal, Search
from geo.harms import HARM_GROUPS, spoken
from geo.views.placed_points import PlacedPoints
from geo.views.reference_names import reference_of
from geo.views.scene import Scene
from geo.wording import could_not_check

NAMED: Final = 3  # harm groups up to which a sentence lists them


@dataclass(frozen=True)
class Entry:
    """One finding in words: ``area`` is the code of its first unit, ``metres`` how far away it lies."""

    finding: Finding
    area: str
    sentences: FindingSentences
    metres: float


@dataclass(frozen=True)
class Seeker:
    """For whom findings are reported: a school by its point in metres and its name, or nobody in particular.

    Where the name is clear, it can be left out.
    """

    point: Floats | None = None
    name: str = ""


def report(
    result: Search, known: Landmarks, seeker: Seeker, *, of_police: bool, placed: PlacedPoints | None = None
) -> list[Entry]:
    """Return every finding in words, the most useful to the seeker first; with a school only those within 5 km.

    ``of_police`` says whose records the counts are. ``placed`` are the points of an open dataset with names of places,
    None for any other: of protected data no place is named.
    """
    middles = [middle(one, scene) for one, scene in result.found]
    metres = [0.0 if seeker.point is None else float(np.hypot(*(each - seeker.point))) for each in middles]
    entries = []
    for rank in ranked([one for one, _ in result.found], metres):
        if metres[rank] > FAR:
            continue
        one, scene = result.found[rank]
        where = where_of(one, scene, known)
        if seeker.point is not None:
            where = f"{where}, {say_distance(middles[rank], seeker.point, seeker.name)}"
        protected = scene.view.cube.protected
        at = "" if placed is None or protected else of_these(telling_places(one, scene, placed))
        units = scene.view.units
        sentences = describe(
            one,
            where,
            caveats(one, scene, of_police),
            reference_of(scene),
            protected=protected,
            places=at,
            areas=tuple(units.names[unit] for unit in one.units),
        )
        entries.append(Entry(one, units.codes[one.units[0]], sentences, metres[rank]))
    return entries


def where_of(found: Finding, scene: Scene, known: Landmarks) -> str:
    """Name the place of a finding as people do."""
    units = scene.view.units
    return say_where(found.units, units, middle(found, scene), known)


def middle(found: Finding, scene: Scene) -> Floats:
    """Return the middle of a finding's units, in metres."""
    where = np.searchsorted(scene.kept, np.array(found.units))
    middle_of: Floats = scene.points[where].mean(axis=0)
    return middle_of


def refusals(refused: Sequence[Refusal], harms: Sequence[str]) -> list[str]:
    """Say what could not be checked, each reason once, in which of the ``harms`` that were looked at."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for one in refused:
        by_reason.setdefault((one.what, one.reason), []).append(one.harm)
    return [could_not_check(f"{what}{_in(some, harms)}", reason) for (what, reason), some in by_reason.items()]


def _in(some: Sequence[str], harms: Sequence[str]) -> str:
    return "" if len(some) == len(harms) else f" in {_listed(some, 'and')}"


def _listed(harms: Sequence[str], last: str) -> str:
    """List harm groups, whose labels hold "and" and no comma, with one word before the last."""
    *others, final = (spoken(HARM_GROUPS[code]) for code in harms)
    return f"{', '.join(others)}, {last} {final}" if others else final


def nothing(harms: Sequence[str], until: str, within: float | None = None, refused: Sequence[Refusal] = ()) -> str:
    """Say that nothing was found, ``within`` some metres or anywhere: a good answer where all could be checked."""
    named = _listed(harms, "or") if len(harms) <= NAMED else "the chosen harm groups"
    where = "" if within is None else f" within {within / 1000:.0f} km"
    if refused:
        return f"Nothing was found in {named}{where} as of {until}, but we couldn’t check everything: no answer yet."
    return f"Nothing in {named} stands out from chance{where} as of {until}: a good answer, and no proof of safety."
