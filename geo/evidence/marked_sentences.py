"""Marked sentences: what marks say beside what is recorded, as a colleague would say it, and as rows of a table."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from geo import disclosure
from geo.areas.area_set import AreaSet
from geo.arrays import Floats
from geo.calendar import periods
from geo.errors import ThinDataError
from geo.evidence.disagreement import MarkedFinding, MarkedKind, marked_findings
from geo.evidence.marked_places import MarkedPlaces
from geo.harms import OTHER
from geo.register.concern import Concern
from geo.release import zoning

POLICE: Final = "the police"
SCHOOLS: Final = "the schools"
HOW: Final = (
    "A mark says how a place feels, and not what happened there; a record says what was reported. Neither is the truth "
    "about the other."
)
PER: Final = 1_000  # residents
_SHORT: Final = {
    MarkedKind.UNSAFE_NOT_RECORDED: "Young people feel unsafe in {name}, where {who} recorded no more than elsewhere.",
    MarkedKind.RECORDED_FEELS_SAFE: "Young people feel safe in {name}, where {who} recorded more than elsewhere.",
    MarkedKind.BOTH: "Young people feel unsafe in {name}, where {who} recorded more than elsewhere too.",
    MarkedKind.UNSAFE_ALONE: "Young people feel unsafe in {name}, more than elsewhere.",
}
NO_PLACE: Final = "No place stands out from the others they marked."


def sentence(places: MarkedPlaces, found: MarkedFinding, who: str) -> str:
    """Say in one sentence what was marked in a place and what ``who`` ("police") recorded there."""
    name = places.units.names[found.unit]
    marked = f"{counted(places.unsafe[found.unit])} unsafe, {counted(places.safe[found.unit])} safe"
    times = f"{found.ratio:.1f} times as many" if np.isfinite(found.ratio) else "more"
    whom = "for its residents" if (places.units.residents > 0).all() else "for its size"
    if found.kind is MarkedKind.UNSAFE_NOT_RECORDED:
        return (
            f"Young people marked {name} as unsafe ({marked}); {who} recorded no more there {whom} than in the other "
            "places they marked: ask them why."
        )
    if found.kind is MarkedKind.RECORDED_FEELS_SAFE:
        return (
            f"Young people marked {name} as safe ({marked}); {who} recorded {times} there {whom} as in the other "
            "places they marked: ask them what makes it feel safe, and tell them what is known."
        )
    if found.kind is MarkedKind.BOTH:
        return (
            f"Young people marked {name} as unsafe ({marked}), and {who} recorded {times} there {whom} as in the other "
            "places they marked: both say the same."
        )
    return f"Young people marked {name} as unsafe ({marked}), more than the other places they marked: ask them why."


def told(places: MarkedPlaces, who: str) -> tuple[list[tuple[MarkedFinding, str]], str | None]:
    """Return what stands out, each with its sentence, and why nothing can be told, where there is too little."""
    try:
        return [(one, sentence(places, one, who)) for one in marked_findings(places)], None
    except ThinDataError as thin:
        return [], str(thin)


def how_sure(found: MarkedFinding) -> str:
    """Say between what ends the share of unsafe marks lies, and what it is in the other places."""
    low, high, others = (round(100 * one) for one in (found.low, found.high, found.others))
    return f"Unsafe: {low} to {high} % of the marks there, rounding and chance allowed for; about {others} % elsewhere."


def headline(places: MarkedPlaces, told: Sequence[MarkedFinding], who: str) -> str:
    """Say what a session showed: the first thing ``told``, shortly, or how much was marked."""
    if told:
        name, kind = places.units.names[told[0].unit], told[0].kind
        return _SHORT[kind].format(name=name, who=who)
    year = periods.school_year(places.periods[0])
    return (
        f"In {year} young people set {counted(places.unsafe.sum())} marks for unsafe and "
        f"{counted(places.safe.sum())} for safe."
    )


def counted(n: float) -> str:
    """Write a sum of protected marks: "about 30", "fewer than 10"."""
    return disclosure.say(float(disclosure.suppress_small(np.array([n]))[0]))


def rates(places: MarkedPlaces) -> Floats:
    """Return recorded incidents for 1,000 residents, NaN where either is not known; protected ones under 10 are 0."""
    shown = disclosure.suppress_small(places.recorded) if places.about else places.recorded
    people = places.units.residents
    known = (people > 0) & ~places.elsewhere
    return np.where(known, PER * shown / np.where(people > 0, people, np.nan), np.nan)


def rows(places: MarkedPlaces, told: dict[int, str]) -> list[dict[str, str | float | None]]:
    """List the places with marks, most unsafe ones first; ``told`` says in a word what was found of a unit."""
    recorded = disclosure.suppress_small(places.recorded) if places.about else places.recorded
    listed: list[dict[str, str | float | None]] = []
    for at in np.argsort(-places.unsafe, kind="stable").tolist():
        if places.safe[at] + places.unsafe[at] < disclosure.THRESHOLD:
            continue
        there = recorded[at]
        listed.append(
            {
                "name": places.units.names[at],
                "unsafe": counted(places.unsafe[at]),
                "safe": counted(places.safe[at]),
                "recorded": None if np.isnan(there) else disclosure.say(there) if places.about else f"{there:,.0f}",
                "told": told.get(at, ""),
            }
        )
    return listed


def texts(places: MarkedPlaces) -> list[str]:
    """Return what a map says of each unit."""
    return [
        "" if apart else f"{counted(unsafe)} unsafe, {counted(safe)} safe"
        for unsafe, safe, apart in zip(places.unsafe, places.safe, places.elsewhere, strict=True)
    ]


def concern(places: MarkedPlaces, areas: AreaSet, found: MarkedFinding, said: str) -> Concern:
    """Return a place that stands out as what to do next needs it; marks belong to no harm group, so it is "other"."""
    shape = zoning.shapes(areas, places.units).geometry.iloc[found.unit]
    return Concern(places.units.names[found.unit], (OTHER,), said, shape)
