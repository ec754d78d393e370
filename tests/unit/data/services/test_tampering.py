"""Whoever can write to the database, but has not got the key, changes nothing unnoticed: ``verify`` names it."""

import io
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from data.principal import LOCAL_USER, Role
from data.services import releasing, setting_up, verifying
from data.services.opening import open_store
from data.store import datasets, people, releases, releases_at_rest, retention
from data.store.anchor import KEY_NAME
from data.store.releases import Release
from data.store.retention import Retention
from geo.errors import InputError
from tests.unit.data import logs, running, small_place
from tests.unit.data.persons import ADMIN
from tests.unit.data.services import tampering
from tests.unit.data.services.tampering import EDITS, PROTECTED, Edit

RELEASED_ONCE = 3
STORE, HEAD = "local-context.sqlite", "local-context.sqlite.audit-head"


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with open and protected data, of which something is released, schools, hotspots, people. It is copied."""
    home = tmp_path_factory.mktemp("untouched") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(home))
        with closing(open_store()) as store:
            small_place.settle(store)
            listed = logs.lines(200)
            assert logs.bring(store, listed) == PROTECTED
            logs.bring(store, [*listed, logs.line(logs.within(3))], replaces=PROTECTED)
            setting_up.add_schools(store, LOCAL_USER, small_place.upload("schools.csv", small_place.SCHOOLS))
            setting_up.add_hotspots(store, LOCAL_USER, [small_place.upload("spots.csv", small_place.HOTSPOTS)])
            assert logs.bring(store, logs.lines(400)[200:]) == RELEASED_ONCE
            people.add_person(store, ADMIN, "a governor", Role.BOARD)
            retention.put_retention(store, LOCAL_USER, Retention(90, 84))
    return home


@pytest.fixture
def home(untouched: Path, tmp_path: Path) -> Path:
    return running.copied(untouched, tmp_path / "home")


def test_an_untouched_store_is_sound_and_its_newest_write_can_be_noted_and_asked_for(home: Path) -> None:
    ran = running.done(home, "verify")
    assert "Verified" in ran.err
    noted = ran.out.split()[-1]
    assert noted == (home / HEAD).read_text().strip()
    assert "Verified" in running.done(home, "verify", "--head", noted).err


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_every_edit_without_the_key_is_noticed(home: Path, edit: Edit) -> None:
    tampering.edited(home / STORE, edit)
    ran = running.run(home, "verify")
    assert ran.code == 1
    assert "restore the store from a backup" in ran.err
    assert "Verified" not in ran.err


def test_an_older_copy_of_the_whole_database_is_noticed_by_verify_and_status_until_it_is_accepted(home: Path) -> None:
    older = tampering.copy_of(home / STORE)
    running.done(home, "retention", "--months", "24", "--yes")
    noted = running.done(home, "verify").out.split()[-1]
    for part in ("", "-wal", "-shm"):
        (home / f"{STORE}{part}").unlink(missing_ok=True)
    (home / STORE).write_bytes(older)
    running.done(home, "retention", "--months", "36", "--yes")  # goes on, under numbers given before
    assert "an older copy was put in its place" in running.done(home, "status").out
    assert "an older copy was put in its place" in running.run(home, "verify").err
    assert "is not in the audit as it was noted" in running.run(home, "verify", "--head", noted).err


def test_a_removed_note_of_the_newest_write_is_noticed(home: Path) -> None:
    (home / HEAD).unlink()
    assert "The note of the newest write" in running.run(home, "verify").err


def test_a_note_that_is_behind_is_no_alarm(home: Path) -> None:
    """So it is where the machine stops between a write and its note."""
    before = (home / HEAD).read_bytes()
    running.done(home, "retention", "--months", "24", "--yes")
    (home / HEAD).write_bytes(before)
    running.done(home, "verify")


@pytest.mark.parametrize("noted", ["", "7", "7:abc", f"x:{'0' * 64}", f"7:{'0' * 63}g"])
def test_a_newest_write_that_is_none_is_refused_in_one_sentence(noted: str) -> None:
    with pytest.raises(InputError, match="as `verify` prints it"):
        verifying.read_head(noted)


@pytest.mark.parametrize("key", [None, "0" * 64], ids=["missing", "another"])
def test_without_its_key_a_store_is_left_alone_until_it_is_put_back_or_sealed_again(
    home: Path, key: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, before = (home / KEY_NAME).read_bytes(), running.dump(home)
    (home / KEY_NAME).unlink()
    if key is not None:
        (home / KEY_NAME).write_text(key)
        (home / KEY_NAME).chmod(0o600)
    ran = running.run(home, "status")
    assert ran.code == 2
    assert "put the file back from where you keep it" in ran.err
    assert running.dump(home) == before
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert running.run(home, "secret", "--new-seals").code == 2  # nobody confirms
    assert running.dump(home) == before
    (home / KEY_NAME).write_bytes(kept)
    running.done(home, "verify")


def test_a_store_that_is_sealed_again_says_so_and_is_sound(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = (home / HEAD).read_text().strip()
    (home / KEY_NAME).write_text("0" * 64)
    monkeypatch.setattr("data.cli.secret_command.typed", lambda words: words == "SEAL AGAIN")
    assert "can never be found any more" in running.done(home, "secret", "--new-seals").err
    running.done(home, "verify")
    last = running.dump(home)["audit"]
    assert any(ended in str(row) for row in last)


def test_a_released_figure_is_found_even_where_its_seal_is_right(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As somebody with the key, or a fault of the program, would leave it."""
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(home))
    with closing(open_store()) as store:
        dataset = datasets.load_dataset(store, LOCAL_USER, RELEASED_ONCE)
        ledger = releasing.ledger_of(store, LOCAL_USER, dataset)
        assert ledger is not None
        assert verifying.verify(store, LOCAL_USER) == []
        for field, by in (("shown", 5), ("exact", 5)):
            forged = replace(
                ledger, frozen=(*ledger.frozen[:2], tampering.raised(ledger.frozen[2], field, by), *ledger.frozen[3:])
            )
            there = releases.load(store, LOCAL_USER, dataset)
            releases.put(store, LOCAL_USER, RELEASED_ONCE, Release(releases_at_rest.to_bytes(forged), there))
            assert any(ledger.frozen[2].period.key in said for said in verifying.verify(store, LOCAL_USER)), field
