"""Finding references: a short text that names one finding, by which a search of the same counts finds it again.

It holds codes and periods, never figures or sentences: what is said of a finding always comes from the data as they
are. Where they no longer show it, nothing is found.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import Final

from geo.calendar import periods as p
from geo.errors import InputError
from geo.findings.finding import FindingKind
from geo.findings.report import Entry
from geo.harms import HARM_GROUPS

_BETWEEN: Final = "~"
_LONGEST: Final = 1000  # letters; the code of a zone is those of all its areas


@dataclass(frozen=True)
class FindingReference:
    """What names one finding.

    ``harm`` is its harm group, ``area`` the code of the unit of ``level`` that stands out most in it, ``first`` and
    ``last`` are the periods it is about. ``since`` and ``until`` are the chosen periods of the search that found it,
    around the school with the number ``urn``, in the ``dataset`` of that label.
    """

    kind: FindingKind
    harm: str
    level: str
    area: str
    first: str
    last: str
    since: str
    until: str
    urn: str
    dataset: str

    def __str__(self) -> str:
        """Write it as an address holds it."""
        return _BETWEEN.join(astuple(self))


def refer_to(entry: Entry, searched: Sequence[str], urn: str, dataset: str) -> FindingReference:
    """Return what names an entry of a report of the ``searched`` periods around one school."""
    found = entry.finding
    first, last = found.periods[0], found.periods[-1]
    return FindingReference(
        found.kind, found.harms[0], found.level, entry.area, first, last, searched[0], searched[-1], urn, dataset
    )


def read_reference(text: str) -> FindingReference:
    """Read what ``str`` of a reference wrote. Raises InputError for anything else."""
    number = len(fields(FindingReference))
    parts = text.split(_BETWEEN, number - 1) if len(text) <= _LONGEST else []
    if len(parts) == number:
        kind, harm, *others = parts
        if kind in list(FindingKind) and harm in HARM_GROUPS and all(map(p.is_period, parts[4:8])):
            return FindingReference(FindingKind(kind), harm, *others)
    raise InputError("A finding is named by its kind, harm, area and periods, and this address names none; go back.")


def find_again(entries: Sequence[Entry], reference: FindingReference) -> Entry | None:
    """Return the entry that a reference names, or None where the data show it no longer.

    ``entries`` report the search that the reference tells of.
    """
    searched = (reference.since, reference.until)
    named = (one for one in entries if refer_to(one, searched, reference.urn, reference.dataset) == reference)
    return next(named, None)
