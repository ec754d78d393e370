"""What every test shares: a store of its own, how much is repeated, and the real data where it is.

``make test`` takes a sample of what repeats: of places, seeds, damaged files, identifiers and failing statements.
``make thorough`` passes ``--thorough`` and takes all of it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from data import key_files, private_files
from data.principal import Principal
from data.settings import settings as settings_of_the_run
from data.store import anchor, engines, release_log_marks
from data.store.anchor import KEY_NAME
from data.store.store import Store
from tests import known_secret
from tests.built_once import built_once

pytest_plugins = ["tests.postgres.fixtures", "tests.scheduling"]

CHECKOUT = Path(__file__).parents[1]
SEAL_KEY = "a5" * 32
REAL_DATA = CHECKOUT.parent / "shared" / "data"

EXAMPLES, EXAMPLES_WHEN_THOROUGH = 40, 400  # of each law
PRAGMAS = engines._PRAGMAS
PRAGMAS_IN_A_HURRY = tuple(one.replace("synchronous = FULL", "synchronous = OFF") for one in PRAGMAS)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="repeat in full what is sampled otherwise")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the examples that laws are tested on: the same where a change is judged, new ones elsewhere."""
    thorough, judged = config.getoption("--thorough"), bool(os.environ.get("CI"))
    examples = EXAMPLES_WHEN_THOROUGH if thorough else EXAMPLES
    settings.register_profile("chosen", deadline=None, max_examples=examples, derandomize=judged)
    settings.load_profile("chosen")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that a sample stands for, unless all is asked for."""
    if config.getoption("--thorough"):
        return
    left_out = [one for one in items if one.get_closest_marker("thorough")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [one for one in items if one not in set(left_out)]


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Return whether everything is to be repeated in full, or a sample taken."""
    return bool(pytestconfig.getoption("--thorough"))


@pytest.fixture(scope="session", autouse=True)
def _own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every test away from the store, the database and the settings of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOCAL_CONTEXT_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("DATABASE_URL", raising=False)
        yield


def _forget_releases() -> None:
    (settings_of_the_run().local_context_home / "release-log").unlink(missing_ok=True)


@pytest.fixture(scope="module", autouse=True)
def _no_release_log_of_other_modules(_own_store: None) -> None:
    """Let a store that a module shares know nothing of what the tests before it released."""
    _forget_releases()


@pytest.fixture(autouse=True)
def _own_release_log() -> Iterator[None]:
    """Let no test know what another released: their stores share one home, whose log would remember all of them.

    So a store that other tests share has no log in this one until it is begun here, though its audit says that it had.
    """
    _forget_releases()
    is_begun, mark_begun = release_log_marks.is_begun, release_log_marks.mark_begun
    begun_here: list[bool] = []

    def mark_here(store: Store, principal: Principal) -> None:
        begun_here.append(True)
        if not is_begun(store, principal):
            mark_begun(store, principal)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release_log_marks, "mark_begun", mark_here)
        patch.setattr(
            release_log_marks, "is_begun", lambda store, principal: bool(begun_here) and is_begun(store, principal)
        )
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Let SQLite not wait until the disk has what is written, as the tests' PostgreSQL does not.

    Only a loss of power could tell the difference. ``test_engines`` holds what is set in earnest.
    """
    assert PRAGMAS_IN_A_HURRY != PRAGMAS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "_PRAGMAS", PRAGMAS_IN_A_HURRY)
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_seal_key() -> Iterator[None]:
    """Seal every store with the same key, so that two of them can be compared; other keys stay random."""
    make = key_files.make

    def make_the_same(path: Path) -> None:
        if path.name != KEY_NAME:
            make(path)
        elif path.exists():
            raise FileExistsError
        else:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            private_files.write(path, SEAL_KEY.encode())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_files, "make", make_the_same)
        patch.setattr(anchor, "_passing_key", lambda: bytes.fromhex(SEAL_KEY))
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
    return built_once(tmp_path_factory, "demo", _build_demo)


def _build_demo(home: Path) -> None:
    known_secret.put_into(home)
    subprocess.run(
        [sys.executable, "-m", "data", "demo"],
        cwd=CHECKOUT,
        env={**os.environ, "LOCAL_CONTEXT_HOME": str(home)},
        check=True,
        timeout=300,
    )
