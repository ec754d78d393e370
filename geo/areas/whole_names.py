"""Whole names: what all areas of a set together are called, for sentences that compare a place with all others."""

import re
from typing import Final

from geo.areas.area_set import AreaSet

UNNAMED: Final = "these areas"
_DISTRICT: Final = "district"
_LISTED: Final = 4  # districts up to which they are named one by one
# The metropolitan counties of England, each all of these districts (Local Government Act 1972, Schedule 1, Part I).
_COUNTIES: Final = {
    "Greater Manchester": (
        "Bolton", "Bury", "Manchester", "Oldham", "Rochdale", "Salford", "Stockport", "Tameside", "Trafford", "Wigan",
    ),
    "Merseyside": ("Knowsley", "Liverpool", "St. Helens", "Sefton", "Wirral"),
    "South Yorkshire": ("Barnsley", "Doncaster", "Rotherham", "Sheffield"),
    "Tyne and Wear": ("Gateshead", "Newcastle upon Tyne", "North Tyneside", "South Tyneside", "Sunderland"),
    "West Midlands": ("Birmingham", "Coventry", "Dudley", "Sandwell", "Solihull", "Walsall", "Wolverhampton"),
    "West Yorkshire": ("Bradford", "Calderdale", "Kirklees", "Leeds", "Wakefield"),
}  # fmt: skip
_IN_BRACKETS: Final = re.compile(r"\s*\([^)]*\)$")
_PLACE: Final = re.compile(r"[A-Z][A-Za-z'’.-]+( (and|upon|on|of|the|in|[A-Z][A-Za-z'’.-]+))*")
# Words by which a title tells an edition or a level, and no place.
_NO_PLACE: Final = re.compile(
    r"\b([lm]soas?|oas?|areas?|wards?|districts?|zones?|boundar(y|ies)|outlines?|grid|map|edition|layer|census)\b",
    re.IGNORECASE,
)


def name_of_whole(areas: AreaSet) -> str:
    """Return what people call all areas of a set together: "South Yorkshire", "Leeds"; "these areas" where unknown.

    That is the title of the set where it is the name of a place, else the county that its districts make up, else the
    districts themselves where they are few. Where only what lies round one place was loaded, the areas have no name.
    """
    title = _IN_BRACKETS.sub("", areas.title)
    if _PLACE.fullmatch(title) and not _NO_PLACE.search(title):
        return title
    known = _DISTRICT in areas.levels and not is_cut(areas.title)
    districts = sorted(set(areas.units(_DISTRICT).names)) if known else []
    county = next((name for name, parts in _COUNTIES.items() if sorted(parts) == districts), None)
    if county or not 0 < len(districts) <= _LISTED:
        return county or UNNAMED
    *others, last = districts
    return f"{', '.join(others)} and {last}" if others else last


def title_of_cut(title: str, metres: float) -> str:
    """Write the title of a set of which only what lies so many metres round one place was kept."""
    return f"{title}, within {metres / 1000:g} km"


def is_cut(title: str) -> bool:
    """Return whether a title is one of ``title_of_cut``, with or without the districts after it."""
    return re.search(r", within [\d.]+ km\b", title) is not None
