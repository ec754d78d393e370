"""The schools of Castlebrook and their term dates."""

from datetime import date, timedelta
from typing import Final

import numpy as np
from shapely import Point

from data.demo.grid import to_grid

SCHOOL_HEADER: Final = (
    "URN", "EstablishmentName", "PhaseOfEducation (name)", "Easting", "Northing", "Town", "Postcode", "LA (name)"
)  # fmt: skip
CALENDAR_HEADER: Final = ("label", "first day", "last day", "kind")
HALF_TERM: Final = "half-term"  # a half of a term, taught
HOLIDAY: Final = "holiday"
INSET: Final = "inset"  # staff are in, pupils are not

SCHOOLS: Final[dict[str, tuple[str, Point]]] = {
    "Castlebrook Academy": ("Secondary", Point(-950, -1020)),
    "Eastmoor High School": ("Secondary", Point(1500, 1250)),
    "Market Square Primary School": ("Primary", Point(-330, -180)),
    "Northgate Primary School": ("Primary", Point(-480, 1330)),
    "Riverside Primary School": ("Primary", Point(820, -1240)),
    "Brookfield School": ("Special", Point(-1900, 480)),
}
# Town and postcode of each, in the same order. No real postcode begins with ZZ.
_ADDRESSES: Final = (
    ("Millbank", "ZZ2 4QA"),
    ("Eastmoor", "ZZ1 7HD"),
    ("Castlebrook", "ZZ1 1AA"),
    ("Castlebrook", "ZZ1 3PN"),
    ("Castlebrook", "ZZ2 6RW"),
    ("Castlebrook", "ZZ1 9BF"),
)
_AUTHORITY: Final = "Castlebrook (fictional)"

# First and last days, kept in the order of the year: taught halves, the holidays after them, and staff training days.
_TERMS: Final = """
Staff training, September 2023|01/09/2023|04/09/2023|inset
Autumn 1, 2023/24|05/09/2023|20/10/2023|half-term
Autumn half-term holiday, 2023/24|23/10/2023|27/10/2023|holiday
Autumn 2, 2023/24|30/10/2023|22/12/2023|half-term
Christmas holiday, 2023/24|25/12/2023|05/01/2024|holiday
Staff training, January 2024|08/01/2024|08/01/2024|inset
Spring 1, 2023/24|09/01/2024|09/02/2024|half-term
Spring half-term holiday, 2023/24|12/02/2024|16/02/2024|holiday
Spring 2, 2023/24|19/02/2024|28/03/2024|half-term
Easter holiday, 2023/24|29/03/2024|12/04/2024|holiday
Summer 1, 2023/24|15/04/2024|24/05/2024|half-term
Summer half-term holiday, 2023/24|27/05/2024|31/05/2024|holiday
Staff training, June 2024|03/06/2024|03/06/2024|inset
Summer 2, 2023/24|04/06/2024|19/07/2024|half-term
Staff training, July 2024|22/07/2024|22/07/2024|inset
Summer holiday, 2023/24|23/07/2024|30/08/2024|holiday
Staff training, September 2024|02/09/2024|03/09/2024|inset
Autumn 1, 2024/25|04/09/2024|25/10/2024|half-term
Autumn half-term holiday, 2024/25|28/10/2024|01/11/2024|holiday
Autumn 2, 2024/25|04/11/2024|20/12/2024|half-term
Christmas holiday, 2024/25|23/12/2024|03/01/2025|holiday
Staff training, January 2025|06/01/2025|06/01/2025|inset
Spring 1, 2024/25|07/01/2025|14/02/2025|half-term
Spring half-term holiday, 2024/25|17/02/2025|21/02/2025|holiday
Spring 2, 2024/25|24/02/2025|04/04/2025|half-term
Easter holiday, 2024/25|07/04/2025|21/04/2025|holiday
Summer 1, 2024/25|22/04/2025|23/05/2025|half-term
Summer half-term holiday, 2024/25|26/05/2025|30/05/2025|holiday
Staff training, June 2025|02/06/2025|02/06/2025|inset
Summer 2, 2024/25|03/06/2025|21/07/2025|half-term
Staff training, July 2025|22/07/2025|22/07/2025|inset
Summer holiday, 2024/25|23/07/2025|29/08/2025|holiday
Staff training, September 2025|01/09/2025|02/09/2025|inset
Autumn 1, 2025/26|03/09/2025|24/10/2025|half-term
Autumn half-term holiday, 2025/26|27/10/2025|31/10/2025|holiday
Autumn 2, 2025/26|03/11/2025|19/12/2025|half-term
Christmas holiday, 2025/26|22/12/2025|02/01/2026|holiday
Staff training, January 2026|05/01/2026|05/01/2026|inset
Spring 1, 2025/26|06/01/2026|13/02/2026|half-term
Spring half-term holiday, 2025/26|16/02/2026|20/02/2026|holiday
Spring 2, 2025/26|23/02/2026|27/03/2026|half-term
Easter holiday, 2025/26|30/03/2026|10/04/2026|holiday
Summer 1, 2025/26|13/04/2026|22/05/2026|half-term
Summer half-term holiday, 2025/26|25/05/2026|29/05/2026|holiday
Staff training, June 2026|01/06/2026|01/06/2026|inset
Summer 2, 2025/26|02/06/2026|20/07/2026|half-term
Staff training, July 2026|21/07/2026|21/07/2026|inset
Summer holiday, 2025/26|22/07/2026|31/08/2026|holiday
"""


def calendar_rows() -> list[tuple[str, ...]]:
    """Return the term dates as rows for ``CALENDAR_HEADER``; days are written dd/mm/yyyy, both ends included."""
    return [tuple(line.split("|")) for line in _TERMS.strip().splitlines()]


def school_rows() -> list[tuple[str, ...]]:
    """Return the schools as rows for ``SCHOOL_HEADER``, positions in whole metres of the National Grid."""
    rows: list[tuple[str, ...]] = []
    for number, (name, address) in enumerate(zip(SCHOOLS, _ADDRESSES, strict=True), start=1):
        phase, point = SCHOOLS[name]
        east, north = to_grid(np.array([[point.x, point.y]]))[0]
        rows.append((f"{900_000 + number}", name, phase, f"{east:.0f}", f"{north:.0f}", *address, _AUTHORITY))
    return rows


def taught_days() -> set[date]:
    """Return every weekday of a taught half-term."""
    days: set[date] = set()
    for _, first, last, kind in calendar_rows():
        if kind == HALF_TERM:
            start, end = (date(int(text[6:]), int(text[3:5]), int(text[:2])) for text in (first, last))
            run = (start + timedelta(days=step) for step in range((end - start).days + 1))
            days |= {day for day in run if day.weekday() < 5}
    return days
