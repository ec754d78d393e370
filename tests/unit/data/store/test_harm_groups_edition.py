"""A store from before harm groups said what they hold is brought to them, loses nothing, and says what changed."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.services import importing, releasing, status_report
from data.services.one_release import WORD
from data.services.verifying import verify
from data.store import datasets, mappings, regrouping, releases, snapshot
from data.store import tables as t
from data.store.datasets import Access, Dataset
from data.store.db_errors import DamagedError
from data.store.store import Store
from geo import harms
from geo.release.ledger import Grouping, Ledger
from tests.unit.data import logs, small_place
from tests.unit.data.store import fourth_edition
from tests.unit.data.store.inside import held, rows
from tests.unit.data.store.test_editions import digest_of
from tests.unit.data.store.test_fourth_edition import SCHEMA_OF_FOURTH
from tests.unit.data.store.test_snapshot import describe
from tests.unit.geo.test_harms import POLICE, SEXUAL

edition = import_module("data.store.migrations.versions.edition_0005_harm_groups")
CATEGORIES = ("Theft from the person", "Sexual harassment", "Sexual assault", "Robbery", "Nudes", "Drugs")
OPEN, PROTECTED, CHOSEN = 1, 2, 3
THEN = {
    "Theft from the person": "violence",
    "Sexual harassment": "other",
    "Sexual assault": "violence",
    "Robbery": "violence",
    "Nudes": "other",
    "Drugs": "substances",
}
NOW = THEN | {"Theft from the person": "other", "Sexual harassment": "peer", "Sexual assault": "peer", "Nudes": "peer"}
# Chosen by somebody: these are not what the rules of the time gave, so they stay.
BY_HAND = THEN | {"Theft from the person": "asb", "Sexual harassment": "cse", "Robbery": "other"}
SAID = (
    "“Nudes” and “Sexual harassment” count under “Harm between children”, before under “Other”; "
    "“Sexual assault” counts under “Harm between children”, before under “Violence and weapons”; "
    "“Theft from the person” counts under “Other”, before under “Violence and weapons”."
)


def log(rows_of_each: int = 30) -> str:
    """Return incidents of every category in the first two half-terms."""
    lines = [
        f"{logs.within(period):%d/%m/%Y},13:00,{small_place.CODES[number % 3]},{category}"
        for number in range(rows_of_each)
        for period in (0, 1)
        for category in CATEGORIES
    ]
    return "\n".join([logs.HEADER, *lines, ""])


def bring(store: Store, text: str, harm: dict[str, str] | None, access: Access, replaces: int | None = None) -> int:
    mapping = None if harm is None else small_place.mapping(harm=harm)
    changed = {"mapping": mapping, "access": access, "today": logs.ALL_OVER, "replaces": replaces}
    changed |= {
        "reason": "the same rows for a test",
        "confirmation": WORD,
    }  # of which the program of the time knew nothing
    return small_place.add(store, small_place.incidents(text, **changed))


@pytest.fixture(scope="module")
def like(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store as the program of edition 0004 filled it: by the rules of the time, and by hand."""
    path = tmp_path_factory.mktemp("like") / "store" / "like.sqlite"
    with closing(Store(f"sqlite:///{path}")) as store:
        small_place.add_areas(store)
        for number, (harm, access) in enumerate(((THEN, Access.OPEN), (THEN, Access.PROTECTED)), start=1):
            assert bring(store, log(), harm, access) == number
        bring(store, log(31), THEN, Access.OPEN, replaces=OPEN)
        assert bring(store, log(32), BY_HAND, Access.OPEN) == CHOSEN
        mappings.put_mapping(store, LOCAL_USER, "incidents", "a source", {"category": "Type", "harm": THEN})
        mappings.put_mapping(store, LOCAL_USER, "incidents", "no harms", {"category": "Type"})
        yield store


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path, like: Store) -> str:
    """The address of a store of edition 0004 that holds the same."""
    on_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'old' / 'old.sqlite'}" if on_file else request.getfixturevalue("bare_postgres_url")
    fourth_edition.write(url, like)
    return url


@pytest.fixture
def upgraded(old: str) -> Iterator[Store]:
    with closing(Store(old)) as store:
        yield store


def shown(store: Store, number: int) -> Dataset:
    return datasets.load_dataset(store, LOCAL_USER, number)


def ledger(store: Store, number: int) -> Ledger:
    found = releasing.ledger_of(store, LOCAL_USER, shown(store, number))
    assert found is not None
    return found


