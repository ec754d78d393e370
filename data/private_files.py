"""Private files: what only the owner of this program may read, from the moment it is written.

Modes are POSIX ones; on other systems the folder's own permissions decide, and these functions only write.
"""

import os
import tempfile
from pathlib import Path
from typing import Final

OWNER_ONLY: Final = 0o600  # of a file
OWNER_FOLDER: Final = 0o700
OTHERS: Final = 0o077  # what people other than the owner may do


def from_now_on() -> None:
    """Let every file and folder that this process makes be private from its beginning."""
    os.umask(OTHERS)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, if it is not there; nobody but its owner may look into it from then on."""
    folder.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & OTHERS:
        folder.chmod(OWNER_FOLDER)


def write(path: Path, content: bytes) -> None:
    """Write a file that appears whole, in the place of one that is there, and that only its owner may read."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # nobody else can read it from the start
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def append(path: Path, content: bytes) -> None:
    """Append to a file that only its owner may read, made if need be; it is on the disk when this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
