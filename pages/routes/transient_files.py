"""What a page hands to the app's own routes for a while: lists, drawings, charts and rows that are not kept.

They are held in memory, so many at a time and for so long, each for the session whose page offered it: another one
that learns its name gets nothing. Drawings, which are named by what they hold and offered again whenever their page
runs, never push out lists, which are offered once. What most readers never ask for is only made when it is asked for.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final, Generic, NamedTuple, TypeVar

import streamlit as st
from starlette.requests import Request

from access.sessions import SESSION_HEADER

LONGEST: Final = 60 * 60.0  # seconds since it was offered last: a page that stands open longer is loaded again
WITHOUT_GATE: Final = ""  # whose things are where no gate says whose request it is
_MOST: Final = 24  # lists held at a time; the oldest goes first
_MOST_DRAWINGS: Final = 48  # the same of drawings: half a megabyte at most, and four on one map
_MOST_UNMADE: Final = 480  # a reader's next click offers up to a dozen, and several read at once
_SECRET: Final = secrets.token_bytes(32)

T = TypeVar("T")


class _Held(NamedTuple, Generic[T]):
    content: T
    until: float


class _Shelf(Generic[T]):
    """Things by session and name, of which the last ``most`` are held for a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[tuple[str, str], _Held[T]] = OrderedDict()
        self._lock = Lock()

    def put(self, session: str, name: str, content: T) -> None:
        """Hold a thing from now on; what is held too long, or too many, goes."""
        now = time.monotonic()
        with self._lock:
            self._held[session, name] = _Held(content, now + LONGEST)
            self._held.move_to_end((session, name))
            while len(self._held) > self._most or next(iter(self._held.values())).until <= now:
                self._held.popitem(last=False)

    def get(self, session: str, name: str) -> T | None:
        """Return a thing of a session, None when it is held no more."""
        with self._lock:
            held = self._held.get((session, name))
        return None if held is None or held.until <= time.monotonic() else held.content

    def has(self, session: str, name: str) -> bool:
        """Return whether a session has a thing of this name here, however old."""
        with self._lock:
            return (session, name) in self._held


_lists: Final = _Shelf[bytes](_MOST)
_drawings: Final = _Shelf[bytes](_MOST_DRAWINGS)
_unmade: Final = _Shelf[Callable[[], bytes]](_MOST_UNMADE)


def session_of(request: Request) -> str:
    """Return the session that a request belongs to, as the gate says."""
    return request.headers.get(SESSION_HEADER, WITHOUT_GATE)


def offer(content: bytes, name: str | None = None) -> str:
    """Hold bytes for the session of this page under a name, a new one when none is given, and return the name."""
    session, chosen = _session_here(), name or secrets.token_hex(16)
    shelf = _lists if name is None or _lists.has(session, name) else _drawings
    shelf.put(session, chosen, content)
    return chosen


def offered(name: str, session: str = WITHOUT_GATE) -> bytes | None:
    """Return the bytes of a name, or None when they are held no more, or for another session."""
    return _lists.get(session, name) or _drawings.get(session, name)


def offer_unmade(make: Callable[[], bytes], *told_by: str) -> str:
    """Hold what makes bytes, for the session of this page, and return their name; ``told_by`` tells them from others.

    The same are named alike until the app ends, so that a page that shows the same again stays as it is.
    """
    told = "\0".join(told_by).encode()
    name = hashlib.blake2b(told, key=_SECRET, digest_size=16).hexdigest()
    _unmade.put(_session_here(), name, make)
    return name


def made(name: str, session: str = WITHOUT_GATE) -> bytes | None:
    """Make the bytes of a name, or return None when what makes them is held no more, or for another session."""
    make = _unmade.get(session, name)
    return None if make is None else make()


def _session_here() -> str:
    """Return the session whose page is being run."""
    return st.context.headers.get(SESSION_HEADER, WITHOUT_GATE)
