"""What the kernel lets a process that reads open: its files, the libraries, and one folder to write in (Linux).

Landlock needs no rights and cannot be taken off. A kernel before 5.13, or one built without it, has none; then what
``audit_hook`` refuses is all that stands between a reader and other files.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from data.kernel_protections import LANDLOCK_CREATE, landlock_version

_ADD_RULE, _RESTRICT = 445, 446  # system calls; the same numbers on every machine
_PATH_BENEATH: Final = 1

# Rights over files, as bits: the first version of Landlock knew 13, and later versions each a few more.
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_WRITING: Final = sum(1 << bit for bit in (1, 4, 5, 7, 8, 14))  # write, remove, make folders and files, cut short
_ON_FILES: Final = sum(1 << bit for bit in (0, 1, 2, 14, 15))  # the rights that make sense for what is no folder
_BITS_OF_VERSION: Final = {1: 13, 2: 14, 3: 15, 4: 15}
_LATEST_BITS: Final = 16
_TCP: Final = 0b11  # to listen and to connect; from version 4
_SCOPES: Final = 0b11  # abstract sockets and signals of others; from version 6


def restrict_files(readable: Iterable[Path], folder: Path) -> bool:
    """Let this process open only what lies at or under ``readable``, and write only under ``folder``, for good.

    Returns whether the kernel has Landlock. Raises OSError.
    """
    version = landlock_version()
    if not version:
        return False
    handled = (1 << _BITS_OF_VERSION.get(version, _LATEST_BITS)) - 1
    # struct landlock_ruleset_attr: rights over files, over the network, scopes; older kernels know the first only.
    fields = [handled, *([_TCP] if version >= 4 else []), *([_SCOPES] if version >= 6 else [])]
    ruleset = _call(
        LANDLOCK_CREATE, ctypes.create_string_buffer(struct.pack(f"{len(fields)}Q", *fields)), 8 * len(fields), 0
    )
    try:
        for path in readable:
            _allow(ruleset, path, (_READ_FILE | _READ_DIR) & handled)
        _allow(ruleset, folder, (_READ_FILE | _READ_DIR | _WRITING) & handled)
        _call(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)
    return True


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there cannot be read either, and the reader says so
    try:
        if not path.is_dir():
            rights &= _ON_FILES
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.create_string_buffer(struct.pack("=Qi", rights, opened)), 0)
    finally:
        os.close(opened)


def _call(number: int, *words: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    given = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    answer = int(libc.syscall(ctypes.c_long(number), *given))
    if answer < 0:
        raise OSError(ctypes.get_errno(), "Landlock was refused")
    return answer
