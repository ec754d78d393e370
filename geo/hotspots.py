"""The hotspot register's closed lists: what kind of place a known hotspot is, and how it stands."""

from typing import Final

LAST_REPORTED: Final = "last_reported"  # column: day of the last report, missing when not known
NEXT_REVIEW: Final = "next_review"  # column: day the entry is to be looked at again, missing when none is set
WATCHED_BY: Final = "watched_by"  # column: who watches over the place, missing when nobody is named

PLACE_TYPES: Final[dict[str, str]] = {
    "park": "Park or open space",
    "transport": "Transport hub or stop",
    "food": "Takeaway or café",
    "shop": "Shopping centre or shop",
    "estate": "Housing estate",
    "stairwell": "Stairwell or car park",
    "vacant": "Vacant building",
    "route": "Alleyway or route",
    "licensed": "Licensed premises or hotel",
    "gate": "School gate",
    "leisure": "Leisure place",
    "residential": "Residential address",
    "other": "Other",
}

# A home is never drawn as a point: such a place is kept as an area only.
AREA_ONLY: Final = frozenset({"residential"})

STATUSES: Final[dict[str, str]] = {
    "proposed": "Proposed",
    "active": "Active",
    "monitoring": "Monitoring",
    "closed": "Closed",
}

# Other words that agencies write; the halves of a label ("park", "open space") are understood without being listed.
_OTHER_WORDS: Final[dict[str, str]] = {
    "transport hub": "transport",
    "transport stop": "transport",
    "bus stop": "transport",
    "bus station": "transport",
    "railway station": "transport",
    "station": "transport",
    "cafe": "food",
    "takeaway or cafe": "food",
    "shopping centre": "shop",
    "shops": "shop",
    "estate": "estate",
    "car park": "stairwell",
    "alley": "route",
    "hotel": "licensed",
    "pub": "licensed",
    "leisure centre": "leisure",
    "home": "residential",
    "residential address kept as area only": "residential",
}


def place_type_of(label: str) -> str | None:
    """Answer the code of a type of place from its code, its label, half of its label or a common word for it.

    Case, hyphens and underscores make no difference. None when the word is not known.
    """
    return _find(label, PLACE_TYPES) or _OTHER_WORDS.get(_plain(label))


def status_of(label: str) -> str | None:
    """Answer the code of a status from its code or label, whatever its case; None when the word is not known."""
    return _find(label, STATUSES)


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


def _find(label: str, codes: dict[str, str]) -> str | None:
    plain = _plain(label)
    for code, name in codes.items():
        whole = _plain(name)
        if plain in (code, whole, *whole.split(" or ")):
            return code
    return None
