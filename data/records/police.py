"""Street-level crime and anti-social behaviour of data.police.uk: many files and archives in, one table of rows out.

Every row is kept. Rows that look alike are different incidents at the same snap point, anti-social behaviour has no
Crime ID, and a Crime ID can stand for several rows.
"""

import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.formats.cells import say_words
from data.formats.sources import Source, members
from data.records.police_rows import STREET_COLUMNS, PolicePart, constant, read_part
from data.records.rows import EDITION_FIELD, Rows
from data.records.street_names import StreetName, edition_of, read_street_name, say_force, street_names
from geo import columns as c
from geo.calendar import months
from geo.errors import InputError

__all__ = ["OTHER_MONTHS", "STREET_COLUMNS", "forces_in", "is_repeated_ids_note", "months_in", "read_police"]

OTHER_MONTHS: Final = "outside the chosen months"
_MAX_WORKERS: Final = 8
_REPEATED: Final = "in more than one row of a month"


class _StreetFile(NamedTuple):
    """A file to read, and the edition of the archive that it stands in; None for a file by itself."""

    source: Source
    edition: str | None = None


class _Selection(NamedTuple):
    """What is chosen: forces (all when empty) and a range of months (no bound when None)."""

    forces: tuple[str, ...]
    first: str | None
    last: str | None

    def takes(self, label: StreetName) -> bool:
        """Return whether a file of this name is wanted."""
        of_force = not self.forces or label.force in self.forces
        return of_force and (self.first or label.month) <= label.month <= (self.last or label.month)


def forces_in(source: Source) -> list[str]:
    """List the forces, such as "south-yorkshire", whose street files a .zip holds (or that a file's name says)."""
    return sorted({label.force for label in street_names(source)})


def months_in(source: Source) -> list[str]:
    """List the months of the street files that a .zip holds (or that a file's name says)."""
    return sorted({label.month for label in street_names(source)})


def read_police(
    sources: Sequence[Source],
    *,
    forces: Sequence[str] = (),
    first: str | None = None,
    last: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    today: date | None = None,
    place_names: bool = False,
) -> Rows:
    """Return the rows of street files (.csv, .csv.gz) and of archives of them as data.police.uk serves them (.zip).

    ``forces`` chooses by the force in the file names, all when empty; ``first`` and ``last`` bound the months, both
    included. ``progress`` is called with files done and files in all. ``today`` (default: the current date) bounds what
    can have been published. With ``place_names`` rows say what their place is called, where any file does. Rows come in
    the order of the sources and, within an archive, of its file names. The same content given twice is read once, of
    two archives that hold the same month the newer is followed, and Crime IDs that repeat within a month are kept;
    notes say so. The edition of a row is that of its archive, or the newest month of the files by themselves; "" where
    that is one month.

    Raises InputError when nothing is to be read, for an unknown force, for two different files of one force and
    month that are equally new, and for what ``read_part`` and ``members`` refuse.
    """
    wanted = _Selection(tuple(forces), first, last)
    _require_range(first, last)
    files = _choose_files(sources, wanted)

    def read(file: _StreetFile) -> PolicePart:
        day = today or date.today()
        return read_part(file.source, first, last, day, place_names=place_names, edition=file.edition)

    every = _with_editions(_read_all(files, read, progress))
    parts, notes = _without_duplicates(every)
    table = pa.concat_tables([_with_edition_column(part) for part in parts]).unify_dictionaries().combine_chunks()
    if place_names and table[c.PLACE].null_count == table.num_rows:
        table = table.drop_columns([c.PLACE])
    outside = sum(part.outside for part in parts)
    if not table.num_rows:
        raise InputError(
            "Police data must have rows in the chosen months, and the files have none there; choose other months."
        )
    present = sorted({month for part in parts for month in part.months})
    return Rows(
        table,
        read=table.num_rows + outside,
        not_kept=Counter({OTHER_MONTHS: outside} if outside else {}),
        notes=(*notes, *_repeated_ids(parts)),
        gaps=tuple(months.gaps(present)),
    )


def _require_range(first: str | None, last: str | None) -> None:
    for month in (first, last):
        if month is not None and not months.is_month(month):
            raise InputError("A range of months must be written like 2021-01, and it is not; correct first or last.")
    if first and last and first > last:
        raise InputError(
            f"A range of months must begin before it ends, and {first} comes after {last}; exchange the two."
        )


def _choose_files(sources: Sequence[Source], wanted: _Selection) -> list[_StreetFile]:
    """Return the files to read, archives opened; a file whose name says nothing is read and chosen by its rows."""
    if not sources:
        raise InputError("Police data must come in at least one file, and none was given; name the files.")
    labels = [label for source in sources for label in street_names(source)]
    _require_known(wanted, {label.force for label in labels})
    files = [file for source in sources for file in _files_of(source, wanted)]
    if not files:
        found = sorted({label.month for label in labels if not wanted.forces or label.force in wanted.forces})
        held = f"they are {months.say_range(found)}" if found else "they are of other forces"
        raise InputError(f"Police data must include the chosen months, and {held}; choose among those.")
    return files


def _require_known(wanted: _Selection, found: set[str]) -> None:
    unknown = sorted(set(wanted.forces) - found)
    if unknown:
        held = f"they hold {say_words(sorted(found))}" if found else "their names tell no force"
        raise InputError(
            f"The files must hold the force {say_words(unknown)}, and {held}; choose among the forces they hold."
        )


