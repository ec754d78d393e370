"""The anchor of a store: what it is checked against that its database does not hold.

Two files that only their owner may read: the key of the seals (``data.store.seals``), shared by the stores of a folder,
and for each store a note of the end of its audit. Who can write to the database alone can neither seal a changed row
nor cut the store back unnoticed. The note is written after each write, so it may name a row that is not the last one;
that row must be part of the audit. Where another audit takes the place of this one, both ends are noted meanwhile.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from data import key_files, private_files
from data.store import outer_seals
from data.store.bounds import LARGEST_ID
from data.store.seals import EMPTY, AuditEnd
from geo.errors import InputError

KEY_NAME: Final = "seal-key"
RENEWING: Final = "python -m data secret --new-seals"
_REMEDY: Final = f"put the file back from where you keep it, or run `{RENEWING}`, which says first what is lost"


class SealKeyError(InputError):
    """The key of the seals is not what this store was sealed with; the message says why and what to do."""

    def __init__(self, found: str, remedy: str = _REMEDY) -> None:
        super().__init__(
            f"What is stored must be checked by the key that it was sealed with, kept in the file “{KEY_NAME}”, and "
            f"{found}; {remedy}."
        )


@dataclass(frozen=True)
class Anchor:
    """The files of one store: its ``folder``, and its ``name`` among the stores of that folder.

    A store without a folder, in memory or on a server, is sealed with a key that goes with this process.
    """

    folder: Path | None
    name: str

    @classmethod
    def of(cls, url: str, folder: Path | None = None) -> "Anchor":
        """Return the anchor of the store at a URL that ``engines.open_engine`` takes.

        It lies in ``folder``; by default beside a store in a file, and for any other nowhere.
        """
        file = file_of(url)
        return cls(folder or (None if file is None else file.parent), Path(sa.make_url(url).database or "").name)

    def key(self) -> bytes | None:
        """Return the key of the seals; None when its file is missing. Raises SealKeyError for one of no use."""
        if self.folder is None:
            return _passing_key()
        try:
            return key_files.read(self.folder / KEY_NAME)
        except key_files.UnusableError as fault:
            raise SealKeyError(fault.found, fault.remedy or f"move it away, and {_REMEDY}") from None

    def begun(self) -> bytes:
        """Return the key of a store that is sealed from now on, made if need be. Raises SealKeyError as ``key``."""
        if self.folder is not None and self.key() is None:
            with suppress(FileExistsError):  # of two programs that start together, one was faster: its key is taken
                key_files.make(self.folder / KEY_NAME)
        if self._note() is None:
            self._write(EMPTY)
        found = self.key()
        if found is None:
            raise SealKeyError("this file was taken away just now")
        return found

    def fitting(self, mark: str) -> bytes:
        """Return the key that a store of this mark is sealed with. Raises SealKeyError where it is not there."""
        found = self.key()
        if found is None:
            raise SealKeyError("this file is missing")
        if outer_seals.fingerprint(found) != mark:
            raise SealKeyError("this file holds another key")
        return found

    def noted(self) -> tuple[AuditEnd, ...]:
        """Return the end of the audit as it was noted last, and one that was announced; none where the note is lost.

        One of them must be part of the audit. Of a store without a folder nothing is noted: it is as if it were empty.
        """
        lines = (self._note() or "").split()
        found = [
            AuditEnd(int(number), digest) for number, _, digest in (one.partition(":") for one in lines) if _is(number)
        ]
        return tuple(found) if len(found) == len(lines) else ()

    def note(self, head: AuditEnd) -> None:
        """Note the end of the audit, unless a later one is noted: of two writers, one was faster.

        A disk that takes no note does not undo what is written: the one before still names a part of the audit.
        """
        if not any(one.number > head.number for one in self.noted()[:1]):
            with suppress(OSError):
                self.put(head)

    def announce(self, head: AuditEnd) -> None:
        """Note beside the present end one of another audit, which takes its place if what is being written is kept."""
        self._write(*self.noted()[:1], head)

    def put(self, head: AuditEnd) -> None:
        """Note the end of the audit alone."""
        self._write(head)

    @property
    def _file(self) -> Path | None:
        return None if self.folder is None else self.folder / f"{self.name}.audit-head"

    def _note(self) -> str | None:
        if self._file is None:
            return _written(EMPTY)
        try:
            return self._file.read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return None

    def _write(self, *heads: AuditEnd) -> None:
        if self._file is not None:
            private_files.write(self._file, "".join(f"{_written(head)}\n" for head in heads).encode())


def _is(number: str) -> bool:
    return number.isascii() and number.isdigit() and int(number[:19]) <= LARGEST_ID


def _written(head: AuditEnd) -> str:
    return f"{head.number}:{head.digest}"


def file_of(url: str) -> Path | None:
    """Return the file of a store in SQLite; None for one on a server or in memory, and for a URL of no use."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:  # ``engines.open_engine`` says so
        return None
    in_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return Path(str(parsed.database)) if in_file else None


@cache
def _passing_key() -> bytes:
    return secrets.token_bytes(key_files.SIZE)
