"""What the first command does on a machine: exactly what the locks name, or one sentence that says what is missing."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^(\S+==\S+)(?: ; .+?)? \\$", re.MULTILINE)

# Stands in for Python: a suitable one, or one that lacks something. It notes what it was asked to install.
PRETEND = """#!/bin/sh
echo "$@" >> "{log}"
case "$*" in
*"version_info < "*) exit {too_old} ;;
*"import ensurepip"*) exit {lacks_venv} ;;
*"%d.%d"*) echo 3.13 ;;
"-m venv --clear .venv") rm -rf .venv && mkdir -p .venv/bin && cp "{python}" .venv/bin/python ;;
esac
"""


@dataclass
class Checkout:
    """A folder with the setup script and locks, where Python is pretended."""

    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "asked.log"

    def pretend(self, *, too_old: bool = False, lacks_venv: bool = False) -> None:
        python = self.folder / "bin" / "python"
        python.write_text(PRETEND.format(log=self.log, python=python, too_old=int(too_old), lacks_venv=int(lacks_venv)))
        python.chmod(0o755)

    def begin(self, kind: str) -> subprocess.Popen[str]:
        paths = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": paths, "PYTHON": str(self.folder / "bin" / "python")}
        command = ["bash", str(self.folder / "scripts" / "setup.sh"), kind]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def set_up(self, kind: str) -> subprocess.CompletedProcess[str]:
        begun = self.begin(kind)
        out, err = begun.communicate(timeout=60)
        return subprocess.CompletedProcess(begun.args, begun.returncode, out, err)

    def installs(self) -> list[str]:
        return [line.split()[-1] for line in self.log.read_text().splitlines() if "pip install" in line]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    (tmp_path / "scripts").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(TOP / "scripts" / "setup.sh", tmp_path / "scripts")
    for lock in LOCKS:
        shutil.copy(TOP / lock, tmp_path)
    # Nobody is root here, so that nothing is installed on the machine that runs this test.
    nobody = tmp_path / "bin" / "id"
    nobody.write_text("#!/bin/sh\necho 1000\n")
    nobody.chmod(0o755)
    made = Checkout(tmp_path)
    made.pretend()
    return made


def test_a_second_run_installs_nothing(checkout: Checkout) -> None:
    assert checkout.set_up("run").returncode == 0
    assert checkout.set_up("run").stdout == ""
    assert checkout.installs() == ["requirements.txt"]


@pytest.mark.skipif(shutil.which("flock") is None, reason="this machine has no flock, by which commands take turns")
def test_of_two_commands_at_once_one_installs_and_the_other_finds_it_done(checkout: Checkout) -> None:
    for begun in [checkout.begin("run") for _ in range(4)]:
        begun.communicate(timeout=60)
        assert begun.returncode == 0
    assert checkout.installs() == ["requirements.txt"]


def test_a_changed_lock_is_installed_again(checkout: Checkout) -> None:
    checkout.set_up("run")
    with (checkout.folder / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    left_over = checkout.folder / ".venv" / "no-longer-named"
    left_over.touch()
    checkout.set_up("run")
    assert checkout.installs() == ["requirements.txt", "requirements.txt"]
    assert not left_over.exists()


def test_what_the_tests_need_is_added_to_what_the_app_needs(checkout: Checkout) -> None:
    checkout.set_up("run")
    there = checkout.folder / ".venv" / "of-the-app"
    there.touch()
    checkout.set_up("dev")
    assert checkout.installs() == list(LOCKS)
    assert there.exists()


def test_the_environment_of_the_tests_serves_the_app_too(checkout: Checkout) -> None:
    checkout.set_up("dev")
    checkout.set_up("run")
    assert checkout.installs() == ["requirements-dev.txt"]


def test_an_old_python_is_refused_in_one_sentence(checkout: Checkout) -> None:
    checkout.pretend(too_old=True)
    refused = checkout.set_up("run")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "Python 3.11 or newer" in refused.stderr


def test_a_missing_venv_module_is_named_with_its_package(checkout: Checkout) -> None:
    checkout.pretend(lacks_venv=True)
    refused = checkout.set_up("run")
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "python3.13-venv" in refused.stderr


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_versions_and_hashes_and_nothing_of_the_machine_that_made_it(lock: str) -> None:
    text = (TOP / lock).read_text()
    packages = [line for line in text.splitlines() if line and line[0].isalnum()]
    assert len(packages) == len(PIN.findall(text)) > 0
    assert "--hash=sha256:" in text
    assert not re.search(r"://|-url|find-links|/\w+/\w+/", text)


def test_the_locks_agree() -> None:
    run, dev = (set(PIN.findall((TOP / lock).read_text())) for lock in LOCKS)
    assert run <= dev
