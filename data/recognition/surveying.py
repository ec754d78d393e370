"""The codes that files of areas, of figures and of the police hold, by which those of one edition find each other.

Editions of areas share most of their codes, and a national file holds those of every place; so which files belong
together is told by all codes of an area file, and by many of the others. Shapes and figures are not read.
"""

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, Final

import pandas as pd

from data.formats import geopackage
from data.formats.byte_streams import ByteStream, start_of
from data.formats.csv_text import read_text_table
from data.formats.shapes import Bounds
from data.formats.sources import MB, Source, entry_names, members
from data.recognition.area_columns import LEVELS
from data.recognition.file_role import FileRole, Recognised
from data.recognition.whereabouts import where_shapes_lie
from geo.errors import InputError

Progress = Callable[[float, str], None]
_PIECE: Final = 4 * MB
_TAIL: Final = 200_000  # bytes that the properties of one area take at most
_MOST: Final = 64 * MB  # of a table of figures that are searched for codes; of 35,672 areas by year of age, 30
_POLICE_HEAD: Final = 300_000
_ROWS: Final = 200_000
_FLAT: Final = re.compile(rb"\{[^{}]*\}")
_CODE: Final = re.compile(rb"[EW]0[12]\d{6}")
_COUNCIL: Final = re.compile(r"(.+) \d{3}[A-Z]?")
_FIGURES: Final = (FileRole.RESIDENTS, FileRole.DEPRIVATION)
_DRAWN: Final = (FileRole.AREAS, FileRole.LARGER_AREAS)
_ERRORS: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True)
class AreaSurvey:
    """Codes by file.

    ``areas`` has for each file of boundaries the name of the council of each code ("" where it does not say), and
    ``bounds`` about where they lie: west, south, east and north in degrees of one corner of each shape;
    ``figures`` the codes in tables of residents and deprivation; ``police`` those in the beginning of police files, of
    an archive by force ("archive.zip / west-yorkshire"). ``lookups`` has, for a file, its column of codes and a column
    of codes of larger areas, the codes that have just one larger area there. ``refused`` has a sentence for each file
    that cannot be read.
    """

    areas: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    figures: Mapping[str, frozenset[str]] = field(default_factory=dict)
    police: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lookups: Mapping[tuple[str, str, str], frozenset[str]] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def survey(files: Sequence[tuple[Source, Recognised]], progress: Progress) -> AreaSurvey:
    """Return the codes of recognised files (a job of ``data.sandbox``); what cannot be read is ``refused``."""
    found = AreaSurvey({}, {}, {}, {}, {}, {})
    for number, (source, one) in enumerate(files):
        progress(number / len(files), f"Looking through {source.name}")
        try:
            found = _with_codes(found, source, one)
        except InputError as error:
            found = replace(found, refused={**found.refused, one.file: str(error)})
    return found


def _with_codes(found: AreaSurvey, source: Source, one: Recognised) -> AreaSurvey:
    if one.role in _DRAWN:
        box = where_shapes_lie(source, one.details.get("layer"))
        bounds = found.bounds if box is None else {**found.bounds, one.file: box}
        return replace(found, areas={**found.areas, one.file: _councils(source, one.details)}, bounds=bounds)
    if one.role in _FIGURES:
        return replace(found, figures={**found.figures, one.file: frozenset(_codes(source))})
    if one.role is FileRole.POLICE_STREET:
        return replace(found, police={**found.police, **_police(source, one)})
    return replace(found, lookups={**found.lookups, **_pairs(source, one)})


def take_member(source: Source, entry: str, progress: Progress) -> bytes:
    """Return one file of an archive, unpacked (a job of ``data.sandbox``). Raises InputError as ``members`` does."""
    progress(0.0, f"Unpacking {source.name}")
    return members(source, keep=lambda inside: inside == entry)[0].read()


def _councils(source: Source, details: Mapping[str, str]) -> dict[str, str]:
    code, name, district = details["code"], details["name"], details.get("district name")
    found: dict[str, str] = {}
    for properties in _properties(source, details):
        value = properties.get(code)
        if value not in (None, ""):
            council = properties.get(district) if district else None
            by_name = _COUNCIL.fullmatch(str(properties.get(name) or ""))
            found[str(value).strip()] = str(council or (by_name[1] if by_name else ""))
    return found


