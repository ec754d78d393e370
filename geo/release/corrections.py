"""Corrections: when a half-term that is released already may be released again.

Each time tells a little more than one release does, so small corrections wait, and large ones come once a year.
"""

from datetime import date
from typing import Final

from geo.counting import Counts
from geo.release.ledger import FrozenPeriod

MANY: Final = 10  # rows that must have changed
DAYS_BETWEEN: Final = 365


def rows_changed(before: Counts, after: Counts) -> int:
    """Count the rows that two exact counts of the same cells differ by; a row that moved is one."""
    difference = after - before
    return int(max(difference[difference > 0].sum(), -difference[difference < 0].sum()))


def is_due(released: FrozenPeriod, exact: Counts, secret: str, on: date) -> bool:
    """Answer whether a released half-term is to be released again on a day, given its exact counts (zone × harm) now.

    ``secret`` is the fingerprint of the present secret: what another one rounded stays as it is, since two roundings of
    the same counts would narrow down what they hide.
    """
    waited = released.corrected_on is None or (on - released.corrected_on).days >= DAYS_BETWEEN
    return waited and released.secret == secret and rows_changed(released.exact, exact) >= MANY
