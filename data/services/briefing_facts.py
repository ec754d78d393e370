"""Briefing facts: gathered from released counts for the eyes of a board, whoever asks."""

from collections.abc import Callable
from datetime import date

from data.principal import Principal
from data.services.briefing_advice import contacts, harms_that_matter, teaching
from data.services.briefing_compared import compared
from data.services.briefing_counts import count_facts
from data.services.briefing_found import found_facts
from data.services.briefing_ground import BriefingGround, ground
from data.services.briefing_heard import when_facts, young_people
from data.services.briefing_limits import limits, methods
from data.services.briefing_register import register_facts
from data.services.briefing_request import BriefingRequest
from data.services.briefing_trends import trends
from data.services.print_maps import map_of_part
from data.store.store import Store
from geo.areas.whole_names import UNNAMED, name_of_whole
from geo.briefing.facts import Facts
from geo.briefing.paper import Picture
from geo.calendar import periods as p
from geo.views.widening import Wide

Tell = Callable[[float, str], None]


def facts(
    store: Store, principal: Principal, request: BriefingRequest, today: date, tell: Tell = lambda *_: None
) -> Facts:
    """Return what papers about a place are written from.

    ``tell`` is called with the part done (0 to 1) and what is being done. Raises RefusedError where nothing of the
    dataset may be shared, and InputError as ``briefing_ground.ground`` does.
    """
    tell(0.0, "Loading counts")
    on = ground(store, principal, request, today)
    tell(0.2, "Counting")
    counts = count_facts(on)
    tell(0.3, "Drawing up limits")
    courses = trends(on, counts.where)
    found = found_facts(on, lambda done, what: tell(0.35 + 0.35 * done, f"Looking for clusters: {what}"))
    tell(0.7, "Reading the register")
    register = register_facts(on)
    tell(0.8, "Drawing the map")
    drawn = _map(on)
    tell(0.9, "Gathering when it happens and what young people marked")
    when = when_facts(on)
    harms = harms_that_matter(on, counts.counted, courses)
    shown = on.wide.choice.periods
    return Facts(
        name=_name(on),
        is_school=request.school is not None,
        where=counts.where,
        period=p.say_range(shown),
        year_before="" if counts.counted.two.before is None else p.say_range(p.year_before(shown)),
        today=today.isoformat(),
        source=on.source(),
        headline=counts.headline,
        changes=counts.changes,
        unchanged=counts.unchanged,
        compared=compared(on, counts.counted),
        trends=courses,
        kinds=counts.kinds,
        area_map=drawn,
        areas=counts.areas,
        places=counts.places,
        clusters=found.told,
        hotspots=register.hotspots,
        hotspots_told=register.told,
        when=when.when,
        clock=when.clock,
        young_people=young_people(on),
        done=register.done,
        owed=register.owed,
        followed=register.followed,
        teaching=teaching(on, harms),
        contacts=contacts(on, harms),
        limits=limits(on, counts, found.not_checked, followed=bool(register.followed)),
        methods=methods(on, counts),
        overdue=register.overdue,
        late=register.late,
        unregistered=found.unregistered,
    )


def _map(on: BriefingGround) -> Picture | None:
    """Draw the map of the areas that are looked at; None where no area lies near the school."""
    if not on.part.areas:
        return None
    asked = Wide(on.choice, on.levels[0])
    points = None if on.near is None else on.near.points
    made = map_of_part(on.store, on.board, on.dataset, on.released, on.areas, asked, on.part, on.today, points)
    return made.picture


def _name(on: BriefingGround) -> str:
    """Return what the place is called: the school, or all areas together."""
    if on.school is not None:
        return on.school.name
    whole = name_of_whole(on.areas)
    return "All areas" if whole == UNNAMED else whole