def test_what_the_earlier_rules_placed_moves_and_what_somebody_chose_stays(upgraded: Store) -> None:
    assert verify(upgraded, LOCAL_USER) == []
    for number in (OPEN, PROTECTED):
        assert [one.harm_of for one in datasets.history(upgraded, LOCAL_USER, number)] == [NOW] * (3 - number)
    assert shown(upgraded, CHOSEN).harm_of == BY_HAND | {"Sexual assault": "peer", "Nudes": "peer"}


def test_nothing_else_changes(upgraded: Store, like: Store) -> None:
    left = ("version", "release", "column_mapping", "audit", "blob", "delivery", "delivery_file")
    assert held(upgraded, *left) == held(like, *left)
    ours = {"harm_of", "notes", "seal"}
    for was, now in zip(rows(like, t.version), rows(upgraded, t.version), strict=True):
        assert {name: now[name] for name in now.keys() - ours} == {name: was[name] for name in was.keys() - ours}
        assert now["notes"][:-1] == was["notes"]
    assert rows(upgraded, t.blob) == rows(like, t.blob)


def test_the_change_is_said_of_every_version_and_in_the_audit(upgraded: Store, like: Store) -> None:
    for one in datasets.history(upgraded, LOCAL_USER, OPEN):
        assert one.notes[-1].startswith("Harm groups changed on ")
        assert one.notes[-1].endswith(f" by an update of Local Context: {SAID}")
        assert f"  {one.notes[-1]}" in status_report.of_version(one)
    [protected] = datasets.history(upgraded, LOCAL_USER, PROTECTED)
    assert protected.notes[-1].endswith(f": {SAID} What is released already keeps the group it was released in.")
    audit = rows(upgraded, t.audit)
    before = len(rows(like, t.audit))
    assert [(row["action"], row["who"]) for row in audit[before:-1]] == [(regrouping.REGROUPED, edition.WHO)] * 3
    assert audit[before]["subject"] == (
        "dataset 1: 2 categories from other to peer, 1 category from violence to peer, "
        "1 category from violence to other"
    )
    assert not any(category in str(audit[before:]) for category in CATEGORIES)


def test_what_is_released_stays_as_it_was_released(upgraded: Store, like: Store) -> None:
    found, was = ledger(upgraded, PROTECTED), ledger(like, PROTECTED)
    assert found.groupings == (Grouping(logs.KEYS[1], dict(sorted(THEN.items()))),)
    content = [releases.load(store, LOCAL_USER, shown(store, PROTECTED)) for store in (upgraded, like)]
    assert content[0] == content[1]
    assert [one.shown.tolist() for one in found.frozen] == [one.shown.tolist() for one in was.frozen]


def test_the_next_version_releases_no_half_term_again_for_its_new_groups(upgraded: Store) -> None:
    was = ledger(upgraded, PROTECTED)
    later = log() + "".join(
        f"{logs.within(2):%d/%m/%Y},13:00,{small_place.CODES[0]},Sexual assault\n" for _ in range(12)
    )
    bring(upgraded, later, None, Access.PROTECTED, replaces=PROTECTED)
    now = ledger(upgraded, PROTECTED)
    assert [one.shown.tolist() for one in now.frozen[:2]] == [one.shown.tolist() for one in was.frozen]
    assert [one.corrected_on for one in now.frozen] == [None] * 3
    assert now.frozen[2].exact.sum(axis=0)[list(harms.HARM_GROUPS).index("peer")] == 12
    assert [one.through for one in now.groupings] == [logs.KEYS[1], logs.KEYS[2]]
    assert verify(upgraded, LOCAL_USER) == []


def test_the_next_file_of_a_source_is_mapped_by_the_new_groups(upgraded: Store) -> None:
    assert mappings.mappings(upgraded, LOCAL_USER, "incidents") == {
        "a source": {"category": "Type", "harm": NOW},
        "no harms": {"category": "Type"},
    }


def test_a_store_that_was_brought_up_to_date_opens_again_unchanged(old: str) -> None:
    with closing(Store(old)) as first:
        before = held(first)
    with closing(Store(old)) as second:
        assert held(second) == before


