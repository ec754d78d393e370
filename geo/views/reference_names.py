"""Reference names: what a figure is compared with, in words that say no more than was looked at.

A scene around a school holds the areas within some kilometres of it, or the nearest ones where these are few; any other
all areas of a set. Every sentence that compares a place with others calls them by these names.
"""

import math
from dataclasses import dataclass

from geo.areas.whole_names import UNNAMED
from geo.release.zoning import ZONE
from geo.views.scene import Scene


@dataclass(frozen=True)
class Reference:
    """What a place is compared with: ``rest``, where all others are, and ``every``, all units and its own among them.

    "while *elsewhere within 5 km* there were 10 % fewer", "3.1 times the average of *all areas in South Yorkshire*".
    """

    rest: str
    every: str


def reference_of(scene: Scene) -> Reference:
    """Return the names of the units of a scene, as a sentence compares one or some of them with the others."""
    noun, number = "zones" if scene.level == ZONE else "areas", len(scene.kept)
    if math.isnan(scene.reach):
        return Reference(
            f"in the other {number - 1:,} {noun} nearest to the school", f"the {number:,} {noun} nearest to the school"
        )
    if math.isfinite(scene.reach):
        within = f"within {scene.reach / 1000:g} km"
        return Reference(f"elsewhere {within}", f"all {noun} {within}")
    if scene.view.elsewhere.any():  # what is gathered from several places is in no comparison
        of = "" if scene.whole == UNNAMED else f" of {scene.whole}"
        return Reference(f"in the other {noun}{of}", f"all {noun}{of}")
    return Reference(
        f"in the rest of {scene.whole}",
        f"all {scene.whole}" if scene.whole == UNNAMED else f"all {noun} in {scene.whole}",
    )
