"""A job run apart answers as it would here, ends within its limits, and leaves nothing."""

import io
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from data import sandbox
from data.formats.sources import Source, from_paths, from_upload, members
from data.sandbox import ResourceLimits, run_sandboxed
from data.sandbox.child_processes import SERVER
from geo.errors import InputError, RefusedError
from tests.conftest import CHECKOUT
from tests.unit.data.sandbox import jobs

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps this limit")
SMALL = ResourceLimits(memory=300_000_000, cpu=1, wall=30)


class _LeftError(Exception):
    """What a page raises whose reader has left."""


@pytest.fixture(params=["forked", "spawned"])
def _each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "spawned":
        monkeypatch.setattr("data.sandbox.child_processes._can_fork", lambda: False)


@pytest.mark.usefixtures("_each_way")
def test_a_result_arrives() -> None:
    assert run_sandboxed(jobs.double, 21) == 42


@pytest.mark.usefixtures("_each_way")
def test_our_own_sentences_arrive_as_they_are() -> None:
    with pytest.raises(InputError, match=r"^A file must have rows, and it has none; export it again\.$"):
        run_sandboxed(jobs.refuse_input)
    with pytest.raises(RefusedError, match=r"^This needs another role, and yours is viewer; ask an administrator\.$"):
        run_sandboxed(jobs.refuse)


@pytest.mark.usefixtures("_each_way")
def test_what_is_left_is_left_at_once() -> None:
    told: list[str] = []

    def leave(_share: float, what: str) -> None:
        told.append(what)
        if what != "Reading":
            raise _LeftError

    with pytest.raises(_LeftError):
        run_sandboxed(jobs.say_and_wait, Path(), progress=leave)
    pid, _, folder = told[-1].split()
    assert not _runs(int(pid))
    assert not Path(folder).exists()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_tables_and_frames_arrive_whole() -> None:
    table, frame = run_sandboxed(jobs.frames)
    here_table, here_frame = jobs.frames(lambda _share, _what: None)
    assert table.equals(here_table)
    assert frame.equals(here_frame)
    assert frame.crs == here_frame.crs


def test_sources_are_read_from_content_and_from_a_path(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"a,b\n1,2\n")
    assert run_sandboxed(jobs.length, from_upload("a.csv", b"a,b\n1,2\n")) == 8
    assert run_sandboxed(jobs.length, from_paths([file])[0]) == 8


def test_a_relative_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n")
    monkeypatch.chdir(tmp_path)
    assert run_sandboxed(jobs.length, Source("a.csv", path=Path("a.csv"))) == 8


def test_a_member_of_an_open_archive_is_not_sent() -> None:
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.csv", "a\n1\n")
    with pytest.raises(TypeError, match="pickle"):
        run_sandboxed(jobs.length, members(from_upload("a.zip", file.getvalue()))[0])


DAMAGED = r"^The file must be whole and of the kind that its name says, and it is damaged or of another kind; .*\.$"
MEMORY = r"^The file must be readable in 300 MB of memory, and needs more; split it, for example by month\.$"


@pytest.mark.parametrize(
    ("job", "sentence"),
    [
        (jobs.fail, DAMAGED),
        (jobs.leave, DAMAGED),
        (jobs.crash, DAMAGED),
        (jobs.other_type, DAMAGED),
        (jobs.claim_to_call, DAMAGED),
        pytest.param(jobs.abort, MEMORY, marks=linux),
        pytest.param(jobs.take_memory, MEMORY, marks=linux),
        pytest.param(jobs.take_memory_in_arrow, MEMORY, marks=linux),
        pytest.param(
            jobs.work,
            r"^The file must be readable in 1 seconds of work, and takes longer; split it, for example by month\.$",
            marks=linux,
        ),
    ],
)
def test_whatever_else_happens_is_one_sentence(job: object, sentence: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(InputError, match=sentence) as raised:
        run_sandboxed(job, limits=SMALL)  # type: ignore[arg-type]
    assert jobs.VALUE not in f"{raised.value!r} {raised.value.__cause__} {raised.value.__context__} {caplog.text}"


def test_the_log_names_kind_and_line_of_a_failure_and_no_value(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(InputError):
        run_sandboxed(jobs.fail)
    assert caplog.messages[-1].startswith("A reading failed: KeyError at jobs.py:")


def test_too_long_is_one_sentence() -> None:
    with pytest.raises(InputError, match=r"^The file must be read within 0\.2 seconds, and takes longer; .*\.$"):
        run_sandboxed(jobs.wait, limits=ResourceLimits(wall=0.2))


def test_a_sentence_names_the_files_that_were_given() -> None:
    sources = [from_upload(name, b"") for name in ("a.csv", "b.csv", "c.csv")]
    with pytest.raises(InputError, match=r"^“a\.csv” \(with 2 more files\) must be whole"):
        run_sandboxed(jobs.length, sources)


def test_a_result_larger_than_the_memory_allowed_is_refused() -> None:
    assert len(run_sandboxed(jobs.large_result, 500_000)) == 500_000
    with pytest.raises(InputError, match=DAMAGED):
        run_sandboxed(jobs.large_result, 500_000, limits=ResourceLimits(memory=400_000))


def test_progress_is_told_in_order_by_the_thread_that_asked() -> None:
    told: list[tuple[float, str, int]] = []
    run_sandboxed(jobs.tell_much, 200, progress=lambda share, what: told.append((share, what, threading.get_ident())))
    steps = [entry for entry in told if entry[1] != "Reading"]
    assert [what for _, what, _ in steps] == [f"Step {step}" for step in range(200)]
    assert {thread for _, _, thread in told} == {threading.get_ident()}


def test_a_job_that_tells_nothing_can_be_left() -> None:
    def leave(_share: float, _what: str) -> None:
        raise _LeftError

    with pytest.raises(_LeftError):
        run_sandboxed(jobs.wait, progress=leave)


def test_several_threads_read_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda n: run_sandboxed(jobs.double, n), range(24))) == [2 * n for n in range(24)]


