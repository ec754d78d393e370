"""How the release log stands to a store: there, not begun, missing or damaged."""

from enum import StrEnum
from typing import Final

from data.principal import Principal
from data.services import release_log_file, secret
from data.services.release_log_file import BrokenLogError
from data.services.secret import Secret
from data.store import release_log_marks
from data.store.store import Store
from geo.errors import InputError

_REMEDY: Final = (
    f"put the file “{release_log_file.NAME}” back from where you keep it, or begin another with "
    "`python -m data secret --new-log`, which says first what is lost"
)


class LogState(StrEnum):
    """How the release log stands to a store; ``NOT_BEGUN`` while nothing protected was released."""

    THERE = "there"
    NOT_BEGUN = "not begun"
    MISSING = "missing"
    DAMAGED = "damaged"

    @property
    def is_fine(self) -> bool:
        """Whether nobody need do anything."""
        return self in (LogState.THERE, LogState.NOT_BEGUN)


class LogError(InputError):
    """The release log is not what a release needs."""

    def __init__(self, state: LogState) -> None:
        found = "its file is missing" if state is LogState.MISSING else "its file is not as it was written"
        super().__init__(
            f"What was released before must be known from the release log of this store, and {found}; {_REMEDY}."
        )
        self.state = state


def look(store: Store, principal: Principal) -> tuple[LogState, str]:
    """Say how the log stands to a store: for programs, and as a sentence for people. Nothing is made or changed."""
    begun = release_log_marks.is_begun(store, principal)
    try:
        there = release_log_file.path().is_file()
        if there:
            lines_of(secret.there(store, principal))
    except secret.SecretError:
        return LogState.THERE, "The release log is there, and cannot be read without the release secret."
    except LogError as fault:
        return fault.state, str(fault)
    if there:
        return LogState.THERE, "The release log is there, and it is as it was written."
    if begun:
        return LogState.MISSING, str(LogError(LogState.MISSING))
    return LogState.NOT_BEGUN, "No release log is there yet: nothing protected was released."


def lines_of(key: Secret) -> release_log_file.Lines | None:
    """Return the lines of the log that belong to a secret; None where there is no log. Raises LogError for damage."""
    try:
        return release_log_file.read(key)
    except (BrokenLogError, OSError):
        raise LogError(LogState.DAMAGED) from None
