"""The access log: who was shown exact counts of a protected dataset, and what was exported or backed up, and when.

A line is who, when, what kind of access, which page or kind of export, and the number of a dataset: never a title, a
figure or what was chosen. It lies in a folder beside the release secret, a file for each month, to which lines are only
added; files go when their month is long over. It is no part of the database: restoring a backup leaves it as it is, and
no page has to load anything anew because somebody looked.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from data import private_files
from data.principal import Principal
from data.settings import settings
from data.store.stored_values import now
from geo.calendar import months

FOLDER: Final = "access-log"
MONTHS_KEPT: Final = 24  # after the month of a file
_FILE: Final = re.compile(r"(\d{4}-\d{2})\.jsonl")


class AccessKind(StrEnum):
    """What somebody did."""

    VIEW = "view"
    EXPORT = "export"
    BACKUP = "backup"


_SAYS: Final = {
    AccessKind.VIEW: "was shown exact figures",
    AccessKind.EXPORT: "exported figures",
    AccessKind.BACKUP: "wrote a backup",
}


@dataclass(frozen=True)
class AccessEntry:
    """One line of the log; ``where`` is a page, a command or a kind of file, ``dataset`` None where it is of none."""

    at: str
    who: str
    organisation: str
    access: str
    where: str
    dataset: int | None

    @property
    def sentence(self) -> str:
        """The line as people read it."""
        of = "" if self.dataset is None else f" of dataset {self.dataset}"
        said = _SAYS[AccessKind(self.access)] if self.access in _SAYS else self.access
        return f"{self.at} {self.who} ({self.organisation}) {said}{of}: {self.where}"


def folder() -> Path:
    """Return the folder of the log, there or not."""
    return settings().local_context_home / FOLDER


def record(principal: Principal, access: AccessKind, where: str, dataset: int | None = None) -> None:
    """Add a line to the log; it is on the disk when this returns. Raises OSError where it cannot be written."""
    at = now()
    entry = AccessEntry(at, principal.who, principal.organisation, access.value, where, dataset)
    private_files.make_folder(folder())
    line = f"\n{json.dumps(asdict(entry), ensure_ascii=False)}\n"  # a line that was cut off before stays by itself
    private_files.append(folder() / f"{at[:7]}.jsonl", line.encode())


def entries() -> list[AccessEntry]:
    """Return all lines of the log, oldest first; a line that was cut off by a loss of power is left out."""
    found: list[AccessEntry] = []
    for file in _files():
        found += _read(file.read_text(encoding="utf-8", errors="replace").splitlines())
    return found


def clear_old(today: date) -> None:
    """Remove the files of months that were over more than ``MONTHS_KEPT`` months ago."""
    oldest = months.shift(f"{today:%Y-%m}", -MONTHS_KEPT)
    for file in _files():
        if file.stem < oldest:
            file.unlink(missing_ok=True)


def _files() -> list[Path]:
    if not folder().is_dir():
        return []
    return sorted(file for file in folder().iterdir() if _FILE.fullmatch(file.name))


def _read(lines: Iterable[str]) -> list[AccessEntry]:
    read: list[AccessEntry] = []
    for line in lines:
        try:
            read.append(AccessEntry(**json.loads(line)))
        except (TypeError, ValueError):
            continue
    return read
