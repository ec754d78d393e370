"""A watched folder: every file is brought in once, when it is whole, and what is refused lies beside its reason."""

import os
from pathlib import Path

import pytest

from data.cli import watch as watch_command
from data.principal import LOCAL_USER
from data.services import setting_up
from data.services.watching import FileDone, Inbox
from data.store import datasets, places
from data.store.store import Store
from tests.unit.data import small_place
from tests.unit.data.running import done, run

FIRST, SECOND = small_place.STREET_FILES
SECRET = "07700 900123"  # noqa: S105  # a value of a row, which no message may hold


@pytest.fixture
def ready(store: Store) -> Store:
    """A store that holds the six areas."""
    setting_up.add_areas(store, LOCAL_USER, small_place.area_files())
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a month of police data."""
    made = tmp_path / "in"
    made.mkdir()
    put(made, FIRST, small_place.street()[FIRST])
    return made


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def brought(inbox: Inbox, store: Store) -> list[FileDone]:
    """Look twice, as after a pause in which nothing was written."""
    inbox.whole()
    return list(inbox.bring_in(store, LOCAL_USER))


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_files_add_months_to_the_dataset_of_their_force_and_are_moved(ready: Store, folder: Path) -> None:
    inbox = Inbox(folder)
    title = "Police street data, Anytown"
    assert brought(inbox, ready) == [FileDone(FIRST, f"Saved in “{title}” (dataset 1): 5 rows.")]
    put(folder, SECOND, small_place.street()[SECOND])
    said = f"Saved in “{title}” (dataset 1): 1 month stays, 1 is added (rows 5 → 9)."
    assert brought(inbox, ready) == [FileDone(SECOND, said)]
    assert names(folder) == [f"done/{FIRST}", f"done/{SECOND}"]
    assert brought(inbox, ready) == []


def test_the_same_file_again_is_said_to_be_here_even_by_another_process(ready: Store, folder: Path) -> None:
    brought(Inbox(folder), ready)
    put(folder, FIRST, small_place.street()[FIRST])
    before = ready.stamp(LOCAL_USER)
    [again] = brought(Inbox(folder), ready)
    assert again.sentence.startswith("Nothing to do: th")
    assert "already here" in again.sentence
    assert not again.refused
    assert ready.stamp(LOCAL_USER) == before
    assert names(folder) == [f"done/{FIRST.replace('.csv', ' (2).csv')}", f"done/{FIRST}"]


def test_a_file_that_is_still_written_waits(ready: Store, folder: Path) -> None:
    inbox = Inbox(folder)
    whole = small_place.street()[FIRST]
    put(folder, FIRST, whole[:60])
    assert inbox.whole() == []
    put(folder, FIRST, whole)
    assert list(inbox.bring_in(ready, LOCAL_USER)) == []
    put(folder, f"{SECOND}.part", "x")
    put(folder, ".hidden.csv", "x")
    (folder / "link.csv").symlink_to(folder / FIRST)
    assert [one.name for one in inbox.bring_in(ready, LOCAL_USER)] == [FIRST]


def test_what_is_refused_lies_beside_its_reason_and_no_value_of_it_is_said(ready: Store, folder: Path) -> None:
    put(folder, SECOND, small_place.street()[SECOND].replace("2021-10", SECRET, 1))
    put(folder, "log.csv", f"Date,Category,Telephone\n01/09/2021,Bullying,{SECRET}\n")
    done_first, wrong, own = brought(Inbox(folder), ready)
    assert (done_first.refused, wrong.refused, own.refused) == (False, True, True)
    assert f"“{SECOND}” must hold a month" in wrong.sentence
    assert own.sentence == (
        "A file in a watched folder must be known by its columns, and those of “log.csv” need a person’s look; bring "
        "it on the Upload page, where they can be matched."
    )
    for refused in (wrong, own):
        reason = (folder / "refused" / f"{refused.name}.txt").read_text(encoding="utf-8")
        assert reason == f"{refused.sentence}\n"
        assert SECRET not in reason
    assert len(datasets.datasets(ready, LOCAL_USER)) == 1


def test_files_of_any_kind_that_are_recognised_are_brought_in(ready: Store, folder: Path) -> None:
    put(folder, "schools.csv", small_place.SCHOOLS)
    put(folder, "shopping.csv", "Item,Price\nEggs,2\n")
    _, schools, other = brought(Inbox(folder), ready)
    assert not schools.refused
    assert list(places.schools(ready, LOCAL_USER)["urn"]) == ["100001"]
    assert other.refused
    assert names(folder)[-1] == "refused/shopping.csv.txt"


def test_a_file_that_would_lose_rows_or_fits_two_datasets_is_refused(ready: Store, folder: Path) -> None:
    brought(Inbox(folder), ready)
    put(folder, FIRST, small_place.table(small_place.STREET_HEADER, small_place.AUGUST[:2]))
    [fewer] = brought(Inbox(folder), ready)
    assert fewer.refused
    assert "would lose 3 of 5 rows" in fewer.sentence
    small_place.add(ready, small_place.police(title="Police of Anytown"))
    put(folder, SECOND, small_place.table(small_place.STREET_HEADER, [*small_place.OCTOBER, small_place.OCTOBER[0]]))
    [two] = brought(Inbox(folder), ready)
    assert "could add months to 2 of them; bring it on the Upload page and choose which" in two.sentence


def test_the_command_writes_a_line_for_each_file(home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_command, "SECONDS", 0.0)
    put(folder, FIRST, small_place.table(small_place.STREET_HEADER, [("", "2021-12", "", "", "E01000006", "Drugs")]))
    ran = done(home, "watch", folder, "--once")
    [line] = ran.out.splitlines()
    said = "Saved in “Police street data, Anytown” (dataset 1): 2 months stay, 1 is added (rows 9 → 10)."
    assert line.endswith(f" {FIRST}: {said}")
    assert line[4] + line[7] + line[10] == "-- "
    missing = run(home, "watch", folder / "nowhere")
    assert missing.code == 2
    assert "A folder to watch must be there, and “nowhere” is none" in missing.err


def test_watching_ends_when_it_is_told_to(ready: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_command, "SECONDS", 0.01)
    stop, inbox = watch_command.Event(), Inbox(folder)
    whole = Inbox.bring_in

    def once(*asked: object) -> object:
        found = list(whole(*asked))  # type: ignore[arg-type]
        if found:
            stop.set()
        return iter(found)

    monkeypatch.setattr(Inbox, "bring_in", once)
    watch_command.follow(inbox, ready, stop)
    assert names(folder) == [f"done/{FIRST}"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_moved_away_unopened_and_files_beside_it_come_in(ready: Store, folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    pipe, file = brought(Inbox(folder), ready)
    assert pipe.refused
    assert pipe.sentence.startswith("“pipe.csv” must be a file, and it is a pipe")
    assert not file.refused
    assert names(folder) == [f"done/{FIRST}", "refused/pipe.csv.txt"]
    assert (folder / "refused" / "pipe.csv").is_fifo()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_commands_refuse_a_pipe_at_once(ready: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for command in (["add"], ["import"], ["areas"], ["schools"], ["basemap"]):
        said = run(tmp_path / "home", *command, pipe)
        assert said.code == 2, command
        assert "pipe.csv” must be a file" in said.err
