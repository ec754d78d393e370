"""The letters that papers are set in, and what stands for a character that they lack.

PDF/UA refuses a character that its font cannot show, so each of them becomes a □ that everybody sees, rather than
nothing. Characters that turn the direction of what follows become one too: a figure must not read backwards.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib.ft2font import FT2Font

FAMILY: Final = "DejaVu Sans"  # comes with Matplotlib; has Latin, Greek, Cyrillic, Arabic and Hebrew letters
STAND_IN: Final = "□"
_FILES: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
# Format characters that only join, part or lean: they are written as they are.
_HARMLESS: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")
_ONE_KIND: Final = re.compile("\r\n|[\r\u2028\u2029]")
_SHOWS_NOTHING: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})


def folder() -> Path:
    """Return where the files of these letters are."""
    return Path(matplotlib.get_data_path(), "fonts", "ttf")


def legible(text: str) -> str:
    """Return a text with a □ for each character that would not be seen; ends of lines are all a newline."""
    lines = _ONE_KIND.sub("\n", text).replace("\ufeff", "\u2060").replace("\t", " ")
    return lines.translate({ord(character): STAND_IN for character in set(lines) if not _is_shown(character)})


def _is_shown(character: str) -> bool:
    if character == "\n" or character in _HARMLESS:
        return True
    return ord(character) in _held() and unicodedata.category(character) not in _SHOWS_NOTHING


@cache
def _held() -> frozenset[int]:
    """Return the characters that both weights have."""
    upright, bold = (frozenset(FT2Font(folder() / name).get_charmap()) for name in _FILES)
    return upright & bold
