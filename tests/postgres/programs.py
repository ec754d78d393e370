"""Finds PostgreSQL's server programs for the tests, and gets them where there are none.

``python -m tests.postgres`` does both. It fails where a change is judged (CI=true) and none can be had; elsewhere it
says so, and the tests that need a server are skipped.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

NEEDED: Final = ("initdb", "pg_ctl", "postgres")
# Debian and Ubuntu, Fedora and its kin, Homebrew on either processor, Postgres.app: none puts the server on the PATH.
PLACES: Final = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
PACKAGE: Final = "postgresql"
NONE_FOUND: Final = (
    f"postgres: no PostgreSQL server ({', '.join(NEEDED)}) was found; on Debian and Ubuntu install {PACKAGE}, "
    "elsewhere PostgreSQL 14 or newer, and name the folder of its programs in an unusual place with PGBIN=/path/to/bin"
)
# Debian makes a cluster and starts it with the package unless this file says otherwise. It is there for the length of
# the installation only, so that it decides nothing for whoever uses the machine later.
DROP_IN: Final = "/etc/postgresql-common/createcluster.d/local-context-tests.conf"
_INSTALL: Final = f"""
trap 'rm -f {DROP_IN}' EXIT
mkdir -p {Path(DROP_IN).parent} && echo 'create_main_cluster = false' >{DROP_IN} || exit
export DEBIAN_FRONTEND=noninteractive
install() {{ apt-get --quiet=2 install --yes --no-install-recommends {PACKAGE}; }}
install || {{ apt-get --quiet=2 update; install; }}
"""


def find() -> Path | None:
    """The folder of the server's programs: the one that PGBIN names, that of the PATH, or the newest installed."""
    if not hasattr(os, "getuid"):
        return None  # Windows: what starts the cluster leans on users and sockets as Unix has them
    named = os.environ.get("PGBIN")
    if named:
        return Path(named) if _is_whole(Path(named)) else None
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).parent] if on_path else []
    return next((folder for folder in [*candidates, *_installed()] if _is_whole(folder)), None)


def required(environment: Mapping[str, str]) -> bool:
    """Return whether a missing server is a failure rather than a reason to skip."""
    return environment.get("CI", "").lower() == "true"


def way_to_get(*, user: int, has_apt: bool, has_sudo: bool) -> list[str] | None:
    """The command that installs Debian's package without starting anything, or None where that cannot be done."""
    if not has_apt or (user != 0 and not has_sudo):
        return None
    return [*(["sudo", "-n"] if user != 0 else []), "sh", "-c", _INSTALL]


def get() -> Path | None:
    """Install the server where that may be done, and give the folder of its programs."""
    user = os.getuid() if hasattr(os, "getuid") else -1
    way = way_to_get(user=user, has_apt=bool(shutil.which("apt-get")), has_sudo=bool(shutil.which("sudo")))
    if way:
        subprocess.run(way, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return find()


def main() -> int:
    """Make sure of a server; answer 1 when there must be one and is none."""
    if find():
        return 0
    print("No PostgreSQL found for the tests; getting it …", flush=True)  # noqa: T201
    if get():
        return 0
    print(NONE_FOUND, file=sys.stderr)  # noqa: T201
    return 1 if required(os.environ) else 0


def _installed() -> Iterator[Path]:
    for place in PLACES:
        yield from sorted(Path("/").glob(place.lstrip("/")), key=_numbers, reverse=True)


def _numbers(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(folder))]


def _is_whole(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in NEEDED)
