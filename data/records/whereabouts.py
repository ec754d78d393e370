"""Where rows lie that have no coordinates: by their postcode, by what their place is called, or at a school.

A postcode places its row and is gone: no word of it leaves the process that reads the file.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.formats import cells
from data.formats.sheets import Sheet
from data.records.mapping import ColumnMapping
from data.screening.place_texts import are_refused
from geo import columns as c
from geo.areas.place_matching import is_on_site, name_key
from geo.arrays import Bools, Floats
from geo.errors import InputError

BY_POSTCODE: Final = "by postcode"
BY_NAME: Final = "by the name of a place"
AT_SCHOOL: Final = "at the school’s site"
POSTCODE_UNKNOWN: Final = "a postcode that is not on the list"
NAME_UNKNOWN: Final = "a name of a place that nobody has confirmed"
NAME_NOWHERE: Final = "a name of a place that is kept without a location"
NAME_REFUSED: Final = "a place that looks like a person or a home"
UNSAID: Final = "nothing that says where"
MAX_NAMES: Final = 400  # a column of places has dozens

_POSTCODE: Final = r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$"
_NOT_OF_POSTCODE: Final = r"[\s.\-]+"


@dataclass(frozen=True, eq=False)
class PostcodeTable:
    """Postcodes without a space, in order ("LS16AA"), with their positions (EPSG:4326)."""

    codes: npt.NDArray[np.bytes_]
    lon: Floats
    lat: Floats

    @classmethod
    def of(cls, names: Sequence[str], lon: Floats, lat: Floats) -> "PostcodeTable":
        """Make a table of postcodes as lists write them, "LS1 6AA", the first of each."""
        bare = np.array([name.replace(" ", "").upper() for name in names], dtype="S7")
        codes, first = np.unique(bare, return_index=True)
        return cls(codes, np.asarray(lon, dtype=np.float64)[first], np.asarray(lat, dtype=np.float64)[first])

    def positions(self, codes: npt.NDArray[np.bytes_]) -> tuple[Floats, Floats]:
        """Return longitude and latitude of postcodes without a space, NaN for those that are not in the table."""
        at = np.minimum(np.searchsorted(self.codes, codes), max(len(self.codes) - 1, 0))
        known = self.codes[at] == codes if len(self.codes) else np.zeros(len(codes), dtype=np.bool_)
        return np.where(known, self.lon[at], np.nan), np.where(known, self.lat[at], np.nan)


class NamedPlace(NamedTuple):
    """Where the rows of a name lie: at a point (EPSG:4326), in an area by its code, or without a location."""

    lon: float | None = None
    lat: float | None = None
    area: str | None = None


@dataclass(frozen=True, eq=False)
class Whereabouts:
    """What places rows without coordinates; ``named`` are places by ``name_key``, ``known`` are names of one word.

    ``site`` is where the names of a school's own rooms lie that nobody has confirmed, and all rows of a file that names
    no place at all.
    """

    postcodes: PostcodeTable | None = None
    named: Mapping[str, NamedPlace] = field(default_factory=dict)
    site: NamedPlace | None = None
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class RowPlaces:
    """Where rows lie: degrees, NaN where there is none; the stated area, None where there is none; and rows by how."""

    lon: Floats
    lat: Floats
    area: npt.NDArray[np.object_]
    tally: Counter[str]


@dataclass(frozen=True)
class NamesFound:
    """The names of places in files, the most frequent first, with their rows; and the rows that were refused as such.

    ``refused`` are rows whose place looks like a person or a home: they are counted, and never shown.
    """

    names: tuple[tuple[str, int], ...]
    refused: int = 0


def whole_postcodes(column: cells.Column) -> pa.StringArray:
    """Return the full postcodes of a column without a space, in capitals; null for every other cell."""
    bare = pc.replace_substring_regex(pc.utf8_upper(cells.texts(column)), _NOT_OF_POSTCODE, "")
    return pc.if_else(pc.match_substring_regex(bare, _POSTCODE), bare, pa.scalar(None, pa.string()))


def without_postcodes(sheet: Sheet, mapping: ColumnMapping) -> Sheet:
    """Return a sheet whose column of postcodes holds only what is no full postcode, as it is to be screened."""
    name = mapping.postcode
    if name is None or name not in sheet.columns:
        return sheet
    column = sheet.table.column(name)
    rest = pc.if_else(pc.is_valid(whole_postcodes(column)), pa.scalar(None, pa.string()), cells.texts(column))
    at = sheet.columns.index(name)
    return replace(sheet, table=sheet.table.set_column(at, name, rest))


def require_list(where: str, mapping: ColumnMapping, whereabouts: Whereabouts | None) -> None:
    """Refuse a column of postcodes where no list of postcodes is loaded: nothing would be placed by it."""
    if mapping.postcode is not None and (whereabouts is None or whereabouts.postcodes is None):
        raise InputError(
            f"{where}: postcodes need a list that says where each of them is, and none is loaded; bring in a base map "
            "with a postcode file first, or leave the column of postcodes unread."
        )


def locate(table: pa.Table, mapping: ColumnMapping, missing: Bools, whereabouts: Whereabouts) -> RowPlaces:
    """Return where the rows of ``missing`` lie, which have neither coordinates nor an area of their own.

    A postcode comes before a name. Where the file names no place at all, all lie at the school's site if there is one.
    """
    rows = len(table)
    found = RowPlaces(np.full(rows, np.nan), np.full(rows, np.nan), np.full(rows, None, dtype=object), Counter())
    left, unknown = missing, np.zeros(rows, dtype=np.bool_)
    if mapping.postcode is not None and whereabouts.postcodes is not None:
        left, unknown = _by_postcode(table.column(mapping.postcode), left, whereabouts.postcodes, found)
    if mapping.place is not None:
        left = _by_name(table.column(mapping.place), left, whereabouts, found)
    if mapping.postcode is not None or mapping.place is not None:
        found.tally[POSTCODE_UNKNOWN] += int((left & unknown).sum())
        found.tally[UNSAID] += int((left & ~unknown).sum())
    elif whereabouts.site is not None and mapping.postcode is None and not mapping.has_place:
        _put(found, left, whereabouts.site)
        found.tally[AT_SCHOOL] += int(left.sum())
    return found


def say_located(tally: Mapping[str, int]) -> list[str]:
    """Say how many rows were placed by what, and how many could not be and why; nothing where none needed it."""
    placed = [f"{tally[how]:,} {how}" for how in (BY_POSTCODE, BY_NAME, AT_SCHOOL) if tally.get(how)]
    lost = (POSTCODE_UNKNOWN, NAME_UNKNOWN, NAME_NOWHERE, NAME_REFUSED, UNSAID)
    unplaced = [f"{tally[why]:,} with {why}" for why in lost if tally.get(why)]
    said = [f"Rows without coordinates were placed: {cells.say_words(placed)}."] if placed else []
    return [*said, *([f"Rows without a location: {cells.say_words(unplaced)}."] if unplaced else [])]


def digest_of_places(table: pa.Table) -> str:
    """Return a digest of where rows lie: the same rows, by the same postcodes and names, have the same."""
    shown = hashlib.sha256()
    for name in (c.LON, c.LAT, c.STATED):
        shown.update(repr(table[name].to_pylist()).encode())
    return shown.hexdigest()


def names_of(column: cells.Column, known: frozenset[str] = frozenset()) -> tuple[Counter[str], int]:
    """Return the distinct names of a column of places with their rows, and the rows that are refused as names."""
    coded = cells.texts(column).dictionary_encode()
    texts: list[str] = coded.dictionary.to_pylist()
    rows = np.bincount(_positions(coded), minlength=len(texts) + 1)[1:]
    bad = are_refused(texts, known)
    named: Counter[str] = Counter()
    for text, count, refused in zip(texts, rows.tolist(), bad.tolist(), strict=True):
        if not refused and name_key(text):
            named[text] += count
    return named, int(rows[bad].sum())


def _positions(coded: pa.DictionaryArray) -> npt.NDArray[np.int64]:
    """Return for each row the position of its text from 1, and 0 where it is blank."""
    return np.asarray(pc.fill_null(coded.indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)) + 1


def _by_postcode(column: cells.Column, left: Bools, postcodes: PostcodeTable, found: RowPlaces) -> tuple[Bools, Bools]:
    """Place rows by postcode; return which of ``left`` have no place yet, and which a postcode not on the list."""
    whole = whole_postcodes(column)
    given = cells.mask(pc.is_valid(whole)) & left
    codes = np.array(pc.fill_null(whole, "").to_pylist(), dtype="S7")
    lon, lat = postcodes.positions(codes)
    placed = given & ~np.isnan(lon)
    found.lon[placed], found.lat[placed] = lon[placed], lat[placed]
    found.tally[BY_POSTCODE] += int(placed.sum())
    return left & ~placed, given & ~placed


def _by_name(column: cells.Column, left: Bools, whereabouts: Whereabouts, found: RowPlaces) -> Bools:
    """Place rows by the names of their places; return which of ``left`` say none."""
    coded = cells.texts(column).dictionary_encode()
    texts: list[str] = coded.dictionary.to_pylist()
    refused = are_refused(texts, whereabouts.known)
    position = _positions(coded)
    for at, (text, bad) in enumerate(zip(texts, refused.tolist(), strict=True), start=1):
        rows = left & (position == at)
        if not rows.any():
            continue
        place, how = (None, NAME_REFUSED) if bad else _meaning(text, whereabouts)
        if place is not None:
            _put(found, rows, place)
        found.tally[how] += int(rows.sum())
    return left & (position == 0)


def _meaning(text: str, whereabouts: Whereabouts) -> tuple[NamedPlace | None, str]:
    """Return what a name stands for, and how its rows are counted."""
    place = whereabouts.named.get(name_key(text))
    if place is not None:
        return (place, BY_NAME) if place != NamedPlace() else (None, NAME_NOWHERE)
    if whereabouts.site is not None and is_on_site(text):
        return whereabouts.site, AT_SCHOOL
    return None, NAME_UNKNOWN


def _put(found: RowPlaces, rows: Bools, place: NamedPlace) -> None:
    if place.lon is not None and place.lat is not None:
        found.lon[rows], found.lat[rows] = place.lon, place.lat
    if place.area is not None:
        found.area[rows] = place.area
