"""A release secret that tests know, so that protected figures of a store are the same in every run."""

from pathlib import Path
from typing import Final

RELEASE_SECRET: Final = "5e" * 32


def put_into(home: Path) -> None:
    """Write the secret into the folder of a store that is still to be made."""
    secret = home / "release-secret"
    secret.write_text(f"{RELEASE_SECRET}\n", encoding="ascii")
    secret.chmod(0o600)
