"""Settings, read from the environment: where the store lives."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Final

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_NAMES: Final = ("LOCAL_CONTEXT_HOME", "DATABASE_URL")


class Settings(BaseSettings):
    """What an organisation can set.

    ``local_context_home`` (LOCAL_CONTEXT_HOME) is the folder of all data files, outside the source tree; by default
    the per-user data folder of the operating system. ``database_url`` (DATABASE_URL) names another database; by
    default it is one SQLite file in that folder.
    """

    model_config = SettingsConfigDict(extra="ignore")

    local_context_home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("local-context", appauthor=False))
    )
    database_url: str | None = None

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.store_file}"

    @property
    def store_file(self) -> Path | None:
        """The file of the store; None where DATABASE_URL names a database."""
        return None if self.database_url else self.local_context_home / "local-context.sqlite"


def settings() -> Settings:
    """Return the settings as the environment has them now."""
    return _settings(*(os.environ.get(name) for name in _NAMES))


@lru_cache(maxsize=4)
def _settings(*_environment: str | None) -> Settings:
    """Read the settings anew only when the environment has changed: they are asked for many times at a click."""
    return Settings()
