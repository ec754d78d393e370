"""Texts of the register: what people write of a place. Each is short, of the place, and names nobody."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from data.screening.kept_words import require_clean_kept
from geo import columns as c
from geo.errors import InputError
from geo.register.fields import FREE_TEXTS
from geo.register.hotspot import Hotspot

LONGEST: Final = 300  # characters: a sentence or two about a place
_REFERENCE: Final = "The reference of a hotspot"
_NAME: Final = "The name of a hotspot"


def require_clean_entry(entry: Hotspot) -> None:
    """Refuse an entry with a text that tells who a person is, that cannot all be seen, or that is long.

    Raises InputError that names the field and the kind of what was found, and never the text.
    """
    require_clean_kept(_REFERENCE, [entry.reference])
    require_clean_kept(_NAME, [entry.name], are_places=True)
    for field in FREE_TEXTS:
        _require_clean(_field(field.label), [getattr(entry, field.attribute) or ""])


def require_clean_note(note: str | None) -> None:
    """Refuse a note about a change as ``require_clean_entry`` does a text."""
    if note:
        _require_clean("A note", [note])


def require_clean_register(listed: pd.DataFrame) -> None:
    """Refuse a list of entries, by the columns of the register that it has, as ``require_clean_entry`` does one."""
    require_clean_kept(_REFERENCE, listed[c.REFERENCE])
    require_clean_kept(_NAME, listed[c.NAME], are_places=True)
    for field in FREE_TEXTS:
        if field.column in listed.columns:
            _require_clean(_field(field.label), list(listed[field.column].dropna()))


def _field(label: str) -> str:
    return f"“{label}” of a hotspot"


def _require_clean(what: str, texts: Sequence[str]) -> None:
    longest = max(map(len, texts), default=0)
    if longest > LONGEST:
        raise InputError(
            f"{what} must have at most {LONGEST} characters, and this one has {longest:,}; say it in a few words."
        )
    require_clean_kept(what, texts)
