"""Unregistered: detected clusters that no known hotspot explains, each as a concern that can be proposed for one.

An entry that is not closed explains a cluster where its reach touches it and where they are of the same kind of harm: a
place that is known for drugs does not explain violence, and its entry is then named, so that it can be added there.
Changes are no clusters, and what is no longer hot needs no entry.
"""

from collections.abc import Sequence
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geo.areas.area_set import DEGREES, METRES, AreaSet
from geo.arrays import Bools
from geo.evidence.beside import NEAR
from geo.findings.caveats import caveats
from geo.findings.finding import Finding, FindingKind
from geo.findings.finding_sentences import describe
from geo.findings.landmarks import Landmarks
from geo.findings.report import where_of
from geo.findings.search import Search
from geo.harms import spoken_groups
from geo.register.concern import Concern, dated
from geo.register.hotspot import Hotspot
from geo.statistics.emerging import Pattern
from geo.views.reference_names import reference_of
from geo.views.scene import Scene

_CLOSED: Final = "closed"
_NAMED: Final = 2  # entries near by that are named


def is_cluster(one: Finding) -> bool:
    """Return whether a finding is of a place that stands out now, and not only of a change."""
    return one.kind is FindingKind.CLUSTER or (
        one.kind is FindingKind.PATTERN and one.pattern is not Pattern.HISTORICAL
    )


def unregistered(
    result: Search, areas: AreaSet, known: Landmarks, entries: Sequence[Hotspot], source: str, *, of_police: bool
) -> list[Concern]:
    """Return the clusters of a search of these areas that no entry explains, in the order in which they were found.

    ``known`` is what people know places by, and ``source`` the title of the dataset; ``of_police`` says whose records
    it holds.
    """
    clusters = [(one, scene) for one, scene in result.found if is_cluster(one)]
    shapes = [_shape(one, scene, areas) for one, scene in clusters]
    here = [one for one in entries if one.status != _CLOSED]
    concerns = []
    for (one, scene), shape, near in zip(clusters, shapes, _within_reach(shapes, here), strict=True):
        there = [here[at] for at in np.flatnonzero(near).tolist()]
        if any(set(one.harms) & {each.harm, *each.other_harms} for each in there):
            continue
        where = where_of(one, scene, known)
        protected = scene.view.cube.protected
        said = describe(one, where, caveats(one, scene, of_police), reference_of(scene), protected=protected)
        sentence = " ".join([said.sentence, said.sure, f"Source: {source}.", *_near_by(there)])
        concerns.append(dated(Concern(where, one.harms, sentence, shape), one.periods, of_police=of_police))
    return concerns


def _shape(one: Finding, scene: Scene, areas: AreaSet) -> shapely.Geometry:
    """Return the shape of a finding's areas (EPSG:4326)."""
    inside = np.isin(scene.view.units.member, list(one.units))
    return shapely.union_all(areas.frame.geometry.to_numpy()[inside])


def _within_reach(clusters: Sequence[shapely.Geometry], known: Sequence[Hotspot]) -> list[Bools]:
    """Return of each cluster which entries have it within reach."""
    of_known = gpd.GeoSeries([one.shape for one in known], crs=DEGREES).to_crs(METRES).to_numpy()
    of_clusters = gpd.GeoSeries(list(clusters), crs=DEGREES).to_crs(METRES).to_numpy()
    return [np.asarray(shapely.dwithin(of_known, each, NEAR), dtype=np.bool_) for each in of_clusters]


def _near_by(entries: Sequence[Hotspot]) -> list[str]:
    """Name the entries near a cluster that are of another kind of harm."""
    if not entries:
        return []
    named = " and ".join(f"“{one.name}” ({one.reference}, {spoken_groups((one.harm,))})" for one in entries[:_NAMED])
    more = f" and {len(entries) - _NAMED} more" if len(entries) > _NAMED else ""
    return [f"On the register near it: {named}{more}, of another kind of harm."]
