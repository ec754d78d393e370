"""Undoing what was brought in: whether a delivery can be undone, and doing it, each in one sentence."""

from data.principal import Principal
from data.services import area_facts, visibility
from data.store import datasets, deliveries
from data.store import undoing as in_store
from data.store.deliveries import Delivery, DeliveryKind
from data.store.store import Store
from geo.errors import InputError
from geo.wording import how_many

_LISTED = {
    DeliveryKind.SCHOOLS: ("school", "schools"),
    DeliveryKind.HOTSPOTS: ("known hotspot", "known hotspots"),
    DeliveryKind.ACTIONS: ("action", "actions"),
    DeliveryKind.CONTACTS: ("list of contacts", "lists of contacts"),
    DeliveryKind.TEACHING: ("list of what to teach", "lists of what to teach"),
    DeliveryKind.ORIGINS: ("place that pupils set out from", "places that pupils set out from"),
}
_SINGLE = (DeliveryKind.BASE_MAP, DeliveryKind.PARTNER_LAYER)
_RELEASED = " What others see stays as it was released, and the next version corrects it."


def can_undo(store: Store, principal: Principal, delivery: Delivery) -> str | None:
    """Return None where a delivery can be undone as things are, else the sentence why not."""
    return in_store.obstacle(store, principal, delivery)


def undo(store: Store, principal: Principal, delivery_id: int) -> str:
    """Undo a delivery, all of it or nothing, and return the sentence of what is so now.

    What stood before is put back, and what was new is gone. Raises InputError, with the sentence of ``can_undo``, where
    that would lose something later; PermissionError for a role that may not.
    """
    one = deliveries.delivery(store, principal, delivery_id)
    if one.kind in in_store.FACTS:
        why = can_undo(store, principal, one)
        if why is not None:
            raise InputError(why)
        area_facts.take_back(store, principal, one)
        return f"Undone: the {one.kind} of “{one.title}” are as they were before."
    before, gone = in_store.take_back(store, principal, one)
    if one.kind in _LISTED:
        return _said_of_list(one, before, gone)
    if one.kind is DeliveryKind.INCIDENTS:
        return _said_of_dataset(store, principal, one, stays=bool(before))
    return f"Undone: the {one.kind} “{one.title}” {'is' if one.kind in _SINGLE else 'are'} gone."


def _said_of_list(one: Delivery, before: int, gone: int) -> str:
    word, words = _LISTED[one.kind]
    parts = []
    if before:
        parts.append(f"{how_many(before, f'{word} is as it was', f'{words} are as they were')} before")
    if gone:
        parts.append(f"{gone:,} that {'was' if gone == 1 else 'were'} new {'is' if gone == 1 else 'are'} gone")
    return f"Undone: {' and '.join(parts) or 'nothing had changed'}."


def _said_of_dataset(store: Store, principal: Principal, one: Delivery, *, stays: bool) -> str:
    if not stays or one.number is None:
        return f"Undone: nothing of “{one.title}” is saved."
    dataset = datasets.load_dataset(store, principal, one.number)
    released = visibility.release_of(store, principal, dataset) is not None
    said = f"Undone: version {dataset.number} of “{dataset.title}” is shown again."
    return said + (_RELEASED if released else "")
