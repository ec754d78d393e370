"""A damaged file gives the right figures or a clear refusal, never wrong figures and never a traceback.

It is damaged in a sample of places; with ``--thorough`` in hundreds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from data import private_files
from data.principal import LOCAL_USER
from data.services import exports, status_report, visibility
from data.store import area_sets, datasets
from data.store.anchor import KEY_NAME
from data.store.store import Store
from geo.errors import InputError
from geo.views.listing import CountsRequest
from tests.conftest import SEAL_KEY
from tests.torture.deeds import holding
from tests.torture.looking import tables
from tests.unit.data import small_place

SEED = 20261125
LONGEST_SENTENCE = 300
SPACED = "\n".join(f"{n % 28 + 1:02}/09/2021,,E0100000{n % 6 + 1},Type {n % 300}" for n in range(1500))

Read = dict[str, object]  # what each way of reading gave
STEPS: dict[str, Callable[[Store], object]] = {
    "datasets": lambda store: datasets.datasets(store, LOCAL_USER),
    "status": lambda store: status_report.lines(_of_the_database(store)),
    "rows and cells": holding,
    "areas": lambda store: area_sets.area_sets(store, LOCAL_USER),
    "counts and shapes": lambda store: _exported(store),
}


def _of_the_database(store: Store) -> status_report.Report:
    """Return the report without what lies in files beside the database, which damage to it does not reach."""
    return {**status_report.of_store(store, LOCAL_USER), "audit": [], "release_log": "there"}


def _exported(store: Store) -> str:
    dataset = datasets.load_dataset(store, LOCAL_USER, 1)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    return exports.counts_csv(
        visibility.released_counts(store, LOCAL_USER, dataset), areas, CountsRequest(["area", "period"])
    )


@dataclass(frozen=True)
class Damages:
    """How often a store is damaged, in which way."""

    flips: int
    flips_of_log: int
    cuts: int
    cuts_of_log: int


SAMPLE, ALL = Damages(40, 12, 12, 4), Damages(400, 60, 60, 15)


@dataclass(frozen=True)
class Whole:
    """A store as it was before it was damaged: the bytes of its file and of its log, and what reading it gave."""

    file: bytes
    log: bytes
    states: tuple[Read, ...]  # after each of the writes that are in the log, the last one last
    rows: dict[str, list[str]]


@pytest.fixture
def damages(thorough: bool) -> Damages:
    return ALL if thorough else SAMPLE


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """Fill a store whose last two writes are in the log only, as a machine that stops while one reads leaves it."""
    path = tmp_path_factory.mktemp("whole") / "store.sqlite"
    url = f"sqlite:///{path}"
    with closing(Store(url)) as store:
        small_place.settle(store)
        second = small_place.add(store, logged(SPACED))
        small_place.add(store, logged("03/09/2021,,E01000004,Drugs", replaces=second))
        small_place.add(store, logged("04/09/2021,,E01000004,Drugs", title="Third"))
    with closing(Store(url)) as store:
        states = [read(store)]
        with store.reading(LOCAL_USER) as reader:
            reader.exec_driver_sql("SELECT count(*) FROM audit").all()
            for title in ("Fourth", "Fifth"):
                small_place.add(store, logged(f"05/09/2021,,E01000004,{title}", title=title))
                states.append(read(store))
            log = path.with_name(f"{path.name}-wal").read_bytes()
            return Whole(path.read_bytes(), log, tuple(states), tables(store))


@pytest.fixture(scope="module")
def checkpointed(whole: Whole, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """The same store with everything in its one file."""
    path = put(whole.file, whole.log, tmp_path_factory.mktemp("checkpointed"))
    with closing(Store(f"sqlite:///{path}")) as store:
        state, rows = read(store), tables(store)
    assert state == whole.states[-1]
    return Whole(path.read_bytes(), b"", (state,), rows)


def test_a_bit_that_flips_in_the_file_is_harmless_or_refused(
    checkpointed: Whole, tmp_path: Path, damages: Damages
) -> None:
    endings: Counter[str] = Counter()
    for at, bit in places(len(checkpointed.file), damages.flips):
        endings[ending(flipped(checkpointed.file, at, bit), b"", tmp_path, checkpointed)] += 1
    assert sum(endings.values()) == damages.flips
    assert endings["right"] < damages.flips, endings


def test_a_description_of_a_table_that_is_no_text_any_more_is_refused(checkpointed: Whole, tmp_path: Path) -> None:
    described = [found.start() for found in re.finditer(rb"CREATE (TABLE|INDEX|TRIGGER) ", checkpointed.file)]
    assert described
    for at in described:
        for further in (0, 16, 40):  # the word itself, a name, and what follows
            ending(flipped(checkpointed.file, at + further, 7), b"", tmp_path, checkpointed)


def test_a_bit_that_flips_in_the_log_gives_an_earlier_state_whole_or_is_refused(
    whole: Whole, tmp_path: Path, damages: Damages
) -> None:
    for at, bit in places(len(whole.log), damages.flips_of_log):
        ending(whole.file, flipped(whole.log, at, bit), tmp_path, whole)


def test_a_file_cut_short_is_refused(checkpointed: Whole, tmp_path: Path, damages: Damages) -> None:
    pages = len(checkpointed.file) // 4096
    assert pages > damages.cuts
    for page in range(1, pages, pages // damages.cuts):
        assert ending(checkpointed.file[: page * 4096], b"", tmp_path, checkpointed) != "right"


def test_a_log_cut_short_gives_an_earlier_state_whole_or_is_refused(
    whole: Whole, tmp_path: Path, damages: Damages
) -> None:
    frames = (len(whole.log) - 32) // 4120
    assert frames > damages.cuts_of_log
    for frame in range(0, frames, frames // damages.cuts_of_log):
        for more in (0, 2000):
            ending(whole.file, whole.log[: 32 + frame * 4120 + more], tmp_path, whole)


def logged(rows: str, **changed: object) -> small_place.ImportRequest:
    return small_place.incidents(f"{small_place.INCIDENTS}{rows}\n", **changed)


def places(size: int, how_many: int) -> Iterator[tuple[int, int]]:
    """Choose bits of a file: a byte and a bit of it."""
    random = Random(SEED)  # noqa: S311
    for _ in range(how_many):
        yield random.randrange(size), random.randrange(8)


def flipped(content: bytes, at: int, bit: int) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1 << bit
    return bytes(changed)


def put(file: bytes, log: bytes, folder: Path) -> Path:
    """Write a store and its log, with nothing else beside them."""
    private_files.write(folder / KEY_NAME, SEAL_KEY.encode())
    path = folder / "store.sqlite"
    for old in folder.glob("store.sqlite*"):
        old.unlink()
    path.write_bytes(file)
    if log:
        path.with_name("store.sqlite-wal").write_bytes(log)
    return path


def ending(file: bytes, log: bytes, folder: Path, whole: Whole) -> str:
    """Read a damaged store; give "right" or the step that refused, after a look at what was read or said."""
    path = put(file, log, folder)
    found: Read = {}
    step = "opening"
    try:
        with closing(Store(f"sqlite:///{path}")) as store:
            for step, way in STEPS.items():
                found[step] = way(store)
    except (InputError, OSError) as refusal:
        require_sentence(str(refusal))
        assert any(found.items() <= state.items() for state in whole.states), "wrong figures before the refusal"
        return step
    assert found in whole.states, "wrong figures"
    return "right"


def read(store: Store) -> Read:
    return {name: way(store) for name, way in STEPS.items()}


def require_sentence(said: str) -> None:
    assert "\n" not in said
    assert "Traceback" not in said
    assert len(said) < LONGEST_SENTENCE
    assert not any(code in said for code in small_place.CODES), "a value of a row"
