"""Lists that an organisation keeps of its own, each whole: who to tell, and what to teach."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from data.principal import Principal
from data.screening.kept_words import require_clean_kept
from data.store import blobs, deliveries, row_changes, seals
from data.store import tables as t
from data.store.deliveries import Brought, DeliveryKind
from data.store.store import Store, added_by

LISTS: Final = (DeliveryKind.CONTACTS, DeliveryKind.TEACHING)
# What a service is reached by: in a list of contacts, and nowhere else, these may hold addresses and numbers.
REACHED_BY: Final = ("phone", "email", "web")

Entry = Mapping[str, Any]


def put_list(
    store: Store, principal: Principal, list_kind: DeliveryKind, listed: Sequence[Entry], brought: Brought | None = None
) -> int:
    """Put a list in the place of the organisation's own of this kind; returns how many entries it has.

    ``brought`` is what is written down of its file. Raises InputError for words that tell who a person is.
    """
    _require_clean(listed, is_guidance=list_kind is DeliveryKind.TEACHING)
    values: dict[str, Any] = {"owner": principal.organisation, "kind": list_kind.value}
    values |= {"entries": [dict(one) for one in listed], **added_by(principal)}
    with store.writing(principal, f"put {list_kind}", f"{len(listed)} entries") as connection:
        before = row_changes.present(connection, [t.organisation_list], principal.organisation) if brought else {}
        connection.execute(t.organisation_list.delete().where(_this(principal, list_kind)))
        connection.execute(t.organisation_list.insert(), seals.sealed(connection, values))
        if brought:
            after = row_changes.present(connection, [t.organisation_list], principal.organisation)
            named = blobs.put(connection, row_changes.packed(before, after))
            deliveries.record(connection, principal, list_kind, brought, rows=len(listed), before=named)
    return len(listed)


def organisation_list(store: Store, principal: Principal, list_kind: DeliveryKind) -> list[dict[str, Any]] | None:
    """Return the entries of the organisation's own list of a kind; None where it keeps none.

    Raises DamagedError for a list that is not as it was sealed.
    """
    with store.reading(principal) as connection:
        row = connection.execute(sa.select(t.organisation_list).where(_this(principal, list_kind))).mappings().first()
        if row is None:
            return None
        seals.require_seal(connection, row, f"the list of {list_kind}")
        return [dict(one) for one in row["entries"]]


def _require_clean(listed: Sequence[Entry], *, is_guidance: bool) -> None:
    for name in dict.fromkeys(name for one in listed for name in one):
        if name not in REACHED_BY:
            texts = [one.get(name) for one in listed]
            named = [text for text in texts if isinstance(text, str)]
            what = f"The column “{name}” of a list"
            require_clean_kept(what, named, are_places=name == "area", is_guidance=is_guidance)


def _this(principal: Principal, list_kind: DeliveryKind) -> sa.ColumnElement[bool]:
    own = t.organisation_list.c
    return sa.and_(own.owner == principal.organisation, own.kind == list_kind.value)
