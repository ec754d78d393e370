"""The environment of a process that reads: a short list of what libraries need, and nothing that the app was told.

Tokens, addresses of databases and proxies, and what would change how Python starts stay with the app.
"""

import os
from collections.abc import Mapping
from typing import Final

# Language, time zone and where temporary files go; then what some systems need to start a program at all.
_ALLOWED: Final = frozenset(
    ("LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "SYSTEMROOT", "WINDIR")
)
_LOCALES: Final = "LC_"
# Allocators that take address space in large steps would meet the limit long before the memory is used.
_SET: Final = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}


def for_readers(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what of an environment a process that reads is started with."""
    return {name: value for name, value in environment.items() if _is_allowed(name)} | _SET


def forget_others() -> None:
    """Take everything else out of this process's own environment: one that was spawned has all of its parent's."""
    for name in [*os.environ]:
        if not _is_allowed(name) and name not in _SET:
            del os.environ[name]


def _is_allowed(name: str) -> bool:
    return name.upper() in _ALLOWED or name.startswith(_LOCALES)
