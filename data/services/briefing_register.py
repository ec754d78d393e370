"""Briefing register: known hotspots near by and what data say of them, actions done and owed, and what followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from data.services import register_evidence as evidence
from data.services.briefing_counts import COULD_BE, UNLIKELY
from data.services.briefing_ground import BriefingGround
from data.store import actions, hotspots, places
from geo import columns as c
from geo.areas import proximity
from geo.areas.contiguity import graph_of
from geo.areas.proximity import DISTANCE, RINGS
from geo.briefing.paper import PaperColumn, Table, Told
from geo.calendar import periods as p
from geo.errors import ThinDataError
from geo.evidence.register_evidence import IN_SHORT, say_states
from geo.harms import HARM_GROUPS, usual_harms
from geo.register.due import due
from geo.register.follow_up import ActionState
from geo.register.markers import as_day, register_table, say_day
from geo.register.owed import OwedAction, owed_actions, planned_reviews
from geo.release.kinds import Protected
from geo.trends import before_after
from geo.trends.before_after import BeforeAfter
from geo.trends.period_counts import PeriodCounts, by_unit, count_periods
from geo.trends.responses import Response, position, responses, taken
from geo.views import view as views
from geo.views.scene import Scene, scene_of
from geo.wording import capital, how_many, say_metres

REACH: Final = say_metres(max(RINGS))
MOST_FOLLOWED: Final = 4  # actions of which it is said what followed, the newest first
_UNKNOWN: Final = "–"
_CLOSED: Final = "closed"


@dataclass(frozen=True)
class RegisterFacts:
    """What the register and the list of actions tell, as ``geo.briefing.facts.Facts`` has it.

    ``overdue`` names the known hotspots whose review is, and ``late`` says which actions are.
    """

    hotspots: Table | None
    told: Told
    done: tuple[Told, ...]
    owed: tuple[Told, ...]
    followed: tuple[Told, ...]
    overdue: tuple[str, ...]
    late: tuple[str, ...]


def register_facts(ground: BriefingGround) -> RegisterFacts:
    """Gather the register near a school, or in all areas, and the actions there and anywhere else."""
    register = hotspots.hotspots(ground.store, ground.board)
    near = _near(ground, register)
    names = dict(zip(register[c.REFERENCE], register[c.NAME], strict=True))
    here = set(near[c.REFERENCE])
    every = actions.actions(ground.store, ground.board)
    listed = owed_actions([one for one in every if one.reference is None or one.reference in here], names, ground.today)
    since = _since(ground)
    done = [one for one in listed if one.action.done_on is not None and one.action.done_on >= since]
    owed = [one for one in listed if one.stand.state in (ActionState.LATE, ActionState.OWED)]
    reviews = [one for one in planned_reviews(near, ground.today) if one.days_late]
    states = _states(ground) if len(near) else {}
    closed = _closed_since(ground, near, since)
    return RegisterFacts(
        hotspots=_table(ground, near, states, since, closed),
        told=_told(ground, near, states, since, closed),
        done=tuple(_action(one) for one in done),
        owed=(
            *(_action(one) for one in owed),
            *(Told(f"Review of {one.name}. {_ended(one.said)} {_leads(one.lead)}") for one in reviews),
        ),
        followed=_followed(ground, done),
        overdue=tuple(one.name for one in reviews),
        late=tuple(f"{one.action.what}, {one.where}" for one in owed if one.stand.state is ActionState.LATE),
    )


def _near(ground: BriefingGround, register: Any) -> pd.DataFrame:
    """List the known hotspots near the school, nearest first, or those in all areas by name."""
    if ground.school is not None:
        return proximity.hotspots_within(register, ground.school, max(RINGS))
    inside = proximity.hotspots_inside(ground.areas, register)
    return pd.DataFrame(inside.drop(columns="geometry")).sort_values(c.NAME, ignore_index=True)


def _since(ground: BriefingGround) -> str:
    """Return the first day of the periods that are shown, ISO 8601."""
    first = ground.wide.choice.periods[0]
    if isinstance(ground.released, Protected):
        return next(one.first.isoformat() for one in ground.released.periods if one.key == first)
    return f"{first}-01"


def _states(ground: BriefingGround) -> Mapping[str, str]:
    """Return what data say of each known hotspot that is not closed, by its reference."""
    known = hotspots.entries(ground.store, ground.board)
    there = evidence.listed(ground.store, ground.board) if known else []
    found = [
        evidence.source_of(
            ground.store, ground.board, one, ground.near.points if ground.near and one == ground.dataset else None
        )
        for one in there
    ]
    states = evidence.states_by(known, found, ground.today)
    return dict(zip(states[c.REFERENCE], states["state"], strict=True))


def _table(
    ground: BriefingGround, near: pd.DataFrame, states: Mapping[str, str], since: str, closed: frozenset[str]
) -> Table | None:
    if near.empty:
        return None
    listed = register_table(near, ground.today).to_dict("records")
    away = (PaperColumn("Away", figures=True),) if ground.school is not None else ()
    columns = (
        PaperColumn("Place"),
        PaperColumn("Kind of harm"),
        PaperColumn("Status"),
        PaperColumn("Review"),
        PaperColumn("What data say"),
        *away,
    )
    rows = tuple(
        (
            str(row[c.NAME]),
            str(row[c.HARM]),
            _status(row, closed, since),
            capital(str(row["review"])),
            capital(IN_SHORT.get(states.get(row[c.REFERENCE], ""), _UNKNOWN)),
            *((say_metres(round(row[DISTANCE])),) if away else ()),
        )
        for row in listed
    )
    return Table(f"Known hotspots on the register {_within(ground)}", columns, rows, _source(ground))


def _status(row: Mapping[Any, Any], closed: frozenset[str], since: str) -> str:
    """Write a status, and whether the entry is new or was closed since a day."""
    status = str(row[c.STATUS])
    if row[c.REFERENCE] in closed:
        return f"{status} since {say_day(since)}"
    return f"{status}, new since {say_day(since)}" if _is_new(row, since) else status


def _is_new(row: Mapping[Any, Any], since: str) -> bool:
    return (as_day(row["first_reported"]) or "") >= since


def _closed_since(ground: BriefingGround, near: pd.DataFrame, since: str) -> frozenset[str]:
    """Return the references of the entries that were closed on a day or later."""
    closed = near.loc[near[c.STATUS].str.lower() == _CLOSED, c.REFERENCE]
    return frozenset(
        reference
        for reference in closed
        if any(
            one.what == _CLOSED and one.at[:10] >= since
            for one in hotspots.history(ground.store, ground.board, reference)
        )
    )


def _told(
    ground: BriefingGround,
    near: pd.DataFrame,
    states: Mapping[str, str],
    since: str,
    closed: frozenset[str],
) -> Told:
    """Say how many known hotspots there are, what is new, closed and due, and what data say of them."""
    what_is_due = due(near, (), ground.today).said  # actions are listed by themselves
    if near.empty:
        return Told(f"No known hotspot is on the register {_within(ground)}. {what_is_due}".strip())
    new = sum(_is_new(row, since) for row in near.to_dict("records"))
    number = how_many(len(near), "known hotspot is", "known hotspots are")
    changed = f"new since {say_day(since)}: {new or 'none'}; closed since then: {len(closed) or 'none'}"
    first = f"{number} on the register {_within(ground)} ({changed})."
    told = [states[one] for one in near[c.REFERENCE] if one in states]
    nothing = "No review is overdue."
    said = (first, what_is_due or nothing, say_states(told) if told else "")
    return Told(" ".join(filter(None, said)), "", _source(ground))


def _within(ground: BriefingGround) -> str:
    return "in these areas" if ground.school is None else f"within {REACH}"


def _source(ground: BriefingGround) -> str:
    return f"The register of known hotspots, {say_day(ground.today)}"


def _action(one: OwedAction) -> Told:
    return Told(f"{one.action.what}, {one.where}. {_ended(one.said)} {_leads(one.lead)}")


def _ended(said: str) -> str:
    return said if said.endswith("?") else f"{said}."


def _leads(lead: str) -> str:
    return f"Led by: {lead}."


def _followed(ground: BriefingGround, done: Sequence[OwedAction]) -> tuple[Told, ...]:
    """Say what followed the newest actions that were at a place, as far as these data can tell."""
    if not done:
        return ()
    register = hotspots.hotspots(ground.store, ground.board)
    at_places = responses(taken([one.action for one in done]), register, ground.areas)
    if not at_places:
        return ()
    scene = scene_of(
        ground.seen(ground.levels[0], ground.covered),
        ground.areas,
        graph_of(ground.areas.metres.to_numpy()),
        ground.covered[-1],
    )
    unit = p.unit_of(ground.covered)
    calendar = places.school_calendar(ground.store, ground.board, None)
    counts = count_periods(ground.released, scene.view, ground.dataset.gaps, unit, calendar)
    harm_of = {one.action.id: one.action.harm for one in done}
    newest = at_places[::-1][:MOST_FOLLOWED]
    return tuple(_what_followed(ground, one, harm_of[one.id], counts, scene) for one in newest)


def _what_followed(ground: BriefingGround, one: Response, harm: str | None, counts: PeriodCounts, scene: Scene) -> Told:
    present = views.harms_in(ground.released)
    harms = (harm,) if harm in present and harm is not None else usual_harms(present)
    groups = ", ".join(HARM_GROUPS[code] for code in harms)
    opening = f"{one.what}, {one.where} ({say_day(one.day)}), {groups}"
    try:
        found = _before_after(one, harms, counts, scene)
    except ThinDataError as thin:
        return Told(f"{opening}: {thin}")
    net = found.parts[0].found
    certain = UNLIKELY if net.net_high < 1 or net.net_low > 1 else COULD_BE
    return Told(f"{opening}: {found.sentence}", certain, ground.source((*found.before, *found.after)))


def _before_after(one: Response, harms: Sequence[str], counts: PeriodCounts, scene: Scene) -> BeforeAfter:
    at = position(one.day, counts.firsts, counts.lasts)
    if at is None:
        raise ThinDataError(before_after.NOT_COVERED)
    here = before_after.around(scene, one.areas)
    cube = counts.cube
    return before_after.before_after(by_unit(counts, harms), cube.periods, round(at), here, protected=cube.protected)
