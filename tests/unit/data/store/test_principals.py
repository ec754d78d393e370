"""Every function of the store asks who is asking, and answers nobody who does not say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data.principal import LOCAL_USER, Principal, Role
from data.store import snapshot
from data.store.store import Store
from tests.unit.data.store import asking
from tests.unit.data.store.asking import ASKING, FUNCTIONS, name_of
from tests.unit.data.store.inside import held

NOBODY = (Principal("", "local", Role.ADMIN), Principal("someone", "", Role.ANALYST))
# What opens a database; only the store and what makes a backup may call it, see ``test_no_way_round``.
OPENS = ["engines.open_engine"]


def test_the_functions_are_found() -> None:
    found = {name_of(function) for function in ASKING}
    known = {"datasets.load_cells", "versions.remove", "snapshot.restore_backup", "people.who_is"}
    assert found >= known | {"integrity.find_damage"}
    assert len(found) > 30


@pytest.mark.parametrize("function", ASKING, ids=name_of)
def test_every_function_takes_the_store_and_a_principal_first(function: Callable[..., Any]) -> None:
    assert asking.hints(function)[:2] == [Store, Principal]


@pytest.mark.parametrize("function", [one for one in FUNCTIONS if one not in ASKING], ids=name_of)
def test_no_other_function_gives_a_way_to_the_database(function: Callable[..., Any]) -> None:
    """What takes a connection or an engine needs somebody who has one; nothing else may come by one by itself."""
    given = asking.types(function).get("return")
    if sa.Engine in (given, *getattr(given, "__args__", ())):
        assert name_of(function) in OPENS
    if getattr(given, "__args__", ()) == (sa.Connection,):
        assert asking.hints(function)[0] is sa.Engine


def test_no_function_answers_a_person_without_a_name_and_an_organisation(store: Store, tmp_path: Path) -> None:
    ours = asking.ours(store, tmp_path)
    snapshot.write_backup(store, LOCAL_USER, ours.arguments["path"])  # so that there is something to restore
    before = held(store)
    for nobody in NOBODY:
        for function in ASKING:
            with pytest.raises(PermissionError):
                ours.ask(function, store, nobody)
    assert held(store) == before
