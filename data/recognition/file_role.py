"""The roles that a file can have in setting a place up, and what one is recognised by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FileRole(StrEnum):
    """What a file is for."""

    AREAS = "areas"  # boundaries of small areas, in which incidents are counted
    LARGER_AREAS = "larger areas"  # boundaries of wards, MSOAs or districts
    LOOKUP = "lookup"  # a table that says which larger areas, or which areas of another edition, each belongs to
    RESIDENTS = "residents"
    DEPRIVATION = "deprivation"
    SCHOOLS = "schools"
    POSTCODES = "postcodes"
    STOPS = "stops"
    STREET_MAP = "street map"  # OpenStreetMap, or Ordnance Survey as GeoPackage
    POLICE_STREET = "police street"
    POLICE_OTHER = "police other"  # outcomes, stop and search: known, and not brought in
    TERM_DATES = "term dates"
    HOTSPOTS = "hotspots"
    ACTIONS = "actions"
    CONTACTS = "contacts"
    TEACHING = "teaching"
    MARKS = "marks"
    INCIDENTS = "incidents"  # an organisation's own: its columns need a person's look
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Recognised:
    """One file and what it is taken for.

    ``what`` and ``why`` are words for people: "Boundaries of LSOAs, 2021 edition" and "its columns LSOA21CD and
    LSOA21NM"; of an unknown file ``why`` is one sentence with what to do. ``edition`` is its vintage ("2021",
    "mid-2022"), ``rows`` how many it has, where that is known without reading it all. ``details`` holds what its reader
    needs: "code", "name", "level", "vintage", "sheet", "key" and the like, and never a value of a row.
    """

    file: str
    role: FileRole
    what: str
    why: str
    edition: str | None = None
    publisher: str | None = None
    rows: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)
