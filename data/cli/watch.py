"""The command that watches a folder and brings in what is put there."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Final

import typer

from data.cli.command_line import say
from data.principal import LOCAL_USER
from geo.errors import InputError

if TYPE_CHECKING:
    from data.services.watching import Inbox
    from data.store.store import Store

SECONDS: Final = 2.0  # between two looks at the same files


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to watch.")],
    once: Annotated[bool, typer.Option("--once", help="Bring in what is there now, and end.")] = False,
) -> None:
    """Bring in what is put into a folder: each file once, with a line for each, and move it to done or refused."""
    from data.sandbox import warm_up
    from data.services.opening import open_store
    from data.services.watching import Inbox

    if not folder.is_dir():
        raise InputError(f"A folder to watch must be there, and “{folder.name}” is none; make it or check the path.")
    warm_up()
    inbox, store = Inbox(folder), open_store()
    if once:
        inbox.whole()
        time.sleep(SECONDS)
        _bring_in(inbox, store)
        return
    say(f"Watching “{folder.name}”; Ctrl+C ends it.")
    follow(inbox, store)


def follow(inbox: Inbox, store: Store, stop: Event | None = None) -> None:
    """Look at a folder whenever it changes and some seconds later, until ``stop`` is set or the process is ended."""
    from watchfiles import watch as changes

    for _ in changes(
        inbox.folder,
        watch_filter=None,
        recursive=False,
        rust_timeout=int(SECONDS * 1000),
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
    ):
        _bring_in(inbox, store)


def _bring_in(inbox: Inbox, store: Store) -> None:
    try:
        for done in inbox.bring_in(store, LOCAL_USER):
            typer.echo(f"{datetime.now():%Y-%m-%d %H:%M:%S} {done.name}: {done.sentence}")
    except OSError as fault:  # the disk is full or the store is locked: the files stay, and are tried at the next look
        say(f"Not now: {fault.strerror or 'the operating system refused'}.")
