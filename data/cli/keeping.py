"""The commands for what is kept: status, versions, removal, retention, backups, verifying."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from data.cli.command_line import FAILED, confirmed, progress, say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID, LONGEST_RETENTION
from geo.errors import InputError

if TYPE_CHECKING:
    from data.store.store import Store

FROM_ENVIRONMENT: Final = "LOCAL_CONTEXT_BACKUP_PASSPHRASE"
KEEP_IT: Final = "Keep the passphrase where you keep the release secret: without it nobody can read this backup again."
Number = Annotated[int, typer.Argument(min=1, max=LARGEST_ID, metavar="DATASET", help="Number of the dataset.")]

ExactOption = Annotated[
    bool, typer.Option("--exact", help="Exact rows of protected datasets, for their custodians; written to the log.")
]


def status(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False, exact: ExactOption = False
) -> None:
    """List areas, datasets and deliveries: rows read, placed, no location, outside, gaps."""
    from data.services import access_log, status_report
    from data.services.opening import open_store, privacy

    report = status_report.of_store(open_store(), LOCAL_USER, exact=exact)
    for number in report["exact"]:
        access_log.record(LOCAL_USER, access_log.AccessKind.VIEW, "status", number)
    if as_json:
        typer.echo(json.dumps({**report, "folder": privacy().sentence}, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join([*status_report.lines(report), privacy().sentence]))


def history(dataset: Number, exact: ExactOption = False) -> None:
    """List the versions of a dataset, and what each changed."""
    from data.services import access_log, status_report, version_changes, visibility
    from data.services.opening import open_store
    from data.store import datasets
    from data.store.datasets import Access
    from geo.counts.differences import sentence

    store = open_store()
    kept = datasets.history(store, LOCAL_USER, dataset)
    exact = exact and kept[0].access is Access.PROTECTED and visibility.is_custodian(LOCAL_USER, kept[0])
    if exact:
        access_log.record(LOCAL_USER, access_log.AccessKind.VIEW, "history", dataset)
    for newer, older in zip(kept, [*kept[1:], None], strict=True):
        typer.echo("\n".join(status_report.of_version(newer, exact=exact)))
        if older is not None and newer.access is Access.OPEN:  # exact counts never leave the screen
            found = version_changes.released(store, LOCAL_USER, older, newer)
            typer.echo(f"  beside version {older.number}: {sentence(found)}")


def restore_version(
    dataset: Number, version: Annotated[int, typer.Argument(min=1, max=LARGEST_ID, help="Number of the version.")]
) -> None:
    """Show an older version of a dataset again."""
    from data.services.opening import open_store
    from data.store import versions

    versions.restore(open_store(), LOCAL_USER, dataset, version)
    say(f"Version {version} of dataset {dataset} is shown again.")


def remove(
    dataset: Number,
    version: Annotated[int | None, typer.Option(min=1, max=LARGEST_ID, help="Only this version.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove a dataset, or one superseded version, for good."""
    from data.services.opening import open_store
    from data.store import datasets, versions

    what = f"dataset {dataset}" if version is None else f"version {version} of dataset {dataset}"
    datasets.load_dataset(open_store(), LOCAL_USER, dataset, version)
    if not yes and not confirmed(f"Remove {what} for good? Only a backup could bring it back."):
        raise InputError(f"Removing must be confirmed, and it was not: {what} is still here; add --yes to be sure.")
    versions.remove(open_store(), LOCAL_USER, dataset, version)
    say(f"Removed: {what}.")


