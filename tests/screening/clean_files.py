"""Clean files: anonymised incidents and lists of places as schools and councils keep them, and hard to judge.

Each file is drawn anew from its seed: its kind, its columns, their names, forms and spellings.
"""

import random
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pyarrow as pa

from data.formats.sheets import Annotation, Sheet
from tests.screening import vocabulary as v
from tests.screening.references import REFERENCES, parts

Draw = random.Random
Cells = list[str | None]


@dataclass(frozen=True)
class Clean:
    """A file without identifiers, and what its mapping says."""

    name: str
    sheets: tuple[Sheet, ...]
    dates: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class _Shape:
    """What the columns of one file have in common: its rows and its days."""

    draw: Draw
    rows: int
    days: tuple[datetime, ...]

    def cells(self, make: Callable[[], str]) -> Cells:
        return [make() for _ in range(self.rows)]

    def from_some(self, words: Sequence[str], most: int = 14) -> Cells:
        few = self.draw.sample(list(words), min(len(words), self.draw.randint(2, most)))
        return self.draw.choices(few, k=self.rows)


_DAY_FORMS: Final = (
    "%d/%m/%Y",
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d/%m/%y",
    "%d %b %Y",
    "%d %B %Y",
    "%d/%m/%Y %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
)


def _days(shape: _Shape) -> Cells:
    form = shape.draw.choice(_DAY_FORMS)
    return [day.strftime(form) for day in shape.days]


def _later_days(shape: _Shape) -> Cells:
    form = shape.draw.choice(_DAY_FORMS)
    return [(day + timedelta(days=shape.draw.randint(0, 200))).strftime(form) for day in shape.days]


def _reference(shape: _Shape) -> Cells:
    draw, first = shape.draw, shape.draw.randint(1, 90_000)
    form, year = draw.choice(REFERENCES), draw.randint(18, 25)
    prefix = "".join(draw.choices(string.ascii_uppercase, k=draw.randint(1, 4)))
    return [
        form.format(n=first + at, at=at, y=year, p=prefix, day=day, **parts(draw)) for at, day in enumerate(shape.days)
    ]


def _coordinate(low: float, high: float) -> Callable[[_Shape], Cells]:
    def make(shape: _Shape) -> Cells:
        places = shape.draw.choice((3, 4, 5, 6, 6, 13))
        return shape.cells(lambda: f"{shape.draw.uniform(low, high):.{places}f}")

    return make


def _whole(low: int, high: int, form: str = "{}") -> Callable[[_Shape], Cells]:
    return lambda shape: shape.cells(lambda: form.format(shape.draw.randint(low, high)))


def _street(shape: _Shape) -> Cells:
    draw = shape.draw
    lead = draw.choice(("On or near ", "", "", "Near ", "Junction of "))
    one = lambda: f"{draw.choice(v.STREET_NAMES)} {draw.choice(v.STREET_KINDS)}"  # noqa: E731
    if lead == "Junction of ":
        return shape.cells(lambda: f"{lead}{one()} and {one()}")
    other = draw.choice((v.POLICE_SPOTS, v.LANDMARKS))
    return shape.cells(lambda: lead + (one() if draw.random() < 0.8 else draw.choice(other)))


def _of(words: Sequence[str]) -> Callable[[_Shape], Cells]:
    return lambda shape: shape.from_some(words)


def _several_of(words: Sequence[str]) -> Callable[[_Shape], Cells]:
    def make(shape: _Shape) -> Cells:
        mark = shape.draw.choice(("; ", ", ", " / ", "|"))
        return shape.cells(lambda: mark.join(shape.draw.sample(list(words), shape.draw.randint(1, 3))))

    return make


def _grid(shape: _Shape) -> Cells:
    draw = shape.draw
    form = draw.choice(("{} {} {}", "{}{}{}"))
    return shape.cells(
        lambda: form.format(draw.choice(("SK", "SE", "TQ")), draw.randint(100, 999), draw.randint(100, 999))
    )


def _outward(shape: _Shape) -> Cells:
    draw, sector = shape.draw, shape.draw.random() < 0.5
    return shape.cells(
        lambda: (
            f"{draw.choice(('S', 'DN', 'LS', 'E', 'BD'))}{draw.randint(1, 36)}"
            + (f" {draw.randint(0, 9)}" if sector else "")
        )
    )


