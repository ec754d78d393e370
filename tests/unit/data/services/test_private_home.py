"""Only the owner of the program can read what is stored: a new store is made so, and one of before is mended."""

import os
import stat
from pathlib import Path

import pytest

from data.services import private_home
from geo.errors import InputError
from tests.unit.data import running

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only POSIX tells who may read a file")


def open_to_others(folder: Path) -> list[str]:
    """Name what of a folder people other than its owner can do anything with."""
    return [one.name for one in (folder, *folder.rglob("*")) if one.lstat().st_mode & 0o077]


@pytest.fixture
def lenient() -> None:
    os.umask(0o022)


@pytest.mark.usefixtures("lenient")
def test_a_fresh_store_is_private_from_its_beginning(tmp_path: Path) -> None:
    home = tmp_path / "lies" / "here"
    assert "Only you can read the folder and the files in it." in running.done(home, "status").out
    running.done(home, "backup", home / "a.backup")
    assert open_to_others(home) == []
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.usefixtures("lenient")
def test_a_store_of_before_is_mended_when_it_is_opened_and_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    running.run_sandboxed(home, "status")
    (home / "local-context.damaged-20260101T000000.sqlite").write_bytes(b"set aside")
    for one in home.iterdir():
        one.chmod(0o600 if one.name in ("release-secret", "seal-key") else 0o644)
    home.chmod(0o755)
    ran = running.run_sandboxed(home, "status")
    assert "others could read the folder and 3 files" in ran.out
    assert open_to_others(home) == []
    assert "Only you can read" in running.run_sandboxed(home, "status").out


def test_what_cannot_be_mended_is_refused_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "theirs").write_text("rows")
    (tmp_path / "theirs").chmod(0o644)

    def refuse(_path: Path, _mode: int) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(InputError, match="others can read the file “theirs” in it, and this cannot be mended") as told:
        private_home.close_to_others(tmp_path)
    assert str(told.value).count(". ") == 0


def test_a_folder_that_everybody_shares_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(InputError, match="others can read the folder"):
        private_home.close_to_others(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777


@pytest.mark.usefixtures("lenient")
def test_a_database_elsewhere_is_mended_and_its_folder_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o755)
    for part in private_home.PARTS:
        (elsewhere / f"a.sqlite{part}").write_bytes(b"")
    assert private_home.close_to_others(tmp_path / "home", elsewhere / "a.sqlite").mended
    assert open_to_others(elsewhere) == ["elsewhere"]
