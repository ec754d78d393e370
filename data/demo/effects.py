"""What is planted in the demonstration data, so that people can see a tool find what is known to be there.

Three changes: drugs around Millbank Park emerge, anti-social behaviour around the bus interchange fades, and violence
at Riverside Retail Park falls after an action while it rises in the areas next to it. All else is even chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from data.demo.plan import place
from data.demo.town_areas import Area, around, containing, neighbours
from geo.arrays import Floats
from geo.calendar.months import between

MONTHS: Final = tuple(between("2023-09", "2026-08"))
EMERGING_MONTHS: Final = 8
EMERGING_TIMES: Final = 4.0
FADING_MONTHS: Final = 14
FADING_TIMES: Final = 0.3
ACTION_MONTH: Final = "2025-05"
ACTION: Final[dict[str, str]] = {
    "date": "2025-05-01",
    "what": "Evening patrols, new lighting and earlier closing of the car park at Riverside Retail Park",
}
DROP: Final = 0.35  # violence left at the retail park after the action
RISE: Final = 1.8  # violence in the areas next to it, as a multiple of what they had before
_FAINT_POWER: Final = 0.7  # school incidents follow the planted change by this power of its size
_MAX_NEIGHBOURS: Final = 4  # areas beside the retail park that take up what it lost


@dataclass(frozen=True)
class Effect:
    """One planted change in one category: where, from what usual number a month, and by how much in each month.

    ``usual`` is the expected number a month in all the areas together before the change, and before the seasons.
    ``times`` holds one multiplier for each of ``MONTHS``. ``where`` says the
    place in words.
    """

    category: str
    harm: str
    where: str
    areas: tuple[str, ...]
    usual: float
    times: Floats

    @property
    def onset(self) -> str:
        """The first month whose multiplier is not 1."""
        return MONTHS[int(np.flatnonzero(self.times != 1.0)[0])]

    def faint(self, month: str) -> float:
        """Return the multiplier of school incidents in ``month``: the same change, less of it."""
        return float(self.times[MONTHS.index(month)] ** _FAINT_POWER)


@dataclass(frozen=True)
class Planted:
    """The three planted changes; the displaced one has a part that falls and a part that rises."""

    emerging: Effect
    fading: Effect
    dropped: Effect
    raised: Effect

    @property
    def all(self) -> tuple[Effect, ...]:
        """The four effects."""
        return (self.emerging, self.fading, self.dropped, self.raised)


def plant(areas: Sequence[Area]) -> Planted:
    """Return the planted changes: their areas, and their course over the months."""
    park = around(areas, place("Millbank Park").point, 3)
    interchange = around(areas, place("Bus interchange").point, 3)
    retail = containing(areas, place("Riverside Retail Park").point)
    taken = {*_codes(park), *_codes(interchange)}
    nearby = [area for area in neighbours(areas, retail) if area.code not in taken]
    nearby.sort(key=lambda area: float(np.hypot(*(area.centre - retail.centre))))
    violence = ("Violence and sexual offences", "violence")
    return Planted(
        emerging=Effect(
            "Drugs", "substances", "Millbank Park", _codes(park), 2.4, _ramp(EMERGING_MONTHS, EMERGING_TIMES)
        ),
        fading=Effect(
            "Anti-social behaviour",
            "asb",
            "Bus interchange",
            _codes(interchange),
            20.0,
            _ramp(FADING_MONTHS, FADING_TIMES),
        ),
        dropped=Effect(*violence, "Riverside Retail Park", (retail.code,), 10.0, _step(DROP)),
        raised=Effect(*violence, "Around Riverside Retail Park", _codes(nearby[:_MAX_NEIGHBOURS]), 8.0, _step(RISE)),
    )


def truth(planted: Planted) -> dict[str, Mapping[str, object]]:
    """Describe the planted changes for the truth file."""
    dropped, raised = planted.dropped, planted.raised
    return {
        "emerging": _described(planted.emerging),
        "fading": _described(planted.fading),
        "displaced": {
            "category": dropped.category,
            "harm": dropped.harm,
            "place": dropped.where,
            "action": {**ACTION, "from_areas": list(dropped.areas), "to_areas": list(raised.areas)},
            "onset": dropped.onset,
            "end": MONTHS[-1],
            "from": {"areas": list(dropped.areas), "usual_per_month": dropped.usual, "multiplier": DROP},
            "to": {"areas": list(raised.areas), "usual_per_month": raised.usual, "multiplier": RISE},
        },
    }


def _described(effect: Effect) -> dict[str, object]:
    """Describe one change with a multiplier for each month since its onset."""
    since = [number for number, month in enumerate(MONTHS) if month >= effect.onset]
    return {
        "category": effect.category,
        "harm": effect.harm,
        "place": effect.where,
        "areas": list(effect.areas),
        "usual_per_month": effect.usual,
        "onset": effect.onset,
        "end": MONTHS[-1],
        "multipliers": {MONTHS[number]: round(float(effect.times[number]), 3) for number in since},
    }


def _ramp(length: int, to: float) -> Floats:
    """Return multipliers that stay at 1 and move in even steps to ``to`` over the last ``length`` months."""
    times = np.ones(len(MONTHS))
    times[-length:] = np.linspace(1.0, to, length + 1)[1:]
    return times


def _step(to: float) -> Floats:
    """Return multipliers that are 1 before the action's month and ``to`` from then on."""
    return np.where(np.array(MONTHS) < ACTION_MONTH, 1.0, to)


def _codes(areas: Sequence[Area]) -> tuple[str, ...]:
    """Return the codes of areas in order."""
    return tuple(sorted(area.code for area in areas))
