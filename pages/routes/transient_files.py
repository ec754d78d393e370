"""What a page hands to the app's own routes for a while: lists and drawings that are shown and not kept.

They are held in memory, a few at a time, and each is asked for by a name that cannot be guessed. Drawings, which are
named by what they hold and offered again whenever their page runs, never push out lists, which are offered once.
"""

import secrets
from collections import OrderedDict
from threading import Lock
from typing import Final

_MOST: Final = 24  # lists held at a time; the oldest goes first
_MOST_DRAWINGS: Final = 48  # the same of drawings: half a megabyte at most, and four on one map

_lists: Final[OrderedDict[str, bytes]] = OrderedDict()
_drawings: Final[OrderedDict[str, bytes]] = OrderedDict()
_lock: Final = Lock()


def offer(content: bytes, name: str | None = None) -> str:
    """Hold bytes under a name, a new one when none is given, and return the name."""
    held, most = (_lists, _MOST) if name is None else (_drawings, _MOST_DRAWINGS)
    chosen = name or secrets.token_hex(16)
    with _lock:
        held[chosen] = content
        held.move_to_end(chosen)
        while len(held) > most:
            held.popitem(last=False)
    return chosen


def offered(name: str) -> bytes | None:
    """Return the bytes of a name, or None when they are held no more."""
    with _lock:
        return _lists.get(name) or _drawings.get(name)
