"""People and their sessions: let in while they are known and busy, and not a moment longer."""

from datetime import UTC, datetime, timedelta

import pytest

from data.principal import LOCAL_USER, Principal, Role
from data.store import people
from data.store import tables as t
from data.store.people import MAX_IDLE, MAX_SESSION
from data.store.store import Store
from data.store.stored_values import format_moment
from geo.errors import InputError
from tests.unit.data.persons import ADMIN, BOARD, DSL, STRANGE_ADMIN, welcome
from tests.unit.data.store.inside import change, held, rows

SECOND = timedelta(seconds=1)


@pytest.fixture
def person(store: Store) -> int:
    """A DSL of our organisation."""
    return people.add_person(store, ADMIN, "Jo Smith", Role.DSL)


@pytest.fixture
def secret(store: Store, person: int) -> str:
    """The secret of a session of theirs."""
    return people.open_session(store, ADMIN, person)


def moment(store: Store, column: str) -> datetime:
    [row] = rows(store, t.session)
    return datetime.fromisoformat(row[column])


def test_people_are_listed_by_name_and_by_organisation(store: Store, person: int) -> None:
    welcome(store)
    people.add_person(store, ADMIN, "Al Jones", Role.BOARD)
    people.add_person(store, STRANGE_ADMIN, "Di Other", Role.ADMIN)
    assert [(one.name, one.role) for one in people.people(store, LOCAL_USER)] == [
        ("Al Jones", Role.BOARD),
        ("Jo Smith", Role.DSL),
    ]
    assert [one.name for one in people.people(store, STRANGE_ADMIN)] == ["Di Other"]


def test_a_session_is_its_person(store: Store, secret: str) -> None:
    assert people.who_is(store, ADMIN, secret) == Principal("Jo Smith", "local", Role.DSL)


@pytest.mark.parametrize("guess", ["", "x", "' OR 1=1 --"])
def test_a_guess_is_nobody(store: Store, secret: str, guess: str) -> None:
    assert people.who_is(store, ADMIN, guess) is None
    [row] = rows(store, t.session)
    assert people.who_is(store, ADMIN, row["digest"]) is None


def test_the_secret_is_not_in_the_database(store: Store, secret: str) -> None:
    assert len(secret) >= 40
    assert secret not in repr(held(store))


def test_two_sessions_have_two_secrets(store: Store, person: int, secret: str) -> None:
    assert people.open_session(store, ADMIN, person) != secret
    assert len(rows(store, t.session)) == 2


def test_a_session_ends_when_nothing_was_heard_for_twenty_minutes(store: Store, secret: str) -> None:
    assert timedelta(minutes=20) == MAX_IDLE
    seen = moment(store, "seen_at")
    assert people.who_is(store, ADMIN, secret, seen + MAX_IDLE) is not None
    assert people.who_is(store, ADMIN, secret, seen + MAX_IDLE + SECOND) is None


def test_a_session_ends_after_eight_hours_however_busy(store: Store, secret: str) -> None:
    assert timedelta(hours=8) == MAX_SESSION
    end = moment(store, "opened_at") + MAX_SESSION
    change(store, t.session.update().values(seen_at=format_moment(end)))
    assert people.who_is(store, ADMIN, secret, end) is not None
    assert people.who_is(store, ADMIN, secret, end + SECOND) is None


def test_a_moment_of_another_time_zone_is_the_same_moment(store: Store, secret: str) -> None:
    end = moment(store, "seen_at") + MAX_IDLE
    for zone in (UTC, datetime.now().astimezone().tzinfo):
        assert people.who_is(store, ADMIN, secret, end.astimezone(zone)) is not None


def test_signing_out_ends_this_session_only(store: Store, person: int, secret: str) -> None:
    other = people.open_session(store, ADMIN, person)
    people.end_session(store, DSL, secret)
    assert people.who_is(store, ADMIN, secret) is None
    assert people.who_is(store, ADMIN, other) is not None


def test_disabling_a_person_ends_their_sessions_and_lets_them_in_no_more(
    store: Store, person: int, secret: str
) -> None:
    people.disable_person(store, ADMIN, person)
    assert people.who_is(store, ADMIN, secret) is None
    assert all(row["ended_at"] for row in rows(store, t.session))
    assert people.people(store, ADMIN)[0].disabled_at is not None
    with pytest.raises(PermissionError, match="can sign in"):
        people.open_session(store, ADMIN, person)


def test_people_of_another_organisation_are_neither_let_in_nor_disabled(store: Store, person: int) -> None:
    welcome(store)
    before = held(store)
    with pytest.raises(InputError, match="your own organisation"):
        people.disable_person(store, STRANGE_ADMIN, person)
    with pytest.raises(PermissionError, match="can sign in"):
        people.open_session(store, STRANGE_ADMIN, person)
    assert held(store) == before


@pytest.mark.parametrize("someone", [LOCAL_USER, DSL, BOARD], ids=lambda someone: someone.role.value)
def test_only_an_admin_changes_who_is_let_in(store: Store, person: int, someone: Principal) -> None:
    before = held(store)
    for act in (
        lambda: people.add_organisation(store, someone, "another", "Another"),
        lambda: people.add_person(store, someone, "Al Jones", Role.ADMIN),
        lambda: people.disable_person(store, someone, person),
    ):
        with pytest.raises(PermissionError, match="role admin"):
            act()
    assert held(store) == before


def test_every_store_has_the_organisation_that_keeps_it(store: Store) -> None:
    assert people.organisations(store, BOARD) == {LOCAL_USER.organisation: "This organisation"}


def test_the_key_of_an_organisation_is_its_own(store: Store) -> None:
    welcome(store)
    before = held(store)
    with pytest.raises(InputError, match="“another” is taken"):
        welcome(store)
    assert held(store) == before
