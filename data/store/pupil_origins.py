"""Where pupils of a school set out for it, as an organisation keeps it for each of its schools."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from data.principal import Principal
from data.screening.kept_words import require_clean_kept
from data.store import blobs, deliveries, row_changes, seals
from data.store import tables as t
from data.store.deliveries import Brought, DeliveryKind
from data.store.store import Store, added_by
from geo.errors import InputError
from geo.walking.pupil_origin import KINDS, LEAST, ROUNDED, PupilOrigin


def put_origins(
    store: Store,
    principal: Principal,
    urn: str,
    origins: Sequence[PupilOrigin],
    brought: Brought | None = None,
) -> int:
    """Keep where pupils of a school (its URN) set out from, in the place of all that was kept for it; count them.

    ``brought`` is what is written down of the file they came in. Raises InputError for a kind that is not known and for
    pupils that are fewer than ten or not to the nearest five, and for a name that tells of a person.
    """
    require_clean_kept("The name of a place that pupils set out from", [one.name for one in origins], are_places=True)
    _require_told_coarsely(origins)
    with store.writing(principal, "put pupil origins", f"{len(origins)} places") as connection:
        before = row_changes.present(connection, [t.pupil_origin], principal.organisation) if brought else {}
        connection.execute(t.pupil_origin.delete().where(_of(principal, urn)))
        records = [seals.sealed(connection, _row(principal, urn, one)) for one in _each_once(origins)]
        if records:
            connection.execute(t.pupil_origin.insert(), records)
        if brought:
            after = row_changes.present(connection, [t.pupil_origin], principal.organisation)
            named = blobs.put(connection, row_changes.packed(before, after))
            deliveries.record(connection, principal, DeliveryKind.ORIGINS, brought, rows=len(records), before=named)
    return len(records)


def origins(store: Store, principal: Principal, urn: str) -> list[PupilOrigin]:
    """List where pupils of a school set out from, as the person's organisation keeps it, by name."""
    query = sa.select(t.pupil_origin).where(_of(principal, urn)).order_by(t.pupil_origin.c.name)
    with store.reading(principal) as connection:
        rows = connection.execute(query).mappings().all()
        for row in rows:
            seals.require_seal(connection, row, "where pupils come from")
    return [PupilOrigin(row["name"], row["kind"], row["lon"], row["lat"], row["pupils"]) for row in rows]


def _of(principal: Principal, urn: str) -> sa.ColumnElement[bool]:
    return sa.and_(t.pupil_origin.c.owner == principal.organisation, t.pupil_origin.c.urn == urn)


def _row(principal: Principal, urn: str, one: PupilOrigin) -> dict[str, Any]:
    return {"owner": principal.organisation, "urn": urn, **vars(one), **added_by(principal)}


def _each_once(listed: Sequence[PupilOrigin]) -> list[PupilOrigin]:
    return list({one.name: one for one in listed}.values())


def _require_told_coarsely(listed: Sequence[PupilOrigin]) -> None:
    for one in listed:
        told = one.pupils is None or (one.pupils >= LEAST and one.pupils % ROUNDED == 0)
        if one.kind not in KINDS or not told:
            raise InputError(
                f"Where pupils come from must be a postcode sector with at least {LEAST} pupils, to the nearest "
                f"{ROUNDED}, or a named place, and one entry is neither; correct it."
            )
