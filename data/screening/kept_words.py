"""Words that are kept: a title, a source, a category, a place. Each is screened by itself, since each is kept.

A column of a file is screened as a whole too (``data.screening.screen``). Whatever is kept of it as words, or is typed,
passes here on its way into the store, wherever it comes from.
"""

from collections.abc import Iterable
from typing import Final

from data.screening import detectors, hidden_characters
from data.screening.identifier_kinds import Confidence
from data.screening.screen import kinds_in
from geo.errors import InputError

ANEW: Final = "say it without"


def require_clean_kept(
    what: str,
    texts: Iterable[str | None],
    *,
    are_places: bool = False,
    is_guidance: bool = False,
    remedy: str = ANEW,
) -> None:
    """Refuse words that tell who a person is, or that cannot all be seen, before they are kept.

    ``what`` names the field and begins the sentence: "The title". ``are_places`` says that they name places, some of
    which are called after people, and ``is_guidance`` that they are sentences of guidance, which are not taken for
    stories. Raises ``InputError`` that names the field and the kind, and never a word of it.
    """
    distinct = list(dict.fromkeys(text for text in texts if text))
    spared = {kind.what for kind in detectors.KINDS if are_places and kind.names_persons}
    spared |= {detectors.FREE_TEXT} if is_guidance else set()
    found = {kind: None for kinds in kinds_in(distinct, Confidence.BARE) for kind in kinds if kind not in spared}
    if hidden_characters.WHAT in found:
        raise InputError(
            f"{what} must hold only characters that can be seen, and this one holds others; write it anew by hand."
        )
    if found:
        raise InputError(
            f"{what} must hold nothing that tells who a person is, and this one seems to hold {next(iter(found))}; "
            f"{remedy}."
        )
