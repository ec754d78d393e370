"""Asks for briefings of a store, and reads every word that facts hold."""

import dataclasses
from datetime import date
from typing import Any, Final

from data.principal import LOCAL_USER, Principal, as_board
from data.services import visibility
from data.services.briefing_facts import facts
from data.services.briefing_request import BriefingRequest
from data.store import area_sets, datasets, places
from data.store.store import Store
from geo.areas import proximity
from geo.areas.reach import USUAL
from geo.briefing.facts import Facts
from geo.calendar.usual_periods import usual
from geo.harms import usual_harms
from geo.views import view as views

TODAY: Final = date(2026, 11, 29)
PROTECTED, OPEN = 1, 2  # of the demonstration town
ACADEMY: Final = "Castlebrook Academy"


def request_of(store: Store, number: int, school: str | None = ACADEMY, **other: Any) -> BriefingRequest:
    """Ask for what a page opens with, of a dataset by its number and around a school by its name."""
    dataset = datasets.load_dataset(store, LOCAL_USER, number)
    released = visibility.released_counts(store, as_board(LOCAL_USER), dataset)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    schools = proximity.labelled(proximity.inside(areas, places.schools(store, LOCAL_USER)))
    request = BriefingRequest(
        dataset,
        None if school is None else schools[school],
        USUAL,
        tuple(usual(views.periods(released), dataset.gaps)),
        usual_harms(views.harms_in(released)),
    )
    return dataclasses.replace(request, **other)


def told(store: Store, number: int, school: str | None = ACADEMY, who: Principal = LOCAL_USER, **other: Any) -> Facts:
    """Return the facts of a place."""
    return facts(store, who, request_of(store, number, school, **other), TODAY)


def words_in(part: object) -> list[str]:
    """Return every text in facts, pictures as they are described."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [text for one in part for text in words_in(one)]
    if dataclasses.is_dataclass(part):
        fields = [one.name for one in dataclasses.fields(part) if one.name != "svg"]
        return [text for name in fields for text in words_in(getattr(part, name))]
    return []