def _clock(shape: _Shape) -> Cells:
    form = shape.draw.choice(("%H:%M", "%H:%M:%S", "%H%M", "%I:%M %p"))
    return [day.strftime(form) for day in shape.days]


def _area_name(shape: _Shape) -> Cells:
    return shape.cells(
        lambda: f"{shape.draw.choice(v.DISTRICTS)} {shape.draw.randint(1, 70):03}{shape.draw.choice('ABCDEF')}"
    )


def _place(shape: _Shape) -> Cells:
    return shape.cells(lambda: shape.draw.choice((*v.LANDMARKS, *v.PREMISES)))


_COLUMNS: Final[tuple[tuple[tuple[str, ...], Callable[[_Shape], Cells]], ...]] = (
    (
        ("Reference", "Incident ID", "Ref", "Crime ID", "Log number", "URN", "Unique ref", "Record", "Case ref"),
        _reference,
    ),
    (("UPRN", "Asset", "System key", "Row key", "Batch"), _reference),
    (("Longitude", "lon", "X"), _coordinate(-3.2, 0.2)),
    (("Latitude", "lat", "Y"), _coordinate(50.1, 55.2)),
    (("Easting", "E"), _whole(400_000, 480_000)),
    (("Northing", "N"), _whole(100_000, 480_000, "{:07}")),
    (("LSOA code", "Area", "LSOA21CD"), _whole(1_000_000, 1_034_000, "E0{}")),
    (("LSOA name", "Area name"), _area_name),
    (("Ward", "Ward name", "Neighbourhood", "Beat name"), _of(v.WARDS)),
    (("Ward code", "WD24CD"), _whole(1000, 9999, "E0500{}")),
    (("Street", "Location", "Where", "Road", "Place"), _street),
    (("Postcode district", "Sector", "Outcode"), _outward),
    (("Grid ref", "OSGR"), _grid),
    (("Site", "Venue", "Premises", "Nearest landmark"), _place),
    (("District", "Local authority", "Town"), _of(v.TOWNS)),
    (("Category", "Incident type", "Type", "Harm", "Crime type"), _of(v.CATEGORIES)),
    (("Outcome", "Last outcome category", "Result", "Action"), _of(v.OUTCOMES)),
    (("Description",), _of(v.DESCRIPTIONS)),
    (("Themes", "Flags", "Tags"), _several_of(v.CATEGORIES)),
    (("Severity", "RAG", "Risk", "Level"), _of(v.LEVELS)),
    (("Reported by", "Source", "Agency", "Referrer"), _of(v.SOURCES)),
    (("Age band", "Age range"), _of(v.AGE_BANDS)),
    (("Gender", "Sex"), _of(v.GENDERS)),
    (("Self-defined ethnicity", "Ethnicity"), _of(v.ETHNICITIES)),
    (("Year group", "Key stage", "Class"), _of(v.YEAR_GROUPS)),
    (("Term", "Half-term", "Period"), _of(v.TERMS)),
    (("Day", "Weekday"), _of(v.WEEKDAYS)),
    (("Month name",), _of(v.MONTHS)),
    (("Month", "Month end"), _of(v.YEAR_MONTHS)),
    (("Time", "From time", "Hour"), _clock),
    (("Date reported", "Closed", "To", "Recorded on"), _later_days),
    (("Count", "Number involved", "Incidents"), _whole(0, 12)),
    (("Cost", "Damage"), _whole(10, 2500, "£{}.00")),
    (("Beat", "Sector code"), _whole(1, 40, "NA{:02}")),
    (("Road number",), _of(v.ROAD_NUMBERS)),
    (("Bus", "Route"), _of(v.ROUTES)),
    (("Place type",), _of(v.PLACE_TYPES)),
    (("Team", "Hub"), _of(v.TEAMS)),
    (("Weather",), _of(v.WEATHER)),
    (("Object of search", "Weapon", "Item"), _of(v.OBJECTS)),
    (("Repeat", "CCTV", "Police called"), _of(("Yes", "No", "Unknown"))),
    (("School", "Nearest school"), _of(v.SCHOOLS)),
    (("Park",), _of(v.PARKS)),
    (("Vehicle type",), _of(v.VEHICLES)),
    (("Legislation",), _of(v.ACTS)),
    (("Channel", "Platform"), _of(v.PLATFORMS)),
    (("Colour",), _of(v.COLOURS)),
    (("Offence code", "Home Office code"), _whole(1, 199, "{:03}/02")),
    (("Percent", "Rate"), _coordinate(0, 99)),
    (("Clothing",), _several_of(v.CLOTHING)),
    (("Parliamentary constituency",), _of(v.CONSTITUENCIES)),
)
_ANNOTATIONS: Final = (
    Annotation("the document's author", "Safeguarding team"),
    Annotation("the document's author", "openpyxl"),
    Annotation("the document's application", "Microsoft Excel"),
    Annotation("the document's title", "Incidents 2021/22"),
    Annotation("a comment at C1", "Category as recorded; see the guidance on page 12."),
    Annotation("a comment at B7", "Time is estimated"),
    Annotation("the document's company", "Sheffield City Council"),
    Annotation("a comment at A1", "Source: data.police.uk"),
    Annotation("the document's subject", "Anonymised extract, Autumn 1"),
    Annotation("the document's date", "2022-03-01T09:14:00Z"),
)


