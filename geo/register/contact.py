"""Contacts: services and teams to tell about a concern, and whether what is known of them is still up to date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from geo.register.markers import say_day

UP_TO_DATE_FOR: Final = timedelta(days=365)  # after this, numbers and duties have often changed


@dataclass(frozen=True)
class Contact:
    """A service or a team, never a private person, as an organisation's own list has it.

    ``harms`` are the codes of the harm groups it is for, none for all. ``checked_on`` is the day on which somebody last
    made sure of it, as text.
    """

    service: str
    harms: tuple[str, ...] = ()
    area: str | None = None
    phone: str | None = None
    email: str | None = None
    web: str | None = None
    hours: str | None = None
    checked_on: str | None = None


def contacts_for(contacts: Sequence[Contact], harms: Sequence[str]) -> list[Contact]:
    """Return the contacts for some harm groups: first those for these groups alone, then those for all."""
    own = [one for one in contacts if one.harms and set(one.harms) & set(harms)]
    return [*own, *(one for one in contacts if not one.harms)]


def is_out_of_date(day: str | None, today: date) -> bool:
    """Return whether something was last checked more than a year ago, or on no day that is known."""
    return day is None or today - date.fromisoformat(day) > UP_TO_DATE_FOR


def say_checked(day: str | None, today: date, word: str = "checked") -> str:
    """Say when something was last checked, and that it is out of date where that is more than a year ago."""
    if day is None:
        return f"Out of date: not known when it was {word}"
    said = f"{word} {say_day(day)}"
    return f"Out of date: {said}" if is_out_of_date(day, today) else said[0].upper() + said[1:]
