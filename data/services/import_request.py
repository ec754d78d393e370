"""What is to be imported, and an import that is prepared and not yet kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from data.formats.sources import Source
from data.records.mapping import ColumnMapping
from data.records.marks import MarkMapping
from data.records.problems import Faulty
from data.records.rows import DatasetKind, Rows
from data.services.month_changes import MonthChange
from data.store.datasets import Access
from data.store.versions import Description
from geo.areas.area_set import AreaSet
from geo.areas.placing import Placement
from geo.counts.cube import Cube

Progress = Callable[[float, str], None]  # share done from 0 to 1, what is being done


# Police street files are published already; unsure means protected.
USUAL_ACCESS: Final = {
    DatasetKind.POLICE: Access.OPEN,
    DatasetKind.INCIDENTS: Access.PROTECTED,
    DatasetKind.MARKS: Access.PROTECTED,
}
USUAL_SOURCE: Final = {
    DatasetKind.POLICE: "data.police.uk, street-level crime (Open Government Licence v3.0)",
    DatasetKind.INCIDENTS: "Supplied by the organisation",
    DatasetKind.MARKS: "Young people, in safety-mapping sessions",
}


@dataclass(frozen=True)
class ImportRequest:
    """What is to be imported and what its bringer says of it; None means the usual for its kind."""

    kind: DatasetKind
    sources: Sequence[Source]
    access: Access | None = None
    source: str | None = field(default=None, compare=False)  # words that change nothing of what is read
    title: str | None = field(default=None, compare=False)
    area_set_id: int | None = None
    forces: Sequence[str] = ()
    first: str | None = None
    last: str | None = None
    mapping: ColumnMapping | MarkMapping | None = None
    sheet: str | None = None
    replaces: int | None = None  # the dataset whose next version it is, in the place of all that it has
    onto: int | None = None  # the dataset that it brings more months to
    lose_months: bool = field(default=False, compare=False)  # whether a version may lose what the one before has
    faulty: Faulty = Faulty.REFUSE
    today: date = field(default_factory=date.today)
    site: str | None = None  # URN of the school where rooms and zones lie, and rows of a file that names no place
    guess_places: bool = False  # take sure guesses of names of places that nobody has confirmed
    reason: str | None = field(default=None, compare=False)  # why rows that were released as protected are opened
    confirmation: str | None = field(default=None, compare=False)  # the word that was typed for it


@dataclass(frozen=True)
class ReleasedBefore:
    """How rows stand to what was released before, as the release log said when its last line had the seal ``seen``.

    ``continues`` is the release of a removed dataset that they go on with; ``opened`` are the releases whose rows would
    be counted exactly by them, and ``sentence`` says so.
    """

    seen: str | None = None
    continues: str | None = None
    opened: tuple[str, ...] = ()
    sentence: str = ""


@dataclass(frozen=True)
class PreparedImport:
    """An import that is read, placed and counted, and not yet kept."""

    request: ImportRequest
    description: Description
    rows: Rows
    areas: AreaSet
    placement: Placement
    cube: Cube
    change: MonthChange | None = None  # beside the version before, where there is one
    released: ReleasedBefore = ReleasedBefore()
