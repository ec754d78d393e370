"""Backups as files: written plain or encrypted with a passphrase, and opened again, whichever they are.

An encrypted backup is made of a plain one that lies in a private folder beside the store for as long as that takes, and
never where the backup goes: where the store is, the same rows lie plain anyway. To be restored it is laid there again,
and is then checked as every backup is, in a private temporary folder.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from data import encrypted_files, private_files
from data.principal import Principal
from data.services import access_log
from data.settings import settings
from data.store import snapshot
from data.store.store import Store
from geo.errors import InputError

_PREFIX: Final = ".backup-"
_LONGEST: Final = timedelta(days=1)  # that a backup may take


def write(store: Store, principal: Principal, path: Path, passphrase: str | None = None) -> dict[str, int]:
    """Write everything into a new file, encrypted if there is a passphrase; returns the number of rows by table.

    It is written to the access log. Raises InputError and PermissionError as ``snapshot.write_backup`` does, and
    InputError for a passphrase that is too short.
    """
    if passphrase is None:
        rows = snapshot.write_backup(store, principal, path)
    else:
        require_new(path)
        encrypted_files.require_passphrase(passphrase)
        with _private_folder() as folder:
            plain = folder / path.name
            rows = snapshot.write_backup(store, principal, plain)
            encrypted_files.encrypt(plain, path, passphrase)
    access_log.record(principal, access_log.AccessKind.BACKUP, "plain" if passphrase is None else "encrypted")
    return rows


def require_new(path: Path) -> None:
    """Raise InputError where there is a file of a backup's name already."""
    if path.exists():
        raise InputError(f"A backup must be a new file, and “{path.name}” is there already; choose another name.")


@contextmanager
def opened(path: Path, ask: Callable[[], str]) -> Iterator[Path]:
    """Yield the path of a whole plain backup: the file itself, or what an encrypted one holds, which then goes.

    ``ask`` is called for the passphrase. Raises InputError as ``encrypted_files.decrypt`` and
    ``snapshot.require_backup`` do.
    """
    if not encrypted_files.is_encrypted(path):
        snapshot.require_backup(path)
        yield path
        return
    passphrase = ask()
    with _private_folder() as folder:
        plain = folder / path.name
        encrypted_files.decrypt(path, plain, passphrase)
        snapshot.require_backup(plain)
        yield plain


def clear_left_over(now: datetime) -> None:
    """Remove what a backup left behind that was killed while it was written or read."""
    home = settings().local_context_home
    for folder in home.iterdir() if home.is_dir() else ():
        if folder.name.startswith(_PREFIX) and folder.stat().st_mtime < (now - _LONGEST).timestamp():
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _private_folder() -> Iterator[Path]:
    home = settings().local_context_home
    private_files.make_folder(home)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=home) as folder:  # only its owner may look into it
        yield Path(folder)
