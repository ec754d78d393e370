"""A process that reads is told nothing that the app was told, however it was started."""

import os
import sys

import pytest

from data.sandbox import run_sandboxed
from data.sandbox.child_processes import SERVER
from data.sandbox.environment import for_readers, forget_others
from tests.unit.data.sandbox import jobs

SECRETS = {
    "LOCAL_CONTEXT_TOKEN": "0" * 32,
    "LOCAL_CONTEXT_HOME": "/home/someone",
    "DATABASE_URL": "postgresql://someone:word@host/store",
    "HTTPS_PROXY": "http://someone:word@proxy:3128",
    "no_proxy": "host",
    "PYTHONPATH": "/elsewhere",
    "PYTHONSTARTUP": "/elsewhere/start.py",
    "LD_PRELOAD": "/elsewhere/library.so",
    "AWS_SECRET_ACCESS_KEY": "word",
    "STREAMLIT_SERVER_COOKIE_SECRET": "word",
}
NEEDED = {"LANG": "en_GB.UTF-8", "LC_TIME": "C", "TZ": "Europe/London", "SystemRoot": "C:\\Windows"}


def test_only_what_libraries_need_is_handed_on() -> None:
    handed = for_readers(SECRETS | NEEDED)
    assert NEEDED.items() <= handed.items()
    assert handed.keys().isdisjoint(SECRETS)


def test_a_process_that_has_all_of_its_parent_forgets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    forget_others()
    assert os.environ.keys().isdisjoint(SECRETS)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows what a process was started with")
def test_a_reader_finds_none_of_it_in_its_environment_or_that_of_its_parents(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (SECRETS | {"LD_PRELOAD": ""}).items():
        monkeypatch.setenv(name, value)
    SERVER.stop()
    names = set(run_sandboxed(jobs.names_in_environment))
    assert names.isdisjoint(SECRETS)
    assert "TMPDIR" in names
    assert SERVER._process is not None
    with open(f"/proc/{SERVER._process.pid}/environ", "rb") as started_with:  # noqa: PTH123
        said = started_with.read().decode()
    assert not [name for name in SECRETS if f"{name}=" in said]
