"""What a kernel lacks of the sandbox is told in one sentence, and nothing where it lacks nothing."""

import sys

import pytest

from data import kernel_protections as kernel
from data.kernel_protections import KernelProtections
from data.principal import LOCAL_USER
from data.sandbox import run_sandboxed
from data.services import status_report
from data.store.store import Store
from tests.unit.data.sandbox import jobs

WHOLE = KernelProtections(landlock=True, seccomp=True)


def test_a_kernel_that_has_both_is_not_spoken_of() -> None:
    assert WHOLE.sentence() is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere both are missing")
@pytest.mark.parametrize(
    ("landlock", "seccomp", "lacking"),
    [(False, True, "no Landlock;"), (True, False, "no seccomp;"), (False, False, "no Landlock and seccomp;")],
)
def test_what_is_missing_is_named_in_one_sentence(landlock: bool, seccomp: bool, lacking: str) -> None:
    sentence = KernelProtections(landlock, seccomp).sentence()
    assert sentence is not None
    assert lacking in sentence
    assert sentence.replace("5.13", "").count(".") == 1


def test_status_tells_it_to_people_and_to_programs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "landlock_version", lambda: 0)
    report = status_report.of_store(store, LOCAL_USER)
    assert report["sandbox"]["landlock"] is False
    assert KernelProtections(**report["sandbox"]).sentence() in status_report.lines(report)
    whole = report | {"sandbox": WHOLE._asdict()}
    assert not [line for line in status_report.lines(whole) if "Landlock" in line]  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has them")
def test_asking_the_kernel_changes_nothing_and_agrees_with_what_a_reader_finds() -> None:
    there = kernel.kernel_protections()
    assert kernel.kernel_protections() == there
    assert (run_sandboxed(jobs.error_of, "socket in C", None) == "PermissionError 1") is there.seccomp
