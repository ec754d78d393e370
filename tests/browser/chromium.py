"""Finds a Chromium for the tests that need one, and gets it where there is none.

``python -m tests.browser.chromium`` does both. It fails where a change is judged (CI=true) and no browser can be had;
elsewhere it says so, and the tests that need one are skipped.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGES: Final = ("chromium", "fonts-liberation", "libatomic1")  # playwright's own driver needs the last one
NONE_FOUND: Final = (
    "browser: no Chromium or Chrome that playwright can drive was found; on Debian and Ubuntu install "
    f"{', '.join(PACKAGES)}, elsewhere any of the two, and name one in an unusual place with CHROME=/path/to/it"
)


def find() -> str | None:
    """Return the path of a browser that can be driven: the one that CHROME names, one on the PATH, or playwright's."""
    if not _driver_runs():
        return None
    named = os.environ.get("CHROME")
    if named:
        return shutil.which(named)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    return _of_playwright()


def required(environment: Mapping[str, str]) -> bool:
    """Return whether a missing browser is a failure rather than a reason to skip."""
    return environment.get("CI", "").lower() == "true"


def ways_to_get(*, user: int, has_apt: bool, has_sudo: bool) -> list[list[str]]:
    """List the commands that bring a browser to this machine, each line of attempts in order.

    Debian's own package comes first where it may be installed; playwright's download is for everyone else.
    """
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    if not has_apt or (user != 0 and not has_sudo):
        return [playwright]
    apt = [*(["sudo", "-n"] if user != 0 else []), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *PACKAGES]
    return [install, [*apt, "update"], install, playwright]


def get() -> str | None:
    """Try each way to get a browser until one is found."""
    # Windows has neither user numbers nor apt-get.
    user = os.getuid() if hasattr(os, "getuid") else -1
    ways = ways_to_get(user=user, has_apt=bool(shutil.which("apt-get")), has_sudo=bool(shutil.which("sudo")))
    for way in ways:
        found = find()
        if found:
            return found
        subprocess.run(way, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return find()


def main() -> int:
    """Make sure of a browser; answer 1 when there must be one and is none."""
    if find():
        return 0
    print("No browser found for the tests; getting Chromium …", flush=True)  # noqa: T201
    if get():
        return 0
    print(NONE_FOUND, file=sys.stderr)  # noqa: T201
    return 1 if required(os.environ) else 0


def _driver_runs() -> bool:
    asked = subprocess.run([sys.executable, "-m", "playwright", "--version"], check=False, capture_output=True)
    return asked.returncode == 0


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


if __name__ == "__main__":
    sys.exit(main())
