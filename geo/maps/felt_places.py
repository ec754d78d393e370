"""Felt places: what young people marked of each place, painted as mostly safe, mixed or mostly unsafe."""

from typing import Final

import numpy as np

from geo import disclosure
from geo.arrays import Bools, Floats
from geo.maps.categories import Painted
from geo.maps.classes import NO_DATA, ZERO, Classes

MOSTLY: Final = 2 / 3  # of the marks that are shown of a place
_LOOKS: Final = (
    ("#4a94d0", "S", "Mostly marked safe"),
    ("#e5e0ce", "M", "Marked both"),
    ("#bf5108", "U", "Mostly marked unsafe"),
)
_FEW: Final = f"{disclosure.FEWER_THAN.capitalize()} marks"
_METHOD: Final = "Mostly means two of three marks or more, as they are shown"


def felt_places(safe: Floats, unsafe: Floats, elsewhere: Bools) -> Painted:
    """Return places painted by their protected marks; those with fewer than 10 are white, ``elsewhere`` has no data."""
    whole = safe + unsafe
    share = unsafe / np.where(whole > 0, whole, np.nan)
    index = np.select([share >= MOSTLY, share > 1 - MOSTLY], [3, 2], 1)
    index = np.where(whole < disclosure.THRESHOLD, ZERO, index)
    index = np.where(elsewhere, NO_DATA, index).astype(np.int8)
    labels = (_FEW, *(label for _, _, label in _LOOKS))
    classes = Classes(breaks=(), labels=labels, index=index, method=_METHOD)
    words = tuple("" if number == NO_DATA else labels[number] for number in index.tolist())
    return Painted(classes, tuple(look[0] for look in _LOOKS), tuple(look[1] for look in _LOOKS), words)
