"""Detected clusters as the Area map shows them: outlines with a sentence on each badge, and the list of the badges."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from geo.areas.proximity import Place
from geo.calendar import periods
from geo.errors import ThinDataError
from geo.findings.finding import Finding
from geo.findings.finding_sentences import one_line
from geo.findings.report import where_of
from geo.findings.search import FAR
from geo.views.extent import Where
from geo.views.reference_names import reference_of
from geo.wording import could_not_check
from pages.components.area_map.measured_areas import MeasuredAreas
from pages.components.cached import statistics
from pages.components.frame.selection import Selection
from pages.components.maps.map_view import Outline


@dataclass(frozen=True)
class MapClusters:
    """The clusters that a map outlines, in the order of their badges, or why none is where they are asked for."""

    outlines: Sequence[Outline] = ()
    none: str | None = None


def find_clusters(chosen: Selection, areas: MeasuredAreas) -> MapClusters:
    """Find the clusters of what is shown, if the request asks for them."""
    if not areas.request.measure.clusters:
        return MapClusters()
    try:
        clusters = statistics.clusters_of(areas.key, areas.wide.choice, _school(chosen))
    except ThinDataError as thin:
        return MapClusters(none=could_not_check("for current clusters", str(thin)))
    if not clusters:
        until = periods.say(areas.wide.choice.periods[-1])
        return MapClusters(none=f"No cluster stands out from chance{clusters_where(chosen)} as of {until}.")
    return MapClusters([outline(chosen, areas, one) for one in clusters])


def clusters_where(chosen: Selection) -> str:
    """Say where clusters are looked for."""
    school = _school(chosen)
    return f" within {FAR / 1000:.0f} km of {school.name}" if school else ""


def clusters_html(clusters: MapClusters, where: str) -> str:
    """List the clusters that a map outlines, by the numbers on their badges, and say ``where`` they are (HTML)."""
    items = "".join(f"<li>{escape(outline.label)}</li>" for outline in clusters.outlines)
    heading = f"<h2>Current clusters{escape(where)}</h2>"
    return f'<div class="lc-block lc-list">{heading}<ol>{items}</ol></div>' if items else ""


def _school(chosen: Selection) -> Place | None:
    """Return the school around which clusters are looked for, or None where all areas are looked at."""
    return chosen.school if chosen.extent.where is Where.SCHOOL else None


def outline(chosen: Selection, areas: MeasuredAreas, cluster: Finding) -> Outline:
    """Return how a map outlines one cluster, and what it says of it."""
    scene = statistics.scene_searched(areas.key, areas.wide.choice.periods[-1], _school(chosen))
    where = where_of(cluster, scene, statistics.known_places(chosen.dataset.area_set_id, chosen.asking))
    return Outline(one_line(cluster, where, reference_of(scene), protected=chosen.about), cluster.units)
