"""What reading a file may cost, by its size: national files have more room and time than others."""

from typing import Final

from data.formats.sources import MB, Source
from data.sandbox import ResourceLimits

LARGE_FROM: Final = 20 * MB  # of one file; lists of a county are far smaller
# England's 35,672 areas in full detail are 400 MB of text; a gigabyte of postcodes takes some 20 seconds of work.
LARGE: Final = ResourceLimits(
    memory=2_000 * MB, cpu=180, wall=900.0, remedy="bring the file of a region, or choose councils to keep"
)


def limits_for(*sources: Source) -> ResourceLimits:
    """Return ``LARGE`` where one of the files is large, else the limits of every reading."""
    return LARGE if any(source.size > LARGE_FROM for source in sources) else ResourceLimits()
