"""The one shape in which every reader of incidents returns what it read."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import pyarrow as pa

from data.records.problems import Problem
from geo import columns as c

TEXT: Final = pa.dictionary(pa.int32(), pa.string())
REQUIRED_FIELDS: Final = (
    pa.field(c.MONTH, TEXT, nullable=False),
    pa.field(c.CATEGORY, TEXT, nullable=False),
    pa.field(c.STATED, TEXT),
    pa.field(c.LON, pa.float64()),
    pa.field(c.LAT, pa.float64()),
)
TIME_FIELDS: Final = (
    pa.field(c.START, pa.timestamp("s")),
    pa.field(c.END, pa.timestamp("s")),
)
PLACE_FIELD: Final = pa.field(c.PLACE, TEXT)
FORCE_FIELD: Final = pa.field(c.FORCE, TEXT)
EDITION_FIELD: Final = pa.field(c.EDITION, TEXT, nullable=False)
NO_CONTRIBUTOR: Final = "0"  # the contributor of the rows that do not say their school
CONTRIBUTOR_FIELD: Final = pa.field(c.CONTRIBUTOR, TEXT, nullable=False)


@dataclass(frozen=True)
class Rows:
    """Incidents as read: nothing placed, nothing counted yet.

    ``table`` has the columns of ``REQUIRED_FIELDS`` and, where the dataset knows days, those of ``TIME_FIELDS``
    (naive local time); ``PLACE_FIELD`` in open police data whose files name the places; ``FORCE_FIELD`` and
    ``EDITION_FIELD`` in police data; and last, where its mapping says which school a row comes from,
    ``CONTRIBUTOR_FIELD``: numbers as text, once ``incidents.combine`` has put them in the place of what the file says.
    ``read`` counts every data row of the files, kept or not; ``not_kept`` counts the others by reason. ``notes`` are
    sentences for the person who brings the data. ``gaps`` are months the series lacks. ``by_words`` counts the rows
    that were placed by a postcode, by what their place is called or at a school; ``several`` those that name several
    categories. ``problems`` name every row that is not kept, or kept without a place or a school; they hold no value
    of a row.
    """

    table: pa.Table
    read: int
    not_kept: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    by_words: int = 0
    several: int = 0

    @property
    def has_times(self) -> bool:
        """Whether the dataset knows days and times, not only months."""
        return c.START in self.table.column_names

    @property
    def has_place_names(self) -> bool:
        """Whether rows say what the place they are at is called."""
        return c.PLACE in self.table.column_names

    @property
    def schools(self) -> int | None:
        """The number of schools that rows come from; None where the mapping names no such column."""
        if c.CONTRIBUTOR not in self.table.column_names:
            return None
        return len(set(self.table[c.CONTRIBUTOR].unique().to_pylist()) - {NO_CONTRIBUTOR})


class DatasetKind(StrEnum):
    """What a file of rows is: each row becomes a count in an area and a month."""

    POLICE = "police"
    INCIDENTS = "incidents"
    MARKS = "marks"
