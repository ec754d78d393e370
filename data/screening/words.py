"""Single texts that people write: an action, a reason, the name of a period. Each is short and names nobody."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import pandas as pd
import pyarrow as pa

from data.formats.sheets import Aside, Sheet
from data.screening.screen import screen
from geo.errors import InputError

SHORTEST: Final = 3
LONGEST: Final = 200  # characters: what was done or why, and no story
PLACE: Final = "say what concerns the place"
_UNSEEN: Final = ("Cc", "Cf", "Co", "Cs")  # Unicode's categories of what steers, turns or hides other characters
_SPACES: Final = "\t\n\r"


class _Fault(NamedTuple):
    must: str
    found: str
    remedy: str


def kinds_in(texts: Sequence[str]) -> list[list[str]]:
    """Name the kinds of identifiers of people that each text seems to hold; an empty list for a clean one."""
    found: list[list[str]] = [[] for _ in texts]
    asides = [Aside(str(number), text) for number, text in enumerate(texts)]
    for one in screen([Sheet("", None, pa.table({}), asides=asides)]):
        found[int(one.aside or 0)].append(one.what)
    return found


def is_long_enough(text: str, shortest: int = SHORTEST) -> bool:
    """Return whether a text says something and is no story."""
    return shortest <= len(text.strip()) <= LONGEST


def require_clean_words(what: str, text: str) -> None:
    """Refuse a text that says nothing, is long, cannot all be seen, or tells who a person is.

    ``what`` begins the sentence: "A reason". Raises ``InputError`` that names the kind of what was found and never the
    text.
    """
    if not is_long_enough(text):
        raise InputError(
            f"{what} must have from {SHORTEST} to {LONGEST} characters, and this one has {len(text.strip())}; say it "
            "in a few words."
        )
    fault = next(_faults([text], SHORTEST, PLACE))
    if fault:
        raise InputError(f"{what} must {fault.must}, and this one {fault.found}; {fault.remedy}.")


def require_clean_cells(
    sheet: Sheet, texts: pd.Series, what: str, *, shortest: int = SHORTEST, instead: str = PLACE
) -> None:
    """Refuse a column that holds a text which ``require_clean_words`` would refuse, blanks aside.

    The screening of a whole column may let it pass, since one text among many is little there. ``what`` is what each
    text is, "an action", and ``instead`` what helps where one names a person. Raises ``InputError`` that names the
    rows and never a text.
    """
    distinct = texts.dropna().drop_duplicates()
    faults = dict(zip(distinct, _faults(list(distinct), shortest, instead), strict=True))
    fault = next(filter(None, faults.values()), None)
    if fault:
        bad = texts.isin([text for text, of in faults.items() if of == fault]).to_numpy()
        raise InputError(
            f"{sheet.where}: {what} must {fault.must}, but it {fault.found} in {sheet.say(bad)}; {fault.remedy}."
        )


def _faults(texts: Sequence[str], shortest: int, instead: str) -> Iterator[_Fault | None]:
    """Return the first fault of each text, None for a good one."""
    for text, kinds in zip(texts, kinds_in(texts), strict=True):
        if not is_long_enough(text, shortest):
            length = f"have from {shortest} to {LONGEST} characters"
            yield _Fault(length, "has more or fewer", "say it in a few words")
        elif any(unicodedata.category(letter) in _UNSEEN and letter not in _SPACES for letter in text):
            yield _Fault("hold only characters that can be seen", "holds others", "write it anew by hand")
        elif kinds:
            told = "hold nothing that tells who a person is"
            yield _Fault(told, f"seems to hold {kinds[0]}", f"leave that out and {instead}")
        else:
            yield None
