"""What to teach and what staff should know, by harm group and audience: one reviewed list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

# Code → words, from the youngest pupils to staff.
AUDIENCES: Final = {
    "r-2": "Reception to Year 2",
    "3-6": "Years 3 to 6",
    "7-9": "Years 7 to 9",
    "10-11": "Years 10 to 11",
    "12-13": "Years 12 to 13",
    "all-staff": "All staff",
    "new-staff": "New staff",
}
STAFF: Final = ("all-staff", "new-staff")
PUPILS: Final = tuple(code for code in AUDIENCES if code not in STAFF)
_OF_PHASE: Final = {
    "nursery": ("r-2",),
    "primary": ("r-2", "3-6"),
    "middle deemed primary": ("3-6", "7-9"),
    "middle deemed secondary": ("3-6", "7-9"),
    "secondary": ("7-9", "10-11", "12-13"),
    "16 plus": ("12-13",),
}


def audiences_of(phase: str) -> tuple[str, ...]:
    """Return the pupils of a school by its phase as the national register writes it; all pupils for any other."""
    return _OF_PHASE.get(phase.casefold().strip(), PUPILS)


@dataclass(frozen=True)
class TeachingRow:
    """One thing to teach pupils, or that staff should know.

    ``harm`` is the code of a harm group, None for all. ``how`` says when and how, and what it builds on; ``source`` is
    the title of the guidance it follows; ``warning`` says what of it is known to do harm.
    """

    harm: str | None
    audience: str
    topic: str
    what: str
    how: str | None
    source: str
    reviewed_on: str | None
    warning: str | None = None


@dataclass(frozen=True)
class TeachingList:
    """The rows in the order of the list; ``own`` says whether the organisation keeps one in place of the usual one."""

    rows: tuple[TeachingRow, ...]
    own: bool = False


def teaching_for(listed: Sequence[TeachingRow], harms: Sequence[str], audiences: Sequence[str]) -> list[TeachingRow]:
    """Return the rows for some harm groups and audiences: those for these groups first, then those for all.

    Within each, audiences come in their order.
    """
    order = list(AUDIENCES)
    fitting = [one for one in listed if one.audience in audiences and (one.harm is None or one.harm in harms)]
    return sorted(fitting, key=lambda one: (one.harm is None, order.index(one.audience)))
