"""A chart takes its usual range anew from a day on because a person says so, with a reason that stays on record."""

from datetime import date

import pytest

from data.principal import LOCAL_USER
from data.store import integrity, rebases, versions
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome
from tests.unit.data.store.bringing import FIRST, bring, settle
from tests.unit.data.store.inside import change, held, rows

DAY = date(2025, 9, 1)
REASON = "The reporting rules changed"


@pytest.fixture
def settled(store: Store) -> Store:
    """A store with an open dataset, 1, and a protected one, 2, both of ours."""
    settle(store)
    bring(store, FIRST)
    welcome(store)
    return store


def rebase(store: Store, dataset_id: int = 1, day: date = DAY, area: str = "", reason: str = REASON) -> int:
    return rebases.rebase(store, DSL, dataset_id, "asb", "lsoa" if area else "", area, day, reason)


def test_baselines_in_force_come_back_by_their_first_day_with_who_and_why(settled: Store) -> None:
    later, earlier = rebase(settled, day=date(2026, 1, 1)), rebase(settled, area="E01000001", reason=f" {REASON} ")
    found = rebases.rebased(settled, BOARD, 1)
    assert [one.id for one in found] == [earlier, later]
    first = found[0]
    assert (first.dataset_id, first.harm, first.level, first.area) == (1, "asb", "lsoa", "E01000001")
    assert (first.first_day, first.reason, first.added_by) == (DAY, REASON, DSL.who)
    assert (first.withdrawn_at, first.withdrawn_by) == (None, None)
    assert rebases.rebased(settled, DSL, 2) == []


def test_a_chart_is_rebased_once_on_a_day(settled: Store) -> None:
    number = rebase(settled)
    before = held(settled)
    with pytest.raises(InputError, match="already"):
        rebase(settled)
    assert held(settled) == before
    rebase(settled, area="E01000001")
    rebase(settled, dataset_id=2)
    rebases.withdraw(settled, DSL, number)
    rebase(settled)


def test_what_is_withdrawn_is_not_in_force_and_stays_in_the_history(settled: Store) -> None:
    number = rebase(settled)
    rebases.withdraw(settled, LOCAL_USER, number)
    assert rebases.rebased(settled, DSL, 1) == []
    [one] = rebases.history(settled, BOARD, 1)
    assert (one.id, one.reason, one.withdrawn_by) == (number, REASON, LOCAL_USER.who)
    assert one.withdrawn_at is not None
    with pytest.raises(InputError, match="in force"):
        rebases.withdraw(settled, DSL, number)


@pytest.mark.parametrize("reason", ["", "  x  ", "y" * 201, "Jane Smith became head of the school", "ask a@b.org"])
def test_a_reason_is_needed_and_names_nobody(settled: Store, reason: str) -> None:
    before = held(settled)
    with pytest.raises(InputError, match="A reason must") as refused:
        rebase(settled, reason=reason)
    assert str(refused.value).count(". ") == 0
    assert not reason.strip() or reason not in str(refused.value)
    assert held(settled) == before


def test_the_audit_tells_of_it_and_holds_no_free_text(settled: Store) -> None:
    number = rebase(settled)
    rebases.withdraw(settled, DSL, number)
    told = [(row["action"], row["subject"]) for row in rows(settled, t.audit)[-2:]]
    assert told == [("rebase", "dataset 1, from 2025-09-01"), ("withdraw rebase", f"baseline {number}")]


def test_a_board_looks_and_changes_nothing(settled: Store) -> None:
    number = rebase(settled)
    with pytest.raises(PermissionError):
        rebases.rebase(settled, BOARD, 1, "asb", "", "", date(2026, 1, 1), REASON)
    with pytest.raises(PermissionError):
        rebases.withdraw(settled, BOARD, number)


def test_each_organisation_has_its_own_baselines_of_what_it_can_see(settled: Store) -> None:
    number = rebase(settled)
    assert rebases.rebased(settled, STRANGER, 1) == []
    with pytest.raises(InputError, match="in force"):
        rebases.withdraw(settled, STRANGER, number)
    theirs = rebases.rebase(settled, STRANGER, 1, "asb", "", "", DAY, REASON)
    assert [one.id for one in rebases.rebased(settled, STRANGER, 1)] == [theirs]
    assert [one.id for one in rebases.rebased(settled, DSL, 1)] == [number]
    for unseen in (2, 99):
        with pytest.raises(InputError, match="there is no dataset"):
            rebases.rebase(settled, STRANGER, unseen, "asb", "", "", DAY, REASON)


def test_baselines_go_with_their_dataset(settled: Store) -> None:
    rebase(settled)
    rebase(settled, dataset_id=2)
    versions.remove(settled, LOCAL_USER, 2)
    assert [row["dataset_id"] for row in rows(settled, t.baseline)] == [1]


def test_a_changed_baseline_is_refused_and_named(settled: Store) -> None:
    number = rebase(settled)
    change(settled, t.baseline.update().values(first_day="2026-01-01"))
    for look in (rebases.rebased, rebases.history):
        with pytest.raises(DamagedError, match=f"baseline {number}"):
            look(settled, DSL, 1)
    [fault] = integrity.find_damage(settled, LOCAL_USER)
    assert f"Row {number} of “baseline” is not as it was written" in fault
