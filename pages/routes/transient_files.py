"""What a page hands to the app's own routes for a while: lists, drawings, charts and rows that are not kept.

They are held in memory, so many at a time, and each is asked for by a name that cannot be guessed. Drawings, which are
named by what they hold and offered again whenever their page runs, never push out lists, which are offered once. What
most readers never ask for is only made when it is asked for.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

_MOST: Final = 24  # lists held at a time; the oldest goes first
_MOST_DRAWINGS: Final = 48  # the same of drawings: half a megabyte at most, and four on one map
_MOST_UNMADE: Final = 480  # a reader's next click offers up to a dozen, and several read at once
_SECRET: Final = secrets.token_bytes(32)

_lists: Final[OrderedDict[str, bytes]] = OrderedDict()
_drawings: Final[OrderedDict[str, bytes]] = OrderedDict()
_unmade: Final[OrderedDict[str, Callable[[], bytes]]] = OrderedDict()
_lock: Final = Lock()


def offer(content: bytes, name: str | None = None) -> str:
    """Hold bytes under a name, a new one when none is given, and return the name."""
    chosen = name or secrets.token_hex(16)
    with _lock:
        held, most = (_lists, _MOST) if name is None or name in _lists else (_drawings, _MOST_DRAWINGS)
        held[chosen] = content
        held.move_to_end(chosen)
        while len(held) > most:
            held.popitem(last=False)
    return chosen


def offered(name: str) -> bytes | None:
    """Return the bytes of a name, or None when they are held no more."""
    with _lock:
        return _lists.get(name) or _drawings.get(name)


def offer_unmade(make: Callable[[], bytes], *told_by: str) -> str:
    """Hold what makes bytes, and return their name; ``told_by`` tells them from all others.

    The same are named alike until the app ends, so that a page that shows the same again stays as it is.
    """
    told = "\0".join(told_by).encode()
    name = hashlib.blake2b(told, key=_SECRET, digest_size=16).hexdigest()
    with _lock:
        _unmade[name] = make
        _unmade.move_to_end(name)
        while len(_unmade) > _MOST_UNMADE:
            _unmade.popitem(last=False)
    return name


def made(name: str) -> bytes | None:
    """Make the bytes of a name, or return None when what makes them is held no more."""
    with _lock:
        make = _unmade.get(name)
    return None if make is None else make()
