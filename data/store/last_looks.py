"""When a person last looked at the list of datasets, so that it can say what is new since."""

from typing import Final

import sqlalchemy as sa

from data.principal import Principal
from data.store import tables as t
from data.store.store import Store, now

LOOKED: Final = "look at datasets"


def last_look(store: Store, principal: Principal) -> str | None:
    """Return the moment at which this person last looked ("2026-11-25T09:30:00+00:00"); None if they never did."""
    with store.reading(principal) as connection:
        found = connection.scalar(sa.select(t.last_look.c.looked_at).where(_this(principal)))
    return None if found is None else str(found)


def look(store: Store, principal: Principal) -> None:
    """Write down that this person looks now. Raises PermissionError for a person whose role only looks."""
    with store.writing(principal, LOOKED, principal.who) as connection:
        values = {"looked_at": now()}
        if not connection.execute(t.last_look.update().where(_this(principal)).values(values)).rowcount:
            key = {"owner": principal.organisation, "who": principal.who}
            connection.execute(t.last_look.insert().values(key | values))


def _this(principal: Principal) -> sa.ColumnElement[bool]:
    return sa.and_(t.last_look.c.owner == principal.organisation, t.last_look.c.who == principal.who)
