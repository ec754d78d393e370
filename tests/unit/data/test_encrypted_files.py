"""Encrypted files: they come back whole with their passphrase, and with nothing else, however they were changed."""

import random
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import encrypted_files
from geo.errors import InputError

WORDS = "four words for a backup"
PART = 64
DAMAGED = "damaged, cut off or put together from others"


@pytest.fixture(autouse=True)
def _cheaply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a key soon and a part small, so that a test can try many files of several parts."""
    monkeypatch.setattr(encrypted_files, "_COST", 4)
    monkeypatch.setattr(encrypted_files, "PART", PART)


def encrypted(folder: Path, content: bytes) -> Path:
    (folder / "plain").write_bytes(content)
    encrypted_files.encrypt(folder / "plain", folder / "sealed", WORDS)
    return folder / "sealed"


def decrypted(sealed: Path, passphrase: str = WORDS) -> bytes:
    target = sealed.with_name("again")
    encrypted_files.decrypt(sealed, target, passphrase)
    return target.read_bytes()


def parts_of(sealed: bytes) -> tuple[bytes, list[bytes]]:
    start = encrypted_files._HEADER + encrypted_files._PROOF
    body, size = sealed[start:], PART + encrypted_files._TAG
    return sealed[:start], [body[at : at + size] for at in range(0, len(body), size)]


def refused(sealed: Path, content: bytes, said: str) -> None:
    sealed.write_bytes(content)
    with pytest.raises(InputError, match=said):
        decrypted(sealed)
    assert not sealed.with_name("again").exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=4 * PART + 1))
def test_what_was_encrypted_comes_back(tmp_path: Path, content: bytes) -> None:
    assert decrypted(encrypted(tmp_path, content)) == content


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 3 * PART])
def test_every_length_comes_back_and_tells_its_last_part(tmp_path: Path, size: int) -> None:
    content = random.Random(size).randbytes(size)  # noqa: S311
    sealed = encrypted(tmp_path, content)
    assert decrypted(sealed) == content
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    assert stat.S_IMODE(sealed.with_name("again").stat().st_mode) == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {"plain", "sealed", "again"}


def test_a_wrong_passphrase_is_said_to_be_one(tmp_path: Path) -> None:
    sealed = encrypted(tmp_path, b"rows" * 99)
    with pytest.raises(InputError, match="this is another"):
        decrypted(sealed, WORDS + "!")
    assert not (tmp_path / "again").exists()


def test_a_passphrase_is_the_same_from_every_keyboard(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"rows")
    encrypted_files.encrypt(tmp_path / "plain", tmp_path / "sealed", "caf\u00e9 caf\u00e9 caf\u00e9 ")
    assert decrypted(tmp_path / "sealed", "cafe\u0301 cafe\u0301 cafe\u0301") == b"rows"


@pytest.mark.parametrize("passphrase", ["", "short", " " * 20, "elevenchars"])
def test_a_short_passphrase_is_refused_and_nothing_is_written(tmp_path: Path, passphrase: str) -> None:
    (tmp_path / "plain").write_bytes(b"rows")
    with pytest.raises(InputError, match="12 characters or more"):
        encrypted_files.encrypt(tmp_path / "plain", tmp_path / "sealed", passphrase)
    assert not (tmp_path / "sealed").exists()


def test_a_flipped_bit_anywhere_is_noticed(tmp_path: Path) -> None:
    sealed = encrypted(tmp_path, b"rows" * 50)
    whole = sealed.read_bytes()
    for at in range(len(encrypted_files._MAGIC), len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1 << (at % 8)
        refused(sealed, bytes(changed), f"{DAMAGED}|damaged at its beginning")


def test_a_file_that_is_cut_off_anywhere_is_noticed(tmp_path: Path) -> None:
    sealed = encrypted(tmp_path, b"rows" * 50)
    whole = sealed.read_bytes()
    for length in range(len(encrypted_files._MAGIC), len(whole)):
        refused(sealed, whole[:length], DAMAGED)
    refused(sealed, whole + b"\0", DAMAGED)


def test_parts_in_another_order_twice_or_of_another_file_are_noticed(tmp_path: Path) -> None:
    sealed = encrypted(tmp_path, bytes(4 * PART))
    head, parts = parts_of(sealed.read_bytes())
    assert len(parts) == 4
    other = parts_of(encrypted(tmp_path, bytes(4 * PART)).read_bytes())[1]
    for changed in (
        [parts[1], parts[0], *parts[2:]],
        [*parts[:3], parts[2], parts[3]],
        [*parts, parts[3]],
        [parts[0], other[1], *parts[2:]],
        parts[1:],
        parts[:-1],
        [],
    ):
        refused(sealed, head + b"".join(changed), DAMAGED)


def test_the_same_bytes_are_never_encrypted_alike(tmp_path: Path) -> None:
    one = encrypted(tmp_path, b"rows").read_bytes()
    assert encrypted(tmp_path, b"rows").read_bytes()[-20:] != one[-20:]
