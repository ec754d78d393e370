"""Handling markings: how a layer from partners may be seen and passed on, as the partner who hands it over marks it.

The list is closed, and what it does not allow is refused. The words OFFICIAL and OFFICIAL-SENSITIVE are those of the
Government Security Classifications Policy (Cabinet Office, 2024); who that is here is decided by role.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo.errors import InputError
from geo.register.markers import say_day

LONGEST_DAYS: Final = 366  # a layer is asked for anew once a year at least


@dataclass(frozen=True)
class Handling:
    """One marking: its words, the roles that may see what bears it, and whether that may go on paper.

    ``said`` tells both in a sentence, for the form in which a marking is chosen.
    """

    label: str
    roles: frozenset[str]
    printed: bool
    said: str


_LEADS: Final = frozenset(("dsl", "deputy", "analyst"))
HANDLINGS: Final[dict[str, Handling]] = {
    "official": Handling(
        "OFFICIAL",
        _LEADS | {"board", "admin"},
        printed=True,
        said="Everybody of your organisation sees it, your board too, and it is printed with the page.",
    ),
    "official-sensitive": Handling(
        "OFFICIAL-SENSITIVE",
        _LEADS,
        printed=False,
        said="Safeguarding lead, deputy and analyst see it, your board does not, and it is left off paper.",
    ),
    "partnership-only": Handling(
        "Partnership only",
        _LEADS,
        printed=False,
        said="Safeguarding lead, deputy and analyst see it, as your part of the partnership, and it is left off paper.",
    ),
}


def handling_of(label: str) -> str:
    """Return the code of a marking by its code or its words, whatever the case.

    Raises InputError for a marking that is not on the list.
    """
    plain = "-".join(label.casefold().replace("_", " ").replace("-", " ").split())
    if plain not in HANDLINGS:
        known = ", ".join(one.label for one in HANDLINGS.values())
        raise InputError(
            f"A handling marking must be one of {known}, and this one is not; ask the partner which of them it is."
        )
    return plain


def may_see(code: str, role: str) -> bool:
    """Return whether a role may see what bears a marking; nobody where the marking is not known."""
    return code in HANDLINGS and role in HANDLINGS[code].roles


def require_expiry(expires_on: date, today: date) -> None:
    """Raise InputError for a last day that is past, or further ahead than ``LONGEST_DAYS``."""
    longest = today + timedelta(days=LONGEST_DAYS)
    if not today <= expires_on <= longest:
        found = "this one is past" if expires_on < today else "this one is later"
        raise InputError(
            f"A layer from partners must have a last day from today to {say_day(longest)}, and {found}; ask the "
            "partner how long it may be used."
        )
