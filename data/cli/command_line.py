"""How commands are run, speak and end. Results go to stdout, all else to stderr."""

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typer

from geo.errors import InputError, RefusedError

BAD_INPUT: Final = 2
FAILED: Final = 1


def run(app: typer.Typer) -> None:
    """Run a command; exit 0 on success, 2 for input that cannot be used, 1 for anything else that goes wrong."""
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as fault:
        said = " ".join(fault.format_message().split()).rstrip(".")
        say(f"Error: {said}; `python -m data --help` lists the commands, and each command lists its options.")
        sys.exit(BAD_INPUT)
    except typer.Abort:
        say("Error: this was stopped before it was done, and what was not finished is not saved; run it again.")
        sys.exit(FAILED)
    except (InputError, RefusedError) as fault:
        say(f"Error: {fault}")
        sys.exit(BAD_INPUT)
    except PermissionError as fault:
        say(f"Error: {fault.strerror or fault}.".replace("..", "."))
        sys.exit(FAILED)
    except OSError as fault:
        say(f"Error: a file could not be read or written: {fault.strerror or 'the operating system refused'}.")
        sys.exit(FAILED)
    except Exception as fault:
        if _is_already_there(fault):
            say(str(fault))
            sys.exit(0)
        # What an unforeseen fault says may hold a value of a row; where it happened cannot.
        place = traceback.extract_tb(fault.__traceback__)[-1]
        say(
            f"Error: this should not have happened ({type(fault).__name__} at {Path(place.filename).name}:"
            f"{place.lineno}); nothing was saved, so tell whoever looks after Local Context and try again."
        )
        sys.exit(FAILED)


@contextmanager
def progress() -> Iterator[Callable[[float, str], None]]:
    """Show on stderr how far long work is, where it is a terminal.

    Yields what to call with the share done, from 0 to 1, and what is being done.
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Starting", total=1.0)
        yield lambda share, what: bar.update(task, completed=share, description=what)


def confirmed(question: str) -> bool:
    """Ask for a yes on stderr; where nobody answers, the answer is no."""
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        say("")  # the question is a line of its own
        return False


def answered(question: str) -> str:
    """Ask for a word on stderr; where nobody answers, it is empty."""
    try:
        return str(typer.prompt(question, default="", show_default=False, err=True)).strip()
    except typer.Abort:
        say("")  # the question is a line of its own
        return ""


def typed(words: str) -> bool:
    """Ask on stderr for words to be typed, so that nobody confirms by habit; where nobody answers, they are not."""
    return answered(f"Type {words} to go on") == words


def is_on_screen() -> bool:
    """Return whether a person reads on a screen what is said, and no file or other program does."""
    return sys.stderr.isatty()


def say(*sentences: str) -> None:
    """Write sentences to stderr."""
    for sentence in sentences:
        typer.echo(sentence, err=True)


def log_export(command: str, dataset: int | None = None) -> None:
    """Write to the access log that a command writes figures out, of which dataset where they are of one."""
    from data.principal import LOCAL_USER
    from data.services import access_log

    access_log.record(LOCAL_USER, access_log.AccessKind.EXPORT, command, dataset)


def _is_already_there(fault: Exception) -> bool:
    """Return whether a command found that what it was to bring in is there already: no fault, and nothing was done."""
    from data.store.db_errors import AlreadyThereError

    return isinstance(fault, AlreadyThereError)
