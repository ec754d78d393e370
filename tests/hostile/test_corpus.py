"""Every hostile file, by every way in, ends as a clean result or as one sentence; nothing else is touched."""

import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.formats.sources import from_upload
from data.sandbox import Attempt, ResourceLimits, attempt
from geo.errors import InputError
from tests.hostile.conftest import PLANTED, Watched
from tests.hostile.corpus import CASES
from tests.hostile.making import Case
from tests.hostile.reading import by_every_way, ways_for

MOST_MEMORY = 1_500_000_000
BRIEF = ResourceLimits(cpu=1)  # so that what would take its twenty seconds takes one

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits and the filters are those of Linux")


@pytest.fixture(autouse=True)
def _nothing_is_touched(watched: Watched) -> Iterator[None]:
    before = _tree(watched)
    yield
    assert watched.seen == []
    assert _tree(watched) == before


def _tree(watched: Watched) -> set[Path]:
    return set(watched.lures.secret.parent.iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_hostile_file_does_no_harm(case: Case, watched: Watched) -> None:
    source = from_upload(case.name, case.make(watched.lures))
    ways = ways_for(case)
    together = attempt(by_every_way, source, tuple(ways.values()), limits=BRIEF)
    _require_harmless(case.title, together)
    if together.error is not None:  # the process came to an end on one of them, so each is tried in one of its own
        with ThreadPoolExecutor(2) as pool:
            apart = list(pool.map(lambda way: attempt(way, source, limits=BRIEF), ways.values()))
        for name, got in zip(ways, apart, strict=True):
            _require_harmless(f"{case.title} by {name}", got)


def _require_harmless(where: str, got: Attempt[object]) -> None:
    assert got.end.peak is not None, where
    assert got.end.peak < MOST_MEMORY, where
    if got.error is None:
        assert PLANTED.encode() not in pickle.dumps(got.value), where
    else:
        assert got.error.__context__ is None, where
    for error in (got.error, *_errors_in(got.value)):
        if error is not None:
            said = str(error)
            assert isinstance(error, InputError), where
            assert said.endswith("."), (where, said)
            assert said.isprintable() or got.error is None, (where, said)
            assert PLANTED not in said, (where, said)


def _errors_in(value: object) -> list[InputError]:
    return [InputError(said) for said in value if isinstance(said, str)] if isinstance(value, list) else []


def test_there_are_enough_of_them() -> None:
    assert len({case.make for case in CASES}) >= 100


class TestTheTraps:
    """Without what keeps a reader in, the lures work."""

    def test_a_library_would_read_the_secret(self, watched: Watched, tmp_path: Path) -> None:
        file = tmp_path / "areas.geojson"
        case = next(case for case in CASES if case.make.__name__ == "a_vrt_that_reads_a_file_as_csv")
        file.write_bytes(case.make(watched.lures))
        # In a process of its own: ours has other drivers than that of GeoPackage switched off, as it must.
        read = f"import pyogrio; print(pyogrio.read_dataframe({str(file)!r}, read_geometry=False).to_string())"
        free = {name: value for name, value in os.environ.items() if not name.startswith(("OGR_", "GDAL_", "CPL_"))}
        done = subprocess.run([sys.executable, "-c", read], env=free, check=True, capture_output=True, text=True)
        assert PLANTED in done.stdout

    def test_a_pipe_that_is_opened_is_seen(self, watched: Watched) -> None:
        with watched.lures.pipe.open(encoding="utf-8") as file:
            assert file.read(1)
        assert watched.seen == ["pipe"]
        watched.seen.clear()

    def test_a_connection_is_seen(self, watched: Watched) -> None:
        address = watched.lures.url.removeprefix("http://").split(":")
        with socket.create_connection((address[0], int(address[1]))) as connection:
            connection.recv(1)
        assert watched.seen == ["server"]
        watched.seen.clear()
