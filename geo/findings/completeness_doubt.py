"""Doubt from completeness: rows that gained or lost a location, and months supplied in part, as what a finding may be.

Findings are set against all other areas of the same months, so a share that moves alike everywhere cancels; what stands
in their sentences beside a year before does not.
"""

from collections.abc import Sequence
from dataclasses import replace

from geo.counts.completeness import Completeness, partly_note, said_of, year_on_year
from geo.counts.filters import Choice
from geo.findings.finding import Finding, FindingKind
from geo.findings.report import Entry


def with_completeness(entries: Sequence[Entry], found: Completeness | None) -> list[Entry]:
    """Return entries of a report whose doubt says what completeness may have to do with them too.

    ``found`` is None where that may not be told or is not known, and the entries stay as they are.
    """
    said = [completeness_doubt(one.finding, found) for one in entries]
    return [_doubting(one, doubt) if doubt else one for one, doubt in zip(entries, said, strict=True)]


def completeness_doubt(finding: Finding, found: Completeness | None) -> str:
    """Say what completeness may have to do with a finding, in sentences; "" where it has nothing.

    A pattern compares areas with each other in each month, so the share without a location does not come into it.
    """
    choice = Choice(finding.periods, finding.harms)
    move = None if finding.kind is FindingKind.PATTERN else year_on_year(found, choice)
    moved = "" if move is None else f"{said_of(move)}, here as elsewhere if it moved alike in all areas."
    return " ".join(filter(None, (moved, partly_note(found, choice))))


def _doubting(one: Entry, doubt: str) -> Entry:
    return replace(one, sentences=replace(one.sentences, doubt=f"{one.sentences.doubt} {doubt}"))
