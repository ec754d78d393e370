"""No way leads round the store: not in the code, and not for people of another organisation or of a board."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.principal import LOCAL_USER, Principal
from data.store import people, snapshot
from data.store.store import Store
from geo.errors import InputError
from tests.architecture import rules
from tests.architecture.rules import Module
from tests.unit.data.persons import ADMIN, BOARD, DSL, STRANGE_ADMIN, STRANGER, welcome
from tests.unit.data.store import asking
from tests.unit.data.store.asking import ASKING, PLANTED, Ours, name_of
from tests.unit.data.store.inside import Held, held

ROOM = "data/store/"
INNER = ("data.store.tables", "data.store.engines", "data.store.editions", "data.store.triggers", "data.store.blobs")
# Where a database is opened or a transaction begun: all else goes through ``Store.reading`` and ``Store.writing``.
OPENERS = {"store.py", "snapshot.py", "editions.py", "engines.py", "resealing.py"}
SHARED = (
    "area_set",
    "neighbourhood",
    "drawing",
    "base_map",
    "school",
    "school_address",
    "calendar",
    "calendar_entry",
    "calendar_school",
    "audit",
    "blob",
    "outer_seal",
)  # everybody's, or of no one


def outside() -> list[Module]:
    top = Path(__file__).parents[4]
    return [one for one in rules.read_modules(top) if one.room in rules.ROOMS and not one.path.startswith(ROOM)]


def room() -> list[Module]:
    top = Path(__file__).parents[4]
    return [one for one in rules.read_modules(top) if one.path.startswith(ROOM) and "/migrations/" not in one.path]


def breaches(module: Module) -> Iterator[str]:
    """Name every way round the store that a module takes."""
    for line, full in module.imports():
        if full.split(".")[0] in ("sqlalchemy", "sqlite3", "psycopg", "alembic") or full.startswith(INNER):
            yield f"{module.path}:{line} imports {full}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("_engine", "engine"):
            yield f"{module.path}:{node.lineno} touches {node.attr}"


def test_nothing_outside_the_store_speaks_to_its_database() -> None:
    assert [breach for module in outside() for breach in breaches(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "import sqlalchemy as sa",
        "from data.store import tables as t",
        "from data.store.engines import reading",
        "from data.store import editions",
        "import psycopg",
        "def f(store):\n    return store._engine.connect()",
    ],
)
def test_that_rule_bites(text: str) -> None:
    assert len(list(breaches(Module("pages/a.py", text)))) == 1


def test_in_the_store_only_few_modules_open_the_database() -> None:
    calling = {
        Path(module.path).name
        for module in room()
        for _, called in module.calls()
        if called.startswith("engines.") or called.endswith(("create_engine", "_engine.connect", "_engine.begin"))
    }
    assert calling <= OPENERS


def test_an_open_store_has_no_way_in_but_reading_and_writing() -> None:
    ways = {name for name, _ in inspect.getmembers(Store) if not name.startswith("_")}
    assert ways == {"reading", "writing", "stamp", "last_writes", "free_pages", "close"}
    for name in ways - {"close"}:
        assert next(iter(asking.get_type_hints(getattr(Store, name)).values())) is Principal


@pytest.fixture
def ours(store: Store, tmp_path: Path) -> Ours:
    """Fill the store with things of ours, and let another organisation in that has none."""
    welcome(store)
    return asking.ours(store, tmp_path)


def outcome(ours: Ours, function: Any, store: Store, person: Principal) -> object:
    try:
        return ours.ask(function, store, person)
    except (PermissionError, InputError) as refused:
        return refused


def shown(found: object) -> str:
    """Write all that a function gave as text."""
    if isinstance(found, pd.DataFrame):
        return found.to_csv()
    return found.decode("latin-1") if isinstance(found, bytes) else repr(found)


def protected(store: Store) -> Held:
    """Return every row that is ours and that others may not change."""
    found = held(store, *SHARED)
    people_of_ours = {row["id"] for row in found["person"] if row["organisation"] == LOCAL_USER.organisation}
    datasets_of_ours = {row["id"] for row in found["dataset"] if row["owner"] == LOCAL_USER.organisation}
    deliveries_of_ours = {row["id"] for row in found["delivery"] if row["owner"] == LOCAL_USER.organisation}
    belongs = {
        "organisation": lambda row: row["key"] == LOCAL_USER.organisation,
        "person": lambda row: row["id"] in people_of_ours,
        "session": lambda row: row["person_id"] in people_of_ours,
        "version": lambda row: row["dataset_id"] in datasets_of_ours,
        "release": lambda row: row["dataset_id"] in datasets_of_ours,
        "delivery_file": lambda row: row["delivery_id"] in deliveries_of_ours,
        "secret_mark": lambda _row: True,
    }
    usual = {name: lambda row: row["owner"] == LOCAL_USER.organisation for name in found.keys() - belongs.keys()}
    own = {name: list(filter((usual | belongs)[name], rows)) for name, rows in found.items()}
    assert all(own.values())
    return own


@pytest.mark.parametrize("person", [STRANGER, STRANGE_ADMIN], ids=lambda person: person.role.value)
def test_to_people_of_another_organisation_nothing_protected_is_shown_or_changed(
    store: Store, ours: Ours, person: Principal
) -> None:
    guessing = Ours({**ours.arguments, "secret": "a guess"})
    before = protected(store)
    for function in ASKING:
        found = outcome(guessing, function, store, person)
        assert PLANTED not in shown(found), name_of(function)
        assert protected(store) == before, name_of(function)
    assert not (ours.arguments["path"]).exists()


def test_a_board_member_changes_nothing(store: Store, ours: Ours) -> None:
    before = held(store)
    for function in ASKING:
        outcome(ours, function, store, BOARD)
        assert held(store) == before, name_of(function)
    assert not (ours.arguments["path"]).exists()


def test_nobody_else_restores_a_backup_of_the_whole_store(store: Store, ours: Ours) -> None:
    snapshot.write_backup(store, LOCAL_USER, ours.arguments["path"])
    before = held(store)
    for person in (STRANGER, STRANGE_ADMIN, BOARD, DSL):
        with pytest.raises(PermissionError):
            snapshot.restore_backup(store, person, ours.arguments["path"])
    assert held(store) == before


def test_to_our_own_people_the_same_calls_do_what_they_are_for(store: Store, ours: Ours) -> None:
    """Show that the tests above ask for things that there are."""
    first = ("area_facts.without", "area_facts.take_back")
    last = (
        "remove_layer",
        "let_go",
        "take_back",
        "write_backup",
        "restore_backup",
        "end_session",
        "disable_person",
        "remove",
    )
    at = {
        **{name: number for number, name in enumerate(last)},
        **{name: number - 9 for number, name in enumerate(first)},
    }
    order = sorted(ASKING, key=lambda one: at.get(name_of(one), at.get(one.__name__, -1)))
    for function in order:
        person = ADMIN if function.__module__ == people.__name__ else LOCAL_USER
        found = outcome(ours, function, store, person)
        if function.__name__ == "remove":  # what is taken back is gone already
            assert "dataset" in str(found)
        else:
            assert not isinstance(found, Exception), name_of(function)
