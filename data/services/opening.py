"""Opening the one store of this process, where the settings say it is."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from data.services import secret
from data.settings import settings
from data.store.store import Store
from geo.errors import InputError


def open_store() -> Store:
    """Return the store that the settings name; the same one each time, so that connections are shared."""
    return _opened(settings().store_url)


def set_damaged_aside() -> Path | None:
    """Rename a damaged file of the store, in its folder, and return the new path; None where the store is on a server.

    A new, empty store is opened in its place the next time.
    """
    _opened.cache_clear()
    file = settings().store_file
    if file is None:
        return None
    aside = file.with_name(f"{file.stem}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}{file.suffix}")
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


@lru_cache(maxsize=4)
def _opened(url: str) -> Store:
    store = Store(url)
    # What is released already can be shown without the secret, so that its lack stops nobody who only opens the store.
    with suppress(InputError, OSError):
        secret.begin(store)
    return store
