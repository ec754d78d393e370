"""Place names of police files: which street they name, and which of them record for elsewhere.

data.police.uk publishes each incident at a snap point with a text such as "On or near High Street". Some points of
interest have a name of their kind only. An incident recorded at a hospital, a police station, a prison or a court is
often one that was reported there, or that concerns somebody held there: it tells little of the streets around. Such
places are counted apart.
"""

import re
from typing import Final

_NEAR: Final = re.compile(r"^\s*on or near\b\s*", re.IGNORECASE)

# Names of kinds of place, as data.police.uk writes them or may write them. Only the whole name counts: "Hospital Road",
# "Prison Lane" and "Kings Court" are streets, and so may be "Crown Court" and "High Court".
RECORDED_ELSEWHERE: Final = (
    "hospital",
    "police station",
    "police headquarters",
    "prison",
    "young offender institution",
    "custody",
    "custody suite",
    "custody centre",
    "court",
    "courts",
    "law court",
    "law courts",
    "magistrates",
    "magistrates court",
    "magistrates courts",
)


def street(text: str) -> str:
    """Return the name of the place without "On or near": "High Street"; empty where the text names none."""
    return _NEAR.sub("", text).strip()


def records_for_elsewhere(text: str) -> bool:
    """Return whether a place records for elsewhere, by its whole name, with or without "On or near" before it."""
    return " ".join(re.sub(r"[^\w\s]", "", street(text)).casefold().split()) in RECORDED_ELSEWHERE
