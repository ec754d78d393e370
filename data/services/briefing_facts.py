"""Briefing facts: gathered from released counts for the eyes of a board, whoever asks."""

from collections.abc import Callable
from datetime import date

from data.principal import Principal
from data.services.briefing_compared import compared
from data.services.briefing_counts import count_facts
from data.services.briefing_found import clusters
from data.services.briefing_ground import ground
from data.services.briefing_register import register_facts
from data.services.briefing_request import BriefingRequest
from data.services.briefing_trends import trends
from data.store.store import Store
from geo.briefing.facts import Facts
from geo.calendar import periods as p

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
    found = clusters(on, lambda done, what: tell(0.35 + 0.35 * done, f"Looking for clusters: {what}"))
    tell(0.7, "Reading the register")
    register = register_facts(on)
    shown = on.wide.choice.periods
    return Facts(
        name="All areas" if request.school is None else request.school.name,
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
        area_map=None,
        areas=counts.areas,
        places=counts.places,
        clusters=found,
        hotspots=register.hotspots,
        hotspots_told=register.told,
        when=None,
        clock=None,
        young_people=(),
        done=register.done,
        owed=register.owed,
        followed=register.followed,
        teaching=(),
        contacts=None,
        limits=(),
        methods=(),
    )
