"""The bounds of what a store can hold: numbers that a command refuses before any database is asked."""

from typing import Final

LARGEST_ID: Final = 2**31 - 1  # of a row; SQLite cannot even be asked for one of more than 64 bits
LONGEST_RETENTION: Final = 1200  # days or months: a hundred years of months, three of days
