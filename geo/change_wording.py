"""Change wording: a ratio of two counts with its interval, as a person would say it aloud.

A change of less than double is said in percent, "up 20 %"; from double on as a multiple, "about 3 times as many", since
"up 200 %" is easily taken for double. Neither ever stands without the interval it may lie in, and where that spans more
than a factor of ten the size is not said at all: "2 to 4" is no "up 100 %".
"""

import math
from typing import Final

UNCERTAIN: Final = "too uncertain to say"
WIDEST: Final = 10.0  # times its low end that an interval's high end may be, beyond which no size is said
_DOUBLE: Final = 1.95  # what rounds to twice as many
_MANY: Final = 10.0  # times as many, from which on they are said in whole numbers
_CLOSE: Final = 0.02  # an interval narrower than two points of percent is said with a decimal
_UP_DOWN: Final = ("down", "up")
_FEWER_MORE: Final = ("fewer", "more")


def change(ratio: float, low: float, high: float) -> str:
    """Write a change: "up 20 % (could be anywhere from 20 % down to 80 % up)", or "too uncertain to say".

    ``low`` and ``high`` are the ends of the interval of ``ratio`` (95 %); 1 is no change. None after some is "at least
    60 % down", some after none "at least twice as many", each only where its interval leaves out no change.
    """
    if _has_no_size(ratio, low, high):
        return _without_size(ratio, low, high, _UP_DOWN)
    return f"{_led(ratio)} (could be anywhere from {ends(low, high)})"


def difference(ratio: float, low: float, high: float) -> str:
    """Write a ratio to what is elsewhere or expected: "20 % more (could be anywhere from 20 % fewer to 80 % more)"."""
    if _has_no_size(ratio, low, high):
        return _without_size(ratio, low, high, _FEWER_MORE)
    return f"{amount(ratio)} (could be anywhere from {ends(low, high, _FEWER_MORE)})"


def brief(ratio: float, low: float, high: float) -> str:
    """Write a change in little room, as beside a chart or on a map: "up 20 % (20 % down to 80 % up)"."""
    if _has_no_size(ratio, low, high):
        return _without_size(ratio, low, high, _UP_DOWN)
    return f"{_led(ratio)} ({ends(low, high)})"


def amount(ratio: float) -> str:
    """Write a ratio alone: "20 % more", "20 % fewer", "about 3 times as many", "about as many"."""
    if ratio >= _DOUBLE:
        return f"about {_times(ratio)}"
    return f"{_percent(ratio)} {_FEWER_MORE[int(ratio > 1)]}" if _moved(ratio) else "about as many"


def amount_against(ratio: float, base: str) -> str:
    """Write what all areas together did, which has no interval: "20 % more than then", "about as many as then"."""
    said = amount(ratio)
    return f"{said} {'as' if said.endswith('as many') else 'than'} {base}"


def ends(low: float, high: float, words: tuple[str, str] = _UP_DOWN) -> str:
    """Write an interval: "20 % down to 80 % up", "20 % to 80 % up", "10 % up to 3 times as many"."""
    decimals = 1 if high - low < _CLOSE else 0
    first, last = (_end(end, words, decimals) for end in (low, high))
    for word in (*words, "times as many"):
        if first.endswith(word) and last.endswith(word):
            return f"{first.removesuffix(word).strip()} to {last}"
    return f"{first} to {last}"


def _has_no_size(ratio: float, low: float, high: float) -> bool:
    """Return whether a ratio has no size that can be said: it is of none, or its interval is too wide."""
    return not (0 < ratio < math.inf and low > 0 and high <= WIDEST * low)


def _without_size(ratio: float, low: float, high: float, words: tuple[str, str]) -> str:
    if ratio == 0 and high < 1:
        return f"at least {_end(high, words, 0)}"
    if math.isinf(ratio) and low > 1:
        return f"at least {_end(low, words, 0)}"
    return UNCERTAIN


def _led(ratio: float) -> str:
    """Write a ratio with its direction before it: "up 20 %", "about 3 times as many"."""
    if ratio >= _DOUBLE or not _moved(ratio):
        return amount(ratio)
    return f"{_UP_DOWN[int(ratio > 1)]} {_percent(ratio)}"


def _end(ratio: float, words: tuple[str, str], decimals: int) -> str:
    if ratio >= _DOUBLE:
        return _times(ratio)
    return "no change" if ratio == 1 else f"{_percent(ratio, decimals)} {words[int(ratio > 1)]}"


def _moved(ratio: float) -> bool:
    """Return whether a ratio is a percent or more away from no change once it is rounded."""
    return round(abs(ratio - 1) * 100) >= 1


def _percent(ratio: float, decimals: int = 0) -> str:
    """Write how far a ratio lies from 1, at least 1 % and under 100 %: an end beside no change is not on it."""
    least = 10.0**-decimals
    return f"{min(max(round(abs(ratio - 1) * 100, decimals), least), 100 - least):.{decimals}f} %"


def _times(ratio: float) -> str:
    """Write a ratio of double or more: "twice as many", "2.4 times as many", "14 times as many"."""
    tenths = math.floor(10 * ratio + 0.5) / 10  # 1.95 is 2.0, however it is stored
    figure = f"{ratio:,.0f}" if tenths >= _MANY else f"{tenths:.1f}".removesuffix(".0")
    return "twice as many" if figure == "2" else f"{figure} times as many"
