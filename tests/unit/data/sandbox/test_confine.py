"""A job can reach neither the network, nor other programs, nor files that it was not given."""

import sys
from pathlib import Path

import pytest

from data.sandbox import ResourceLimits, run_sandboxed
from tests.unit.data.sandbox import jobs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has all of these")

REFUSED = "PermissionError 1"
CANNOT_OPEN = "PermissionError 13"


@pytest.mark.parametrize(
    "what",
    ["socket in C", "io_uring in C", "execv in C", "fork in C", "kill parent in C"],
)
def test_the_kernel_refuses(what: str) -> None:
    assert run_sandboxed(jobs.error_of, what, None) == REFUSED


@pytest.mark.parametrize("what", ["socket", "run", "kill parent"])
def test_python_refuses(what: str) -> None:
    assert run_sandboxed(jobs.error_of, what, None).startswith("PermissionError")


@pytest.mark.parametrize("what", ["read", "read in C", "read in arrow", "list", "write", "write in arrow", "sqlite"])
def test_other_files_are_not_opened(what: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    argument = str(tmp_path if what == "list" else secret)
    assert run_sandboxed(jobs.error_of, what, argument) != "done"
    assert secret.read_text(encoding="utf-8") == "secret"


@pytest.mark.parametrize("what", ["write", "write in arrow", "remove", "remove in C"])
def test_a_file_that_was_given_is_not_changed(what: str, tmp_path: Path) -> None:
    given = tmp_path / "given.csv"
    given.write_text("given", encoding="utf-8")
    assert run_sandboxed(jobs.error_of, what, given) != "done"
    assert given.read_text(encoding="utf-8") == "given"


@pytest.mark.parametrize("what", ["read", "read in C", "read in arrow"])
def test_a_file_that_was_given_is_read(what: str, tmp_path: Path) -> None:
    given = tmp_path / "given.csv"
    given.write_text("given", encoding="utf-8")
    assert run_sandboxed(jobs.error_of, what, given) == "done"


@pytest.mark.parametrize("what", ["write in its folder", "sqlite in memory", "kill itself with nothing in C"])
def test_what_a_reader_needs_is_there(what: str) -> None:
    assert run_sandboxed(jobs.error_of, what, None) == "done"


def test_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "given").mkdir()
    link = tmp_path / "given" / "link"
    link.symlink_to(tmp_path / "secret.txt")
    assert run_sandboxed(jobs.error_of, "read in C", str(link)) == CANNOT_OPEN


def test_a_file_that_is_written_has_a_largest_size() -> None:
    assert run_sandboxed(jobs.error_of, "write much", None, limits=ResourceLimits(file=1_000_000)).startswith(
        "OSError 27"
    )
