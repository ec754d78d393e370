"""The release secret: 32 random bytes that key the rounding of protected counts (``geo.release.keyed``).

It lies in one file of the home folder, outside the database and its backups, which hold its fingerprint only: who has
just these cannot tell how a count was rounded. It is made at the first start, and never written over.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from data import key_files
from data.principal import LOCAL_USER, Principal, Role
from data.settings import settings
from data.store import secret_marks
from data.store.store import Store, require_keeper, require_role
from geo.errors import InputError
from geo.release import keyed

NAME: Final = "release-secret"
_REMEDY: Final = (
    "put the file back from where you keep it, or confirm a new one with `python -m data secret --new`, which says "
    "first what is lost"
)


class SecretState(StrEnum):
    """How the secret stands to a store; ``NOT_MADE`` until the store has been given one."""

    THERE = "there"
    MISSING = "missing"
    CHANGED = "changed"
    UNUSABLE = "unusable"
    NOT_MADE = "not made"

    @property
    def is_fine(self) -> bool:
        """Whether nobody need do anything."""
        return self in (SecretState.THERE, SecretState.NOT_MADE)


class SecretError(InputError):
    """The secret is not what a release needs; the message says why and what to do, and nothing of the secret."""

    def __init__(self, state: SecretState, found: str, remedy: str = _REMEDY) -> None:
        super().__init__(
            f"Releases must be rounded by the secret that this store was given, kept in the file “{NAME}”, and "
            f"{found}; {remedy}."
        )
        self.state = state


@dataclass(frozen=True)
class Secret:
    """The bytes of the secret, which are never shown."""

    value: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """What tells it from another secret and reveals nothing of it."""
        return keyed.fingerprint(self.value)


def file() -> Path:
    """Return the path of the file that holds the secret, there or not."""
    return settings().local_context_home / NAME


def of(store: Store, principal: Principal) -> Secret:
    """Return the secret that a store's releases are rounded by, for somebody who may release.

    A store that has had none is given one. Raises SecretError when the file is missing, holds another secret than the
    newest that the store was given, cannot be used, or can be read by others; OSError when it cannot be written.
    """
    require_role(principal, Role.ANALYST, Role.ADMIN)
    begin(store)
    return _fitting(store, principal)


def present(store: Store, principal: Principal) -> Secret | None:
    """Return the secret that a store was given last, to check what was rounded by it; None where it is not there."""
    try:
        return _fitting(store, principal)
    except SecretError:
        return None


def there(store: Store, principal: Principal) -> Secret:
    """Return the secret that a store was given, for looking at what was released by it; nothing is made.

    Raises SecretError as ``of`` does, and when the store has been given none yet.
    """
    return _fitting(store, principal)


def begin(store: Store) -> None:
    """Mark a store that has no secret yet with the one in the file, made if need be; leave any other store as it is.

    Raises as ``of`` does.
    """
    if secret_marks.newest(store, LOCAL_USER) is None:
        secret_marks.add_first(store, LOCAL_USER, _there_or_made().fingerprint)


def look(store: Store, principal: Principal) -> tuple[SecretState, str]:
    """Say how the secret stands to a store: for programs, and as a sentence for people. Nothing is made or changed."""
    try:
        _fitting(store, principal)
    except SecretError as fault:
        return fault.state, str(fault)
    return SecretState.THERE, "The release secret is there, and it is the one that this store was given."


def renew(store: Store, principal: Principal) -> None:
    """Round by the secret in the file from now on, and make one where there is none.

    Whoever calls has said before what is lost by it. Raises SecretError for a file that cannot be used, which is left
    as it is, and PermissionError for people of an organisation that is only a guest of this store.
    """
    require_keeper(principal)
    secret_marks.add(store, principal, _there_or_made().fingerprint)


def _fitting(store: Store, principal: Principal) -> Secret:
    marked, found = secret_marks.newest(store, principal), _read()
    if marked is None:
        raise SecretError(
            SecretState.NOT_MADE, "it has not been given one yet", "it will be when something is released"
        )
    if found is None:
        raise SecretError(SecretState.MISSING, "this file is missing")
    if found.fingerprint != marked:
        raise SecretError(SecretState.CHANGED, "this file holds another secret")
    return found


def _there_or_made() -> Secret:
    found = _read()
    if found is None:
        with suppress(FileExistsError):  # of two programs that start together, one was faster: its secret is taken
            key_files.make(file())
        found = _read()
    if found is None:
        raise SecretError(SecretState.MISSING, "this file was taken away just now")
    return found


def _read() -> Secret | None:
    """Read the file; None when there is none."""
    try:
        found = key_files.read(file())
    except key_files.UnusableError as fault:
        remedy = fault.remedy or f"move it away, and {_REMEDY}"
        raise SecretError(SecretState.UNUSABLE, fault.found, remedy) from None
    return None if found is None else Secret(found)
