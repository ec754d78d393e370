"""Term dates as councils and schools write them, the school year 2024/25 of each."""

import pandas as pd

from geo import columns as c
from geo.calendar.school_calendar import SchoolCalendar

HALF_TERMS = """
Autumn 1|2024-09-04|2024-10-25|half-term
Autumn 2|2024-11-04|2024-12-20|half-term
Spring 1|2025-01-07|2025-02-14|half-term
Spring 2|2025-02-24|2025-04-04|half-term
Summer 1|2025-04-22|2025-05-23|half-term
Summer 2|2025-06-03|2025-07-21|half-term
Staff training|2024-09-02|2024-09-03|inset
Staff training|2025-01-06|2025-01-06|inset
Staff training|2025-06-02|2025-06-02|inset
May Day|2025-05-05|2025-05-05|holiday
"""
TERMS = """
Autumn term|2024-09-04|2024-12-20|term
Spring term|2025-01-06|2025-04-04|term
Summer term|2025-04-22|2025-07-21|term
"""
HOLIDAYS = """
Autumn half-term|2024-10-28|2024-11-01|holiday
Spring half-term|2025-02-17|2025-02-21|holiday
May Day|2025-05-05|2025-05-05|holiday
Summer half-term|2025-05-26|2025-05-30|holiday
Staff training|2025-01-06|2025-01-06|inset
Staff training|2025-06-02|2025-06-02|inset
"""
BEGINS = ["2024-09-01", "2024-11-04", "2025-01-07", "2025-02-24", "2025-04-22", "2025-06-03"]  # of each of the above


def calendar(text):
    """Return the school calendar of term dates in lines "label|first day|last day|kind"."""
    return SchoolCalendar.from_term_dates(term_dates(text))


def term_dates(text):
    """Return term dates as the reader does, from lines "label|first day|last day|kind"."""
    rows = [line.split("|") for line in text.splitlines() if line]
    listed = pd.DataFrame(rows, columns=[c.LABEL, c.FIRST_DAY, c.LAST_DAY, c.KIND], dtype="str")
    return listed.astype({c.FIRST_DAY: "datetime64[s]", c.LAST_DAY: "datetime64[s]"})
