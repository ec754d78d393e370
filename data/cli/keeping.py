"""The commands for what is kept: status, versions, removal, retention, backups, verifying."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.cli.command_line import FAILED, confirmed, progress, say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID, LONGEST_RETENTION
from geo.errors import InputError

if TYPE_CHECKING:
    from data.store.store import Store

Number = Annotated[int, typer.Argument(min=1, max=LARGEST_ID, metavar="DATASET", help="Number of the dataset.")]


def status(as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False) -> None:
    """List areas, datasets and deliveries: rows read, placed, no location, outside, gaps."""
    from data.services import status_report
    from data.services.opening import open_store, privacy

    report = status_report.of_store(open_store(), LOCAL_USER)
    if as_json:
        typer.echo(json.dumps({**report, "folder": privacy().sentence}, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join([*status_report.lines(report), privacy().sentence]))


def history(dataset: Number) -> None:
    """List the versions of a dataset, and what each changed."""
    from data.services import status_report, version_changes
    from data.services.opening import open_store
    from data.store import datasets
    from data.store.datasets import Access
    from geo.counts.differences import sentence

    store = open_store()
    kept = datasets.history(store, LOCAL_USER, dataset)
    for newer, older in zip(kept, [*kept[1:], None], strict=True):
        typer.echo("\n".join(status_report.of_version(newer)))
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
        int | None, typer.Option(min=0, max=LONGEST_RETENTION, help="Days to keep superseded versions; 0: for good.")
    ] = None,
    months: Annotated[
        int | None, typer.Option(min=0, max=LONGEST_RETENTION, help="Months to keep a dataset; 0: for good.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show how long things are kept, or set it; and let go of what is older."""
    from data.services.opening import open_store
    from data.store import retention
    from data.store.retention import Retention
    from geo.wording import how_many

    store = open_store()
    now = retention.retention(store, LOCAL_USER)
    days = now.superseded_days if superseded_days is None else superseded_days or None
    kept = now.months_kept if months is None else months or None
    if Retention(days, kept) != now:
        retention.put_retention(store, LOCAL_USER, Retention(days, kept))
    say(
        f"Superseded versions are kept {how_many(days, 'day', 'days') if days else 'for good'}, datasets "
        f"{how_many(kept, 'month', 'months') + ' after their last month' if kept else 'for good'}.",
    )
    _let_go(store, date.today(), yes=yes)


def backup(file: Annotated[Path, typer.Argument(help="The new file.")]) -> None:
    """Write everything into one file, while others go on working."""
    from data.services.opening import open_store
    from data.store import snapshot

    rows = snapshot.write_backup(open_store(), LOCAL_USER, file)
    say(f"Backed up: {_held(rows)}.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of everything that is stored, even of a store that is damaged."""
    from data.services.opening import open_store
    from data.store import snapshot
    from data.store.db_errors import DamagedError

    snapshot.require_backup(file)
    try:
        store = open_store()
        _ask_to_replace(store, yes=yes)
        rows = snapshot.restore_backup(store, LOCAL_USER, file)
    except DamagedError:
        _make_room(yes=yes)
        rows = snapshot.restore_backup(open_store(), LOCAL_USER, file)
    say(f"Restored: {_held(rows)}.", *_about_the_secret(open_store()))


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


def _let_go(store: Store, today: date, *, yes: bool) -> None:
    from data.store import retention
    from geo.wording import how_many

    due = retention.due(store, LOCAL_USER, today)
    over = how_many(len(due), "dataset or version", "datasets or versions")
    question = f"Remove {over}, whose time is over, for good? Only a backup could bring them back."
    if due and not yes and not confirmed(question):
        raise InputError("Removing must be confirmed, and it was not: nothing was removed; add --yes to be sure.")
    retention.let_go(store, LOCAL_USER, today)
    say(f"Removed now: {over}.")


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


def _held(rows: dict[str, int]) -> str:
    from geo.wording import how_many

    return f"{how_many(rows['dataset'], 'dataset', 'datasets')} in {how_many(rows['version'], 'version', 'versions')}"
