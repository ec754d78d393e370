"""How much of a kind a column needs for it to be found: one row of forty, a tenth, all; among words and references."""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from data.formats.sheet_reader import read_sheets
from data.formats.sources import Source
from data.screening import screen
from tests.screening.innocent_lines import INNOCENT
from tests.screening.planting import SPELLINGS, Planted
from tests.unit.data.records.making_files import xlsx

Draw = random.Random
Cells = Sequence[str]
ROWS: Final = 40
SHARES: Final = {"1 row of 40": 1, "10 % of rows": 4, "all rows": ROWS}
_WORDS: Final = (
    "Weapons",
    "Robbery",
    "Drugs",
    "No further action",
    "Bus stop",
    "Evening",
    "Low",
    "Ongoing",
    "Park",
    "Parent informed",
    "Online",
    "Year 9",
    "Behind the shops",
    "Detention",
    "Group of boys",
    "Victoria Road",
    "Meadowhall",
    "Referred to MASH",
    "Snapchat",
    "A61",
    "Lunchtime",
    "Corridor B",
    "Advice given",
    "Youth worker",
    "School bus 95",
)
_HEADER: Final = "Field 7"


def hosts(draw: Draw) -> dict[str, list[str]]:
    """Return what an identifier may stand among: words of a log, and references of one form."""
    first, year = draw.randint(100, 9_000), draw.randint(18, 26)
    return {
        "words": draw.choices(_WORDS, k=ROWS),
        "references": [f"INC-{year}-{first + at:05}" for at in range(ROWS)],
    }


def planted(seed: int, each: int) -> Iterator[tuple[str, str, Planted]]:
    """Return columns of every kind, share and spelling: the share, what the identifiers stand among, and the column."""
    draw = random.Random(seed)  # noqa: S311
    for what, spell in SPELLINGS.items():
        for share, count in SHARES.items():
            for spelling in range(10):
                for _ in range(each):
                    for among, cells in hosts(draw).items():
                        rows = draw.sample(range(ROWS), count)
                        for row in rows:
                            cells[row] = spell(draw)[spelling]
                        days = (date(2022, 3, 1) + timedelta(days=draw.randint(0, 300)) for _ in cells)
                        one = Planted(what, spelling, _HEADER, tuple(cells), tuple(day.isoformat() for day in days))
                        yield share, among, one


def _csv(one: Planted) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([("Date", _HEADER), *zip(one.days, one.cells, strict=True)])
    return text.getvalue().encode()


def _parquet(one: Planted) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table({"Date": list(one.days), _HEADER: list(one.cells)}), content)
    return content.getvalue()


def _geojson(one: Planted) -> bytes:
    point = {"type": "Point", "coordinates": [-1.47, 53.38]}
    features = [
        {"type": "Feature", "geometry": point, "properties": {"Date": day, _HEADER: cell}}
        for day, cell in zip(one.days, one.cells, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


FORMATS: Final = {
    "csv": _csv,
    "xlsx": lambda one: xlsx([("Date", _HEADER), *zip(one.days, one.cells, strict=True)]),
    "parquet": _parquet,
    "geojson": _geojson,
}


def kinds_found(one: Planted, form: str) -> set[str]:
    """Write a column beside its days as a file, read and screen it, and give the kinds found in it."""
    sheets = read_sheets(Source(f"planted.{form}", content=FORMATS[form](one)))
    return {each.what for each in screen(sheets, dates=["Date"]) if each.column == _HEADER}


Counts = dict[tuple[str, str, str], tuple[int, int]]


def caught(columns: Iterable[tuple[str, str, Planted]], forms: Sequence[str] = tuple(FORMATS)) -> Counts:
    """Count, for each kind, share and company, the columns in which the kind was found, and all columns.

    The formats of files take turns.
    """
    tried: Counter[tuple[str, str, str]] = Counter()
    hit: Counter[tuple[str, str, str]] = Counter()
    for number, (share, among, one) in enumerate(columns):
        key = one.what, share, among
        tried[key] += 1
        hit[key] += one.what in kinds_found(one, forms[number % len(forms)])
    return {key: (hit[key], count) for key, count in tried.items()}


def innocent(seed: int) -> list[str]:
    """Screen every innocent line alone among words and among references, and return those that are taken for more."""
    draw, taken = random.Random(seed), []  # noqa: S311
    for line in (line for lines in INNOCENT.values() for line in lines):
        for cells in hosts(draw).values():
            cells[draw.randrange(ROWS)] = line
            one = Planted("", 0, _HEADER, tuple(cells), ("2022-03-01",) * ROWS)
            if kinds_found(one, "csv"):
                taken.append(line)
    return taken
