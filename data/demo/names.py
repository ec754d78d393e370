"""Names of streets: plain words and no real town's list."""

from collections.abc import Sequence
from typing import Final

import numpy as np

_WORDS: Final = """
Abbey Acorn Alder Almond Anchor Arbour Ash Aspen Barley Beech Birch Blackthorn Bramble Briar Broom Bryony Cedar Chapel
Cherry Chestnut Clover Cobble Cooper Coppice Cornmill Cowslip Curlew Cypress Dale Damson Drover Dunlin Elder Elm
Fairfield Falcon Fern Finch Foundry Foxglove Furlong Gorse Granary Greenfield Hawthorn Hazel Heather Heron Hillside
Holly Hornbeam Ivy Juniper Kestrel Kiln Lapwing Larch Lark Laurel Lavender Linden Linnet Mallow Maltings Maple Meadow
Mercer Mulberry Nettle Oak Orchard Osier Paddock Pear Pine Plover Poplar Primrose Priory Quarry Redwing Rowan Rush
Saddler Sandpiper Sedge Sorrel Spinney Swallow Sycamore Tanner Teal Thistle Thorn Tithe Vale Walnut Weaver Willow Wren
Yarrow Yew
"""
# Each kind of ending with the shortest street, in metres, that it suits.
_ENDINGS: Final = (
    (0.0, ("Close", "Court", "Place", "Mews")),
    (150.0, ("Terrace", "Street", "Drive", "Grove", "Way")),
    (270.0, ("Road", "Avenue", "Lane", "Rise")),
)


def street_names(lengths: Sequence[float], rng: np.random.Generator) -> list[str]:
    """Return a name of its own for each street by its length in metres: short ones are closes, long ones roads."""
    pools = []
    for _, endings in _ENDINGS:
        pool = [f"{word} {ending}" for word in _WORDS.split() for ending in endings]
        rng.shuffle(pool)
        pools.append(iter(pool))
    kinds = np.searchsorted([shortest for shortest, _ in _ENDINGS], lengths, side="right") - 1
    return [next(pools[kind]) for kind in kinds]
