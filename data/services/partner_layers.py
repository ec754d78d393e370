"""Layers from partners: bringing one in from a file, drawing it for who may see it, and letting go of old ones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from data.formats.sources import Source
from data.principal import Principal
from data.records.partner_layers import PartnerShapes, read_partner_shapes
from data.sandbox import run_sandboxed
from data.services import brought
from data.services.limits import limits_for
from data.store import deliveries, partner_layers
from data.store.deliveries import DeliveryKind
from data.store.partner_layers import NewLayer, PartnerLayer
from data.store.store import AlreadyThereError, Store
from geo.areas.drawing import pack_drawing
from geo.errors import InputError
from geo.register.handling import require_expiry
from geo.register.partner_drawing import partner_drawing

Progress = Callable[[float, str], None]
KEPT_AFTER: Final = timedelta(days=30)  # how long a layer whose last day is past is listed before it goes by itself


@dataclass(frozen=True)
class LayerRequest:
    """What is said of a layer by whoever brings it in: ``handling`` is a key of ``HANDLINGS``."""

    title: str
    source: str
    handling: str
    expires_on: date


def bring_in(
    store: Store, principal: Principal, file: Source, asked: LayerRequest, today: date, tell: Progress | None = None
) -> tuple[int, tuple[str, ...]]:
    """Read a layer and keep it; return its number, and notes of what was left out.

    Raises InputError for a file or words that cannot be used, AlreadyThereError where the same file is here and its
    last day is not past.
    """
    for what, text in (("title", asked.title), ("source", asked.source)):
        if not text.strip():
            raise InputError(f"A layer from partners must have a {what}, and this one has none; say it.")
    require_expiry(asked.expires_on, today)
    _require_new(store, principal, file, today)
    found: PartnerShapes = run_sandboxed(read_partner_shapes, file, progress=tell, limits=limits_for(file))
    layer = NewLayer(asked.title.strip(), asked.source.strip(), asked.handling, asked.expires_on, found.areas)
    told = brought.of("", [file], named=False)
    return partner_layers.add_layer(store, principal, layer, today, told), found.notes


def shown(store: Store, principal: Principal, today: date) -> list[PartnerLayer]:
    """List the layers that a person sees on a day, newest first."""
    return [one for one in partner_layers.layers(store, principal) if not one.is_over(today)]


def packed_drawing(store: Store, principal: Principal, digest: str, today: date) -> bytes | None:
    """Return what a browser draws of the layer whose shapes a digest names (gzipped GeoJSON).

    None where this person may see no such layer on this day.
    """
    one = next((one for one in shown(store, principal, today) if one.digest == digest), None)
    if one is None:
        return None
    return pack_drawing(partner_drawing(partner_layers.layer_areas(store, principal, one.id, today)))[1]


def let_go(store: Store, principal: Principal, today: date) -> list[int]:
    """Remove the layers whose last day is past for longer than ``KEPT_AFTER``; returns their numbers."""
    return partner_layers.remove_over(store, principal, today - KEPT_AFTER)


def _require_new(store: Store, principal: Principal, file: Source, today: date) -> None:
    known = deliveries.known_files(store, principal, [file.fingerprint()]).values()
    here = {one.number for one in known if one.kind is DeliveryKind.PARTNER_LAYER and one.undone_at is None}
    for one in shown(store, principal, today):
        if one.id in here:
            raise AlreadyThereError("partner layer", one.id)
