"""A known hotspot: an entry of the register with all its words, and the kinds of change that its history knows."""

from dataclasses import dataclass
from typing import Final

from shapely.geometry.base import BaseGeometry

CHANGES: Final = {
    "added": "Added",
    "imported": "Brought in with a file",
    "edited": "Edited",
    "reviewed": "Reviewed",
    "closed": "Closed",
    "reopened": "Reopened",
    "undone": "Undone",
    "removed": "Removed",
}


@dataclass(frozen=True)
class Hotspot:
    """One known place: what it is, what concerns people there, and how it is managed.

    Codes are those of ``place_types``, ``closed_lists`` and ``geo.harms``; days are text "2026-09-01"; ``shape`` is in
    degrees (EPSG:4326). ``revision`` is that which a change is made from.
    """

    reference: str
    name: str
    place_type: str
    harm: str
    status: str
    shape: BaseGeometry
    other_harms: tuple[str, ...] = ()
    precision: str | None = None
    watched_by: str | None = None
    unsafe_because: str | None = None
    safer_because: str | None = None
    age_band: str | None = None
    times: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reliability: str | None = None
    first_reported: str | None = None
    last_reported: str | None = None
    reports: int | None = None
    rag: str | None = None
    rag_reason: str | None = None
    led_by: str | None = None
    next_review: str | None = None
    closing_reason: str | None = None
    revision: int = 1


@dataclass(frozen=True)
class HotspotChange:
    """One change of an entry: which revision it made, what kind it was (``CHANGES``), when and by whom.

    ``changes`` holds, for each field that changed (``geo.register.fields``, by its label), what it was and what it
    became, in words that a reader knows.
    """

    reference: str
    revision: int
    what: str
    changes: dict[str, tuple[str | None, str | None]]
    note: str | None
    at: str
    by: str
