"""The two lenses: who may see exact counts, and that nothing unreleased can be shared."""

import pytest

from data import lens, setting_up
from data.principal import LOCAL_USER, Principal, Role
from data.store import datasets
from data.store.datasets import Access
from data.store.store import Store
from geo.errors import InputError, RefusedError
from geo.released import Exact, Released
from tests.unit.data import small_place

OWNER = LOCAL_USER.organisation


@pytest.fixture
def protected(store: Store) -> datasets.Dataset:
    """Give a protected dataset of the local organisation."""
    setting_up.add_areas(store, LOCAL_USER, small_place.area_files())
    number = small_place.add(store, small_place.incidents())
    return datasets.load_dataset(store, LOCAL_USER, number)


@pytest.fixture
def opened(store: Store) -> datasets.Dataset:
    """Give an open dataset of the local organisation."""
    return datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))


@pytest.mark.parametrize("role", Role)
def test_open_counts_are_released_to_everyone_as_counted(store: Store, opened: datasets.Dataset, role: Role) -> None:
    for organisation in (OWNER, "another"):
        counts = lens.counts_of(store, Principal("someone", organisation, role), opened)
        assert isinstance(counts, Released)
        assert int(counts.cube.n.sum()) == 7


@pytest.mark.parametrize("role", Role)
def test_exact_counts_are_for_custodians_of_the_owner(store: Store, protected: datasets.Dataset, role: Role) -> None:
    person = Principal("someone", OWNER, role)
    if role in {Role.DSL, Role.DEPUTY, Role.ANALYST}:
        counts = lens.counts_of(store, person, protected)
        assert isinstance(counts, Exact)
        assert int(counts.cube.n.sum()) == 2
    else:
        with pytest.raises(RefusedError):
            lens.counts_of(store, person, protected)


@pytest.mark.parametrize("role", Role)
def test_exact_counts_are_for_no_other_organisation(store: Store, protected: datasets.Dataset, role: Role) -> None:
    stranger = Principal("someone", "another", role)
    with pytest.raises(RefusedError):
        lens.counts_of(store, stranger, protected)
    with pytest.raises(InputError):
        datasets.load_cells(store, stranger, protected)


@pytest.mark.parametrize("role", Role)
def test_nobody_can_share_a_protected_dataset_without_a_release(
    store: Store, protected: datasets.Dataset, role: Role
) -> None:
    with pytest.raises(RefusedError) as refused:
        lens.released_counts(store, Principal("someone", OWNER, role), protected)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "protected" in sentence


def test_a_month_that_was_not_supplied_stays_known_as_missing(store: Store, opened: datasets.Dataset) -> None:
    cube = lens.released_counts(store, LOCAL_USER, opened).cube
    assert cube.months == ("2021-08", "2021-09", "2021-10")
    assert cube.missing == {"2021-09"}
    assert cube.areas == small_place.CODES


def test_the_harm_groups_are_those_that_the_import_gave(store: Store) -> None:
    setting_up.add_areas(store, LOCAL_USER, small_place.area_files())
    mapping = small_place.mapping(harm={"Knife crime": "violence"})
    number = small_place.add(store, small_place.incidents(access=Access.OPEN, mapping=mapping))
    cube = lens.released_counts(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, number)).cube
    assert dict(zip(cube.categories, cube.harm, strict=True)) == {"Drugs": "substances", "Knife crime": "violence"}
