"""Damaged files of the store that were set aside when a backup took their place, and removing them when it is time.

They hold exact rows as the store does. They are kept for a while, in case somebody can read out of one what no backup
has, and then go.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from data.settings import settings

DAYS_KEPT: Final = 30
_AT: Final = "%Y%m%dT%H%M%S"
_PARTS: Final = ("", "-wal", "-shm")


@dataclass(frozen=True)
class DamagedFile:
    """A file that was set aside, with the log that belongs to it, and the day on which."""

    path: Path
    on: date

    @property
    def removed_on(self) -> date:
        """The day on which it goes by itself."""
        return self.on + timedelta(days=DAYS_KEPT)

    @property
    def size(self) -> int:
        """Its bytes, those of its log among them."""
        return sum(part.stat().st_size for part in self._parts())

    def remove(self) -> None:
        """Remove it."""
        for part in self._parts():
            part.unlink(missing_ok=True)

    def _parts(self) -> list[Path]:
        parts = (self.path.with_name(self.path.name + end) for end in _PARTS)
        return [part for part in parts if part.exists()]


def path_aside(file: Path) -> Path:
    """Return where a damaged file of the store is to be set aside now."""
    return file.with_name(f"{file.stem}.damaged-{datetime.now(UTC):{_AT}}{file.suffix}")


def damaged_files() -> list[DamagedFile]:
    """List the files that were set aside, the oldest first; none where the store is on a server."""
    file = settings().store_file
    if file is None or not file.parent.is_dir():
        return []
    name = re.compile(rf"{re.escape(file.stem)}\.damaged-(\d{{8}}T\d{{6}}){re.escape(file.suffix)}")
    found = ((one, name.fullmatch(one.name)) for one in sorted(file.parent.iterdir()))
    return [DamagedFile(one, datetime.strptime(match[1], _AT).date()) for one, match in found if match]


def remove_damaged(before: date | None = None) -> list[DamagedFile]:
    """Remove files that were set aside, and return which: all of them, or those whose time is over on a day."""
    over = [one for one in damaged_files() if before is None or one.removed_on <= before]
    for one in over:
        one.remove()
    return over
