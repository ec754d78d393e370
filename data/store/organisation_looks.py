"""What an organisation's papers look like: its name, its logo and its own Word template, each put in or taken out."""

from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from data.principal import Principal
from data.screening.kept_words import require_clean_kept
from data.store import blobs, seals
from data.store import tables as t
from data.store.store import Store, added_by

PUT: Final = "put look"  # actions of the audit
TAKEN_OUT: Final = "remove look"


class LookKind(StrEnum):
    """A part of the look."""

    NAME = "name"
    LOGO = "logo"
    TEMPLATE = "template"


def put_look(store: Store, principal: Principal, look_kind: LookKind, content: bytes) -> None:
    """Put a part of the look of the person's organisation in the place of the one before; empty bytes take it out.

    Whoever calls has checked a logo and a template. Raises InputError for a name that tells who a person is.
    """
    if look_kind is LookKind.NAME:
        require_clean_kept("The name of the organisation", [content.decode()], are_places=True)
    values: dict[str, Any] = {"owner": principal.organisation, "kind": look_kind.value, **added_by(principal)}
    with store.writing(principal, PUT if content else TAKEN_OUT, look_kind.value) as connection:
        own = (t.organisation_look.c.owner == principal.organisation, t.organisation_look.c.kind == look_kind.value)
        connection.execute(t.organisation_look.delete().where(*own))
        if content:
            row = {**values, "content": blobs.put(connection, content)}
            connection.execute(t.organisation_look.insert(), seals.sealed(connection, row))
        blobs.remove_unheld(connection)
    store.free_pages(principal)


def look(store: Store, principal: Principal) -> dict[LookKind, bytes]:
    """Return the parts of the look that the person's organisation has put in. Raises DamagedError for a changed one."""
    query = sa.select(t.organisation_look).where(t.organisation_look.c.owner == principal.organisation)
    with store.reading(principal) as connection:
        found: dict[LookKind, bytes] = {}
        for row in connection.execute(query).mappings().all():
            seals.require_seal(connection, row, f"the {row['kind']} of papers")
            found[LookKind(row["kind"])] = blobs.get(connection, row["content"], f"the {row['kind']} of papers")
    return found
