"""Street-level crime and anti-social behaviour of data.police.uk: many files and archives in, one table of rows out.

Every row is kept. Rows that look alike are different incidents at the same snap point, anti-social behaviour has no
Crime ID, and a Crime ID can stand for several rows.
"""

import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.formats.cells import say_words
from data.formats.sources import Source, entry_names, members
from data.records.police_rows import STREET_COLUMNS, PolicePart, read_part
from data.records.rows import Rows
from geo import columns as c
from geo.calendar import months
from geo.errors import InputError

__all__ = ["OTHER_MONTHS", "STREET_COLUMNS", "forces_in", "months_in", "read_police"]

OTHER_MONTHS: Final = "outside the chosen months"
_STREET_NAME: Final = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))-(.+)-street\.csv(?:\.gz)?", re.IGNORECASE)
_MAX_WORKERS: Final = 8


class _Label(NamedTuple):
    """What the name of a street file says: "2021-09-south-yorkshire-street.csv"."""

    month: str
    force: str


class _Selection(NamedTuple):
    """What is chosen: forces (all when empty) and a range of months (no bound when None)."""

    forces: tuple[str, ...]
    first: str | None
    last: str | None

    def takes(self, label: _Label) -> bool:
        """Return whether a file of this name is wanted."""
        of_force = not self.forces or label.force in self.forces
        return of_force and (self.first or label.month) <= label.month <= (self.last or label.month)


def forces_in(source: Source) -> list[str]:
    """List the forces, such as "south-yorkshire", whose street files a .zip holds (or that a file's name says)."""
    return sorted({label.force for label in _labels(source)})


def months_in(source: Source) -> list[str]:
    """List the months of the street files that a .zip holds (or that a file's name says)."""
    return sorted({label.month for label in _labels(source)})


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
    the order of the sources and, within an archive, of its file names. The same content given twice is read once, and
    Crime IDs that repeat within a month are kept; notes say so.

    Raises InputError when nothing is to be read, for an unknown force, for two different files of one force and
    month, and for what ``read_part`` and ``members`` refuse.
    """
    wanted = _Selection(tuple(forces), first, last)
    _require_range(first, last)
    files = _choose_files(sources, wanted)
    read = partial(read_part, first=first, last=last, today=today or date.today(), place_names=place_names)
    parts, notes = _without_duplicates(_read_all(files, read, progress))
    table = pa.concat_tables([part.table for part in parts]).unify_dictionaries().combine_chunks()
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


def _label(name: str) -> _Label | None:
    """Return month and force from the last part of a file name; None for any other file."""
    found = _STREET_NAME.fullmatch(name.rsplit("/", 1)[-1])
    return _Label(found[1], found[2].lower()) if found else None


def _labels(source: Source) -> list[_Label]:
    names = entry_names(source) if source.is_zip else [source.name]
    return [label for name in names if (label := _label(name))]


def _require_range(first: str | None, last: str | None) -> None:
    for month in (first, last):
        if month is not None and not months.is_month(month):
            raise InputError("A range of months must be written like 2021-01, and it is not; correct first or last.")
    if first and last and first > last:
        raise InputError(
            f"A range of months must begin before it ends, and {first} comes after {last}; exchange the two."
        )


def _choose_files(sources: Sequence[Source], wanted: _Selection) -> list[Source]:
    """Return the files to read, archives opened; a file whose name says nothing is read and chosen by its rows."""
    if not sources:
        raise InputError("Police data must come in at least one file, and none was given; name the files.")
    labels = [label for source in sources for label in _labels(source)]
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


def _files_of(source: Source, wanted: _Selection) -> list[Source]:
    if source.is_zip:
        if not _labels(source):
            raise InputError(
                f"“{source.name}” must hold files named like 2021-09-south-yorkshire-street.csv, and it holds none; "
                "download it from data.police.uk with “crime data” ticked."
            )
        files = members(source, keep=lambda name: (label := _label(name)) is not None and wanted.takes(label))
        return sorted(files, key=lambda file: file.name)
    if not wanted.forces:
        return [source]
    label = _label(source.name)
    if label is None:
        raise InputError(
            f"“{source.name}” must be named like 2021-09-south-yorkshire-street.csv to be chosen by force, and it is "
            "not; rename it or choose no force."
        )
    return [source] if label.force in wanted.forces else []


def _read_all(
    files: Sequence[Source], read: Callable[[Source], PolicePart], progress: Callable[[int, int], None] | None
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


def _without_duplicates(parts: Sequence[PolicePart]) -> tuple[list[PolicePart], list[str]]:
    """Return parts without content given twice, and a note of it; refuse two different files of one force and month.

    Only files of equal length are compared, so that nothing is read twice without reason.
    """
    lengths = Counter(part.size for part in parts)
    seen: set[tuple[int, str]] = set()
    kept: list[PolicePart] = []
    for part in parts:
        digest = hashlib.sha256(part.source.read()).hexdigest() if lengths[part.size] > 1 else ""
        if (part.size, digest) not in seen:
            kept.append(part)
        seen.add((part.size, digest))
    labels = Counter(label for part in kept if (label := _label(part.source.name)))
    for label, times in labels.items():
        if times > 1:
            raise InputError(
                f"Police data must have one file for each force and month, and {label.force} {label.month} comes in "
                f"{times} files that differ; keep the newest."
            )
    duplicates = len(parts) - len(kept)
    again = f"{duplicates:,} file was" if duplicates == 1 else f"{duplicates:,} files were"
    return kept, [f"{again} given twice with the same content and read once."] if duplicates else []


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
    return f"{ids:,} {which} in more than one row of a month, {surplus:,} {rows} more than IDs; all rows are kept."


def _ids_of(part: PolicePart, month: str) -> pa.Array:
    """Return the Crime IDs of a file's rows of one month, blanks left out."""
    of_month = pc.equal(part.table[c.MONTH].cast(pa.string()), month)
    return part.ids.filter(of_month).drop_null().combine_chunks()
