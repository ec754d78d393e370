"""What Python itself refuses a process that reads, on every system: an audit hook, which cannot be taken off.

It sees what Python code does, not what compiled libraries do; ``seccomp`` and ``landlock`` see both.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_REFUSED: Final = (
    "ftplib.", "http.", "imaplib.", "nntplib.", "poplib.", "smtplib.", "socket.", "telnetlib.", "urllib.Request",
    "os.exec", "os.fork", "os.forkpty", "os.kill", "os.killpg", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.system", "pty.spawn", "subprocess.Popen", "webbrowser.open", "winreg.",
    "sqlite3.enable_load_extension", "sqlite3.load_extension",
)  # fmt: skip
_CHANGING: Final = (
    "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate",
    "os.utime", "shutil.",
)  # fmt: skip
_LISTING: Final = ("os.listdir", "os.scandir")
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def refuse_events(readable: Iterable[Path], folder: Path) -> None:
    """Raise PermissionError from now on where Python code connects, runs a program or opens another file."""
    written = (os.path.realpath(folder),)
    read = (*written, os.devnull, *(os.path.realpath(path) for path in readable))

    def look(event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = args
            _require(path, written if isinstance(flags, int) and flags & _WRITES else read)
        elif event.startswith(_CHANGING):
            for path in args[: 2 if event in _OF_TWO else 1]:
                _require(path, written)
        elif event in _LISTING or event == "sqlite3.connect":
            _require(args[0], read)
        elif event.startswith(_REFUSED):
            raise PermissionError("refused while reading")

    sys.addaudithook(look)


_OF_TWO: Final = ("os.link", "os.rename", "os.symlink")


def _require(path: object, under: tuple[str, ...]) -> None:
    """Refuse a path outside; a number is a file already open, and a database in memory is no file."""
    if isinstance(path, str | bytes | os.PathLike) and path != ":memory:":
        real = os.path.realpath(os.fsdecode(path))
        if not any(real == top or real.startswith(top.rstrip(os.sep) + os.sep) for top in under):
            raise PermissionError("refused while reading")
