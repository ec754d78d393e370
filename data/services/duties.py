"""Duties: what guidance in England asks of a school, by its edition, what here helps with it, and what does not."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

LIST: Final = Path(__file__).parents[1] / "lists" / "duties.csv"


@dataclass(frozen=True)
class Duty:
    """One thing that a document asks.

    Attributes
    ----------
    document, edition, in_force
        The document, which edition of it, and the first day on which that is in force.
    reference
        Where in this edition it stands; "" where that has not been checked.
    asks
        What it asks, in short.
    pages
        The pages here that help, by their titles.
    helps, still_yours
        What they do, and what the school must do itself.
    note
        What else to know, such as that a newer edition is out; "" for nothing.
    checked_on
        The day on which all this was looked at last.
    """

    document: str
    edition: str
    in_force: date
    reference: str
    asks: str
    pages: tuple[str, ...]
    helps: str
    still_yours: str
    note: str
    checked_on: date


@cache
def duties() -> tuple[Duty, ...]:
    """List the duties in the order of the file."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return tuple(_duty(row) for row in csv.DictReader(file))


def duties_csv() -> str:
    """Return the list as it is kept, as CSV."""
    return LIST.read_text(encoding="utf-8")


def _duty(row: dict[str, str]) -> Duty:
    return Duty(
        row["document"], row["edition"], date.fromisoformat(row["in force"]), row["reference"], row["what it asks"],
        tuple(row["pages"].split("; ")), row["what helps here"], row["still yours"], row["note"],
        date.fromisoformat(row["checked on"]),
    )  # fmt: skip
