"""The folder of everything that is stored is private: only the owner of the program may look into it.

Stores of before could be read by all who use the machine; they are mended when they are opened. Modes are POSIX ones:
on other systems the folder's own permissions decide.
"""

import os
import stat
from pathlib import Path
from typing import Final, NamedTuple

from data import private_files
from geo.errors import InputError
from geo.wording import how_many

PARTS: Final = ("", "-wal", "-shm")  # of a database: SQLite writes two more files beside it


class Privacy(NamedTuple):
    """Who can read the folder, as a sentence, and whether others could until now."""

    sentence: str
    mended: bool = False


def close_to_others(folder: Path, database: Path | None = None) -> Privacy:
    """Make a folder and every file in it private, and a database that lies elsewhere; returns what was found.

    Raises InputError where others can read something and this cannot be mended: it belongs to somebody else, lies on a
    disk that has no modes, or is a folder that all share, such as that of passing files.
    """
    if os.name != "posix":
        return Privacy("Who can read the folder is as its own permissions say: on this system they are not looked at.")
    if not folder.exists():
        private_files.make_folder(folder)
    files = [one for one in folder.iterdir() if one.is_file() and not one.is_symlink()]
    if database is not None:
        files += [one for one in (database.with_name(database.name + part) for part in PARTS) if one.is_file()]
    opened, mended = _mend(folder), sum(_mend(one) for one in dict.fromkeys(files))
    if not mended and not opened:
        return Privacy("Only you can read the folder and the files in it.")
    what = " and ".join([*(["the folder"] if opened else []), *([how_many(mended, "file", "files")] if mended else [])])
    return Privacy(f"Only you can read the folder and the files in it, since just now: others could read {what}.", True)


def _mend(path: Path) -> bool:
    """Take from others what they may do, and return whether they could do anything."""
    try:
        mode = path.stat().st_mode
        if not mode & private_files.OTHERS:
            return False
        if not mode & stat.S_ISVTX:
            path.chmod(stat.S_IMODE(mode) & ~private_files.OTHERS)
            if not path.stat().st_mode & private_files.OTHERS:
                return True
    except FileNotFoundError:  # what SQLite writes beside a database comes and goes
        return False
    except OSError:
        pass
    what = "the folder" if path.is_dir() else f"the file “{path.name}” in it"
    raise InputError(
        f"Only you may read the folder of what is stored, and others can read {what}, and this cannot be mended; "
        "let it belong to you alone, or name another folder with LOCAL_CONTEXT_HOME."
    )
