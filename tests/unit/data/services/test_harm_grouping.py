"""Categories move between harm groups when a custodian says so; their sizes are told to whom they may be."""

from dataclasses import replace

import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.records.rows import DatasetKind
from data.services import exports, harm_grouping, importing, visibility
from data.services.harm_grouping import CategorySize
from data.services.verifying import verify
from data.store import area_sets, datasets, mappings, regrouping, versions
from data.store import tables as t
from data.store.datasets import Access, Dataset
from data.store.store import Store
from geo.errors import InputError
from geo.views.listing import CountsRequest
from tests.unit.data import logs, small_place
from tests.unit.data.persons import ADMIN, BOARD, DSL, STRANGER, welcome
from tests.unit.data.store.inside import rows

OWN = (
    "Date,From,Area code,Type\n01/09/2021,15:10,E01000001,Taunts\n02/09/2021,,E01000002,Taunts\n"
    "03/09/2021,,E01000002,Drugs\n"
)
NEXT = f"{OWN}04/09/2021,,E01000003,Taunts\n"


@pytest.fixture
def opened(store: Store) -> Dataset:
    """An open dataset of incidents of two categories, one of which falls into “Other”."""
    small_place.add_areas(store)
    number = small_place.add(store, small_place.incidents(OWN, access=Access.OPEN))
    return datasets.load_dataset(store, LOCAL_USER, number)


@pytest.fixture
def protected(store: Store) -> Dataset:
    """A protected dataset that has released figures."""
    logs.add_areas(store)
    return datasets.load_dataset(store, LOCAL_USER, logs.bring(store, logs.lines()))


def again(store: Store, dataset: Dataset) -> Dataset:
    return datasets.load_dataset(store, LOCAL_USER, dataset.id)


def test_categories_are_listed_with_their_sizes_the_largest_first(store: Store, opened: Dataset) -> None:
    for person in (LOCAL_USER, BOARD, ADMIN):
        assert harm_grouping.sizes(store, person, opened) == [
            CategorySize("Taunts", "other", 2),
            CategorySize("Drugs", "substances", 1),
        ]


@pytest.mark.parametrize("role", Role)
def test_sizes_of_a_protected_dataset_are_for_custodians_and_names_for_the_others(
    store: Store, protected: Dataset, role: Role
) -> None:
    found = harm_grouping.sizes(store, Principal("someone", LOCAL_USER.organisation, role), protected)
    assert {one.category: one.harm for one in found} == dict(protected.harm_of)
    if role in visibility.CUSTODIAN_ROLES:
        assert sum(one.n or 0 for one in found) == logs.LINES
    else:
        assert {one.n for one in found} == {None}


def test_what_is_left_to_other_is_said_with_its_size_or_by_name_alone(store: Store, protected: Dataset) -> None:
    exact, names = (harm_grouping.sizes(store, person, protected) for person in (DSL, BOARD))
    [shoplifting] = [one.n for one in exact if one.category == "Shoplifting"]
    opening = "Grouped under “Other”, which a school’s pages leave out until it is chosen: Shoplifting"
    share = f"{shoplifting} of 600 incidents placed ({100 * (shoplifting or 0) / logs.LINES:.0f} %)"
    assert harm_grouping.say_other(exact) == f"{opening} {shoplifting}; {share}."
    assert harm_grouping.say_other(names) == f"{opening}."
    assert harm_grouping.say_other([one for one in exact if one.harm != "other"]) is None


def test_nothing_placed_is_no_share() -> None:
    assert harm_grouping.share_of_other([]) == "0 of 0 incidents placed"


@pytest.mark.parametrize("role", sorted(visibility.CUSTODIAN_ROLES))
def test_a_custodian_moves_a_category_and_every_count_follows(store: Store, opened: Dataset, role: Role) -> None:
    person = Principal("Ann", LOCAL_USER.organisation, role)
    said = harm_grouping.move(store, person, opened, ["Taunts"], "peer")
    assert said == "“Taunts” counts under “Harm between children” now."
    now = again(store, opened)
    assert dict(now.harm_of) == {"Taunts": "peer", "Drugs": "substances"}
    areas = area_sets.load_area_set(store, LOCAL_USER, now.area_set_id)
    listed = exports.counts_csv(visibility.released_counts(store, BOARD, now), areas, CountsRequest(["harm"]))
    assert listed.splitlines() == ["harm,n", "peer,2", "substances,1"]
    assert now.notes[-1].endswith("by Ann: “Taunts” counts under “Harm between children”, before under “Other”.")
    assert now.notes[:-1] == opened.notes
    assert verify(store, LOCAL_USER) == []


def test_the_audit_says_who_moved_how_many_between_which_groups_and_names_none(store: Store, opened: Dataset) -> None:
    before = len(rows(store, t.audit))
    harm_grouping.move(store, DSL, opened, ["Taunts", "Drugs"], "peer")
    [row] = rows(store, t.audit)[before:]
    said = f"dataset {opened.id}: 1 category from substances to peer, 1 category from other to peer"
    assert (row["who"], row["action"], row["subject"]) == (DSL.who, regrouping.REGROUPED, said)


