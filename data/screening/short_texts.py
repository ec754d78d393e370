"""Single texts that people write: an action, a reason, the name of a period. Each is short and names nobody."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import pandas as pd

from data.formats.sheets import Sheet
from data.screening.hidden_characters import holds_hidden
from data.screening.identifier_kinds import Confidence
from data.screening.screen import kinds_in
from geo.errors import InputError

MIN_LENGTH: Final = 3
MAX_LENGTH: Final = 200  # characters: what was done or why, and no story
PLACE: Final = "say what concerns the place"


class _Fault(NamedTuple):
    must: str
    found: str
    remedy: str


def is_long_enough(text: str, shortest: int = MIN_LENGTH) -> bool:
    """Return whether a text has from ``shortest`` to ``MAX_LENGTH`` characters."""
    return shortest <= len(text.strip()) <= MAX_LENGTH


def require_clean_words(what: str, text: str) -> None:
    """Refuse a text that says nothing, is long, cannot all be seen, or tells who a person is.

    ``what`` begins the sentence: "A reason". Raises ``InputError`` that names the kind of what was found and never the
    text.
    """
    if not is_long_enough(text):
        raise InputError(
            f"{what} must have from {MIN_LENGTH} to {MAX_LENGTH} characters, and this one has {len(text.strip())}; say "
            "it in a few words."
        )
    fault = next(_faults([text], MIN_LENGTH, PLACE))
    if fault:
        raise InputError(f"{what} must {fault.must}, and this one {fault.found}; {fault.remedy}.")


def require_clean_cells(
    sheet: Sheet, texts: pd.Series, what: str, *, shortest: int = MIN_LENGTH, instead: str = PLACE
) -> None:
    """Refuse a column that holds a text which ``require_clean_words`` would refuse, blanks aside.

    The screening of a whole column may let it pass, by what else stands there. ``what`` is what each
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
    for text, kinds in zip(texts, kinds_in(texts, Confidence.BARE), strict=True):
        if not is_long_enough(text, shortest):
            length = f"have from {shortest} to {MAX_LENGTH} characters"
            yield _Fault(length, "has more or fewer", "say it in a few words")
        elif holds_hidden(text):
            yield _Fault("hold only characters that can be seen", "holds others", "write it anew by hand")
        elif kinds:
            nobody = "hold nothing that tells who a person is"
            yield _Fault(nobody, f"seems to hold {kinds[0]}", f"leave that out and {instead}")
        else:
            yield None