def test_readers_may_use_threads() -> None:
    assert run_sandboxed(jobs.in_threads) == 1200


@pytest.fixture
def _nothing_left() -> Iterator[None]:
    run_sandboxed(jobs.double, 1)
    before = set(Path("/proc/self/fd").iterdir()), threading.active_count()
    yield
    after = set(Path("/proc/self/fd").iterdir()), threading.active_count()
    assert after == before


@linux
@pytest.mark.usefixtures("_nothing_left")
def test_no_descriptor_and_no_thread_is_left() -> None:
    for job in (jobs.fail, jobs.leave, jobs.crash, jobs.refuse_input):
        with pytest.raises(InputError):
            run_sandboxed(job)
    run_sandboxed(jobs.frames)


def test_what_is_not_said_as_agreed_is_one_sentence() -> None:
    with pytest.raises(InputError, match=DAMAGED):
        run_sandboxed(jobs.talk_nonsense)


def test_letters_that_cannot_be_shown_are_left_out_of_a_sentence() -> None:
    with pytest.raises(InputError, match=r"^A file must have rows, and “a b” has none\.$"):
        run_sandboxed(jobs.refuse_unprintably)


def test_a_sentence_without_end_is_not_passed_on() -> None:
    with pytest.raises(InputError, match=DAMAGED):
        run_sandboxed(jobs.refuse_endlessly)


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    run_sandboxed(jobs.print_value)
    assert capfd.readouterr() == ("", "")


@linux
def test_a_server_that_was_killed_is_started_again() -> None:
    run_sandboxed(jobs.double, 1)
    process = SERVER._process
    assert process is not None
    process.kill()
    process.wait()
    assert run_sandboxed(jobs.double, 2) == 4


@linux
def test_a_job_whose_server_is_killed_ends_in_a_sentence() -> None:
    folders: list[str] = []

    def kill(_share: float, what: str) -> None:
        if what != "Reading" and SERVER._process is not None:
            folders.append(what.split()[-1])
            SERVER._process.kill()

    with pytest.raises(InputError, match="must be readable in 1 GB of memory"):
        run_sandboxed(jobs.say_and_wait, Path(), progress=kill)
    assert not Path(folders[0]).exists()


PARENT = """
import sys
from pathlib import Path
from types import ModuleType
from data.sandbox import run_sandboxed
from tests.unit.data.sandbox import jobs
run_sandboxed(jobs.say_and_wait, Path(), progress=lambda share, what: print(what, flush=True))
"""


@linux
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_when_the_app_ends_in_any_way_the_reading_ends_and_its_folder_goes(ending: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout is not None
        line = next(line for line in parent.stdout if not line.startswith("Reading"))
        parent.send_signal(ending)
    pid, _, folder = line.split()
    _await(lambda: not _runs(int(pid)) and not Path(folder).exists())


def _await(condition: object) -> None:
    until = time.monotonic() + 10
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.01)


@linux
def test_a_copy_of_the_app_has_a_server_of_its_own() -> None:
    run_sandboxed(jobs.double, 1)
    code = (
        "import os, sys\nfrom data.sandbox import run_sandboxed\nfrom data.sandbox.child_processes import SERVER\n"
        "from tests.unit.data.sandbox import jobs\nrun_sandboxed(jobs.double, 1)\nfirst = SERVER._process.pid\n"
        "if not os.fork():\n    ok = run_sandboxed(jobs.double, 2) == 4 and SERVER._process.pid != first\n"
        "    SERVER.stop()\n    os._exit(0 if ok else 1)\n"
        "_, status = os.wait()\nassert run_sandboxed(jobs.double, 3) == 6 and SERVER._process.pid == first\n"
        "sys.exit(os.waitstatus_to_exitcode(status))\n"
    )
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=CHECKOUT, check=False).returncode == 0


def test_the_main_module_is_not_run_again(tmp_path: Path) -> None:
    main = tmp_path / "main.py"
    main.write_text(
        f"import sys\nsys.path.insert(0, {str(CHECKOUT)!r})\nprint('run')\n"
        "from data.sandbox import run_sandboxed, warm_up\n"
        "from tests.unit.data.sandbox import jobs\nwarm_up()\nprint(run_sandboxed(jobs.double, 2))\n",
        encoding="utf-8",
    )
    said = subprocess.run([sys.executable, str(main)], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["run", "4"]
    assert said.stderr == ""


def test_an_attempt_tells_what_was_used() -> None:
    got = sandbox.attempt(jobs.double, 4)
    assert got.value == 8
    assert got.error is None
    if sys.platform == "linux":
        assert got.end.peak is not None
        assert 10_000_000 < got.end.peak < 1_000_000_000


def test_a_new_process_does_not_run_the_main_module_of_this_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "page.py"
    page.write_text("raise RuntimeError('a page was run')\n")
    main = ModuleType("__main__")
    main.__file__, main.__spec__ = str(page), None
    monkeypatch.setitem(sys.modules, "__main__", main)
    monkeypatch.setattr("data.sandbox.child_processes._can_fork", lambda: False)
    assert run_sandboxed(jobs.double, 21) == 42
