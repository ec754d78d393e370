"""Key files: random bytes in a file of their own that only its owner may read, made once and never written over."""

import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Final

from data import private_files

SIZE: Final = 32  # bytes; in the file they are hexadecimal digits and an end of line
_WRITTEN: Final = re.compile(rb"\s*[0-9a-fA-F]{%d}\s*" % (2 * SIZE))
_LONGEST: Final = 1024  # bytes of the file that are looked at


class UnusableError(Exception):
    """A key file that is there cannot be used: ``found`` says why, ``remedy`` what to do; neither holds any of it."""

    def __init__(self, found: str, remedy: str | None = None) -> None:
        super().__init__(found)
        self.found, self.remedy = found, remedy


def read(path: Path) -> bytes | None:
    """Return the bytes that a file holds; None when there is no file.

    Raises UnusableError for one that cannot be read, that others can read, or that holds something else; what a fault
    of reading says may hold its bytes, and is not repeated. Its ``remedy`` is None where the file should be moved away.
    """
    try:
        with path.open("rb") as opened:
            mode, content = os.fstat(opened.fileno()).st_mode, opened.read(_LONGEST)
    except FileNotFoundError:
        return None
    except OSError:
        raise UnusableError("this file cannot be read", "let Local Context, and it alone, read it") from None
    if os.name == "posix" and mode & private_files.OTHERS:
        raise UnusableError(
            "people other than its owner can read or change this file", f"run `chmod 600 {path.name}` in its folder"
        )
    if not _WRITTEN.fullmatch(content):
        raise UnusableError("this file holds something else")
    return bytes.fromhex(content.decode("ascii"))


def make(path: Path) -> None:
    """Write new random bytes into a file that appears whole; raises FileExistsError when there is one by then."""
    path.parent.mkdir(mode=private_files.OWNER_FOLDER, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # nobody else can read it from the start
    try:
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(f"{secrets.token_hex(SIZE)}\n")
            opened.flush()
            os.fsync(opened.fileno())
        path.hardlink_to(name)  # unlike a renaming, this never takes the place of another file
    finally:
        Path(name).unlink()
