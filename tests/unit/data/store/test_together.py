"""People at the same time: uploads take turns, and readers see a dataset before or after one, never a mixture."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from data import private_files
from data.principal import LOCAL_USER
from data.services import importing, release_log, secret, status_report
from data.services.importing import PreparedImport
from data.services.verifying import verify
from data.store import datasets, integrity
from data.store.anchor import KEY_NAME
from data.store.store import AlreadyThereError, Store
from tests.conftest import SEAL_KEY
from tests.torture import killing
from tests.torture.deeds import Import, Version, holding, seen, sent
from tests.torture.killing import Say
from tests.unit.data import small_place
from tests.unit.data.running import CHECKOUT

UPLOADERS, UPLOADS = 4, 5
READERS, VERSIONS = 20, 12
VERSIONS_FROM_THREADS = 5
TITLE = "What is read while it changes"


@pytest.fixture
def settled(store: Store) -> Store:
    """A store that holds the small place."""
    small_place.settle(store)
    return store


@pytest.fixture
def versions(settled: Store) -> list[PreparedImport]:
    """Prepare versions of one dataset, each with figures of its own."""
    texts = (small_place.INCIDENTS + "02/09/2021,,E01000002,Drugs\n" * number for number in range(1, VERSIONS + 1))
    return [importing.prepare(settled, LOCAL_USER, small_place.incidents(text)) for text in texts]


def test_uploads_from_several_threads_are_all_kept(settled: Store, versions: list[PreparedImport]) -> None:
    together([lambda mine=mine: [deed.do(settled) for deed in uploads(mine, versions)] for mine in range(UPLOADERS)])
    require_all(settled)


def test_uploads_from_several_processes_are_all_kept(url: str, settled: Store, versions: list[PreparedImport]) -> None:
    settled.close()  # a process that is forked opens its own

    def work(mine: int) -> Callable[[Say], None]:
        def do(say: Say) -> None:
            with closing(Store(url)) as own:
                for deed in uploads(mine, versions):
                    deed.do(own)
                    say("done")

        return do

    for ended in killing.run_together([work(mine) for mine in range(UPLOADERS)]):
        assert ended.said == ("done",) * UPLOADS
    require_all(settled)


def test_of_two_uploads_of_the_same_file_at_once_one_is_kept_and_the_other_told(
    settled: Store, versions: list[PreparedImport]
) -> None:
    ended: list[object] = []

    def upload() -> None:
        try:
            ended.append(importing.keep(settled, LOCAL_USER, versions[0]))
        except AlreadyThereError as same:
            ended.append(same.number)

    secret.begin(settled)
    release_log.begin_anew(settled, LOCAL_USER)
    before = settled.stamp(LOCAL_USER)
    together([upload] * UPLOADERS)
    assert ended == ended[:1] * UPLOADERS
    assert settled.stamp(LOCAL_USER) == before + 1
    assert len(datasets.datasets(settled, LOCAL_USER)) == 2


def test_versions_of_one_dataset_from_several_threads_are_numbered_in_turn(
    settled: Store, versions: list[PreparedImport]
) -> None:
    Import(TITLE, 0, versions[0]).do(settled)
    together([lambda at=at: Import(TITLE, at, versions[at]).do(settled) for at in range(1, VERSIONS_FROM_THREADS)])
    held = holding(settled)[TITLE]
    assert sorted(held.versions) == list(range(1, VERSIONS_FROM_THREADS + 1))
    assert held.current == VERSIONS_FROM_THREADS
    assert verify(settled, LOCAL_USER) == []


def test_readers_see_each_version_whole_while_uploads_replace_it(
    settled: Store, versions: list[PreparedImport]
) -> None:
    numbers: list[list[int]] = [[] for _ in range(READERS)]
    expected = {number: sent(prepared) for number, prepared in enumerate(versions, 1)}
    Import(TITLE, 0, versions[0]).do(settled)
    over = threading.Event()

    def write() -> None:
        try:
            for serial, prepared in enumerate(versions[1:], 1):
                Import(TITLE, serial, prepared).do(settled)
        finally:
            over.set()

    def read(mine: list[int]) -> None:
        last = False
        while not last:
            last = over.is_set()  # once more after the end
            mine.append(refresh(settled, expected))

    together([write, *(lambda mine=mine: read(mine) for mine in numbers)])
    for mine in numbers:
        assert mine == sorted(mine)
        assert mine[-1] == VERSIONS
    assert len({number for mine in numbers for number in mine}) > 2, "no reader was there while it changed"


def test_readers_are_undisturbed_by_an_upload_from_another_process(url: str, settled: Store, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(small_place.INCIDENTS)
    home = tmp_path / "home"
    private_files.make_folder(home)
    private_files.write(home / KEY_NAME, SEAL_KEY.encode())  # as other servers of one store have it
    environment = {**os.environ, "DATABASE_URL": url, "LOCAL_CONTEXT_HOME": str(home)}
    command = [sys.executable, "-m", "data", "import", log, "--kind", "incidents", "--title", TITLE]
    uploading = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stderr=subprocess.PIPE, encoding="utf-8")
    seen_titles: list[set[str]] = []

    def read() -> None:
        last = False
        while not last:
            last = uploading.poll() is not None
            listed = {one.title: one for one in datasets.datasets(settled, LOCAL_USER)}
            if TITLE in listed:
                assert datasets.load_cells(settled, LOCAL_USER, listed[TITLE])["n"].sum() == 2
            seen_titles.append(set(listed))

    together([read] * 4)
    _, said = uploading.communicate()
    assert uploading.returncode == 0, said
    assert {frozenset(titles) for titles in seen_titles} == {frozenset(seen_titles[0]), frozenset(seen_titles[-1])}
    assert TITLE in seen_titles[-1]


def refresh(store: Store, expected: dict[int, Version]) -> int:
    """Read what a page reads: the list, the counts and the status; give the number of the version that was listed."""
    [listed] = [one for one in datasets.datasets(store, LOCAL_USER) if one.title == TITLE]
    assert seen(store, listed) == expected[listed.number]
    [told] = [one for one in status_report.of_store(store, LOCAL_USER, exact=True)["datasets"] if one["title"] == TITLE]
    assert told["read"] == told["placed"]
    assert told["read"] in {version.figures[0] for version in expected.values()}
    return listed.number


def together(jobs: list[Callable[[], object]]) -> None:
    """Do all jobs at once, each in a thread of its own; raise the first fault of any."""
    start = threading.Barrier(len(jobs))
    faults: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        start.wait()
        try:
            job()
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for fault in faults:
        raise fault


def uploads(mine: int, versions: list[PreparedImport]) -> Iterator[Import]:
    """Return the uploads of one of several people."""
    for number in range(UPLOADS):
        serial = mine * UPLOADS + number
        yield Import(f"Dataset {serial}", serial, versions[serial % len(versions)])


def require_all(store: Store) -> None:
    """Require every upload of every person, whole, and nothing that should not be there."""
    titles = {f"Dataset {serial}" for serial in range(UPLOADERS * UPLOADS)}
    assert titles < set(holding(store))
    assert len(holding(store)) == len(titles) + 1
    assert integrity.find_damage(store, LOCAL_USER) == []
