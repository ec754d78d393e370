"""The kinds of datasets that are brought in."""

from enum import StrEnum


class Kind(StrEnum):
    """What a file of rows is: each row becomes a count in an area and a month."""

    POLICE = "police"
    INCIDENTS = "incidents"
    MARKS = "marks"
