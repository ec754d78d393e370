"""Files of data.police.uk: street-level crime, outcomes, stop and search, of any year and saved by any program."""

import re
from typing import Final

from data.formats.cells import say_words
from data.formats.sources import Source
from data.recognition.file_role import FileRole, Recognised
from data.recognition.peek import Peek, PeekedTable, PeekKind, key
from data.records.police import forces_in, months_in
from geo.calendar import months
from geo.wording import how_many

PUBLISHER: Final = "data.police.uk"
_STREET: Final = frozenset(("month", "crimetype"))
# Beside a month and a crime type, which a log of one's own can have too.
_OF_POLICE: Final = frozenset(("fallswithin", "reportedby", "crimeid", "lastoutcomecategory"))
_SEARCHED: Final = frozenset(("objectofsearch", "legislation"))
_OUTCOMES: Final = frozenset(("crimeid", "month", "outcometype"))
_CRIME_TYPES: Final = frozenset(
    ("antisocialbehaviour", "burglary", "drugs", "robbery", "shoplifting", "vehiclecrime", "publicorder")
)
_COUNT: Final = frozenset(("n", "count", "number", "total", "crimes", "incidents", "freq", "frequency"))
_NAMED: Final = re.compile(r"\d{4}-\d\d-(.+)-street\.csv(?:\.gz)?", re.IGNORECASE)
_GENERIC: Final = frozenset(("police", "service", "constabulary"))
_MONTH: Final = re.compile(r"(\d{4}-\d\d)")
_NOT_BROUGHT: Final = "it is not brought in, since no map is made of it; bring the files that end in -street.csv"


def police_file(peek: Peek, table: PeekedTable) -> Recognised | None:
    """Return what a table of data.police.uk is, or None for any other."""
    names = {key(column) for column in table.columns}
    if names >= _STREET and (names & _OF_POLICE or _NAMED.fullmatch(peek.file)) and not names & _COUNT:
        return _street(peek, table, names)
    if names >= _OUTCOMES:
        return _other(peek, "Outcomes of crimes", "its columns Crime ID and Outcome type")
    if names >= _SEARCHED:
        return _other(peek, "Stop and search", "its columns Legislation and Object of search")
    if len(names & _CRIME_TYPES) >= 3 or ("crimetype" in names and names & _COUNT):
        why = "it has a number of crimes in each row and not a crime"
        return _other(peek, "Counts made of police data", why)
    return None


def police_json(peek: Peek) -> Recognised:
    """Return that a file is an answer of the interface of data.police.uk."""
    why = "its members persistent_id and location_type"
    return _other(peek, "An answer of the interface of data.police.uk", why)


def police_archive(source: Source, entries: list[str]) -> Recognised | None:
    """Return what an archive of data.police.uk is, by the names inside it; None for any other archive."""
    names = [name.rpartition("/")[2].lower() for name in entries]
    if not any(name.endswith(("-street.csv", "-outcomes.csv", "-stop-and-search.csv")) for name in names):
        return None
    forces = forces_in(source)
    if not forces:
        peek = Peek(source.name, PeekKind.TEXT)
        return _other(peek, "An archive of outcomes or of stop and search", "the names of the files in it")
    covered = months_in(source)
    what = f"Police street files of {how_many(len(forces), 'force', 'forces')}, {months.say_range(covered)}"
    details = {"forces": ",".join(forces), "first": covered[0], "last": covered[-1]}
    why = "the files in it are named as data.police.uk names them"
    return Recognised(source.name, FileRole.POLICE_STREET, what, why, covered[-1], PUBLISHER, details=details)


def _street(peek: Peek, table: PeekedTable, names: set[str]) -> Recognised:
    told = [column for column in table.columns if key(column) in _STREET | _OF_POLICE][:4]
    what, why = "Police street file", f"its columns {say_words(told)}"
    if "crimeid" not in names:
        what, why = "Police street file of about 2012", f"{why}, and no Crime ID"
    month = _MONTH.match(peek.file)
    found = [value for column in table.columns if key(column) == "month" for value in table.values(column)]
    edition = month[1] if month else next((value for value in found if months.is_month(value)), None)
    details = {"key": code} if (code := table.find("lsoacode")) else {}
    force = _force(peek.file, table)
    details |= {"force": force} if force else {}
    if peek.kind is PeekKind.TEXT:
        return Recognised(peek.file, FileRole.POLICE_STREET, what, why, edition, PUBLISHER, details=details)
    return Recognised(
        peek.file, FileRole.UNKNOWN, what, f"“{peek.file}” must be CSV as police files are, and it is "
        f"{peek.kind.value}; save it as CSV and bring that.", edition, PUBLISHER,
    )  # fmt: skip


def _force(file: str, table: PeekedTable) -> str | None:
    """Return the force as the names of files write it, "south-yorkshire", by the name of the file or its first rows."""
    named = _NAMED.fullmatch(file.rpartition(" / ")[2])
    if named:
        return named[1].lower()
    column = table.find("fallswithin")
    said = set(table.values(column)) if column else set()
    if len(said) != 1:
        return None
    words = re.findall(r"[a-z]+", said.pop().casefold().replace("&", "and"))
    return "-".join(word for word in words if word not in _GENERIC) or None


def _other(peek: Peek, what: str, why: str) -> Recognised:
    return Recognised(peek.file, FileRole.POLICE_OTHER, what, f"{why}; {_NOT_BROUGHT}", publisher=PUBLISHER)
