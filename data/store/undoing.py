"""Undoing deliveries in the store: each in one transaction, and never over what was changed since.

Facts of areas are put back by ``data.store.area_facts``, which draws the areas anew.
"""

from typing import Final

import sqlalchemy as sa

from data.principal import LOCAL_USER, Principal
from data.store import area_facts, blobs, deliveries, hotspots, partner_layers, row_changes, versions
from data.store import tables as t
from data.store.deliveries import OWN, Delivery, DeliveryKind
from data.store.store import Store, require_keeper
from geo.errors import InputError
from geo.wording import how_many

FACTS: Final = tuple(area_facts.COLUMNS)
_LISTED: Final = {  # the table whose rows a list adds to, and what one and several of them are called
    DeliveryKind.SCHOOLS: (t.school, "school", "schools"),
    DeliveryKind.HOTSPOTS: (t.hotspot, "known hotspot", "known hotspots"),
    DeliveryKind.ACTIONS: (t.action, "action", "actions"),
    DeliveryKind.CONTACTS: (t.organisation_list, "list of contacts", "lists of contacts"),
    DeliveryKind.TEACHING: (t.organisation_list, "list of what to teach", "lists of what to teach"),
    DeliveryKind.ORIGINS: (t.pupil_origin, "postcode sector", "postcode sectors"),
}


def obstacle(store: Store, principal: Principal, delivery: Delivery) -> str | None:
    """Return the sentence why a delivery cannot be undone as things are; None where it can."""
    with store.reading(principal) as connection:
        return _obstacle(connection, principal, delivery)


def take_back(store: Store, principal: Principal, delivery: Delivery) -> tuple[int, int]:
    """Undo a delivery of any kind but facts of areas, in one transaction.

    Returns how many things are again what they were before, and how many are gone. Raises InputError, with the sentence
    of ``obstacle``, where it cannot be undone; PermissionError for a role that may not.
    """
    if delivery.kind is DeliveryKind.BASE_MAP:
        require_keeper(principal)
    with store.writing(principal, "undo", f"delivery {delivery.id}: {delivery.kind}") as connection:
        why = _obstacle(connection, principal, delivery)
        if why is not None:
            raise InputError(why)
        done = _take_back(connection, principal, delivery)
        deliveries.mark_undone(connection, principal, t.delivery.c.id == delivery.id)
        blobs.remove_unheld(connection)
    store.free_pages(principal)
    return done


def _obstacle(connection: sa.Connection, principal: Principal, delivery: Delivery) -> str | None:
    undone_at = connection.execute(sa.select(t.delivery.c.undone_at).where(t.delivery.c.id == delivery.id)).first()
    if undone_at is None or undone_at[0] is not None:
        return "This is undone already."
    if delivery.owner != principal.organisation and not _keeps(principal, delivery):
        return "Only the organisation that brought this in can undo it; ask it to."
    if delivery.kind in FACTS:
        return area_facts.newer(connection, delivery)
    if delivery.kind is DeliveryKind.AREAS:
        return _counting(connection, delivery)
    if delivery.kind is DeliveryKind.INCIDENTS:
        return _superseded(connection, delivery)
    return _of_list(connection, delivery) if delivery.kind in _LISTED else None


def _keeps(principal: Principal, delivery: Delivery) -> bool:
    """Return whether a person's organisation keeps the store, and with it all that is everybody's."""
    return principal.organisation == LOCAL_USER.organisation and delivery.kind not in OWN


def _counting(connection: sa.Connection, delivery: Delivery) -> str | None:
    counting = sa.select(sa.func.count(sa.distinct(t.version.c.dataset_id)))
    number = connection.scalar(counting.where(t.version.c.area_set_id == delivery.number)) or 0
    if not number:
        return None
    counts, them = ("dataset counts", "it") if number == 1 else ("datasets count", "them")
    return f"{number:,} {counts} by these areas; remove {them} first."


def _superseded(connection: sa.Connection, delivery: Delivery) -> str | None:
    current = connection.scalar(sa.select(t.dataset.c.current).where(t.dataset.c.id == delivery.number))
    if current == delivery.version:
        return None
    return (
        f"Version {current} of “{delivery.title}” is shown by now; remove this one under History, or undo that one "
        "first."
    )


def _of_list(connection: sa.Connection, delivery: Delivery) -> str | None:
    """Say that what a list added or replaced was changed since, or that other things hang on what it added."""
    content = _content(connection, delivery)
    table, one, several = _LISTED[delivery.kind]
    changed = row_changes.changed_since(connection, content)
    if changed:
        were = how_many(changed, f"{one} of this list was", f"{several} of this list were")
        return f"{were} changed since, and a later change would be lost; undo that first."
    new = {key[0] for key in row_changes.new_keys(content, table)}
    if delivery.kind is DeliveryKind.SCHOOLS:
        own = sum(urn in new for urn in connection.scalars(sa.select(t.calendar_school.c.urn).distinct()))
        has = how_many(own, "school of this list has", "schools of this list have")
        return f"{has} term dates of their own by now; undo those first." if own else None
    if delivery.kind is DeliveryKind.HOTSPOTS:
        owned = sa.select(t.action.c.reference).where(t.action.c.owner == delivery.owner)
        acted = sum(reference in new for reference in connection.scalars(owned))
        has = how_many(acted, "action was", "actions were")
        return f"{has} added to hotspots of this list since; undo or remove those first." if acted else None
    return None


def _take_back(connection: sa.Connection, principal: Principal, delivery: Delivery) -> tuple[int, int]:
    number = delivery.number or 0
    if delivery.kind in _LISTED:
        content = _content(connection, delivery)
        before = row_changes.present(connection, [t.hotspot], principal.organisation)
        row_changes.put_back(connection, content)
        hotspots.note_undone(connection, principal, before)
        return row_changes.counted(content, _LISTED[delivery.kind][0])
    if delivery.kind is DeliveryKind.INCIDENTS:
        return (1, 0) if versions.delete_shown(connection, principal, number) else (0, 1)
    if delivery.kind is DeliveryKind.AREAS:
        deliveries.mark_undone(connection, principal, t.delivery.c.area_set_id == number)
        connection.execute(t.area_set.delete().where(t.area_set.c.id == number))
    elif delivery.kind is DeliveryKind.TERM_DATES:
        connection.execute(t.calendar.delete().where(t.calendar.c.id == number))
    elif delivery.kind is DeliveryKind.PARTNER_LAYER:
        partner_layers.take_out(connection, principal, number)
    else:
        connection.execute(t.base_map.delete().where(t.base_map.c.id == number))
    return 0, 1


def _content(connection: sa.Connection, delivery: Delivery) -> bytes:
    name = connection.scalar(sa.select(t.delivery.c.before).where(t.delivery.c.id == delivery.id))
    return blobs.get(connection, str(name), f"delivery {delivery.id}")
