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
_BESIDE: Final = "*"  # between harm groups
_LONGEST: Final = 1000  # letters; the code of a zone is those of all its areas


@dataclass(frozen=True)
class FindingReference:
    """What names one finding.

    ``harm`` is its harm group and ``beside`` are all that were looked at, itself among them (none in older addresses),
    ``area`` the code of the unit of ``level`` that stands out most in it, ``first`` and
    ``last`` are the periods it is about. ``since`` and ``until`` are the chosen periods of the search that found it,
    around the school with the number ``urn``, in the ``dataset`` of that label.
    """

    kind: FindingKind
    harm: str
    beside: tuple[str, ...]
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
        kind, harm, beside, *others = astuple(self)
        return _BETWEEN.join((kind, _BESIDE.join((harm, *beside)), *others))


def refer_to(entry: Entry, searched: Sequence[str], harms: Sequence[str], urn: str, dataset: str) -> FindingReference:
    """Return what names an entry of a report of the ``searched`` periods and harm groups around one school."""
    found = entry.finding
    first, last = found.periods[0], found.periods[-1]
    return FindingReference(
        found.kind,
        found.harms[0],
        tuple(harms),
        found.level,
        entry.area,
        first,
        last,
        searched[0],
        searched[-1],
        urn,
        dataset,
    )


def read_reference(text: str) -> FindingReference:
    """Read what ``str`` of a reference wrote. Raises InputError for anything else."""
    number = len(fields(FindingReference)) - 1
    parts = text.split(_BETWEEN, number - 1) if len(text) <= _LONGEST else []
    if len(parts) == number:
        kind, named, *others = parts
        harm, *beside = named.split(_BESIDE)
        known = HARM_GROUPS.keys() >= {harm, *beside}
        if kind in list(FindingKind) and known and all(map(p.is_period, parts[4:8])):
            return FindingReference(FindingKind(kind), harm, tuple(beside), *others)
    raise InputError("A finding is named by its kind, harm, area and periods, and this address names none; go back.")


def find_again(entries: Sequence[Entry], reference: FindingReference) -> Entry | None:
    """Return the entry that a reference names, or None where the data show it no longer.

    ``entries`` report the search that the reference tells of.
    """
    searched = (reference.since, reference.until)
    beside, urn, dataset = reference.beside, reference.urn, reference.dataset
    named = (one for one in entries if refer_to(one, searched, beside, urn, dataset) == reference)
    return next(named, None)
