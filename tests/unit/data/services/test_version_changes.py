"""What changed between two versions is shown as each person may see the counts of both."""

import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.services import version_changes
from data.store import datasets
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.errors import InputError, RefusedError
from tests.unit.data.persons import ADMIN, BOARD, DSL, STRANGER
from tests.unit.data.store.bringing import FIRST, THIRD, add_areas, bring


def versions(store: Store, access: Access) -> tuple[Dataset, Dataset]:
    """Return the older and the newer version of a dataset."""
    add_areas(store)
    number = bring(store, FIRST, access=access)
    bring(store, THIRD, access=access, replaces=number)
    newer, older = datasets.history(store, LOCAL_USER, number)
    return older, newer


def test_a_custodian_sees_what_changed_in_a_protected_dataset(store: Store) -> None:
    older, newer = versions(store, Access.PROTECTED)
    for person in (LOCAL_USER, DSL):
        found = version_changes.between(store, person, older, newer)
        assert found.incidents == (2, 4)
        assert found.months_added == ("2021-10",)
        assert found.by_area is not None
        assert found.by_area.values.tolist() == [["E01000003", 0.0, 1.0]]


def test_what_changed_in_a_protected_dataset_is_neither_shown_to_others_nor_shared(store: Store) -> None:
    older, newer = versions(store, Access.PROTECTED)
    for person in (BOARD, ADMIN, STRANGER):
        with pytest.raises((RefusedError, InputError)):
            version_changes.between(store, person, older, newer)
    for person in (LOCAL_USER, DSL, BOARD, STRANGER):
        with pytest.raises((RefusedError, InputError)):
            version_changes.released(store, person, older, newer)


@pytest.mark.parametrize("role", Role)
def test_what_changed_in_an_open_dataset_is_everybodys(store: Store, role: Role) -> None:
    older, newer = versions(store, Access.OPEN)
    for organisation in ("local", "another"):
        person = Principal("someone", organisation, role)
        assert version_changes.released(store, person, older, newer).incidents == (2, 4)
        assert version_changes.between(store, person, newer, older).incidents == (4, 2)
