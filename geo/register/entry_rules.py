"""What an entry of the register must hold, before it is kept."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import shapely

from geo.errors import InputError
from geo.register.fields import FIELDS
from geo.register.hotspot import Hotspot
from geo.register.place_types import AREA_ONLY

CLOSED: Final = "closed"
MANY_REPORTS: Final = 100_000
_GROUND: Final = ("Polygon", "MultiPolygon")
_DRAWN: Final = ("Point", "LineString", *_GROUND, "MultiPoint", "MultiLineString")
_NEEDED: Final = ("name", "place_type", "harm", "status")


def require_whole(entry: Hotspot) -> None:
    """Raise InputError for an entry that lacks a needed field, or has a code of no closed list, a day or number that
    is none, or a shape that is none; and for a home that is not kept as an area, or a RAG without a reason.
    """  # fmt: skip
    fault = next(_faults(entry), None)
    if fault:
        raise InputError(f"{fault}.")


def require_close(entry: Hotspot) -> None:
    """Raise InputError for a closed entry that does not say why it was closed."""
    if not (entry.closing_reason or "").strip():
        raise InputError("Closing a hotspot needs a reason, and none is given; say why it is closed.")


def require_review(entry: Hotspot, today: date) -> None:
    """Raise InputError where the next review of an entry that is not closed is missing, or its day is past."""
    if entry.status == CLOSED:
        return
    if entry.next_review is None:
        raise InputError("A review sets the day of the next one, and none is given; choose today or a later day.")
    if entry.next_review < today.isoformat():
        raise InputError("The next review must be today or later, and its day is past; choose today or a later day.")


def _faults(entry: Hotspot) -> Iterator[str]:
    for field in FIELDS:
        value = getattr(entry, field.attribute)
        if field.attribute in _NEEDED and not (value or "").strip():
            yield f"A known hotspot needs “{field.label}”, and it is blank; fill it"
        if field.words and not _is_listed(value, field.words, several=field.several):
            yield f"“{field.label}” must be chosen from its list, and what is given is not on it; choose from the list"
        if field.is_day and value is not None and not _is_day(value):
            yield f"“{field.label}” must be a day such as 2026-09-01, and what is given is none; correct it"
    reports = entry.reports
    if reports is not None and not (type(reports) is int and 0 <= reports <= MANY_REPORTS):
        yield f"The number of reports must be a whole number from 0 to {MANY_REPORTS:,}, and this is not; correct it"
    if entry.first_reported and entry.last_reported and entry.first_reported > entry.last_reported:
        yield "The first report must not be later than the last, and it is; correct one of the two days"
    if entry.rag and not (entry.rag_reason or "").strip():
        yield "A RAG needs its reason, and none is given; say in a few words why it is that colour"
    yield from _faults_of_place(entry)


def _faults_of_place(entry: Hotspot) -> Iterator[str]:
    shape: Any = entry.shape
    drawn = shape is not None and shape.geom_type in _DRAWN and not shape.is_empty
    if not drawn or not all(map(_is_finite, shapely.get_coordinates(shape))):
        yield "A known hotspot must be a point, a line or an area, and nothing is drawn; draw it or name its place"
    elif not shape.is_valid:
        yield "The area of a hotspot must not cross itself, and this one does; draw it anew"
    elif entry.place_type in AREA_ONLY and shape.geom_type not in _GROUND:
        yield (
            "A residential address must be kept as an area only, and this is a point or line; draw an area around the "
            "streets instead"
        )


def _is_listed(value: Any, words: Any, *, several: bool) -> bool:
    if several:
        return isinstance(value, tuple) and len(set(value)) == len(value) and all(code in words for code in value)
    return value is None or value in words


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except (TypeError, ValueError):
        return False


def _is_finite(pair: Any) -> bool:
    return bool(abs(pair[0]) <= 180 and abs(pair[1]) <= 90)
