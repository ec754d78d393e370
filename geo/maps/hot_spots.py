"""Hot spots on a map: areas that, with the areas next to them, hold more than chance would put there (Gi*)."""

from typing import Final

import numpy as np
import numpy.typing as npt

from geo.counts.filters import Choice
from geo.errors import ThinDataError
from geo.maps import categories
from geo.maps.measure_result import Fact, MeasureResult
from geo.statistics.gi_star import hot_spots
from geo.statistics.moran import local_moran
from geo.views.scene import Scene
from geo.wording import how_many

SEED: Final = 20  # the same shuffles each time, so that a picture does not change by itself
HOT: Final = 2  # the bin from which an area is called a hot spot: 95 %
# What the false discovery rate of that bin means.
FALSE_ALARMS: Final = "About 1 in 20 areas marked like this will be a false alarm."
COUNTS: Final = "Getis-Ord Gi*: the incidents of an area and its neighbours (areas that touch it), against all areas"
RESIDENTS: Final = (
    "Getis-Ord Gi* of an area and its neighbours (areas that touch it), against all areas, on how far incidents lie "
    "from what residents would lead one to expect"
)
_CLUSTER_WORDS: Final = {
    "": "It does not stand out from the areas beside it.",
    "high among high": "It and the areas beside it hold more than most.",
    "low among low": "It and the areas beside it hold less than most.",
    "high among low": "It holds more than most, and the areas beside it less: it stands out from them.",
    "low among high": "It holds less than most, and the areas beside it more: it stands out from them.",
}
NORMAL: Final = "; the false discovery rate is held across all areas (Benjamini and Hochberg)"
PERMUTED: Final = "; sure by shuffles, as counts are low, and the false discovery rate is held across all areas"
MEANING: Final = (
    "A hot spot is a group of areas side by side that together hold more than would lie there if incidents fell on "
    "areas by chance. A false alarm is an area that is coloured so by chance alone. The map "
    "says where incidents were recorded, not who lives there, and centres where many people meet are often hot. A cold "
    "spot can mean that less is reported there."
)


def hot_spot_result(scene: Scene, choice: Choice, when: str, *, residents: bool, cold: bool) -> MeasureResult:
    """Return the hot spots in the counts that a choice leaves, or in what residents do not explain of these.

    ``cold`` shows cold spots too. Raises ThinDataError as ``geo.statistics.gi_star`` does, and where no residents are
    known to compare incidents with.
    """
    if residents and not (scene.residents > 0).any():
        raise ThinDataError(
            "Hot spots adjusted for population need the residents of the areas, and these areas were loaded without; "
            "look at hot spots of the counts."
        )
    found = hot_spots(scene.totals(choice), scene.graph, SEED, residents=scene.residents if residents else None)
    bins = found.bins if cold else np.maximum(found.bins, 0).astype(np.int8)
    known = np.array(scene.spread((~np.isnan(found.z)).tolist(), other=False))
    painted = categories.hot_spots(np.array(scene.spread(bins.tolist(), 0), dtype=np.int8), cold=cold, known=known)
    z = np.array(scene.spread(found.z.tolist(), np.nan))
    return MeasureResult(
        values=z,
        words=painted.words,
        texts=painted.words,
        facts=(
            Fact("hot", "Hot spot", [word or "–" for word in painted.words]),
            Fact("z", "Gi* (z)", z.tolist(), 2),
        ),
        headline=_headline(scene, found.z, bins, when),
        method=(RESIDENTS if residents else COUNTS) + (PERMUTED if found.how[0] == "permuted" else NORMAL),
        meaning=MEANING,
        painted=painted,
    )


def against_neighbours(scene: Scene, choice: Choice) -> list[str]:
    """Say how each unit compares with its neighbours beyond chance (local Moran); "" where that cannot be said."""
    try:
        found = local_moran(scene.totals(choice), scene.graph, SEED)
    except ThinDataError:
        return [""] * len(scene.view.units.codes)
    return scene.spread([_CLUSTER_WORDS[label] for label in found.label], "")


def _headline(scene: Scene, z: npt.NDArray[np.float64], bins: npt.NDArray[np.int8], when: str) -> str:
    at = np.flatnonzero(bins >= HOT)
    if not len(at):
        return f"No area stands out from chance as a hot spot, {when}."
    top = scene.view.units.names[scene.kept[at[np.argmax(z[at])]]]
    many = f"{top} and {how_many(len(at) - 1, 'other area', 'other areas')} are hot spots"
    return f"{many if len(at) > 1 else f'{top} is a hot spot'}, {when}. {FALSE_ALARMS}"
