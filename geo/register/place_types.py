"""Place types and statuses: the closed lists of the hotspot register, and the common words for them."""

from typing import Final

LAST_REPORTED: Final = "last_reported"  # column: day of the last report, missing when not known
NEXT_REVIEW: Final = "next_review"  # column: day the entry is to be looked at again, missing when none is set
WATCHED_BY: Final = "watched_by"  # column: who watches over the place, missing when nobody is named

PLACE_TYPES: Final = (
    "park or open space",
    "transport hub or stop",
    "takeaway or café",
    "shopping centre or shop",
    "housing estate",
    "stairwell or car park",
    "vacant building",
    "alleyway or route",
    "licensed premises or hotel",
    "school gate",
    "leisure place",
    "residential address",
    "other",
)
STATUSES: Final = ("proposed", "active", "monitoring", "closed")

# A home is never drawn as a point: such a place is kept as an area only.
AREA_ONLY: Final = frozenset({"residential address"})

# Other words that agencies write; the halves of a type ("park", "open space") are understood without being listed.
_OTHER_WORDS: Final[dict[str, str]] = {
    "transport": "transport hub or stop",
    "transport stop": "transport hub or stop",
    "bus stop": "transport hub or stop",
    "bus station": "transport hub or stop",
    "railway station": "transport hub or stop",
    "station": "transport hub or stop",
    "cafe": "takeaway or café",
    "takeaway or cafe": "takeaway or café",
    "shops": "shopping centre or shop",
    "estate": "housing estate",
    "alley": "alleyway or route",
    "pub": "licensed premises or hotel",
    "leisure": "leisure place",
    "leisure centre": "leisure place",
    "residential": "residential address",
    "home": "residential address",
    "residential address kept as area only": "residential address",
}


def place_type_of(label: str) -> str | None:
    """Return which of ``PLACE_TYPES`` a label means: the type itself, half of it, or a common word for it.

    Case, hyphens and underscores make no difference. None when the word is not known.
    """
    plain = _plain(label)
    named = (each for each in PLACE_TYPES if plain in (each, *each.split(" or ")))
    return next(named, _OTHER_WORDS.get(plain))


def status_of(label: str) -> str | None:
    """Return which of ``STATUSES`` a label means, whatever its case; None when the word is not known."""
    plain = _plain(label)
    return plain if plain in STATUSES else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
