"""What is said of the way home, to be read aloud: what stands out, how it was found, and what cannot be known."""

from typing import Final

import numpy as np

from geo.evidence.stretches import FEWEST, REACH
from geo.evidence.way_home import HomeStretch, StretchBasis, WayHome
from geo.wording import how_many, say_metres

NO_MAP: Final = (
    "The way home needs a map of streets and paths, and none is loaded here; bring a base map in on the Set up page."
)
NO_ORIGINS: Final = (
    "The way home needs to know where pupils set out from; choose stops, estates and places, or bring a file of "
    "postcode sectors."
)
PRIVACY: Final = (
    "Nobody’s address or route is kept: only sectors with ten pupils or more, to the nearest five, and named places. "
    "The ways are the shortest on the map, not those that anybody was seen to take."
)
_SNAPPED: Final = (
    "The police publish incidents at a point near the middle of a street and not where they were. A point within "
    f"{say_metres(round(REACH))} of a stretch counts for it, once, for the nearest; what happened round the corner can "
    "be among it."
)
_BY_ZONE: Final = (
    "Protected incidents count by the zones of their release and never closer, at any time of day: which stretch of a "
    "zone they were on cannot be seen here. Choose an open dataset to set stretches side by side."
)
_WITHOUT_POINTS: Final = (
    "This dataset has no incidents with a place on a street, so only the ways show, and who sets out along them."
)
_NO_DATA: Final = (
    "Nothing is known of this stretch: no incidents are published near it, which does not mean that there are none."
)
_ASKS: Final = {1: "One stretch of the way home asks", 2: "Two stretches of the way home ask",
                3: "Three stretches of the way home ask"}  # fmt: skip


def headline(found: WayHome) -> str:
    """Return the one sentence that answers: which stretches of the way home ask for an adult?"""
    if not found.stretches:
        return f"No way on foot was found to {found.school} from where pupils set out."
    if found.named:
        names = [one.stretch.name for one in found.named]
        return f"{_ASKS[len(names)]} for an adult: {'; '.join(names)}."
    if found.incidents.basis is StretchBasis.ZONES:
        return "No stretch can be told from another: protected incidents count by whole zones."
    if not found.tested:
        return "No stretch can be told from another: too little is recorded on streets around."
    return (
        f"No stretch stands out: none of {found.tested:,} has more incidents than streets around lead one to expect. "
        "That does not mean that nothing happens there."
    )


def why(one: HomeStretch, found: WayHome) -> str:
    """Say what is recorded at a stretch, beside what such a stretch leads one to expect."""
    if found.incidents.basis is StretchBasis.ZONES:
        return f"By whole zones, at any time of day: {'; '.join(one.zones)}." if one.zones else _NO_DATA
    if not np.isfinite(one.observed):
        return _NO_DATA
    if not np.isfinite(one.p):
        return f"{how_many(one.observed)}; too little is recorded around to say whether that is many."
    usual = f"{one.expected:,.0f}" if one.expected >= 1 else "fewer than 1"
    beside = f"{how_many(one.observed)}, where streets like it have {usual} (most have {one.low:.0f} to {one.high:.0f})"
    return f"{beside}: it stands out." if one.told else f"{beside}."


def notes(found: WayHome) -> tuple[str, ...]:
    """Say how stretches were judged, and what the data cannot tell."""
    said = []
    if found.no_way:
        said.append(f"No way on foot was found from {_listed(found.no_way)}.")
    return (*said, *_BY_BASIS[found.incidents.basis](found), PRIVACY)


def _months(found: WayHome) -> tuple[str, ...]:
    return (
        "These data know the month and no time of day: what is counted happened at any hour, not on the way home.",
        _SNAPPED,
        _compared(found, "published points", "point"),
        _busy(),
    )


def _times(found: WayHome) -> tuple[str, ...]:
    return (
        "Counted are incidents on school days at home time, 14:45 to 18:00, whose time is known.",
        f"Each counts for the way nearest to it, within {say_metres(round(REACH))}.",
        _compared(found, "streets between junctions", "street"),
        _busy(),
    )


def _zones(_found: WayHome) -> tuple[str, ...]:
    return (_BY_ZONE,)


def _nothing(_found: WayHome) -> tuple[str, ...]:
    return (
        "This dataset has no incidents with a place on a street, so only the ways and who sets out along them show.",
    )


_BY_BASIS: Final = {
    StretchBasis.MONTHS: _months,
    StretchBasis.TIMES: _times,
    StretchBasis.ZONES: _zones,
    StretchBasis.NOTHING: _nothing,
}


def _compared(found: WayHome, several: str, one: str) -> str:
    if found.compared < FEWEST:
        return f"There are too few {several} around ({found.compared}) to say what is usual; {FEWEST} are needed."
    return (
        f"What is usual is told by {found.compared:,} {several} around the school, with how far one {one} differs from "
        f"another. Of schools where no stretch is different, fewer than 1 in 20 would see one named."
    )


def _busy() -> str:
    return (
        "A busy street has more of everything because more people are there. A stretch that is named is where "
        "incidents are recorded, and that may be where reporting is best."
    )


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
