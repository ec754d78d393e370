"""Layers from partners at rest: seen by whom their marking lets, up to their last day, and then gone from the disk."""

from dataclasses import replace
from datetime import date, timedelta

import geopandas as gpd
import pytest
import shapely

from data.principal import LOCAL_USER, Principal, Role
from data.services import partner_layers as service
from data.services import undoing
from data.store import deliveries, partner_layers
from data.store import tables as t
from data.store.deliveries import Brought, BroughtFile, DeliveryKind
from data.store.partner_layers import NewLayer
from data.store.store import Store
from geo.errors import InputError
from geo.register.handling import HANDLINGS
from tests.unit.data.persons import ADMIN, BOARD, DSL, STRANGER, welcome
from tests.unit.data.store.inside import held, rows

TODAY = date(2026, 11, 29)
LAST = TODAY + timedelta(days=30)
AREAS = gpd.GeoDataFrame(
    {"name": ["Station"], "score": [3]}, geometry=[shapely.box(-1.48, 53.37, -1.47, 53.38)], crs="EPSG:4326"
)
LAYER = NewLayer("Priority areas", "A partnership", "official-sensitive", LAST, AREAS)
FILES = Brought("not told", (BroughtFile("f", "Sarah.geojson"),), 10)


def add(store: Store, layer: NewLayer = LAYER, person: Principal = LOCAL_USER) -> int:
    return partner_layers.add_layer(store, person, layer, TODAY, FILES)


def drawing_of(store: Store, person: Principal, number: int, today: date = TODAY) -> bytes | None:
    digest = next(row["shapes"] for row in rows(store, t.partner_layer) if row["id"] == number)
    return service.packed_drawing(store, person, digest, today)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("handling", HANDLINGS)
def test_each_role_sees_what_the_marking_lets_it_in_list_shapes_and_drawing(
    store: Store, handling: str, role: Role
) -> None:
    number, person = add(store, replace(LAYER, handling=handling)), replace(LOCAL_USER, role=role)
    if role.value in HANDLINGS[handling].roles:
        assert [one.id for one in partner_layers.layers(store, person)] == [number]
        assert list(partner_layers.layer_areas(store, person, number, TODAY).columns) == ["name", "geometry"]
        assert drawing_of(store, person, number) is not None
    else:
        assert partner_layers.layers(store, person) == []
        assert drawing_of(store, person, number) is None
        with pytest.raises(InputError, match=f"there is no layer {number}"):
            partner_layers.layer_areas(store, person, number, TODAY)
        with pytest.raises((InputError, PermissionError)):
            partner_layers.remove_layer(store, person, number)


def test_another_organisation_sees_nothing_and_removes_nothing(store: Store) -> None:
    welcome(store)
    number = add(store, replace(LAYER, handling="official"))
    before = held(store)
    assert partner_layers.layers(store, STRANGER) == []
    assert drawing_of(store, STRANGER, number) is None
    assert partner_layers.remove_over(store, STRANGER, date(2100, 1, 1)) == []
    for act in (partner_layers.layer_areas, lambda *told: partner_layers.remove_layer(*told[:3])):
        with pytest.raises(InputError, match="there is no layer"):
            act(store, STRANGER, number, TODAY)
    assert held(store) == before


@pytest.mark.parametrize("handling", HANDLINGS)
def test_after_its_last_day_nobody_sees_it_and_those_who_may_are_told(store: Store, handling: str) -> None:
    number = add(store, replace(LAYER, handling=handling))
    after = LAST + timedelta(days=1)
    assert drawing_of(store, DSL, number, LAST) is not None
    for role in Role:
        person = replace(LOCAL_USER, role=role)
        assert drawing_of(store, person, number, after) is None
        assert service.shown(store, person, after) == []
    assert [one.is_over(after) for one in partner_layers.layers(store, DSL)] == [True]
    with pytest.raises(InputError, match="ask the partner for a new one, or remove it"):
        partner_layers.layer_areas(store, DSL, number, after)


def test_what_is_removed_is_freed_and_leaves_no_word_behind(store: Store) -> None:
    number = add(store)
    partner_layers.remove_layer(store, LOCAL_USER, number)
    everything = repr(held(store))
    assert rows(store, t.partner_layer) == []
    assert rows(store, t.blob) == []
    for word in ("Priority", "partnership", "Sarah", "Station"):
        assert word not in everything
    [delivery] = deliveries.deliveries(store, LOCAL_USER)
    assert (delivery.title, delivery.kind, delivery.source) == (f"layer {number}", DeliveryKind.PARTNER_LAYER, None)
    assert delivery.undone_at is not None


def test_it_goes_by_itself_thirty_days_after_its_last(store: Store) -> None:
    number = add(store)
    assert service.let_go(store, LOCAL_USER, LAST + service.KEPT_AFTER) == []
    assert service.let_go(store, LOCAL_USER, LAST + service.KEPT_AFTER + timedelta(days=1)) == [number]
    assert rows(store, t.partner_layer) == []


def test_undoing_its_delivery_removes_it(store: Store) -> None:
    number = add(store)
    [delivery] = deliveries.deliveries(store, LOCAL_USER)
    assert undoing.undo(store, LOCAL_USER, delivery.id) == f"Undone: the partner layer “layer {number}” is gone."
    assert partner_layers.layers(store, LOCAL_USER) == []


def test_the_audit_names_it_by_number_alone(store: Store) -> None:
    number = add(store)
    assert rows(store, t.audit)[-1]["subject"] == f"partner layer {number}"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "Sarah Thompson"},
        {"source": "sgt 07700 900123"},
        {"areas": AREAS.assign(name=["sarah@school.example"])},
        {"handling": "secret"},
        {"expires_on": TODAY - timedelta(days=1)},
        {"expires_on": TODAY + timedelta(days=400)},
    ],
    ids=["title", "source", "name", "marking", "past", "far"],
)
def test_words_that_tell_of_a_person_and_what_the_lists_do_not_know_are_refused(
    store: Store, wrong: dict[str, object]
) -> None:
    before = held(store)
    with pytest.raises(InputError):
        add(store, replace(LAYER, **wrong))
    assert held(store) == before


def test_nobody_brings_in_what_they_could_not_see(store: Store) -> None:
    for person in (ADMIN, BOARD):
        with pytest.raises(PermissionError):
            add(store, person=person)
