"""The release secret: made once, kept apart, read by its owner alone, told to nobody, and never written over."""

import os
import stat
import traceback
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from data import key_files
from data.principal import LOCAL_USER
from data.services import secret
from data.services.opening import open_store
from data.services.secret import Secret, SecretError, SecretState
from data.services.verifying import verify
from data.store import secret_marks, snapshot
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.persons import ADMIN, BOARD, DSL, STRANGER, welcome
from tests.unit.data.store.test_store import at_once

OTHER = "ab" * 32
posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX tells who may read a file")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the test's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(folder))
    return folder


@pytest.fixture
def begun(store: Store) -> Store:
    """A store that has been given its secret."""
    secret.begin(store)
    return store


def put(text: str | bytes, mode: int = 0o600) -> None:
    content = text if isinstance(text, bytes) else text.encode()
    secret.file().write_bytes(content)
    secret.file().chmod(mode)


def state(store: Store) -> SecretState:
    return secret.look(store, LOCAL_USER)[0]


def refused(store: Store, said: str) -> str:
    """Make sure that a release is refused in one sentence that tells what to do and nothing of the secret."""
    held = secret.file().read_bytes().decode("latin-1").strip() if secret.file().is_file() else "nothing at all"
    with pytest.raises(InputError, match=said) as told:
        secret.of(store, LOCAL_USER)
    sentence = str(told.value)
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "; " in sentence
    written = "".join(traceback.format_exception(told.value, chain=True))
    assert held == "" or held not in written
    assert (secret.look(store, LOCAL_USER)[1]) == sentence
    return sentence


def test_the_first_start_makes_a_secret_that_only_its_owner_reads(home: Path) -> None:
    with closing(open_store()) as store:
        file = home / "release-secret"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600 or os.name != "posix"
        digits, end = file.read_text().split("\n")
        assert (len(bytes.fromhex(digits)), end) == (32, "")
        assert state(store) is SecretState.THERE
        assert secret.of(store, LOCAL_USER).value.hex() == digits
        assert [one.name for one in home.iterdir() if "secret" in one.name] == ["release-secret"]


def test_a_second_start_makes_no_other(store: Store) -> None:
    secret.begin(store)
    before, stamp = secret.of(store, LOCAL_USER), store.stamp(LOCAL_USER)
    secret.begin(store)
    assert secret.of(store, LOCAL_USER) == before
    assert store.stamp(LOCAL_USER) == stamp


def test_a_store_that_nobody_opened_for_work_is_given_its_secret_by_the_first_release(store: Store) -> None:
    assert state(store) is SecretState.NOT_MADE
    assert not secret.file().exists()
    made = secret.of(store, LOCAL_USER)
    assert secret_marks.newest(store, LOCAL_USER) == made.fingerprint
    assert state(store) is SecretState.THERE


def test_two_secrets_differ(store: Store) -> None:
    first = secret.of(store, LOCAL_USER)
    secret.file().unlink()
    secret.renew(store, LOCAL_USER)
    assert secret.of(store, LOCAL_USER) != first


def test_of_several_programs_that_start_at_once_one_makes_the_secret_and_all_have_it(tmp_path: Path) -> None:
    found: list[Secret] = []

    def start(_which: int) -> None:
        with closing(Store(f"sqlite:///{tmp_path / 'shared.sqlite'}")) as store:
            found.append(secret.of(store, LOCAL_USER))

    assert at_once(6, start) == []
    assert len(set(found)) == 1
    assert len(list(secret.file().parent.glob("*secret*"))) == 1


def test_who_is_too_late_to_make_the_file_takes_the_one_that_is_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = key_files.make

    def make_after_another(path: Path) -> None:
        make(path)
        monkeypatch.setattr(key_files, "make", make)
        key_files.make(path)

    monkeypatch.setattr(key_files, "make", make_after_another)
    found = secret.of(store, LOCAL_USER)
    assert found.value.hex() == secret.file().read_text().strip()
    assert [one.name for one in secret.file().parent.iterdir() if "secret" in one.name] == ["release-secret"]


def test_a_secret_that_lies_in_the_home_already_is_taken_by_a_new_store(store: Store, home: Path) -> None:
    home.mkdir(exist_ok=True)
    put(f"{OTHER}\n")
    assert secret.of(store, LOCAL_USER).value == bytes.fromhex(OTHER)


def test_the_secret_is_nowhere_but_in_its_file(begun: Store, home: Path, tmp_path: Path) -> None:
    value = secret.of(begun, LOCAL_USER).value
    snapshot.write_backup(begun, LOCAL_USER, tmp_path / "b.backup")
    begun.close()
    spellings = (value, value.hex().encode(), value.hex().upper().encode())
    elsewhere = [one for one in tmp_path.rglob("*") if one.is_file() and one != secret.file()]
    assert len(elsewhere) >= 2
    assert not [one for one in elsewhere if any(spelling in one.read_bytes() for spelling in spellings)]


def test_a_secret_is_never_shown(begun: Store) -> None:
    found = secret.of(begun, LOCAL_USER)
    for text in (repr(found), str(found), f"{found}", repr([found]), found.fingerprint, secret.look(begun, ADMIN)[1]):
        assert found.value.hex() not in text
        assert repr(found.value) not in text


