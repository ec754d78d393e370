"""Kernel protections: what keeps a process that reads a file from all else, and in one sentence what is lacking of it.

Only asked here, and cheaply; the sandbox puts them on.
"""

import ctypes
import errno
import platform
import sys
from typing import Final, NamedTuple

MACHINES: Final = ("x86_64", "aarch64")  # that the sandbox has a table of calls for
LANDLOCK_CREATE: Final = 444  # the system call that makes a set of rules; the same number on every machine
PR_SET_SECCOMP, SECCOMP_FILTER = 22, 2
_ASK_VERSION: Final = 1
_NEEDED: Final = "Files must be read behind Landlock and seccomp to be safe whatever they hold, and"
_UNTIL: Final = "until then bring in only files of people you know"


class KernelProtections(NamedTuple):
    """Whether the kernel keeps a process that reads from other files, and from the network and other programs."""

    landlock: bool
    seccomp: bool

    def sentence(self) -> str | None:
        """Say what is missing and what to do; None where nothing is."""
        if self.landlock and self.seccomp:
            return None
        if sys.platform != "linux":
            return f"{_NEEDED} only Linux has them; run Local Context there; {_UNTIL}."
        lacking = " and ".join(name for name, there in zip(("Landlock", "seccomp"), self, strict=True) if not there)
        return f"{_NEEDED} this system has no {lacking}; use Linux 5.13 or newer, outside a container; {_UNTIL}."


def kernel_protections() -> KernelProtections:
    """Ask the kernel; nothing is changed."""
    return KernelProtections(landlock_version() > 0, takes_filters())


def landlock_version() -> int:
    """Return the version of Landlock that the kernel has, 0 where it has none."""
    if sys.platform != "linux":
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    words = [ctypes.c_long(word) for word in (LANDLOCK_CREATE, 0, 0, _ASK_VERSION)]
    return max(int(libc.syscall(*words)), 0)


def takes_filters() -> bool:
    """Return whether the kernel takes filters of calls (seccomp), and there is a table for this machine."""
    if sys.platform != "linux" or platform.machine() not in MACHINES:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    # No filter is handed over: a kernel that takes filters finds none at that address, one that does not knows no mode.
    words = [ctypes.c_ulong(word) for word in (SECCOMP_FILTER, 0, 0, 0)]
    return bool(libc.prctl(PR_SET_SECCOMP, *words)) and ctypes.get_errno() == errno.EFAULT
