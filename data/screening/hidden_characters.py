"""Characters that cannot be seen: they can hide a number or a name from whoever looks, and from every pattern.

What is seen as a space, and what holds a picture such as a family or a flag together, is none.
"""

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from geo.arrays import Bools


def _tags(letters: str) -> str:
    """Return letters as the tags that make a flag of a black one."""
    return "".join(chr(0xE0000 + ord(letter)) for letter in (*letters, "\x7f"))


WHAT: Final = "characters that cannot be seen"

# Controls but tab, the ends of lines and the end of line of old mainframes; soft hyphens; characters of no width, of
# direction, that fill or vary others; private ones; and tags. What Unicode calls ignorable, and controls.
_HIDDEN: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ue000-\uf8ff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010fffd"
)
ANY_HIDDEN: Final = f"[{_HIDDEN}]"
_PICTURE: Final = "[\u00a9\u00ae\u203c\u2049\u20e3\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_KEYCAP: Final = "[0-9#*]\ufe0f\u20e3"
_FLAG: Final = "\U0001f3f4(?:" + "|".join(_tags(of) for of in ("gbeng", "gbsct", "gbwls")) + ")"
# A picture, the way it is drawn, and others that are joined to it.
_PICTURES: Final = re.compile(f"{_FLAG}|{_KEYCAP}|{_PICTURE}[\ufe0e\ufe0f]?(?:\u200d{_PICTURE}[\ufe0e\ufe0f]?)*")
_HIDES: Final = re.compile(ANY_HIDDEN)


def holds_hidden(text: str) -> bool:
    """Return whether a text holds a character that cannot be seen, other than within a picture."""
    if text.isascii() and text.isprintable():
        return False
    return _HIDES.search(_PICTURES.sub("", text) if _HIDES.search(text) else "") is not None


def texts_with_hidden(texts: pa.StringArray) -> Bools:
    """Return which texts of an array hold a character that cannot be seen; none of those that are null do."""
    found = cells.mask(pc.match_substring_regex(texts.cast(pa.string()), ANY_HIDDEN)).copy()
    for at in np.flatnonzero(found).tolist():
        found[at] = holds_hidden(texts[at].as_py())
    return found