def set_retention(
    superseded_days: Annotated[
        int | None, typer.Option(min=0, max=LONGEST_RETENTION, help="Days to keep superseded versions; 0: the default.")
    ] = None,
    months: Annotated[
        int | None, typer.Option(min=0, max=LONGEST_RETENTION, help="Months to keep a dataset; 0: the default.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show how long things are kept, or set it; and let go of what is older."""
    from data.services import letting_go
    from data.services.opening import open_store
    from data.store import retention
    from data.store.retention import Retention
    from geo.wording import capital

    store = open_store()
    now = retention.retention(store, LOCAL_USER)
    days = now.superseded_days if superseded_days is None else superseded_days or None
    kept = now.months_kept if months is None else months or None
    if Retention(days, kept) != now:
        retention.put_retention(store, LOCAL_USER, Retention(days, kept))
    say(capital(letting_go.sentence(Retention(days, kept))))
    _let_go(store, date.today(), yes=yes)


def backup(
    file: Annotated[Path, typer.Argument(help="The new file.")],
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="Encrypt it with a passphrase, which is asked for.")
    ] = False,
) -> None:
    """Write everything into one file, while others go on working."""
    from data.services import backups
    from data.services.opening import open_store

    backups.require_new(file)
    passphrase = _passphrase(twice=True) if encrypt else None
    rows = backups.write(open_store(), LOCAL_USER, file, passphrase)
    say(f"Backed up: {_held(rows)}.", *([KEEP_IT] if encrypt else []))


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of everything that is stored, even of a store that is damaged."""
    from data.services import backups, letting_go
    from data.services.opening import open_store
    from data.store import snapshot
    from data.store.db_errors import DamagedError

    with backups.opened(file, _passphrase) as whole:
        try:
            store = open_store()
            _ask_to_replace(store, yes=yes)
            rows = snapshot.restore_backup(store, LOCAL_USER, whole)
        except DamagedError:
            _make_room(yes=yes)
            rows = snapshot.restore_backup(open_store(), LOCAL_USER, whole)
    letting_go.begin_grace(date.today())
    say(f"Restored: {_held(rows)}.", *_about_the_secret(open_store()), *_continued(open_store()))


def remove_damaged(yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Remove the damaged files that were set aside when a backup took their place, before it is time."""
    from data.services import damaged_files
    from geo.wording import how_many

    there = how_many(len(damaged_files.damaged_files()), "damaged file", "damaged files")
    if not yes and damaged_files.damaged_files() and not confirmed(f"Remove {there} for good?"):
        raise InputError("Removing must be confirmed, and it was not: nothing was removed; add --yes to be sure.")
    say(f"Removed: {how_many(len(damaged_files.remove_damaged()), 'damaged file', 'damaged files')}.")


def verify(
    head: Annotated[
        str | None, typer.Option(metavar="NUMBER:DIGEST", help="A newest write that was noted: is it still there?")
    ] = None,
) -> None:
    """Look whether everything stored is as it was written, and whether counts follow from rows."""
    from data.services import verifying
    from data.services.opening import open_store

    noted = None if head is None else verifying.read_head(head)
    with progress() as tell:
        found = verifying.verify(open_store(), LOCAL_USER, tell, noted)
    say(*found or ["Verified: everything is as it was written, and all counts and releases follow from their rows."])
    if found:
        raise typer.Exit(FAILED)
    typer.echo(f"Newest write: {verifying.newest_write(open_store(), LOCAL_USER)}")


def _passphrase(*, twice: bool = False) -> str:
    """Return the passphrase of a backup: what the environment names, or else what is typed, ``twice`` for a new one."""
    given = os.environ.get(FROM_ENVIRONMENT)
    if given is not None:
        return given
    if not sys.stdin.isatty():  # what is typed would be seen, or nobody is there to type
        raise InputError(
            f"An encrypted backup needs its passphrase, and nobody is here to type it; let {FROM_ENVIRONMENT} hold it."
        )
    return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True))


def _let_go(store: Store, today: date, *, yes: bool) -> None:
    from data.services import letting_go
    from geo.wording import how_many

    due = letting_go.due(store, LOCAL_USER, today)
    over = how_many(len(due), "dataset or version", "datasets or versions")
    question = f"Remove {over}, whose time is over, for good? Only a backup could bring them back."
    if due and not yes and not confirmed(question):
        raise InputError("Removing must be confirmed, and it was not: nothing was removed; add --yes to be sure.")
    letting_go.tidy(store, LOCAL_USER, today)
    say(f"Removed now: {over}.", *letting_go.said_before(letting_go.coming(store, LOCAL_USER, today), today))


def _ask_to_replace(store: Store, *, yes: bool) -> None:
    from data.store import datasets
    from geo.wording import how_many

    held = len(datasets.datasets(store, LOCAL_USER))
    if held:
        _confirm_replacing(f"everything that is stored ({how_many(held, 'dataset', 'datasets')})", yes=yes)


def _make_room(*, yes: bool) -> None:
    """Set a damaged file aside; what is damaged on a server can only be replaced where it is."""
    from data.services.opening import set_damaged_aside

    aside = set_damaged_aside()
    if aside is None:
        _confirm_replacing("everything that is stored, which is damaged,", yes=yes)
    else:
        say(f"The store was damaged and is set aside as “{aside.name}”.")


def _confirm_replacing(what: str, *, yes: bool) -> None:
    if not yes and not confirmed(f"Replace {what} by this backup?"):
        raise InputError("Restoring must be confirmed, and it was not: nothing was changed; add --yes to be sure.")


def _about_the_secret(store: Store) -> list[str]:
    """Return what is to be done about the secret of a restored store; nothing where it fits."""
    from data.services import secret

    state, explanation = secret.look(store, LOCAL_USER)
    return [] if state.is_fine else [explanation]


def _continued(store: Store) -> list[str]:
    """Let a restored store go on with what was released before, and return what that came to."""
    from data.services import restored_releases
    from data.services.release_log_state import LogError
    from data.services.secret import SecretError

    try:
        return restored_releases.settle(store, LOCAL_USER)
    except LogError as fault:
        return [str(fault)]
    except SecretError:  # of which is told already
        return []


def _held(rows: dict[str, int]) -> str:
    from geo.wording import how_many

    return f"{how_many(rows['dataset'], 'dataset', 'datasets')} in {how_many(rows['version'], 'version', 'versions')}"
