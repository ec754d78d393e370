"""What a briefing is asked for: whose counts, around what, of when."""

from dataclasses import dataclass

from data.store.datasets import Dataset
from geo.areas.proximity import Place
from geo.areas.reach import Reach


@dataclass(frozen=True)
class BriefingRequest:
    """What a paper is about, whoever it is for.

    ``school`` is None for all areas of the dataset together, which is what a trust looks at. ``periods`` are those of
    the dataset as a board may see it, oldest first, and ``harms`` codes of harm groups.
    """

    dataset: Dataset
    school: Place | None
    reach: Reach
    periods: tuple[str, ...]
    harms: tuple[str, ...]
