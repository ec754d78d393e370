"""Clusters: neighbouring areas that hold more, now, than their own past leads one to expect.

The prospective space-time scan against each place's own past (``geo.statistics.scan``): a place that has always been
busy is no cluster, and neither is a rise everywhere. Circles are no wider than a walk of 20 minutes, since nobody can
act on a wider one.
"""

from typing import Final

import numpy as np

from geo.arrays import Floats
from geo.findings.finding import Finding, FindingKind
from geo.findings.told import SIGNIFICANCE, Detected, Family
from geo.statistics.scan import Cluster, scan
from geo.views.scene import Scene

RADIUS: Final = 1600.0  # metres; the outermost ring around a school, about 20 minutes on foot
STRONG: Final = 1.25  # times what is expected, under which a cluster is real and no help to anybody
SEED: Final = 20
PERIODS: Final = 30  # looked back at: two whole years before the windows, so that each season counts alike


def find(scene: Scene, harms: tuple[str, ...], category: str | None = None) -> list[Detected]:
    """Return the clusters of some harm groups together as of the scene's last period.

    Raises ThinDataError as ``scan`` does.
    """
    counts = scene.history(harms, category)[:, -PERIODS:]
    found = scan(counts, scene.points, seed=SEED, radius=RADIUS, times=STRONG, significance=SIGNIFICANCE)
    clusters = tuple(_finding(scene, harms, counts, cluster) for cluster in found.clusters)
    return [Detected(Family.CLUSTER, scene, clusters, found.strongest)]


def _finding(scene: Scene, harms: tuple[str, ...], counts: Floats, cluster: Cluster) -> Finding:
    columns = list(cluster.periods)
    there = counts[list(cluster.areas)]
    held = there[:, columns].sum(axis=1)
    before = there[:, : columns[0]]
    most_first = [cluster.areas[at] for at in (-held).argsort(kind="stable")]
    return Finding(
        kind=FindingKind.CLUSTER,
        harms=harms,
        level=scene.level,
        units=tuple(int(scene.kept[at]) for at in most_first),
        periods=tuple(scene.periods[-PERIODS:][at] for at in columns),
        observed=float(cluster.observed),
        expected=cluster.expected,
        ratio=cluster.ratio,
        p=cluster.p,
        score=cluster.score,
        share=float(held.max() / held.sum()),
        usual=float(np.nanmean(before.sum(axis=0)) * len(columns)),
    )
