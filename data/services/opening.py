"""Opening the one store of this process, where the settings say it is."""

import logging
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from data.principal import LOCAL_USER, Principal
from data.services import damaged_files, private_home, release_log_file, secret
from data.services.private_home import Privacy
from data.settings import settings
from data.store import releases, resealing
from data.store.anchor import file_of
from data.store.store import Store
from geo.errors import InputError

_log = logging.getLogger(__name__)


def open_store() -> Store:
    """Return the store that the settings name; the same one each time, so that connections are shared.

    Only its owner can read its folder from then on. Raises InputError where that cannot be had, and as ``Store`` does.
    """
    return _opened(settings().store_url, settings().local_context_home)[0]


def privacy() -> Privacy:
    """Say who can read the folder of what is stored, and what was mended when this process opened it."""
    return _opened(settings().store_url, settings().local_context_home)[1]


def seal_again(principal: Principal) -> None:
    """Seal the store that the settings name with the key in its folder; see ``data.store.resealing.seal_again``."""
    _opened.cache_clear()
    private_home.close_to_others(settings().local_context_home, file_of(settings().store_url))
    resealing.seal_again(settings().store_url, settings().local_context_home, principal)


def set_damaged_aside() -> Path | None:
    """Rename a damaged file of the store, in its folder, and return the new path; None where the store is on a server.

    A new, empty store is opened in its place the next time.
    """
    _opened.cache_clear()
    file = settings().store_file
    if file is None:
        return None
    aside = damaged_files.path_aside(file)
    for suffix in ("", "-wal", "-shm"):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


@lru_cache(maxsize=4)
def _opened(url: str, home: Path) -> tuple[Store, Privacy]:
    privacy = private_home.close_to_others(home, file_of(url))
    if privacy.mended:
        _log.warning(privacy.sentence)
    store = Store(url, home)
    # What is released already can be shown without the secret, so that its lack stops nobody who only opens the store.
    with suppress(InputError, OSError):
        secret.begin(store)
        _begin_release_log(store)
    return store, privacy


def _begin_release_log(store: Store) -> None:
    """Let a store that had releases before there were logs begin one; whatever else there is to settle can wait."""
    if not release_log_file.path().exists() and any(one.ledger for one in releases.held(store, LOCAL_USER)):
        from data.services import restored_releases  # what it needs is not needed to open a store

        restored_releases.settle(store, LOCAL_USER)
