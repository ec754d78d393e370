"""Confining a process to what reading a file needs: for good, and before it looks at the file."""

import os
import signal
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from data.sandbox.audit_hook import refuse_events
from data.sandbox.landlock import restrict_files
from data.sandbox.resource_limits import ResourceLimits
from data.sandbox.seccomp import refuse_calls

_CODE: Final = Path(__file__).parents[1]  # this room; the one below lies beside it
_SYSTEM: Final = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share", "/lib", "/lib64", "/sys/devices/system/cpu")
_PR_SET_PDEATHSIG: Final = 1


def silence_output() -> None:
    """Send to nowhere what any library prints: it could hold a value."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def apply_limits(limits: ResourceLimits, folder: Path, parent: int | None) -> None:
    """Bound memory, work and files, and make ``folder`` the one for temporary files.

    ``parent`` is the process with which this one ends, where the system can see to that.
    """
    sys.dont_write_bytecode = True
    tempfile.tempdir = str(folder)
    os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), str(folder)))
    if sys.platform == "win32":
        return
    import resource

    if os.getsid(0) != os.getpid():
        os.setsid()
    if parent is not None:
        _end_with(parent)
    # The softer CPU limit ends the process by a signal of its own, by which it is known from other ends.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file, limits.file))
    if sys.platform == "linux":
        room = _address_space() + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (room, room))


def confine(paths: Sequence[Path], folder: Path) -> None:
    """Refuse the network, other programs, and every file but ``paths``, the libraries and those in ``folder``."""
    readable = [*paths, *_libraries()]
    restrict_files(readable, folder)
    refuse_events(readable, folder)
    refuse_calls()


def _end_with(parent: int) -> None:
    """End when the parent ends, however it does (Linux)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL))
        if os.getppid() != parent:
            os._exit(1)


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _libraries() -> list[Path]:
    """Return the folders from which Python and its libraries still load parts while they read."""
    paths = sysconfig.get_paths()
    installed = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    packages = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    ours = [str(_CODE), str(_CODE.with_name("geo"))]
    return [Path(path) for path in dict.fromkeys((*ours, *installed, *packages, *_SYSTEM))]
