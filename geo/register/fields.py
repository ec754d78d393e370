"""Fields of the register: what an entry says, by its column in the store and in files, and each value in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import columns as c
from geo.harms import HARM_GROUPS
from geo.register import closed_lists
from geo.register.hotspot import Hotspot
from geo.register.markers import say_day
from geo.register.place_types import LAST_REPORTED, NEXT_REVIEW, PLACE_TYPES, STATUSES, WATCHED_BY
from geo.wording import capital, how_many

SHAPE: Final = "shape"
REPORTS: Final = "reports"
GIVEN: Final = "given"  # column of what a file brings: the columns that the file has, with spaces between
CLOSING_REASON: Final = "closing_reason"
_METRES_A_DEGREE: Final = 111_320  # of latitude
_HECTARE: Final = 10_000  # square metres


@dataclass(frozen=True)
class RegisterField:
    """One field: its column, the name of it in ``Hotspot``, its label, and how its values are read.

    ``words`` are those of a closed list by code; ``several`` of them may stand in one value. ``is_text`` says that
    people write it freely, ``is_day`` that it is a day.
    """

    column: str
    label: str
    attribute: str
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    several: bool = False
    is_text: bool = False
    is_day: bool = False


def _own_words(names: tuple[str, ...]) -> dict[str, str]:
    return {name: capital(name) for name in names}


FIELDS: Final = (
    RegisterField(c.NAME, "Name", "name", is_text=True),
    RegisterField(c.PLACE_TYPE, "Type", "place_type", _own_words(PLACE_TYPES)),
    RegisterField(SHAPE, "Where it is", "shape"),
    RegisterField("precision", "How exact the position is", "precision", closed_lists.PRECISIONS),
    RegisterField(c.HARM, "Harm group", "harm", HARM_GROUPS),
    RegisterField("other_harms", "Other harm groups", "other_harms", HARM_GROUPS, several=True),
    RegisterField("unsafe_because", "What makes it unsafe", "unsafe_because", is_text=True),
    RegisterField("safer_because", "What makes it safer", "safer_because", is_text=True),
    RegisterField(WATCHED_BY, "Watched by", "watched_by", is_text=True),
    RegisterField("age_band", "Age band", "age_band", closed_lists.AGE_BANDS),
    RegisterField("times", "Times", "times", closed_lists.TIMES, several=True),
    RegisterField("sources", "Sources", "sources", closed_lists.SOURCES, several=True),
    RegisterField("reliability", "Reliability", "reliability", closed_lists.RELIABILITIES),
    RegisterField("first_reported", "First reported", "first_reported", is_day=True),
    RegisterField(LAST_REPORTED, "Last reported", "last_reported", is_day=True),
    RegisterField(REPORTS, "Number of reports", "reports"),
    RegisterField("rag", "RAG", "rag", closed_lists.RAGS),
    RegisterField("rag_reason", "Reason for the RAG", "rag_reason", is_text=True),
    RegisterField(c.STATUS, "Status", "status", _own_words(STATUSES)),
    RegisterField("led_by", "Led by", "led_by", closed_lists.LEADS),
    RegisterField(NEXT_REVIEW, "Next review", "next_review", is_day=True),
    RegisterField(CLOSING_REASON, "Reason for closing", "closing_reason", is_text=True),
)
BY_COLUMN: Final = {one.column: one for one in FIELDS}
FREE_TEXTS: Final = tuple(
    one for one in FIELDS if one.is_text and one.column != c.NAME
)  # for those who keep the register


def without_free_texts(entry: Hotspot) -> Hotspot:
    """Return an entry as a board is shown it: by its name and its closed lists, without what people wrote of it."""
    return replace(
        entry, watched_by=None, unsafe_because=None, safer_because=None, rag_reason=None, closing_reason=None
    )


def say(column: str, value: str | int | None) -> str | None:
    """Write a value of a field as a reader knows it; ``shape`` comes as WKB in hexadecimal digits. None when blank."""
    of = BY_COLUMN[column]
    if value is None or value == "":
        return None
    if column == SHAPE:
        return say_shape(shapely.from_wkb(str(value)))
    if of.is_day:
        return say_day(value)
    if of.words:
        codes = str(value).split() if of.several else [str(value)]
        return "; ".join(of.words.get(code, code) for code in codes)
    return str(value)


def say_shape(shape: BaseGeometry) -> str:
    """Say what is drawn and where: "A point at 53.37412, -1.46830", "An area of 3.2 hectares around …"."""
    middle = shape.centroid
    at = f"{middle.y:.5f}, {middle.x:.5f}"
    across = float(np.cos(np.radians(middle.y)))
    metres = shapely.transform(shape, lambda xy: xy * _METRES_A_DEGREE * np.array([across, 1.0]))
    if metres.area > 0:
        return f"An area of {metres.area / _HECTARE:,.1f} hectares around {at}"
    if metres.length > 0:
        return f"A line of {metres.length:,.0f} m around {at}"
    points = len(shapely.get_coordinates(shape))
    return f"A point at {at}" if points == 1 else f"{how_many(points, 'point', 'points')} around {at}"
