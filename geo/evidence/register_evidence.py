"""What data say of the register: of each entry whether they support it, and which clusters no entry explains."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pandas as pd

from geo.register.concern import Concern
from geo.wording import how_many


class HotspotState(StrEnum):
    """What recent incidents near a known hotspot say of it."""

    SUPPORTED = "supported"
    QUIET = "quiet"
    NOT_TESTABLE = "not_testable"


# What is said of a place in a few words, as after its name and its harm.
IN_SHORT: Final = {
    HotspotState.SUPPORTED.value: "supported by data",
    HotspotState.QUIET.value: "quiet in data",
    HotspotState.NOT_TESTABLE.value: "not testable",
}


def say_states(states: Sequence[str]) -> str:
    """Say how many known hotspots are in each state: "Data support 1 of 3 known hotspots near by; 2 are quiet."."""
    many = Counter(states)
    supported, quiet, silent = (many[state] for state in IN_SHORT)
    said = f"Data support {supported} of {how_many(len(states), 'known hotspot', 'known hotspots')} near by"
    rest = [
        f"{number} {'is' if number == 1 else 'are'} {words}"
        for number, words in ((quiet, "quiet"), (silent, "not testable"))
        if number
    ]
    return f"{'; '.join([said, *rest])}."


@dataclass(frozen=True)
class RegisterEvidence:
    """What data say of a register.

    ``states`` has a row for each entry that is not closed, by ``reference``: ``state`` (``HotspotState``), its
    ``sentence``, ``observed`` and ``expected`` (incidents), ``low`` and ``high`` (of observed over expected) and ``p``.
    Figures are missing where the entry is not testable, and of protected data where they would tell of fewer than 10.
    ``unregistered`` are detected clusters that no entry explains.
    """

    states: pd.DataFrame
    unregistered: tuple[Concern, ...] = ()