def test_a_move_holds_in_every_version_and_in_the_next_one(store: Store, opened: Dataset) -> None:
    small_place.add(store, small_place.incidents(NEXT, access=Access.OPEN, replaces=opened.id))
    harm_grouping.move(store, LOCAL_USER, again(store, opened), ["Taunts"], "peer")
    assert {one.harm_of["Taunts"] for one in datasets.history(store, LOCAL_USER, opened.id)} == {"peer"}
    versions.restore(store, LOCAL_USER, opened.id, 1)
    third = f"{NEXT}05/09/2021,,E01000003,Knives\n"
    small_place.add(store, small_place.incidents(third, access=Access.OPEN, replaces=opened.id))
    assert again(store, opened).harm_of == {"Drugs": "substances", "Knives": "violence", "Taunts": "peer"}
    assert not any(one.startswith("Harm groups changed") for one in again(store, opened).notes)
    assert verify(store, LOCAL_USER) == []


def test_a_mapping_that_is_asked_for_wins_over_that_of_the_version_before_and_is_noted(
    store: Store, opened: Dataset
) -> None:
    asked = small_place.mapping(harm={"Taunts": "asb"})
    small_place.add(store, small_place.incidents(NEXT, access=Access.OPEN, replaces=opened.id, mapping=asked))
    now = again(store, opened)
    assert now.harm_of["Taunts"] == "asb"
    assert now.notes[-1].endswith("“Taunts” counts under “Anti-social behaviour”, before under “Other”.")


def test_a_move_holds_for_the_next_file_of_the_same_source(store: Store, opened: Dataset) -> None:
    kept = {"category": "Type", "harm": {"Taunts": "other", "Drugs": "substances"}}
    mappings.put_mapping(store, LOCAL_USER, opened.kind, opened.source, kept)
    harm_grouping.move(store, LOCAL_USER, opened, ["Taunts"], "peer")
    moved = kept | {"harm": {"Taunts": "peer", "Drugs": "substances"}}
    assert mappings.mappings(store, LOCAL_USER, opened.kind) == {opened.source: moved}


def test_what_is_released_is_not_counted_again_by_other_groups(store: Store, protected: Dataset) -> None:
    assert harm_grouping.why_not_now(store, LOCAL_USER, protected) == harm_grouping.RELEASED
    before = rows(store, t.audit)
    with pytest.raises(InputError, match="choose other groups when you bring its next version") as refused:
        harm_grouping.move(store, LOCAL_USER, protected, ["Shoplifting"], "asb")
    assert str(refused.value).count(".") == 1
    assert again(store, protected) == protected
    assert rows(store, t.audit) == before


def test_protected_categories_move_as_long_as_nothing_is_released(store: Store) -> None:
    logs.add_areas(store)
    early = [logs.line(logs.within(0), kind=3)] * 20
    number = logs.bring(store, early, logs.TILES[0].last)
    dataset = datasets.load_dataset(store, LOCAL_USER, number)
    assert harm_grouping.why_not_now(store, LOCAL_USER, dataset) is None
    harm_grouping.move(store, LOCAL_USER, dataset, ["Shoplifting"], "asb")
    logs.bring(store, [*early, logs.line(logs.within(0))], logs.over(0), replaces=number)
    assert again(store, dataset).harm_of["Shoplifting"] == "asb"
    with pytest.raises(InputError, match="released"):
        harm_grouping.move(store, LOCAL_USER, again(store, dataset), ["Shoplifting"], "other")


@pytest.mark.parametrize("person", [BOARD, ADMIN, STRANGER], ids=lambda person: person.who)
def test_nobody_but_a_custodian_moves_a_category(store: Store, opened: Dataset, person: Principal) -> None:
    welcome(store)
    assert not harm_grouping.may_move(person, opened)
    with pytest.raises(PermissionError, match="ask one of them"):
        harm_grouping.move(store, person, opened, ["Taunts"], "peer")
    with pytest.raises((PermissionError, InputError)):
        regrouping.regroup(store, person, opened, {"Taunts": "peer"}, None)
    assert again(store, opened) == opened


@pytest.mark.parametrize(
    ("categories", "harm"), [([], "peer"), (["Taunts"], "other"), (["Unknown"], "peer"), (["Taunts"], None)]
)
def test_a_change_that_changes_nothing_is_refused(
    store: Store, opened: Dataset, categories: list[str], harm: str | None
) -> None:
    with pytest.raises(InputError, match="choose both"):
        harm_grouping.move(store, LOCAL_USER, opened, categories, harm)
    assert again(store, opened) == opened


def test_of_two_who_change_a_dataset_at_once_one_is_told_so(store: Store, opened: Dataset) -> None:
    harm_grouping.move(store, LOCAL_USER, opened, ["Taunts"], "peer")
    with pytest.raises(InputError, match="somebody else has changed"):
        harm_grouping.move(store, LOCAL_USER, opened, ["Taunts"], "asb")
    assert again(store, opened).harm_of["Taunts"] == "peer"


def test_a_move_that_a_release_overtakes_is_refused(store: Store, protected: Dataset) -> None:
    with pytest.raises(InputError, match="released by somebody else meanwhile"):
        regrouping.regroup(store, LOCAL_USER, protected, {"Shoplifting": "asb"}, None)
    assert again(store, protected) == protected


def test_marks_are_in_no_harm_group(store: Store, opened: Dataset) -> None:
    assert not harm_grouping.may_move(LOCAL_USER, replace(opened, kind=DatasetKind.MARKS))


def test_what_would_be_left_to_other_is_known_before_an_import(store: Store) -> None:
    small_place.add_areas(store)
    prepared = importing.prepare(store, LOCAL_USER, small_place.incidents(OWN))
    assert "Taunts 2; 2 of 3 incidents placed (67 %)" in (
        harm_grouping.say_other(harm_grouping.sizes_in(prepared.cube)) or ""
    )
