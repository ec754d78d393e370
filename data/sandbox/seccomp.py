"""What the kernel refuses a process that reads: connections, other programs, other processes (Linux).

A filter in the kernel's own small language looks at the number of every call (seccomp(2), mode "filter"). It cannot
be taken off, and threads inherit it. Where the machine is neither x86-64 nor 64-bit ARM there is no table, and none.
"""

import ctypes
import errno
import os
import platform
import struct
from typing import Final, NamedTuple

from data.kernel_protections import PR_SET_SECCOMP, SECCOMP_FILTER, takes_filters

_X86, _ARM = 0, 1  # columns of the tables

# Refused outright. Numbers of x86-64 and of 64-bit ARM; None where the machine lacks the call.
_REFUSED: Final[dict[str, tuple[int | None, int | None]]] = {
    # connections (what was inherited is used by read and write)
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "sendmsg": (46, 211),
    "recvmsg": (47, 212),
    "sendmmsg": (307, 269),
    "recvmmsg": (299, 243),
    # work that the kernel does unfiltered on behalf of a process
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    # other programs and processes
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "tkill": (200, 130),
    # the system itself
    "unshare": (272, 97),
    "setns": (308, 268),
    "chroot": (161, 51),
    "mount": (165, 40),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "open_by_handle_at": (304, 265),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
}
_KILL: Final = {"kill": (62, 129), "tgkill": (234, 131)}  # allowed towards itself, as abort() needs
_CLONE: Final = (56, 220)  # allowed for threads
_CLONE3: Final = (435, 435)  # its flags lie in memory, out of sight; libc falls back to clone where it is absent
_CLONE_THREAD: Final = 0x10000

_MACHINES: Final = {"x86_64": (_X86, 0xC000003E), "aarch64": (_ARM, 0xC00000B7)}
_X32: Final = 0x40000000  # calls of x86's second, 32-bit numbering

# Where the kernel puts what a filter looks at (struct seccomp_data), low half of the first argument.
_NUMBER, _MACHINE, _FIRST = 0, 4, 16

# Instructions (BPF_LD | BPF_W | BPF_ABS and so on) and answers.
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _ABSENT = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS

_PR_SET_NO_NEW_PRIVS: Final = 38


class _Step(NamedTuple):
    """One instruction: where its test holds or not, that many next ones are skipped."""

    code: int
    value: int
    skip_if: int = 0
    skip_else: int = 0


def refuse_calls() -> bool:
    """Put the filter on this process for good; returns whether there is one for this machine. Raises OSError."""
    if not takes_filters():
        return False
    table = _MACHINES[platform.machine()]
    packed = b"".join(
        struct.pack("HBBI", step.code, step.skip_if, step.skip_else, step.value) for step in _steps(*table)
    )
    program = ctypes.create_string_buffer(packed, len(packed))
    # struct sock_fprog: the number of instructions, and where they lie
    filter_ = ctypes.create_string_buffer(struct.pack("HP", len(packed) // 8, ctypes.addressof(program)))
    _control(_PR_SET_NO_NEW_PRIVS, 1, 0)
    _control(PR_SET_SECCOMP, SECCOMP_FILTER, ctypes.addressof(filter_))
    return True


def _steps(column: int, machine: int) -> list[_Step]:
    """Return the filter; each test is followed by its answer, so that no jump is longer than one step."""
    steps = [
        _Step(_LOAD, _MACHINE),
        _Step(_IF_EQUAL, machine, skip_if=1),
        _Step(_ANSWER, _REFUSE),
        _Step(_LOAD, _NUMBER),
    ]
    if column == _X86:
        steps += [_Step(_IF_AT_LEAST, _X32, skip_else=1), _Step(_ANSWER, _REFUSE)]
    for numbers in _REFUSED.values():
        if (number := numbers[column]) is not None:
            steps += [_Step(_IF_EQUAL, number, skip_else=1), _Step(_ANSWER, _REFUSE)]
    steps += [_Step(_IF_EQUAL, _CLONE3[column], skip_else=1), _Step(_ANSWER, _ABSENT)]
    steps += _by_argument(_CLONE[column], _Step(_IF_ANY_BIT, _CLONE_THREAD, skip_if=1))
    for numbers_of in _KILL.values():
        steps += _by_argument(numbers_of[column], _Step(_IF_EQUAL, os.getpid(), skip_if=1))
    return [*steps, _Step(_ANSWER, _ALLOW)]


def _by_argument(number: int, test: _Step) -> list[_Step]:
    """Return steps that refuse a call unless its first argument passes the test."""
    return [
        _Step(_IF_EQUAL, number, skip_else=4),
        _Step(_LOAD, _FIRST),
        test,
        _Step(_ANSWER, _REFUSE),
        _Step(_ANSWER, _ALLOW),
    ]


def _control(option: int, first: int, second: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    words = [ctypes.c_ulong(word) for word in (first, second, 0, 0)]
    if libc.prctl(option, *words):
        raise OSError(ctypes.get_errno(), "prctl was refused")
