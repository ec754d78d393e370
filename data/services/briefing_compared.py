"""Briefing compared: the change here beside that of the district and of similar surroundings, never ranked."""

from typing import Final

from data.services.briefing_counts import COULD_BE, UNLIKELY
from data.services.briefing_ground import BriefingGround
from geo.briefing.paper import Told
from geo.errors import ThinDataError
from geo.findings.counted import Counted
from geo.trends.compared_changes import SomeAreas, compared_changes, most_like
from geo.views.circle import WITHIN
from geo.views.extent import units_in

MORE_REPORTING: Final = Told(
    "More recorded may mean more reporting, and not more harm: where people trust that reporting helps, they report."
)
_CERTAIN: Final = {True: UNLIKELY, False: COULD_BE, None: ""}


def compared(ground: BriefingGround, counted: Counted) -> tuple[Told, ...]:
    """Set the change here, of all kinds together and of each that changed, beside that of others.

    Nothing where all areas are looked at, as there are no others.
    """
    if ground.school is None or not ground.units:
        return ()
    changed = [one.harm for one in counted.changes if one.direction]
    here = _here(ground)
    told = [*_with_district(ground, here, changed), *_with_similar(ground, here, changed)]
    return (*told, MORE_REPORTING) if told else ()


def _here(ground: BriefingGround) -> SomeAreas:
    if ground.near is not None:
        return SomeAreas(ground.near.counts.cube, (WITHIN,), "here")
    return SomeAreas(ground.view.cube, tuple(ground.units), "here")


def _with_district(ground: BriefingGround, here: SomeAreas, changed: list[str]) -> list[Told]:
    """Set the change beside that of the rest of the school's district."""
    if ground.district is None:
        return []
    whole = tuple(units_in(ground.view, ground.district))
    rest = tuple(unit for unit in whole if unit not in set(ground.units))
    if not rest:
        return []
    cube, name = ground.view.cube, ground.district.name
    others = SomeAreas(cube, rest, f"the rest of {name}")
    return _told(ground, here, others, changed, SomeAreas(cube, whole, name))


def _with_similar(ground: BriefingGround, here: SomeAreas, changed: list[str]) -> list[Told]:
    """Set the change beside that of the areas most like these, or say why there are none."""
    try:
        others = most_like(ground.areas, ground.view, ground.units)
    except ThinDataError as thin:
        return [Told(str(thin))]
    return _told(ground, here, others, changed)


def _told(
    ground: BriefingGround, here: SomeAreas, others: SomeAreas, changed: list[str], whole: SomeAreas | None = None
) -> list[Told]:
    found = compared_changes(here, others, ground.wide.choice, changed, whole)
    return [Told(one.sentence, _CERTAIN[one.real], ground.source()) for one in found]
