"""Opening the one store of this process, where the settings say it is."""

from functools import lru_cache

from data.settings import settings
from data.store.store import Store


def open_store() -> Store:
    """Give the store that the settings name; the same one each time, so that connections are shared."""
    return _opened(settings().store_url)


@lru_cache(maxsize=4)
def _opened(url: str) -> Store:
    return Store(url)
