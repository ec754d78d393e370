"""Recognising files: each is taken for what its columns and first rows say, and the words say why.

The first rule that fits decides, and rules stand in an order in which none takes what a later one knows better. What
fits none is unknown, and says what to do: a guess is never kept silently.
"""

from collections.abc import Callable, Sequence
from typing import Final

from data.formats.sources import Source
from data.recognition import area_files, own_files, place_files, police_files
from data.recognition.archives import in_archive, is_archive
from data.recognition.file_role import FileRole, Recognised
from data.recognition.peek import Peek, PeekedTable, PeekKind
from data.recognition.peeking import peek
from geo.errors import InputError

Progress = Callable[[float, str], None]
Rule = Callable[[Peek, PeekedTable], Recognised | None]

_TABLE_RULES: Final[tuple[Rule, ...]] = (
    police_files.police_file,
    place_files.schools_file,
    place_files.stops_file,
    place_files.postcodes_file,
    area_files.deprivation_file,
    own_files.hotspot_register,
    own_files.marks_file,
    own_files.contact_list,
    own_files.teaching_list,
    own_files.action_list,
    own_files.term_dates,
    area_files.residents_file,
    area_files.lookup_file,
    own_files.incidents_file,
)
_SHAPE_RULES: Final[tuple[Rule, ...]] = (
    own_files.hotspot_register,
    own_files.marks_file,
    area_files.boundary_file,
    own_files.incidents_file,
)


def recognise(sources: Sequence[Source], progress: Progress) -> list[Recognised]:
    """Return what each file is taken for and why, in the order of the files (a job of ``data.sandbox``).

    Of an archive that holds one thing (a year of police files, a directory of postcodes) one answer is given, of any
    other one of each file in it that is known, named "archive.zip / member". A file that cannot be read is UNKNOWN, and
    ``why`` is then one sentence with what to do. Only the beginnings of large files are read.
    """
    found: list[Recognised] = []
    for number, source in enumerate(sources):
        progress(number / len(sources), f"Looking at {source.name}")
        found += _recognised(source)
    return found


def _recognised(source: Source) -> list[Recognised]:
    try:
        if is_archive(source):
            return in_archive(source, recognise_one)
        return [recognise_one(source)]
    except InputError as error:
        return [Recognised(source.name, FileRole.UNKNOWN, "A file that cannot be read", str(error))]


def recognise_one(source: Source) -> Recognised:
    """Return what a file that is no archive is taken for. Raises InputError as ``peek`` does."""
    return recognise_peek(peek(source))


def recognise_peek(look: Peek) -> Recognised:
    """Return what a first look at a file shows it to be."""
    if look.kind is PeekKind.REFUSED:
        return _unknown(look, f"“{look.file}” must be a file of the Set up page, and {look.refused}.")
    if look.kind is PeekKind.CALENDAR:
        return own_files.calendar_file(look)
    if look.kind is PeekKind.JSON:
        return police_files.police_json(look)
    mapped = place_files.street_map(look)
    if mapped is not None:
        return mapped
    rules = _SHAPE_RULES if look.kind is PeekKind.SHAPES else _TABLE_RULES
    found = [one for table in _worth_a_look(look) if (one := _first(rules, look, table))]
    return found[0] if found else _unknown(look, _say_unknown(look))


def _worth_a_look(look: Peek) -> list[PeekedTable]:
    """Return the tables of a file with those first that tell most: official workbooks begin with pages of notes.

    Of sheets that are alike but for their year the newest comes first.
    """
    return sorted(look.tables, key=lambda table: (len(table.columns) > 1, _year(table.sheet)), reverse=True)


def _year(sheet: str | None) -> str:
    digits = "".join(letter for letter in sheet or "" if letter.isdecimal())
    return digits[:4]


def _first(rules: Sequence[Rule], look: Peek, table: PeekedTable) -> Recognised | None:
    return next((found for rule in rules if (found := rule(look, table))), None)


def _say_unknown(look: Peek) -> str:
    if look.kind is PeekKind.SHAPES:
        needed = "shapes with the code and the name of each area, or lines of streets, and its columns say neither"
        return f"“{look.file}” must hold {needed}; name them as their publisher does, or bring the official file."
    return (
        f"“{look.file}” must be one of the files that the Set up page names, and its columns are those of none; check "
        "that its first row holds the names of the columns, or bring the official file."
    )


def _unknown(look: Peek, sentence: str) -> Recognised:
    return Recognised(look.file, FileRole.UNKNOWN, "Unknown", sentence)
