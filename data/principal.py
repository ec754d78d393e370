"""Who is asking. Every read and write of the store takes a Principal."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a person does here; what each may see is decided in ``data.services.visibility``."""

    DSL = "dsl"
    DEPUTY = "deputy"
    ANALYST = "analyst"
    BOARD = "board"
    ADMIN = "admin"


@dataclass(frozen=True)
class Principal:
    """A person, the organisation they belong to, and their role in it."""

    who: str
    organisation: str
    role: Role


# The person at the machine that holds the store. They own what they bring in.
LOCAL_USER: Final = Principal("local user", "local", Role.ANALYST)


def as_board(principal: Principal) -> Principal:
    """Return a member of the board of somebody's organisation, to see what they would see."""
    return replace(principal, role=Role.BOARD)