def test_a_backup_of_the_fourth_edition_is_brought_up_to_date(like: Store, tmp_path: Path, store: Store) -> None:
    fourth_edition.write(f"sqlite:///{tmp_path / 'fourth.backup'}", like)
    describe(tmp_path / "fourth.backup")
    snapshot.restore_backup(store, LOCAL_USER, tmp_path / "fourth.backup")
    assert shown(store, OPEN).harm_of == shown(store, PROTECTED).harm_of == NOW
    assert regrouping.REGROUPED in {row["action"] for row in rows(store, t.audit)}
    assert verify(store, LOCAL_USER) == []


def test_the_fourth_edition_is_made_as_it_was(tmp_path: Path, like: Store) -> None:
    """As of those before: what later editions add must leave the tables of that time alone."""
    fourth_edition.write(f"sqlite:///{tmp_path / 'fourth.sqlite'}", like)
    assert digest_of(tmp_path / "fourth.sqlite") == SCHEMA_OF_FOURTH


DAMAGE = {
    "harm_of": "UPDATE version SET harm_of = 'not [ JSON' WHERE dataset_id = 1",
    "notes": "UPDATE version SET notes = 'not [ JSON' WHERE dataset_id = 1",
    "source": "UPDATE version SET source = 'elsewhere' WHERE dataset_id = 1",
}


@pytest.mark.parametrize("column", DAMAGE)
def test_a_version_that_was_damaged_before_is_damaged_afterwards(tmp_path: Path, like: Store, column: str) -> None:
    path = tmp_path / "old.sqlite"
    fourth_edition.write(f"sqlite:///{path}", like)
    with closing(sqlite3.connect(path)) as file:
        file.execute(DAMAGE[column])
        file.commit()
    with closing(Store(f"sqlite:///{path}")) as store:
        assert verify(store, LOCAL_USER)
        with pytest.raises(DamagedError):
            datasets.history(store, LOCAL_USER, OPEN)
        if column == "source":  # where JSON is damaged, the versions cannot be listed at all
            assert [row["harm_of"] for row in rows(store, t.version) if row["dataset_id"] == PROTECTED] == [NOW]


def test_a_ledger_that_was_damaged_before_is_damaged_afterwards(tmp_path: Path, like: Store) -> None:
    path = tmp_path / "old.sqlite"
    fourth_edition.write(f"sqlite:///{path}", like)
    with closing(sqlite3.connect(path)) as file:
        file.execute("DROP TRIGGER blob_no_update")
        file.execute("UPDATE blob SET content = x'00' WHERE sha256 IN (SELECT ledger FROM release)")
        file.commit()
    with closing(Store(f"sqlite:///{path}")) as store:
        assert len(verify(store, LOCAL_USER)) == 1
        assert shown(store, OPEN).harm_of == NOW


def test_the_mapping_of_an_import_that_was_the_usual_one_is_the_usual_one_again(upgraded: Store) -> None:
    """What a fresh import of the same rows gives now is what the older store was brought to."""
    fresh = importing.prepare(upgraded, LOCAL_USER, small_place.incidents(log()))
    assert dict(fresh.description.harm_of) == shown(upgraded, OPEN).harm_of


@pytest.mark.parametrize("category", [*POLICE, *SEXUAL, "Gangs", "Vaping", "Homework", "cse", "Harm between children"])
def test_each_category_moves_once_and_only_from_where_the_earlier_rules_put_it(category: str) -> None:
    before, after = edition.earlier_harm_of(category), harms.harm_of(category)
    assert edition.moved_by_rule({category: before}) == ({} if before == after else {category: after})
    for chosen in set(harms.HARM_GROUPS) - {before}:
        assert edition.moved_by_rule({category: chosen}) == {}


def test_of_the_police_types_theft_from_the_person_alone_moves() -> None:
    assert edition.moved_by_rule({name: edition.earlier_harm_of(name) for name in POLICE}) == {
        "Theft from the person": "other"
    }


def test_a_dataset_of_marks_is_left_alone(tmp_path: Path, like: Store) -> None:
    path = tmp_path / "old.sqlite"
    fourth_edition.write(f"sqlite:///{path}", like)
    with closing(sqlite3.connect(path)) as file:
        [kept] = file.execute("SELECT harm_of FROM version WHERE dataset_id = ?", (CHOSEN,))
        file.execute("UPDATE dataset SET kind = 'marks' WHERE id = ?", (CHOSEN,))
        file.commit()
    Store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as file:
        [after] = file.execute("SELECT harm_of FROM version WHERE dataset_id = ?", (CHOSEN,))
    assert json.loads(after[0]) == json.loads(kept[0]) == BY_HAND
