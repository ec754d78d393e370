"""Place names of police files: which street they name, and which of them record for elsewhere.

data.police.uk publishes each incident at a snap point with a text such as "On or near High Street". Some points of
interest have a name of their kind only. An incident recorded at a hospital, a police station, a prison or a court is
often one that was reported there, or that concerns somebody held there: it tells little of the streets around. Such
places are counted apart. Other points too are named by their kind alone, as many a "Supermarket" is.
"""

import re
from typing import Final

_NEAR: Final = re.compile(r"^\s*on or near\b\s*", re.IGNORECASE)
_MARKS: Final = re.compile(r"[^\w\s]")

# Names of kinds of place, as data.police.uk writes them or may write them, and how a sentence says them. Only the whole
# name counts: "Hospital Road", "Prison Lane" and "Kings Court" are streets, and so may be "Crown Court".
RECORDED_ELSEWHERE: Final = {
    "hospital": "a hospital",
    "police station": "a police station",
    "police headquarters": "a police station",
    "prison": "a prison",
    "young offender institution": "a prison",
    "custody": "a custody suite",
    "custody suite": "a custody suite",
    "custody centre": "a custody suite",
    "court": "a court",
    "courts": "a court",
    "law court": "a court",
    "law courts": "a court",
    "magistrates": "a court",
    "magistrates court": "a court",
    "magistrates courts": "a court",
}
# Other kinds that data.police.uk names points by. Many points of one town share such a name.
KINDS: Final = frozenset(
    (
        "airport airfield",
        "bus coach station",
        "conference exhibition centre",
        "ferry terminal",
        "further higher educational building",
        "motorway service area",
        "nightclub",
        "park open space",
        "parking area",
        "pedestrian subway",
        "petrol station",
        "racecourse",
        "shopping area",
        "sports recreation area",
        "supermarket",
        "theatre concert hall",
        "theme adventure park",
    )
)


def street(text: str) -> str:
    """Return the name of a place without "On or near": "High Street"; empty where the text names none."""
    return _NEAR.sub("", text).strip()


def elsewhere(text: str) -> str | None:
    """Return what kind of place records for elsewhere ("a hospital"), by its whole name; None for any other.

    "On or near" may stand before the name.
    """
    return RECORDED_ELSEWHERE.get(" ".join(_MARKS.sub("", street(text)).casefold().split()))


def is_street(text: str) -> bool:
    """Return whether a text names one place of its own, as a street, and not a kind of place that has many, or none."""
    plain = " ".join(_MARKS.sub(" ", street(text)).casefold().split())
    return bool(plain) and plain not in KINDS and elsewhere(text) is None
