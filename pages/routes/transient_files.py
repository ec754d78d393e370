"""What a page hands to the app's own routes for a while: lists and drawings that are shown and not kept.

They are held in memory, a few at a time, and each is asked for by a name that cannot be guessed.
"""

import secrets
from collections import OrderedDict
from threading import Lock
from typing import Final

_MOST: Final = 24  # things held at a time; the oldest goes first

_held: Final[OrderedDict[str, bytes]] = OrderedDict()
_lock: Final = Lock()


def offer(content: bytes, name: str | None = None) -> str:
    """Hold bytes under a name, a new one when none is given, and return the name."""
    chosen = name or secrets.token_hex(16)
    with _lock:
        _held[chosen] = content
        _held.move_to_end(chosen)
        while len(_held) > _MOST:
            _held.popitem(last=False)
    return chosen


def offered(name: str) -> bytes | None:
    """Return the bytes of a name, or None when they are held no more."""
    with _lock:
        return _held.get(name)
