"""What is private can be read by nobody else, from the moment it is written."""

import os
import stat
from pathlib import Path

import pytest

from data import private_files

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX systems")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_that_others_could_look_into_is_closed_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    private_files.make_folder(folder)
    assert _mode(folder) == 0o700


def test_what_is_written_replaces_what_was_there_and_leaves_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    for content in (b"one", b"two"):
        private_files.write(path, content)
        assert (path.read_bytes(), _mode(path)) == (content, 0o600)
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


def test_what_is_appended_stands_after_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "log"
    private_files.append(path, b"one\n")
    private_files.append(path, b"two\n")
    assert (path.read_bytes(), _mode(path)) == (b"one\ntwo\n", 0o600)
