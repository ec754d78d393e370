"""The file of the release log: lines that are only ever added, each sealed with a key made of the release secret.

A line is sealed together with the one before, so that none can be changed, moved or taken out. Lines that belong to
another secret are kept and cannot be read for what they know. A last line that was not written to its end is no line:
what it was to say was not released either, since the log is written first.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from data import private_files
from data.services.secret import Secret
from data.settings import settings
from geo.release import keyed

NAME: Final = "release-log"
_END: Final = b"\n"
_PURPOSE: Final = "lines of the release log"


class BrokenLogError(Exception):
    """A line of the log is not as it was written."""


@dataclass(frozen=True)
class Lines:
    """The lines that belong to a secret, and the seal of the last line of the file ("" where there is none)."""

    said: Sequence[Mapping[str, Any]]
    last: str


def path() -> Path:
    """Return the path of the log, there or not."""
    return settings().local_context_home / NAME


def read(secret: Secret) -> Lines | None:
    """Read the log; None where there is none. Raises BrokenLogError when it is damaged, OSError when it is closed."""
    try:
        content = path().read_bytes()
    except FileNotFoundError:
        return None
    said, last = [], ""
    for line in content[: content.rfind(_END) + 1].splitlines():
        body, seal = _parted(line)
        if body.get("secret") == secret.fingerprint:
            if seal != _seal(secret, last, body):
                raise BrokenLogError
            said.append(body)
        last = seal
    return Lines(said, last)


@contextmanager
def locked() -> Iterator[None]:
    """Let nobody else write to the log meanwhile, in this program or another; where the system has such locks."""
    private_files.make_folder(path().parent)
    if os.name != "posix":
        yield
        return
    import fcntl

    handle = os.open(path().with_name(f".{NAME}.lock"), os.O_RDWR | os.O_CREAT, private_files.OWNER_ONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def append(secret: Secret, after: str, said: Mapping[str, Any]) -> str:
    """Add a line after the one whose seal is ``after``, and return its seal; it is on the disk then."""
    body = {**said, "secret": secret.fingerprint}
    seal = _seal(secret, after, body)
    line = json.dumps({"said": body, "seal": seal}, separators=(",", ":"), sort_keys=True).encode() + _END
    _drop_unfinished()
    private_files.append(path(), line)
    return seal


def set_aside() -> Path | None:
    """Rename a log that cannot be used, in its folder, and return its new path; None where there is none."""
    if not path().exists():
        return None
    aside = path().with_name(f"{NAME}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    path().rename(aside)
    return aside


def _parted(line: bytes) -> tuple[dict[str, Any], str]:
    try:
        found = json.loads(line)
        body, seal = found["said"], found["seal"]
    except (ValueError, KeyError, TypeError):
        raise BrokenLogError from None
    if not isinstance(body, dict) or not isinstance(seal, str):
        raise BrokenLogError
    return body, seal


def _seal(secret: Secret, before: str, body: Mapping[str, Any]) -> str:
    text = json.dumps(body, separators=(",", ":"), sort_keys=True)
    return keyed.tag(keyed.derived(secret.value, _PURPOSE), f"{before}{keyed.SEPARATOR}{text}")


def _drop_unfinished() -> None:
    try:
        content = path().read_bytes()
    except FileNotFoundError:
        return
    if content and not content.endswith(_END):
        private_files.write(path(), content[: content.rfind(_END) + 1])
