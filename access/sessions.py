"""Sessions: browsers that have shown the token of a start, each known by a cookie that holds nothing but its secret.

They are held in memory only: when the app is stopped, every cookie that it has set is worth nothing.
"""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

# How the gate tells the app whose request it is; what a request brings under this name is taken off it.
SESSION_HEADER: Final = "x-local-context-session"
LONGEST_IDLE: Final = 12 * 60 * 60.0  # seconds since the last request: a working day
_MOST: Final = 1_000  # sessions held; the one that was used longest ago goes first
_BYTES: Final = 32


def cookie_name(port: int) -> str:
    """Return the name of the cookie: a browser sends cookies to every port of a host, and must not mix them up."""
    return f"local_context_{port}"


class Sessions:
    """The sessions of one start. They may be asked for from any thread."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._used: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def begin(self) -> str:
        """Begin a session, and return the secret that its cookie holds."""
        secret = secrets.token_urlsafe(_BYTES)
        with self._lock:
            self._used[session_name(secret)] = self._now()
            while len(self._used) > _MOST:
                self._used.popitem(last=False)
        return secret

    def named(self, secret: str) -> str | None:
        """Return the name of the session that a cookie belongs to, and None where there is none, or none any more."""
        name = session_name(secret)
        with self._lock:
            used = self._used.get(name)
            if used is None:
                return None
            if self._now() - used > LONGEST_IDLE:
                del self._used[name]
                return None
            self._used[name] = self._now()
            self._used.move_to_end(name)
        return name


def session_name(secret: str) -> str:
    """Return what a session is called by inside the app: nobody can make its cookie of it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()[:32]
