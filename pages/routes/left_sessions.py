"""Sessions whose visitors have gone: let go of with the files that they uploaded, though nobody else comes.

Streamlit keeps a session for two minutes after its browser went, for one that comes back, and takes it out of its list
only when another session comes or goes. Until then it holds the bytes of every upload.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from streamlit import runtime

_EVERY: Final = 60.0  # seconds


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Look for sessions that were left every minute, as long as the app runs."""
    looking = asyncio.create_task(_look())
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


def let_go(storage: Any) -> int:
    """Let go of the sessions that a storage of Streamlit's has kept long enough; returns how many there were."""
    kept = storage._cache
    before = len(kept._data)
    left = before - len(kept)  # asking how many there are takes out those whose time is over
    if left:
        gc.collect()  # a session and its parts name each other
    return int(left)


async def _look() -> None:
    while True:
        await asyncio.sleep(_EVERY)
        if runtime.exists():
            let_go(runtime.get_instance()._session_mgr._session_storage)  # type: ignore[attr-defined]
