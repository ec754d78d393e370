"""Categories: maps of kinds rather than of amounts, hot spots, real changes and patterns, with colours and words.

What was detected is coloured; all else is white, and white never means that nothing happened there. Warm colours say
more, blue ones fewer. Classes that colour alone might not tell apart, with any common kind of colour vision or in grey
print, bear a letter or a sign too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geo.arrays import Bools, Floats
from geo.maps.classes import NO_DATA, ZERO, Classes
from geo.statistics.emerging import Pattern


@dataclass(frozen=True, eq=False)
class Painted:
    """A map of kinds.

    Attributes
    ----------
    classes
        Class of each area. ``breaks`` are empty, for kinds have none; ``labels[0]`` says what the white areas are.
    colours
        One colour per class from 1 upwards.
    letters
        One short sign per class from 1 upwards; empty when colours suffice.
    words
        What each area is: the label of its class, or more than that; empty where there is no data.
    """

    classes: Classes
    colours: tuple[str, ...]
    letters: tuple[str, ...]
    words: tuple[str, ...]


class _Look(NamedTuple):
    colour: str
    letter: str
    label: str


_HOT: Final = (
    _Look("#fcc27a", "+", "Hot spot, about 1 in 10 a false alarm"),
    _Look("#e86f1f", "+", "Hot spot, about 1 in 20 a false alarm"),
    _Look("#8f1d0a", "+", "Hot spot, about 1 in 100 a false alarm"),
)
_COLD: Final = (
    _Look("#a9d3f2", "−", "Cold spot, about 1 in 10 a false alarm"),
    _Look("#4a94d0", "−", "Cold spot, about 1 in 20 a false alarm"),
    _Look("#173f73", "−", "Cold spot, about 1 in 100 a false alarm"),
)
_CHANGES: Final = (
    _Look("#1f5a9e", "↓↓", "Fell by more than half"),
    _Look("#8cc0e8", "↓", "Fell by half or less"),
    _Look("#f9b871", "↑", "Rose to double or less"),
    _Look("#bf5108", "↑↑", "Rose to more than double"),
)
# From dark to light: first what is hot now, the newest first, then what is weaker, on and off, or over.
_PATTERNS: Final = {
    Pattern.NEW: ("#3d0a33", "N", "{hot} now, for the first time"),
    Pattern.CONSECUTIVE: ("#7d0f36", "C", "{hot} without a break up to now, not before"),
    Pattern.INTENSIFYING: ("#a92a1c", "I", "consistently {hot}, more and more so"),
    Pattern.PERSISTENT: ("#b75400", "P", "consistently {hot}, no trend"),
    Pattern.DIMINISHING: ("#de7c20", "D", "consistently {hot}, less and less so"),
    Pattern.SPORADIC: ("#efac48", "S", "{hot} now and then"),
    Pattern.OSCILLATING: ("#f2d07a", "O", "{hot} now, {cold} at times before"),
    Pattern.HISTORICAL: ("#e5e0ce", "H", "consistently {hot} before, not now"),
}
_COLD_PATTERN: Final = _Look("#4a94d0", "−", "Cold, in any of these patterns")


def hot_spots(bins: npt.NDArray[np.int8], *, cold: bool, known: Bools | None = None) -> Painted:
    """Return hot spots painted by their confidence, and cold spots where ``cold`` asks for them.

    Parameters
    ----------
    bins
        One number per area (``geo.statistics.gi_star.HotSpots``): 1, 2, 3 hot, with 10, 5 or 1 % false alarms;
        −1, −2, −3 cold; 0 neither.
    cold
        Whether cold spots show as such; they can mean that less is reported. Otherwise they are white.
    known
        Which areas were looked at; the others have no data. None for all.
    """
    looks = (*_HOT, *_COLD) if cold else _HOT
    index = np.where(bins >= 0, bins, len(_HOT) - bins if cold else ZERO)
    zero = "Neither hot nor cold" if cold else "No hot spot"
    method = (
        f"How sure it is that an area and its neighbours hold more{' or fewer' if cold else ''} "
        "than chance puts there (Getis-Ord Gi*)"
    )
    # One ramp from light to dark needs no signs; where there are two, signs tell one from the other in grey print.
    return _painted(index, known, looks, zero, method, lettered=cold)


def change(ratio: Floats, significant: Bools) -> Painted:
    """Return real changes painted, up in orange and down in blue as control charts do; what may be chance is white.

    Parameters
    ----------
    ratio
        Now over before, one per area: infinite where there was none before, NaN where there are too few to say.
    significant
        Whether the change is more than chance explains.
    """
    real = significant & (ratio != 1)
    index = np.where(real, 1 + (ratio >= 0.5).astype(int) + (ratio > 1) + (ratio > 2), ZERO)
    method = "Only a change that chance does not explain is coloured"
    return _painted(index, ~np.isnan(ratio), _CHANGES, "No real change", method)


def patterns(codes: npt.NDArray[np.int8], *, cold: bool, known: Bools | None = None) -> Painted:
    """Return the patterns of emerging hot spots painted: a class for each of the eight hot ones, one for all cold ones.

    Parameters
    ----------
    codes
        One ``Pattern`` per area, cold ones below zero (``geo.statistics.emerging.Emerged``).
    cold
        Whether areas with a cold pattern show as such, in one colour; their words name the pattern. Otherwise they are
        white.
    known
        Which areas were looked at; the others have no data. None for all.
    """
    hot = [_Look(colour, letter, _pattern_words(pattern)) for pattern, (colour, letter, _) in _PATTERNS.items()]
    looks = (*hot, _COLD_PATTERN) if cold else tuple(hot)
    index = np.where(codes < 0, len(looks) if cold else ZERO, codes)
    method = "When and how often an area with its neighbours was a hot spot (emerging hot spots)"
    painted = _painted(index, known, looks, "No pattern" if cold else "No hot pattern", method)
    coded = zip(painted.words, codes.tolist(), painted.classes.index.tolist(), strict=True)
    words = tuple(_pattern_words(Pattern(code)) if number > ZERO else word for word, code, number in coded)
    return Painted(painted.classes, painted.colours, painted.letters, words)


def _painted(
    index: npt.NDArray[np.integer],
    known: Bools | None,
    looks: Sequence[_Look],
    zero: str,
    method: str,
    *,
    lettered: bool = True,
) -> Painted:
    """Return classes, colours and words together; the words of an area are its class's label."""
    known_index = index if known is None else np.where(known, index, NO_DATA)
    labels = (zero, *(look.label for look in looks))
    classes = Classes(breaks=(), labels=labels, index=known_index.astype(np.int8), method=method)
    words = tuple("" if number == NO_DATA else labels[number] for number in classes.index.tolist())
    letters = tuple(look.letter for look in looks) if lettered else ()
    return Painted(classes, tuple(look.colour for look in looks), letters, words)


def _pattern_words(pattern: Pattern) -> str:
    """Name a pattern and say what it means, for example "New: hot now, for the first time"."""
    name, (_, _, meaning) = Pattern(abs(pattern)).name.capitalize(), _PATTERNS[Pattern(abs(pattern))]
    if pattern > 0:
        return f"{name}: {meaning.format(hot='hot', cold='cold')}"
    return f"Cold, {name.lower()}: {meaning.format(hot='cold', cold='hot')}"
