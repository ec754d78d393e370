"""A folder into which files are put to be brought in: each once, when it is whole, and then moved out of the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, NamedTuple

from data.formats.sources import Source, printable_name, require_file
from data.principal import Principal
from data.records.rows import DatasetKind
from data.records.street_names import street_names
from data.services import bringing_in, import_report, importing, month_targets
from data.services.import_request import ImportRequest
from data.store import deliveries
from data.store.store import AlreadyThereError, Store
from geo import disclosure
from geo.errors import InputError, RefusedError

DONE: Final = "done"  # folders beside the files: what was brought in, and what could not be
REFUSED: Final = "refused"
_UNFINISHED: Final = (".part", ".crdownload", ".tmp", ".download", ".partial")


class FileDone(NamedTuple):
    """What came of one file: its name as it can be shown, one sentence, and whether it was refused."""

    name: str
    sentence: str
    refused: bool = False


@dataclass
class Inbox:
    """A folder that is looked at again and again, with what was seen of its files at the last look.

    ``left`` are files that could not be moved away, by their SHA-256, and what is no file, by its name: they are not
    looked at again.
    """

    folder: Path
    seen: dict[Path, tuple[int, int]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)

    def whole(self) -> list[Path]:
        """Return the files that are as they were at the last look, by name: nobody is still writing them.

        Hidden files, downloads that are not finished, links and folders are left alone.
        """
        now = {path: _state(path) for path in self._brought() if path.is_file()}
        ready = [path for path, state in now.items() if self.seen.get(path) == state and state[0]]
        self.seen = now
        return ready

    def _brought(self) -> list[Path]:
        """Return what was put into the folder, by name: files, and what only looks like one."""
        return [path for path in sorted(self.folder.iterdir()) if _is_brought(path)]

    def _no_files(self) -> Iterator[FileDone]:
        """Move away pipes, devices and sockets, none of which is ever opened; yields why."""
        for path in self._brought():
            if path.is_file() or path.name in self.left:
                continue
            try:
                require_file(path)
            except InputError as fault:
                done = FileDone(printable_name(path.name), str(fault), refused=True)
                if not _moved(path, done):
                    self.left.add(path.name)
                yield done

    def bring_in(self, store: Store, principal: Principal) -> Iterator[FileDone]:
        """Bring in every file that is whole, one after the other, and move each away; yields what came of it.

        Raises OSError when the store or the folder cannot be written: what was not brought in is tried again.
        """
        yield from self._no_files()
        for path in self.whole():
            source = Source(printable_name(path.name), path=path)
            digest = source.fingerprint()
            if digest in self.left:
                continue
            done = _brought(store, principal, source, digest)
            if not _moved(path, done):
                self.left.add(digest)
            yield done


def _brought(store: Store, principal: Principal, source: Source, digest: str) -> FileDone:
    known = deliveries.known_files(store, principal, [digest]).get(digest)
    if known is not None and known.undone_at is None:
        return FileDone(source.name, f"Nothing to do: this file is already here, in “{known.title}”.")
    try:
        return FileDone(source.name, bring_file(store, principal, source))
    except AlreadyThereError as same:
        return FileDone(source.name, str(same))
    except (InputError, RefusedError) as fault:
        return FileDone(source.name, str(fault), refused=True)


def bring_file(store: Store, principal: Principal, source: Source) -> str:
    """Bring one file in, to where it belongs, and return one sentence of what is so now.

    Police files go to the dataset of their force; what else it is, is recognised as on the Set up page. Raises
    AlreadyThereError and InputError as ``importing`` does, and InputError for a file that nobody can be asked about.
    """
    return _bring_police(store, principal, source) if street_names(source) else _bring_other(store, principal, source)


def _bring_other(store: Store, principal: Principal, source: Source) -> str:
    made = bringing_in.plan(store, principal, (source,))
    if made.own:
        raise InputError(
            f"A file in a watched folder must be known by its columns, and those of “{source.name}” need a person’s "
            "look; bring it on the Upload page, where they can be matched."
        )
    if not made.steps:
        raise InputError(" ".join(one.sentence for one in made.left_out))
    done = list(bringing_in.carry_out(store, principal, made))
    said = " ".join(one.sentence for one in done)
    if not any(one.saved or one.known for one in done):
        raise InputError(said)
    return said


def _bring_police(store: Store, principal: Principal, source: Source) -> str:
    request = ImportRequest(DatasetKind.POLICE, (source,))
    found = month_targets.police_targets(store, principal, request)
    if len(found) > 1:
        raise InputError(
            f"A file in a watched folder must belong to one dataset, and “{source.name}” could add months to "
            f"{len(found)} of them; bring it on the Upload page and choose which."
        )
    if found:
        request = replace(request, onto=found[0].id)
    prepared = importing.prepare(store, principal, request)
    number = importing.keep(store, principal, prepared)
    exact = import_report.is_told_exactly(prepared, on_screen=False)  # what is said here is kept as a log
    rows = prepared.description.rows_read
    told = f"{rows:,} rows" if exact else f"{disclosure.about_rows(rows)} rows"
    said = next(iter(import_report.of_change(prepared, exact=exact)), told)
    return f"Saved in “{prepared.description.title}” (dataset {number}): {said.rstrip('.')}."


def _is_brought(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$")) or path.name.lower().endswith(_UNFINISHED)
    return not hidden and not path.is_symlink() and not path.is_dir()


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _moved(path: Path, done: FileDone) -> bool:
    """Move a file away, with the reason beside it where it was refused; return whether that could be done."""
    folder = path.parent / (REFUSED if done.refused else DONE)
    try:
        folder.mkdir(exist_ok=True)
        target = _free(folder / path.name)
        path.rename(target)
        if done.refused:
            target.with_name(f"{target.name}.txt").write_text(f"{done.sentence}\n", encoding="utf-8")
    except OSError:
        return False
    return True


def _free(wanted: Path) -> Path:
    """Return a path at which no file is yet: a second file of a name gets a number."""
    tried, number = wanted, 1
    while tried.exists():
        number += 1
        tried = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
    return tried