def _files_of(source: Source, wanted: _Selection) -> list[_StreetFile]:
    if source.is_zip:
        if not street_names(source):
            raise InputError(
                f"“{source.name}” must hold files named like 2021-09-south-yorkshire-street.csv, and it holds none; "
                "download it from data.police.uk with “crime data” ticked."
            )
        files = members(source, keep=lambda name: (label := read_street_name(name)) is not None and wanted.takes(label))
        edition = edition_of(source)
        return [_StreetFile(file, edition) for file in sorted(files, key=lambda file: file.name)]
    if not wanted.forces:
        return [_StreetFile(source)]
    label = read_street_name(source.name)
    if label is None:
        raise InputError(
            f"“{source.name}” must be named like 2021-09-south-yorkshire-street.csv to be chosen by force, and it is "
            "not; rename it or choose no force."
        )
    return [_StreetFile(source)] if label.force in wanted.forces else []


def _read_all(
    files: Sequence[_StreetFile], read: Callable[[_StreetFile], PolicePart], progress: Callable[[int, int], None] | None
) -> list[PolicePart]:
    """Return files read in parallel, as parsing releases the interpreter. The first error in order is raised."""
    parts: list[PolicePart] = []
    workers = min(_MAX_WORKERS, os.cpu_count() or 1, len(files))
    with ThreadPoolExecutor(workers) as pool:
        for part in pool.map(read, files):
            parts.append(part)
            if progress is not None:
                progress(len(parts), len(files))
    return parts


def _with_editions(parts: Sequence[PolicePart]) -> list[PolicePart]:
    """Return parts that all have an edition: files by themselves are as new as the newest month among them.

    How new a month by itself is, nothing says: that is the edition "".
    """
    alone = {month for part in parts if part.edition is None for month in part.months}
    newest = max(alone) if len(alone) > 1 else ""
    return [replace(part, edition=part.edition or newest) for part in parts]


def _with_edition_column(part: PolicePart) -> pa.Table:
    return part.table.append_column(EDITION_FIELD, constant(part.edition or "", part.table.num_rows))


def _without_duplicates(parts: Sequence[PolicePart]) -> tuple[list[PolicePart], list[str]]:
    """Return parts without content given twice and without months that a newer archive holds, and notes of both.

    Only files of equal length are compared, so that nothing is read twice without reason. Refuses two different files
    of one force and month that are equally new.
    """
    lengths = Counter(part.size for part in parts)
    seen: set[tuple[int, str]] = set()
    kept: list[PolicePart] = []
    for part in sorted(parts, key=lambda part: part.edition or "", reverse=True):  # of equals the newest stays
        digest = hashlib.sha256(part.source.read()).hexdigest() if lengths[part.size] > 1 else ""
        if (part.size, digest) not in seen:
            kept.append(part)
        seen.add((part.size, digest))
    duplicates = len(parts) - len(kept)
    again = f"{duplicates:,} file was" if duplicates == 1 else f"{duplicates:,} files were"
    notes = [f"{again} given twice with the same content and read once."] if duplicates else []
    newest, superseded = _newest(kept)
    chosen = {id(part) for part in newest}
    return [part for part in parts if id(part) in chosen], [*notes, *superseded]


def _newest(parts: Sequence[PolicePart]) -> tuple[list[PolicePart], list[str]]:
    """Return of the parts of each force and month the newest, and a note of the months that older ones hold too."""
    of: defaultdict[StreetName, list[PolicePart]] = defaultdict(list)
    for part in parts:
        if label := read_street_name(part.source.name):
            of[label].append(part)
    older: set[int] = set()
    said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for label, several in of.items():
        newest = max(part.edition or "" for part in several)
        if sum(part.edition == newest for part in several) > 1:
            raise InputError(
                f"Police data must have one file for each force and month, and {label.force} {label.month} comes in "
                f"{len(several)} files that differ; keep the newest."
            )
        if len(several) > 1:
            older |= {id(part) for part in several if part.edition != newest}
            said[label.force, newest].append(label.month)
    notes = [
        f"{say_force(force)}, {', '.join(months.say_range(run) for run in months.runs(held))}: taken from the newest "
        f"of the files that hold it, which go up to {months.say(newest)}."
        for (force, newest), held in said.items()
    ]
    return [part for part in parts if id(part) not in older], notes


def _repeated_ids(parts: Sequence[PolicePart]) -> list[str]:
    """Report Crime IDs that stand in several rows of a month.

    Months are looked into only where an ID can be repeated: in a file that repeats one, or when files share a month.
    """
    by_month: defaultdict[str, list[PolicePart]] = defaultdict(list)
    for part in parts:
        for month in part.months:
            by_month[month].append(part)
    ids = surplus = 0
    for month, holders in by_month.items():
        if len(holders) > 1 or not holders[0].ids_differ:
            counts = pc.value_counts(pa.chunked_array([_ids_of(part, month) for part in holders])).field("counts")
            repeated = counts.filter(pc.greater(counts, 1))
            ids += len(repeated)
            surplus += (pc.sum(repeated).as_py() or 0) - len(repeated)
    return [_say_repeated(ids, surplus)] if ids else []


def _say_repeated(ids: int, surplus: int) -> str:
    which = "Crime ID stands" if ids == 1 else "Crime IDs stand"
    rows = "row" if surplus == 1 else "rows"
    return f"{ids:,} {which} {_REPEATED}, {surplus:,} {rows} more than IDs; all rows are kept."


def is_repeated_ids_note(note: str) -> bool:
    """Return whether a note tells of Crime IDs that repeat in the files that came in together."""
    return _REPEATED in note


def _ids_of(part: PolicePart, month: str) -> pa.Array:
    """Return the Crime IDs of a file's rows of one month, blanks left out."""
    of_month = pc.equal(part.table[c.MONTH].cast(pa.string()), month)
    return part.ids.filter(of_month).drop_null().combine_chunks()
