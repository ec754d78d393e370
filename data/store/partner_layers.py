"""Layers from partners in the store: areas that a partnership hands over, with marking, source and a last day.

Who may see one is decided here, from the Principal: people of the organisation it was handed to, in a role that its
marking allows, up to its last day. To all others it is not there.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from data.principal import Principal
from data.store import blobs, deliveries, seals
from data.store import tables as t
from data.store.deliveries import Brought, DeliveryKind
from data.store.store import Store, added_by
from geo import columns as c
from geo.errors import InputError
from geo.register.handling import HANDLINGS, may_see, require_expiry

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True)
class NewLayer:
    """A layer to be kept: areas (``name``, polygons, EPSG:4326), its marking (a key of ``HANDLINGS``) and last day."""

    title: str
    source: str
    handling: str
    expires_on: date
    areas: gpd.GeoDataFrame


@dataclass(frozen=True)
class PartnerLayer:
    """One layer as a list shows it; ``digest`` names its shapes, ``size`` is how many there are."""

    id: int
    title: str
    source: str
    handling: str
    expires_on: date
    size: int
    digest: str
    added_at: str
    added_by: str

    def is_over(self, today: date) -> bool:
        """Return whether its last day is past, so that nobody sees it any more."""
        return today > self.expires_on


def add_layer(store: Store, principal: Principal, layer: NewLayer, today: date, brought: Brought) -> int:
    """Keep a layer; returns its number.

    Of ``brought`` only the digests of its files are written down: what a layer is called goes when it goes. Raises
    InputError for words that tell of a person, a marking that is not on the list or a last day too far ahead;
    PermissionError for somebody who could not see it.
    """
    from data.screening.kept_words import require_clean_kept

    require_clean_kept("The title", [layer.title])
    require_clean_kept("The source", [layer.source])
    require_clean_kept("The name of a shape", layer.areas[c.NAME], are_places=True)
    require_expiry(layer.expires_on, today)
    _require_marking(principal, layer.handling)
    content = io.BytesIO()
    layer.areas[[c.NAME, "geometry"]].to_parquet(content, index=False, compression="zstd")
    values: dict[str, Any] = {
        "owner": principal.organisation,
        "title": layer.title,
        "source": layer.source,
        "handling": layer.handling,
        "expires_on": layer.expires_on.isoformat(),
        "size": len(layer.areas),
        **added_by(principal),
    }
    with store.writing(principal, "add partner layer", lambda: f"partner layer {number}") as connection:
        number = seals.insert(
            connection, t.partner_layer, {**values, "shapes": blobs.put(connection, content.getvalue())}
        )
        files = tuple(replace(one, name=None) for one in brought.files)
        said = Brought(f"layer {number}", files, brought.size)
        kind = DeliveryKind.PARTNER_LAYER
        deliveries.record(connection, principal, kind, said, rows=len(layer.areas), number=number)
    return number


def layers(store: Store, principal: Principal) -> list[PartnerLayer]:
    """List the layers that this person may see, newest first, those too whose last day is past."""
    query = sa.select(t.partner_layer).where(t.partner_layer.c.owner == principal.organisation)
    with store.reading(principal) as connection:
        rows = connection.execute(query.order_by(t.partner_layer.c.id.desc())).all()
        for row in rows:
            seals.require_seal(connection, row._mapping, f"partner layer {row.id}")
    return [_listed(row) for row in rows if may_see(row.handling, principal.role.value)]


def layer_areas(store: Store, principal: Principal, layer_id: int, today: date) -> gpd.GeoDataFrame:
    """Load the areas of a layer: ``name`` and polygons (EPSG:4326).

    Raises InputError where this person may see none with this number, or its last day is past.
    """
    import geopandas as gpd

    one = _visible(store, principal, layer_id)
    if one.is_over(today):
        raise InputError(
            f"A layer from partners is shown up to its last day, and that of layer {layer_id} is past; ask the partner "
            "for a new one, or remove it."
        )
    with store.reading(principal) as connection:
        content = blobs.get(connection, one.digest, f"partner layer {layer_id}")
    return gpd.read_parquet(io.BytesIO(content))


def remove_layer(store: Store, principal: Principal, layer_id: int) -> None:
    """Remove a layer and the room it took on the disk.

    Raises InputError where this person may see none with this number.
    """
    _visible(store, principal, layer_id)
    with store.writing(principal, "remove partner layer", f"partner layer {layer_id}") as connection:
        take_out(connection, principal, layer_id)
        blobs.remove_unheld(connection)
    store.free_pages(principal)


def remove_over(store: Store, principal: Principal, last_day: date) -> list[int]:
    """Remove the layers of the person's organisation whose last day was before ``last_day``; returns their numbers."""
    mine = t.partner_layer.c.owner == principal.organisation
    old = sa.and_(mine, t.partner_layer.c.expires_on < last_day.isoformat())
    with store.reading(principal) as connection:
        numbers = [int(one) for one in connection.scalars(sa.select(t.partner_layer.c.id).where(old))]
    for number in numbers:
        with store.writing(principal, "remove partner layer", f"partner layer {number}") as connection:
            take_out(connection, principal, number)
            blobs.remove_unheld(connection)
    if numbers:
        store.free_pages(principal)
    return numbers


def take_out(connection: sa.Connection, principal: Principal, layer_id: int) -> None:
    """Take a layer out within the caller's transaction, and mark its delivery as undone; blobs are the caller's."""
    its = sa.and_(t.delivery.c.kind == DeliveryKind.PARTNER_LAYER.value, t.delivery.c.number == layer_id)
    connection.execute(t.partner_layer.delete().where(t.partner_layer.c.id == layer_id))
    deliveries.mark_undone(connection, principal, its)


def _visible(store: Store, principal: Principal, layer_id: int) -> PartnerLayer:
    found = next((one for one in layers(store, principal) if one.id == layer_id), None)
    if found is None:
        raise InputError(
            f"A layer from partners must be named by its number, and there is no layer {layer_id}; the Datasets page "
            "lists those there are."
        )
    return found


def _require_marking(principal: Principal, handling: str) -> None:
    if handling not in HANDLINGS:
        raise InputError(
            f"A handling marking must be one of {', '.join(HANDLINGS)}, and this one is not; choose one of those."
        )
    if not may_see(handling, principal.role.value):
        raise PermissionError(
            f"A layer marked {HANDLINGS[handling].label} is brought in by those who may see it, and your role may not; "
            "ask your safeguarding lead."
        )


def _listed(row: sa.Row[Any]) -> PartnerLayer:
    return PartnerLayer(
        row.id,
        row.title,
        row.source,
        row.handling,
        date.fromisoformat(row.expires_on),
        row.size,
        row.shapes,
        row.added_at,
        row.added_by,
    )
