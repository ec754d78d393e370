"""People who ask the store: of the organisation that keeps it, and of another one."""

from data.principal import LOCAL_USER, Principal, Role
from data.store import people
from data.store.store import Store

ADMIN = Principal("an admin", LOCAL_USER.organisation, Role.ADMIN)
BOARD = Principal("a governor", LOCAL_USER.organisation, Role.BOARD)
DSL = Principal("a DSL", LOCAL_USER.organisation, Role.DSL)
STRANGER = Principal("someone", "another", Role.ANALYST)
STRANGE_ADMIN = Principal("someone else", "another", Role.ADMIN)


def welcome(store: Store) -> None:
    """Let the other organisation bring in things of its own."""
    people.add_organisation(store, ADMIN, STRANGER.organisation, "Another organisation")
