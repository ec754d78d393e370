"""Place sentences: what a busy place holds, whether that is a change, and where it is, each as one would say it."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from geo.areas.place_names import elsewhere
from geo.areas.proximity import Place, point_of
from geo.arrays import Floats
from geo.calendar import periods as p
from geo.counts.filters import Choice
from geo.findings.finding import Finding
from geo.findings.landmarks import compass, say_far
from geo.harms import HARM_GROUPS
from geo.views.busy_places import YEAR, BusyPlace, BusyPlaces
from geo.views.placed_points import PlacedPoints
from geo.views.scene import Scene
from geo.wording import how_many

NEAR: Final = "On or near"
NO_NAMES: Final = (
    "This dataset was imported before the names of places were kept, so no busy place can be named; import the same "
    "files again to name them."
)
POINTS: Final = "A point of the police map stands for eight or more addresses: incidents are on or near it."
TELLING: Final = 0.2  # share of a finding's incidents at one place, from which the place is named …
TELLING_COUNT: Final = 10  # … if that many are there
_NAMED: Final = 3  # places that a finding names


def change(place: BusyPlace) -> str:
    """Say how many incidents there are, how many a year before, and whether that is a change.

    "24 incidents, up from 9. Unlikely to be chance."
    """
    now = how_many(place.n)
    if place.before is None:
        return f"{now}."
    if place.before == place.n:
        return f"{now}, as many as a year before."
    return f"{now}, {'up' if place.n > place.before else 'down'} from {place.before:,}. {_CERTAINTY[place.certain]}"


_CERTAINTY: Final = {
    True: "Unlikely to be chance.",
    False: "Could be chance.",
    None: "Too few to say whether that is a change.",
}


def mix(place: BusyPlace) -> str:
    """Say the kinds of harm there, most first: "Violence and weapons 12, anti-social behaviour 8"."""
    listed = ", ".join(f"{HARM_GROUPS[code].lower()} {n:,}" for code, n in place.mix)
    return listed[:1].upper() + listed[1:]


def way(place: BusyPlace, school: Place) -> str:
    """Say how far from a school a place is, and in which direction: "780 m south-east"."""
    return f"{say_far(place.metres)} {direction(place, school)}"


def direction(place: BusyPlace, school: Place) -> str:
    """Say in which direction from a school a place lies: "south-east"."""
    return compass(place.xy, _xy(school))


def year_named(found: BusyPlaces) -> str:
    """Name the twelve months of ``in_year``: "last 12 months, to Aug 2021"."""
    return f"last {YEAR} months, to {p.say(found.year[-1])}"


def year_said(found: BusyPlaces) -> str:
    """Name the twelve months of ``in_year``, with how many of them the data hold where it is not all."""
    named = year_named(found)
    return named if found.held == YEAR else f"{named}, of which {found.held} are held"


def more(found: BusyPlaces) -> str | None:
    """Say how many places more have as many as the last of a list; None where none does."""
    if not found.tied:
        return None
    have = "place has" if found.tied == 1 else "places have"
    return f"{found.tied:,} more {have} {how_many(found.places[-1].n)}{'' if found.tied == 1 else ' each'}."


def telling_places(found: Finding, scene: Scene, placed: PlacedPoints) -> tuple[BusyPlace, ...]:
    """Return the places that hold a telling share of a finding's incidents, most first; places for elsewhere too."""
    choice = Choice(found.periods, found.harms)
    busiest = placed.busiest(scene.view.units, found.units, choice, (), _NAMED)
    least = max(TELLING_COUNT, TELLING * found.observed)
    return tuple(one for one in busiest.places if one.name and least <= one.n <= found.observed)


def of_these(places: Sequence[BusyPlace]) -> str:
    """Say how many of a finding's incidents are at places: "Of these, 31 on or near Bus Station."; "" for none."""
    if not places:
        return ""
    *others, last = (f"{one.n:,} on or near {one.title}{_beyond(one)}" for one in places)
    return f"Of these, {', '.join(others)} and {last}." if others else f"Of these, {last}."


def _xy(school: Place) -> Floats:
    at = point_of(school)
    return np.array([at.x, at.y])


def _beyond(place: BusyPlace) -> str:
    return " (which records for elsewhere)" if elsewhere(place.name) else ""
