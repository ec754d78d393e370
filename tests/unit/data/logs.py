"""Logs of protected incidents in the six areas of the small place over two school years, and bringing them in."""

from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from data.principal import LOCAL_USER, Principal
from data.services.importing import ImportRequest
from data.store.store import Store
from geo.calendar.school_calendar import NATIONAL_PATTERN
from tests.unit.data import small_place
from tests.unit.data.small_place import CODES

HEADER: Final = "Date,From,Area code,Type"
TYPES: Final = ("Knife crime", "Drugs", "Bullying", "Shoplifting")  # of four harm groups
TILES: Final = NATIONAL_PATTERN.half_terms_of_years(date(2023, 9, 1), date(2025, 8, 31))
KEYS: Final = tuple(one.key for one in TILES)
LINES: Final = 600


def over(period: int) -> date:
    """Return the day on which the half-term of this position can be released."""
    return TILES[period].last + timedelta(days=14)


ALL_OVER: Final = over(-1)


def line(moment: datetime, area: int = 0, kind: int = 0, *more: str) -> str:
    """Return one incident as a line of a log."""
    return ",".join((f"{moment:%d/%m/%Y}", f"{moment:%H:%M}", CODES[area], TYPES[kind], *more))


def lines(number: int = LINES, last: int = len(KEYS) - 1, schools: int = 0, seed: int = 7) -> list[str]:
    """Return that many incidents in the half-terms up to ``last``, more in some areas than in others."""
    rng = np.random.default_rng(seed)
    days = (TILES[last].last - TILES[0].first).days + 1
    weights = np.array([9, 5, 3, 2, 1, 1]) / 21
    found = []
    for _ in range(number):
        moment = datetime.combine(TILES[0].first, datetime.min.time())
        moment += timedelta(days=int(rng.integers(days)), minutes=int(rng.integers(24 * 60)))
        more = (f"School {rng.integers(schools) + 1}",) if schools else ()
        found.append(line(moment, int(rng.choice(6, p=weights)), int(rng.integers(4)), *more))
    return found


def within(period: int) -> datetime:
    """Return a moment inside a half-term."""
    return datetime.combine(TILES[period].first, datetime.min.time()) + timedelta(days=9, hours=13)


def text(listed: list[str]) -> str:
    """Return incidents as the text of a CSV file."""
    schools = ",School" if listed and listed[0].count(",") > HEADER.count(",") else ""
    return "\n".join([HEADER + schools, *listed, ""])


def request(listed: list[str], on: date = ALL_OVER, **changed: object) -> ImportRequest:
    """Ask for the import of incidents on a day."""
    return small_place.incidents(text(listed), **({"today": on} | changed))


def bring(
    store: Store, listed: list[str], on: date = ALL_OVER, person: Principal = LOCAL_USER, **changed: object
) -> int:
    """Bring incidents in on a day; give the dataset's id."""
    return small_place.add(store, request(listed, on, **changed), person)


def add_areas(store: Store) -> None:
    """Load the six areas."""
    small_place.add_areas(store)
