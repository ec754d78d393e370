"""What is owed as the page shows it: gathered once, and as a table that sorts and prints."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo import columns as c
from geo.register.action import Action
from geo.register.markers import say_day
from geo.register.owed import OwedAction, PlannedReview, owed_actions, planned_reviews
from pages.components.cached import loads
from pages.components.cached.cache_keys import Asker
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column

_COLUMNS = (
    Column("what", "What"),
    Column("where", "Where"),
    Column("kind", "Kind", wide_only=True),
    Column("lead", "Who leads"),
    Column("due", "Due", wide_only=True),
    Column("said", "How it stands"),
)


@dataclass(frozen=True)
class Owed:
    """All actions as they stand, and the reviews of hotspots that are planned."""

    actions: Sequence[OwedAction]
    reviews: Sequence[PlannedReview]


def gather(asking: Asker) -> Owed:
    """Gather the actions and the reviews of the person's organisation."""
    register = loads.register(asking)
    names = dict(zip(register[c.REFERENCE], register[c.NAME], strict=True))
    return Owed(owed_actions(loads.actions(asking), names, asking.today), planned_reviews(register, asking.today))


def said_below(owed: Owed) -> str:
    """Say what the page is for, or what to do first where nothing is recorded (HTML)."""
    if owed.actions:
        return chrome.quiet(
            "Three months after an action is done it is asked here whether it helped, until somebody says so, for a "
            "year."
        )
    return chrome.quiet(
        "Record the first thing that you do or plan: an assembly, a letter, lighting, an adult at a stop."
    )


def table_html(listed: Sequence[OwedAction]) -> str:
    """Write all actions as a folded table (HTML)."""
    if not listed:
        return ""
    rows = [
        {
            "what": one.action.what,
            "where": one.where,
            "kind": one.kind,
            "lead": one.lead,
            "due": _day(one.action),
            "said": one.said,
        }
        for one in listed
    ]
    table = html_tables.html_table("Actions", _COLUMNS, rows, order="the most pressing first")
    return f'<details class="lc-as-table"><summary>Show as table</summary>{table}</details>'


def _day(action: Action) -> str | None:
    return None if action.due_on is None else say_day(action.due_on)