def _properties(source: Source, details: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the properties of every feature."""
    if geopackage.is_geopackage(start_of(source, 100)):
        for head in geopackage.layer_heads(source, _ROWS):
            if head.name == details.get("layer"):
                yield from (dict(zip(head.columns, row, strict=True)) for row in head.rows)
        return
    wanted = json.dumps(details["code"], ensure_ascii=False).encode()
    rest = b""
    for piece in _pieces(source, None):
        text, end = rest + piece, 0
        for one in _FLAT.finditer(text):
            end = one.end()
            if wanted in one[0]:
                yield _loaded(one[0])
        rest = text[end:][-_TAIL:]


def _loaded(text: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(text))
    except (ValueError, TypeError):
        return {}


def _codes(source: Source) -> set[str]:
    """Return the codes of LSOAs and MSOAs that stand in a table of figures, or in a workbook."""
    found: set[bytes] = set()
    rest = b""
    for piece in _workbook_pieces(source) if _is_zip(source) else _pieces(source, _MOST):
        found.update(_CODE.findall(rest + piece))
        rest = piece[-8:]
    return {code.decode() for code in found}


def _is_zip(source: Source) -> bool:
    return start_of(source, 4) == b"PK\x03\x04"


def _workbook_pieces(source: Source) -> Iterator[bytes]:
    """Yield the texts of a workbook, which its cells share, in pieces; else those that stand in its sheets."""
    try:
        with zipfile.ZipFile(source.path or BytesIO(source.read())) as archive:
            shared = [name for name in archive.namelist() if name.lower().endswith("sharedstrings.xml")]
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
            for name in shared or sheets or ["content.xml"]:
                with archive.open(name) as file:
                    for _ in range(_MOST // _PIECE):
                        yield file.read(_PIECE)
    except (*_ERRORS, KeyError):
        raise InputError(
            f"“{source.name}” must be whole, and it is damaged or cut short; download or save it again."
        ) from None


def _pieces(source: Source, most: int | None) -> Iterator[bytes]:
    with closing(ByteStream(source)) as stream:
        done = 0
        while (most is None or done < most) and (piece := stream.read(_PIECE)):
            done += len(piece)
            yield piece


def _police(source: Source, one: Recognised) -> dict[str, frozenset[str]]:
    if "forces" not in one.details:
        return {one.file: _few(start_of(source, _POLICE_HEAD))}
    latest: dict[str, str] = {}
    for entry in sorted(entry_names(source)):
        for force in one.details["forces"].split(","):
            if entry.lower().endswith(f"-{force}-street.csv"):
                latest[force] = entry
    chosen = {entry: force for force, entry in latest.items()}
    found: dict[str, frozenset[str]] = {}
    for entry, force in chosen.items():
        inner = members(source, keep=lambda inside, wanted=entry: inside == wanted)[0]  # type: ignore[misc]
        found[f"{one.file} / {force}"] = _few(start_of(inner, _POLICE_HEAD))
    return found


def _few(head: bytes) -> frozenset[str]:
    return frozenset(code.decode() for code in _CODE.findall(head))


def _pairs(source: Source, one: Recognised) -> dict[tuple[str, str, str], frozenset[str]]:
    """Return, of each column of LSOAs with each of larger areas, the codes that have just one of these."""
    columns = {stem.removesuffix(" code"): column for stem, column in one.details.items() if stem.endswith(" code")}
    keys = [column for stem, column in columns.items() if stem.startswith("lsoa")]
    larger = [column for stem, column in columns.items() if LEVELS.index(stem.split()[0]) > LEVELS.index("lsoa")]
    if not keys or not larger:
        return {}
    table = read_text_table(source, columns=[*keys, *larger]).to_pandas()
    return {(one.file, key, column): _single(table[[key, column]]) for key in keys for column in larger}


def _single(pairs: pd.DataFrame) -> frozenset[str]:
    key, value = pairs.columns
    filled = pairs.dropna().drop_duplicates()
    filled = filled[filled[value].str.strip() != ""]
    return frozenset(filled.loc[~filled[key].duplicated(keep=False), key].str.strip())
