"""Detected clusters as the Area map shows them: a sentence on each badge, and the list that the badges number."""

from collections.abc import Sequence
from html import escape

from geo.findings.finding import Finding
from geo.findings.finding_sentences import one_line
from geo.findings.report import where_of
from geo.views.scene import Scene
from pages.components.cached import loads, statistics
from pages.components.frame.selection import Selection


def cluster_sentence(chosen: Selection, scene: Scene, found: Finding) -> str:
    """Say one cluster as its badge on the map does."""
    known = statistics.known_places(chosen.dataset.area_set_id, loads.asker())
    return one_line(found, where_of(found, scene, known), protected=chosen.about)


def clusters_html(sentences: Sequence[str], where: str) -> str:
    """List the clusters that a map outlines, by the numbers on their badges, and say ``where`` they are (HTML)."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    heading = f"<h2>Clusters of now{escape(where)}</h2>"
    return f'<div class="lc-block lc-list">{heading}<ol>{items}</ol></div>' if items else ""
