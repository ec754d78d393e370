"""``python -m tests.postgres.keeper PROGRAMS [--durable]`` keeps a cluster until its standard input ends.

It runs apart from the tests, so that the cluster and its folder go away even when they are killed.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.postgres.cluster import PORT, READY, SUPERUSER

# Not the folder that TMPDIR names: another user must be able to enter it, and a socket's path must be short.
TEMPORARY: Final = "/tmp"  # noqa: S108
UNPRIVILEGED: Final = ("postgres", "nobody")  # PostgreSQL refuses to run as root
IN_A_HURRY: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ALWAYS: Final = ("listen_addresses=", "max_connections=100", "shared_buffers=32MB", f"port={PORT}")


def keep(programs: Path, *, durable: bool) -> None:
    """Make and start a cluster, say where its socket is, wait for the end of the input, and leave nothing behind."""
    user = other_user(os.getuid())
    folder = Path(tempfile.mkdtemp(prefix="local-context-pg-", dir=TEMPORARY))
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        _run(user, *initdb(programs, folder / "data"))
        try:
            settings = [*ALWAYS, f"unix_socket_directories={folder}", *(() if durable else IN_A_HURRY)]
            _run(user, programs / "pg_ctl", *_where(folder), "--wait", f"--options={_options(settings)}", "start")
            _say(f"{READY} {folder}")
            sys.stdin.read()
        finally:
            _run(user, programs / "pg_ctl", *_where(folder), "--mode=immediate", "stop", check=False)
    except (subprocess.CalledProcessError, OSError) as fault:
        log = folder / "log"
        said = [getattr(fault, "stdout", ""), log.read_text(errors="replace") if log.is_file() else "", str(fault)]
        _say(" ".join(" ".join(said).split()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def other_user(own: int) -> pwd.struct_passwd | None:
    """Return the user to run PostgreSQL as when the tests run as root; None means as they do."""
    if own != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in UNPRIVILEGED if name in known)


def initdb(programs: Path, data: Path) -> list[object]:
    """Return the command that makes the cluster. It sorts as an English server sorts, where this version can.

    SQLite sorts by code point; a test that leans on that fails here rather than at an organisation.
    """
    known = subprocess.run([programs / "initdb", "--help"], check=True, capture_output=True, encoding="utf-8").stdout
    english = ["--locale-provider=icu", "--icu-locale=en-GB"] if "--icu-locale" in known else []
    usual = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", f"--username={SUPERUSER}"]
    return [programs / "initdb", *usual, *english, f"--pgdata={data}"]


def _where(folder: Path) -> list[str]:
    return [f"--pgdata={folder / 'data'}", f"--log={folder / 'log'}"]


def _options(settings: list[str]) -> str:
    return " ".join(f"-c '{setting}'" for setting in settings)


def _run(user: pwd.struct_passwd | None, *command: object, check: bool = True) -> None:
    """Run one of PostgreSQL's programs as ``user``. What it says goes to a file: its server would hold a pipe open."""
    becoming = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user is not None else {}
    words = [str(part) for part in command]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        ended = subprocess.run(
            words, check=False, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", **becoming
        )
        said.seek(0)
        if check and ended.returncode:
            raise subprocess.CalledProcessError(ended.returncode, words, said.read())


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an end in order, as when the input ends
    keep(Path(sys.argv[1]), durable="--durable" in sys.argv[2:])
