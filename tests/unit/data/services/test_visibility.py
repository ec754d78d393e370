"""The two lenses: who may see exact counts, and that nothing unreleased can be shared."""

from datetime import date

import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.records.rows import DatasetKind
from data.services import setting_up, visibility
from data.store import datasets
from data.store.datasets import Access
from data.store.store import Store
from geo.errors import InputError, RefusedError
from geo.release.kinds import Exact, Open, Protected
from tests.unit.data import small_place

OWNER = LOCAL_USER.organisation
CUSTODIANS = {Role.DSL, Role.DEPUTY, Role.ANALYST}
SOON = date(2021, 9, 10)  # a week after the incidents, so that no half-term of theirs is over


@pytest.fixture
def protected(store: Store) -> datasets.Dataset:
    """A protected dataset of the local organisation."""
    small_place.add_areas(store)
    number = small_place.add(store, small_place.incidents())
    return datasets.load_dataset(store, LOCAL_USER, number)


@pytest.fixture
def opened(store: Store) -> datasets.Dataset:
    """An open dataset of the local organisation."""
    return datasets.load_dataset(store, LOCAL_USER, small_place.settle(store))


@pytest.mark.parametrize("role", Role)
def test_open_counts_are_released_to_everyone_as_counted(store: Store, opened: datasets.Dataset, role: Role) -> None:
    for organisation in (OWNER, "another"):
        counts = visibility.counts_of(store, Principal("someone", organisation, role), opened)
        assert isinstance(counts, Open)
        assert int(counts.cube.n.sum()) == 7


@pytest.mark.parametrize("role", Role)
def test_exact_counts_are_for_custodians_of_the_owner(store: Store, protected: datasets.Dataset, role: Role) -> None:
    person = Principal("someone", OWNER, role)
    counts = visibility.counts_of(store, person, protected)
    assert visibility.is_custodian(person, protected) == isinstance(counts, Exact) == (role in CUSTODIANS)
    if isinstance(counts, Exact):
        assert int(counts.cube.n.sum()) == 2
    else:
        assert isinstance(counts, Protected)


@pytest.mark.parametrize("role", Role)
def test_what_is_shared_of_a_protected_dataset_is_its_release_whoever_asks(
    store: Store, protected: datasets.Dataset, role: Role
) -> None:
    released = visibility.released_counts(store, Principal("someone", OWNER, role), protected)
    assert isinstance(released, Protected)
    assert [one.key for one in released.periods] == ["2021/22-1"]
    assert all((shown % 5 == 0).all() for shown in released.shown)


@pytest.mark.parametrize("role", Role)
def test_exact_counts_are_for_no_other_organisation(store: Store, protected: datasets.Dataset, role: Role) -> None:
    stranger = Principal("someone", "another", role)
    with pytest.raises(RefusedError):
        visibility.counts_of(store, stranger, protected)
    with pytest.raises(InputError):
        datasets.load_cells(store, stranger, protected)


@pytest.mark.parametrize("role", Role)
def test_nobody_can_share_a_protected_dataset_of_which_nothing_is_released(store: Store, role: Role) -> None:
    small_place.add_areas(store)
    fresh = datasets.load_dataset(store, LOCAL_USER, small_place.add(store, small_place.incidents(today=SOON)))
    person = Principal("someone", OWNER, role)
    with pytest.raises(RefusedError) as refused:
        visibility.released_counts(store, person, fresh)
    if role in CUSTODIANS:
        assert isinstance(visibility.counts_of(store, person, fresh), Exact)
    else:
        with pytest.raises(RefusedError):
            visibility.counts_of(store, person, fresh)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "protected" in sentence


@pytest.mark.parametrize("role", Role)
def test_how_close_a_release_is_to_the_exact_counts_is_for_custodians_alone(
    store: Store, protected: datasets.Dataset, role: Role
) -> None:
    person = Principal("someone", OWNER, role)
    if role in CUSTODIANS:
        ledger = visibility.release_of(store, person, protected)
        assert ledger is not None
        assert [one.period.key for one in ledger.frozen] == ["2021/22-1"]
    else:
        with pytest.raises(RefusedError, match="for custodians of the dataset only"):
            visibility.release_of(store, person, protected)


def test_marks_are_said_to_belong_to_no_harm_group(store: Store) -> None:
    setting_up.add_areas(store, LOCAL_USER, small_place.area_files())
    text = f"Session date,Area code,Feeling\n14/09/2021,{small_place.CODES[0]},Safe\n"
    number = small_place.add(store, small_place.incidents(text, kind=DatasetKind.MARKS))
    marks = datasets.load_dataset(store, LOCAL_USER, number)
    with pytest.raises(RefusedError, match=r"^Only incidents are counted here, .* no incidents; .*\.$"):
        visibility.released_counts(store, LOCAL_USER, marks)


def test_a_month_that_was_not_supplied_stays_known_as_missing(store: Store, opened: datasets.Dataset) -> None:
    cube = visibility.released_counts(store, LOCAL_USER, opened).cube
    assert cube.periods == ("2021-08", "2021-09", "2021-10")
    assert cube.missing == {"2021-09"}
    assert cube.areas == small_place.CODES


def test_the_harm_groups_are_those_that_the_import_gave(store: Store) -> None:
    small_place.add_areas(store)
    mapping = small_place.mapping(harm={"Knife crime": "violence"})
    number = small_place.add(store, small_place.incidents(access=Access.OPEN, mapping=mapping))
    cube = visibility.released_counts(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, number)).cube
    assert dict(zip(cube.categories, cube.harm, strict=True)) == {"Drugs": "substances", "Knife crime": "violence"}