def test_a_missing_secret_stops_a_release_and_nothing_else(begun: Store) -> None:
    secret.file().unlink()
    said = refused(begun, "this file is missing")
    assert "put the file back" in said
    assert "`python -m data secret --new`" in said
    assert state(begun) is SecretState.MISSING
    assert not secret.file().exists()
    assert verify(begun, LOCAL_USER) == []


def test_another_secret_stops_a_release_until_the_first_is_back(begun: Store) -> None:
    first = secret.file().read_bytes()
    put(f"{OTHER}\n")
    refused(begun, "this file holds another secret")
    assert state(begun) is SecretState.CHANGED
    put(first)
    assert secret.of(begun, LOCAL_USER).value.hex() == first.decode().strip()


@pytest.mark.parametrize("text", [f"{OTHER}", f"{OTHER}\r\n", f"  {OTHER.upper()}\n\n"], ids=["bare", "CRLF", "spaces"])
def test_a_secret_that_was_copied_out_and_back_is_still_the_same(store: Store, home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    put(text)
    assert secret.of(store, LOCAL_USER).value == bytes.fromhex(OTHER)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", OTHER[:-1].encode(), OTHER.encode() + b"0", OTHER.replace("a", "x").encode(), bytes(range(256)) * 9],
    ids=["nothing", "a line", "too short", "too long", "no digits", "bytes"],
)
def test_a_file_that_holds_something_else_is_refused_and_left_alone(begun: Store, content: bytes) -> None:
    put(content)
    refused(begun, "this file holds something else")
    assert state(begun) is SecretState.UNUSABLE
    with pytest.raises(SecretError):
        secret.renew(begun, LOCAL_USER)
    assert secret.file().read_bytes() == content


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_a_file_that_others_can_read_is_refused(begun: Store, mode: int) -> None:
    secret.file().chmod(mode)
    assert "run `chmod 600 release-secret` in its folder" in refused(begun, "people other than its owner")
    secret.file().chmod(0o600)
    assert state(begun) is SecretState.THERE


def test_a_file_that_cannot_be_read_is_refused(begun: Store) -> None:
    secret.file().unlink()
    secret.file().mkdir()
    refused(begun, "this file cannot be read")
    assert state(begun) is SecretState.UNUSABLE


@pytest.mark.parametrize("make", [Path.touch, Path.mkdir], ids=["an empty file", "a folder"])
def test_a_store_opens_whatever_lies_in_the_place_of_the_file(home: Path, make: Callable[[Path], None]) -> None:
    home.mkdir()
    make(home / "release-secret")
    with closing(open_store()) as store:
        assert state(store) is SecretState.UNUSABLE
        assert verify(store, LOCAL_USER) == []
        refused(store, "this file|people other")


def test_a_home_where_nothing_can_be_written_is_told_by_the_release_alone(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.write_text("a file in the place of the folder")
    with pytest.raises((OSError, InputError)):
        secret.of(store, LOCAL_USER)
    assert secret_marks.newest(store, LOCAL_USER) is None


def test_a_file_that_cannot_be_written_whole_is_not_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_handle: int) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", stop)
        with pytest.raises(OSError, match="no space left"):
            secret.of(store, LOCAL_USER)
    assert list(secret.file().parent.iterdir()) == []
    assert state(store) is SecretState.NOT_MADE
    secret.of(store, LOCAL_USER)


def test_a_new_secret_is_made_where_it_is_missing_and_what_is_there_is_accepted(begun: Store) -> None:
    first = secret.file().read_bytes()
    secret.file().unlink()
    secret.renew(begun, LOCAL_USER)
    assert secret.file().read_bytes() != first
    assert state(begun) is SecretState.THERE
    put(first)
    secret.renew(begun, LOCAL_USER)
    assert secret.file().read_bytes() == first
    assert state(begun) is SecretState.THERE


@pytest.mark.parametrize("person", [STRANGER, BOARD, DSL], ids=lambda person: f"{person.organisation} {person.role}")
def test_only_the_keeper_of_the_store_lets_another_secret_count(begun: Store, person: object) -> None:
    welcome(begun)
    secret.file().unlink()
    with pytest.raises(PermissionError):
        secret.renew(begun, person)  # type: ignore[arg-type]
    assert not secret.file().exists()


def test_who_may_not_release_is_not_given_the_secret(begun: Store) -> None:
    for person in (BOARD, DSL):
        with pytest.raises(PermissionError):
            secret.of(begun, person)


def test_a_guest_of_the_store_releases_by_the_same_secret(store: Store) -> None:
    welcome(store)
    assert secret.of(store, STRANGER) == secret.of(store, LOCAL_USER)


def test_a_backup_restored_elsewhere_needs_the_secret_of_its_store(
    begun: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot.write_backup(begun, LOCAL_USER, tmp_path / "b.backup")
    mine = secret.file().read_bytes()
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path / "elsewhere"))
    with closing(open_store()) as other:
        snapshot.restore_backup(other, LOCAL_USER, tmp_path / "b.backup")
        refused(other, "this file holds another secret")
        put(mine)
        assert secret.of(other, LOCAL_USER).value.hex() == mine.decode().strip()
