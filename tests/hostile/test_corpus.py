"""Every hostile file, by every way in, ends as a clean result or as one sentence; nothing else is touched."""

import pickle
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pyogrio
import pytest

from data.apart import Attempt, attempt
from data.reading.sources import from_upload
from geo.errors import InputError
from tests.hostile.conftest import SECRET, Watched
from tests.hostile.corpus import CASES
from tests.hostile.making import Case
from tests.hostile.reading import WAYS_IN

MOST_MEMORY = 1_500_000_000
LONGEST = 400  # letters of a sentence, apart from names of columns that it lists

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits and the filters are those of Linux")


@pytest.fixture(autouse=True)
def _nothing_is_touched(watched: Watched) -> Iterator[None]:
    before = _tree(watched)
    yield
    assert watched.seen == []
    assert _tree(watched) == before


def _tree(watched: Watched) -> set[Path]:
    return set(watched.lures.secret.parent.iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title[:80])
def test_a_hostile_file_does_no_harm(case: Case, watched: Watched) -> None:
    source = from_upload(case.name, case.make(watched.lures))
    for name, way in WAYS_IN.items():
        _require_harmless(f"{case.title} by {name}", attempt(way, source))


def _require_harmless(where: str, got: Attempt[object]) -> None:
    assert got.end.peak is not None, where
    assert got.end.peak < MOST_MEMORY, where
    if got.error is None:
        assert SECRET.encode() not in pickle.dumps(got.value), where
        return
    said = str(got.error)
    assert isinstance(got.error, InputError), where
    assert said.endswith("."), (where, said)
    assert said.isprintable(), (where, said)
    assert SECRET not in said, (where, said)
    assert got.error.__context__ is None, where


def test_there_are_enough_of_them() -> None:
    assert len({case.make for case in CASES}) >= 100


class TestTheTraps:
    """Without what keeps a reader in, the lures work."""

    def test_a_library_would_read_the_secret(self, watched: Watched, tmp_path: Path) -> None:
        file = tmp_path / "areas.geojson"
        case = next(case for case in CASES if case.make.__name__ == "a_vrt_that_reads_a_file_as_csv")
        file.write_bytes(case.make(watched.lures))
        assert SECRET in str(pyogrio.read_dataframe(file, read_geometry=False))

    def test_a_pipe_that_is_opened_is_seen(self, watched: Watched) -> None:
        assert watched.lures.pipe.read_text(encoding="utf-8")
        assert watched.seen == ["pipe"]
        watched.seen.clear()

    def test_a_connection_is_seen(self, watched: Watched) -> None:
        address = watched.lures.url.removeprefix("http://").split(":")
        with socket.create_connection((address[0], int(address[1]))) as connection:
            connection.recv(1)
        assert watched.seen == ["server"]
        watched.seen.clear()
