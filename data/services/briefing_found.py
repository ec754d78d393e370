"""Briefing found: what was detected around a place, the most useful first, and what of it is not on the register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from data.records.rows import DatasetKind
from data.services import open_points
from data.services.briefing_ground import BriefingGround
from data.services.completeness import open_completeness
from data.store import hotspots, places
from geo.areas import proximity
from geo.areas.contiguity import graph_of
from geo.areas.proximity import Place
from geo.briefing.paper import Told
from geo.calendar import periods as p
from geo.evidence.unregistered import is_cluster, unregistered
from geo.findings.completeness_doubt import with_completeness
from geo.findings.finding import Finding
from geo.findings.landmarks import Landmarks, in_metres, landmarks
from geo.findings.report import Entry, Seeker, nothing, refusals, report, where_of
from geo.findings.search import FAR, Search, scenes_of, search
from geo.views.placed_points import PlacedPoints, place_points
from geo.views.scene import Scene

MOST: Final = 10  # findings that are told
NOT_REGISTERED: Final = "It is not on the register."

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class FoundFacts:
    """What was detected, or the sentence that nothing was, and what could not be looked for.

    ``unregistered`` names the places of the clusters that no known hotspot explains.
    """

    told: tuple[Told, ...]
    unregistered: tuple[str, ...]
    not_checked: tuple[str, ...]


def found_facts(ground: BriefingGround, tell: Tell) -> FoundFacts:
    """Look for clusters, changes and hot spots within 5 km of a school, or in all areas."""
    until, harms = ground.choice.periods[-1], ground.choice.harms
    result = _search(ground, tell)
    known = landmarks(ground.areas, _schools(ground))
    seeker = Seeker() if ground.school is None else Seeker(in_metres([ground.school])[0])
    of_police = ground.dataset.kind == DatasetKind.POLICE
    entries = report(result, known, seeker, of_police=of_police, placed=_placed(ground) if result.found else None)
    entries = with_completeness(entries, open_completeness(ground.store, ground.board, ground.dataset))
    within = None if ground.school is None else FAR
    none = () if entries else (Told(nothing(harms, p.say(until), within, result.refused)),)
    scene_of = {id(one): scene for one, scene in result.found}
    shown = [(one, scene_of[id(one.finding)]) for one in entries[:MOST]]
    own = [_is_unregistered(ground, one.finding, scene, known) for one, scene in shown]
    told = tuple(_told(ground, one, new=new) for (one, _), new in zip(shown, own, strict=True))
    named = [where_of(one.finding, scene, known) for (one, scene), new in zip(shown, own, strict=True) if new]
    return FoundFacts(told or none, tuple(dict.fromkeys(named)), tuple(refusals(result.refused, harms)))


def _search(ground: BriefingGround, tell: Tell) -> Search:
    graph = graph_of(ground.areas.metres.to_numpy())
    scenes = scenes_of(ground.released, ground.areas, graph, ground.choice.periods[-1])
    point = None if ground.school is None else in_metres([ground.school])[0]
    return search(scenes, ground.choice.harms, ground.choice.periods, point, tell)


def _schools(ground: BriefingGround) -> Mapping[str, Place]:
    return proximity.labelled(proximity.inside(ground.areas, places.schools(ground.store, ground.board)))


def _placed(ground: BriefingGround) -> PlacedPoints | None:
    """Return the points with the area that each counts in; None where no place may be named."""
    if ground.near is None or not ground.near.named:
        return None
    points = open_points.all_points(ground.store, ground.board, ground.dataset, by_area=True)
    return place_points(points, ground.areas)


def _told(ground: BriefingGround, entry: Entry, *, new: bool) -> Told:
    said = entry.sentences
    sentence = " ".join(filter(None, (said.sentence, said.places, NOT_REGISTERED if new else "")))
    return Told(sentence, said.sure, ground.source(entry.finding.periods))


def _is_unregistered(ground: BriefingGround, finding: Finding, scene: Scene, known: Landmarks) -> bool:
    """Return whether a finding is a cluster that no known hotspot explains."""
    if not is_cluster(finding):
        return False
    entries = hotspots.entries(ground.store, ground.board)
    alone = Search(((finding, scene),), ())
    of_police = ground.dataset.kind == DatasetKind.POLICE
    return bool(unregistered(alone, ground.areas, known, entries, ground.dataset.title, of_police=of_police))
