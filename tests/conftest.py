"""What every test shares: a store of its own, properties that repeat, and the real data where it is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.postgres.fixtures", "tests.scheduling"]

CHECKOUT = Path(__file__).parents[1]
RELEASE_SECRET = "5e" * 32  # of the demonstration town, so that its protected figures are the same in every run
REAL_DATA = CHECKOUT.parent / "shared" / "data"

# Laws are tested on examples that repeat where a change is judged, on new ones elsewhere. Machines differ in speed.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session", autouse=True)
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test away from the store, the database and the settings of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data beside the checkout."""
    if not REAL_DATA.is_dir():
        pytest.skip("acceptance: the real data folder ../shared/data is not beside this checkout")
    return REAL_DATA


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the demonstration town, built once. Tests read it; one that writes copies it first."""
    home = tmp_path_factory.mktemp("demo")
    secret = home / "release-secret"
    secret.write_text(f"{RELEASE_SECRET}\n", encoding="ascii")
    secret.chmod(0o600)
    subprocess.run(
        [sys.executable, "-m", "data", "demo"],
        cwd=CHECKOUT,
        env={**os.environ, "LOCAL_CONTEXT_HOME": str(home)},
        check=True,
        timeout=300,
    )
    return home