def clean_files(seeds: range) -> Iterator[Clean]:
    """Return one clean file for each seed: three in four a log of incidents, the others lists of places."""
    for seed in seeds:
        draw = random.Random(seed)  # noqa: S311
        yield _hotspots(draw, seed) if draw.random() < 0.25 else _incidents(draw, seed)


def _shape(draw: Draw) -> _Shape:
    rows = draw.choice((draw.randint(4, 12), draw.randint(12, 60), draw.randint(60, 400)))
    start, length = datetime(draw.randint(2018, 2024), draw.randint(1, 12), 1), draw.choice((30, 90, 365, 1100))
    days = tuple(sorted(start + timedelta(minutes=draw.randint(0, length * 1440)) for _ in range(rows)))
    return _Shape(draw, rows, days)


def _incidents(draw: Draw, seed: int) -> Clean:
    shape = _shape(draw)
    date = draw.choice(("Date", "Incident date", "Occurred", "date_from", "When"))
    columns = {date: _days(shape)}
    for names, make in draw.sample(_COLUMNS, draw.randint(4, 12)):
        columns[_named(draw, names)] = _with_blanks(draw, make(shape))
    order = draw.sample(list(columns), len(columns))
    sheet = _sheet(draw, f"incidents-{seed}.csv", {name: columns[name] for name in order})
    return Clean(sheet.file, (sheet,), (date,) if draw.random() < 0.85 else (), ())


def _hotspots(draw: Draw, seed: int) -> Clean:
    shape = _shape(draw)
    names = draw.sample((*v.LANDMARKS, *v.PREMISES, *v.NAMED_PLACES), min(shape.rows, 60))
    name = draw.choice(("Name", "Place", "Hotspot", "Location"))
    few = _Shape(draw, len(names), shape.days[: len(names)])
    columns: dict[str, Cells] = {name: list(names), "Type": few.from_some(v.PLACE_TYPES), "Last reported": _days(few)}
    columns["Next review"] = _later_days(few)
    for heads, make in draw.sample(_COLUMNS, draw.randint(1, 6)):
        columns[_named(draw, heads)] = _with_blanks(draw, make(few))
    sheet = _sheet(draw, f"hotspots-{seed}.csv", columns)
    return Clean(sheet.file, (sheet,), (), (name,))


def _named(draw: Draw, names: Sequence[str]) -> str:
    return draw.choice((str, str.upper, str.lower, lambda name: name.replace(" ", "_")))(draw.choice(names))


def _with_blanks(draw: Draw, cells: Cells) -> Cells:
    share = draw.choice((0, 0, 0, 0.1, 0.6))
    return [None if draw.random() < share else cell for cell in cells]


def _sheet(draw: Draw, file: str, columns: dict[str, Cells]) -> Sheet:
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    name = draw.choice((None, "Sheet1", "May", "2021-22", "Data", "Violence"))
    return Sheet(file, name, table, annotations=tuple(draw.sample(_ANNOTATIONS, draw.randint(0, 4))))
