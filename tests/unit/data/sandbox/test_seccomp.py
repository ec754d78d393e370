"""The filter answers as it should on both machines it is written for."""

import errno
import os

import pytest

from data.sandbox import seccomp

ALLOWED = 0x7FFF0000
REFUSED = 0x00050000 | errno.EPERM
ABSENT = 0x00050000 | errno.ENOSYS
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


def answer(machine: str, number: int, first: int = 0, of: int | None = None) -> int:
    """Run the filter as the kernel would (cBPF, the five instructions that it uses)."""
    column, audit = MACHINES[machine]
    data = {0: number, 4: audit if of is None else of, 16: first}
    steps, at, held = seccomp._steps(column, audit), 0, 0
    while True:
        step = steps[at]
        at += 1
        if step.code == 0x20:
            held = data[step.value]
        elif step.code == 0x06:
            return step.value
        else:
            holds = {0x15: held == step.value, 0x35: held >= step.value, 0x45: bool(held & step.value)}[step.code]
            at += step.skip_if if holds else step.skip_else


@pytest.mark.parametrize(
    ("machine", "name", "number"),
    [
        (machine, name, numbers[column])
        for machine, (column, _) in MACHINES.items()
        for name, numbers in seccomp._REFUSED.items()
        if numbers[column] is not None
    ],
)
def test_every_call_of_the_table_is_refused(machine: str, name: str, number: int) -> None:
    assert answer(machine, number) == REFUSED


@pytest.mark.parametrize(("machine", "read", "write", "mmap"), [("x86_64", 0, 1, 9), ("aarch64", 63, 64, 222)])
def test_ordinary_calls_are_allowed(machine: str, read: int, write: int, mmap: int) -> None:
    assert {answer(machine, number) for number in (read, write, mmap)} == {ALLOWED}


@pytest.mark.parametrize(("machine", "clone"), [("x86_64", 56), ("aarch64", 220)])
def test_threads_are_made_and_processes_are_not(machine: str, clone: int) -> None:
    assert answer(machine, clone, first=0x3D0F00) == ALLOWED  # the flags of pthread_create
    assert answer(machine, clone, first=17) == REFUSED  # those of fork
    assert answer(machine, 435) == ABSENT


@pytest.mark.parametrize(("machine", "kill", "tgkill"), [("x86_64", 62, 234), ("aarch64", 129, 131)])
def test_a_process_signals_itself_only(machine: str, kill: int, tgkill: int) -> None:
    for number in (kill, tgkill):
        assert answer(machine, number, first=os.getpid()) == ALLOWED
        assert answer(machine, number, first=1) == REFUSED
        assert answer(machine, number, first=0xFFFFFFFF) == REFUSED


def test_other_numberings_are_refused() -> None:
    assert answer("x86_64", 0, of=0x40000003) == REFUSED  # 32-bit x86
    assert answer("x86_64", 0x40000000) == REFUSED  # x32


def test_the_filter_fits_the_kernel() -> None:
    assert len(seccomp._steps(0, 0xC000003E)) <= 4096
