"""The command for the release secret: is it there, does it fit, and what losing it means before another one counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from data.cli.command_line import FAILED, confirmed, say, typed
from data.principal import LOCAL_USER
from geo.errors import InputError

if TYPE_CHECKING:
    from data.store.store import Store

SEALING: Final = "SEAL AGAIN"  # what has to be typed


def secret(
    new: Annotated[
        bool, typer.Option("--new", help="Let another secret count: that in the file, or a new one.")
    ] = False,
    new_log: Annotated[
        bool, typer.Option("--new-log", help="Begin another release log where it is lost or damaged.")
    ] = False,
    new_seals: Annotated[
        bool, typer.Option("--new-seals", help="Seal all that is stored again, as it is now, with the key in its file.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; not with --new-seals.")] = False,
) -> None:
    """Say whether the secret that releases are rounded by is there and fits, or let another one count."""
    from data.services import secret as release_secret
    from data.services.opening import open_store
    from data.services.secret import SecretState

    if new_seals:
        _seal_again()
    store = open_store()
    if new:
        _renew(store, yes=yes)
    if new_log:
        _begin_log_anew(store, yes=yes)
    state, explanation = release_secret.look(store, LOCAL_USER)
    typer.echo("\n".join([explanation, *(_where_to_keep_it() if state is SecretState.THERE else ())]))
    if not state.is_fine:
        raise typer.Exit(FAILED)


def _renew(store: Store, *, yes: bool) -> None:
    from data.services import secret as release_secret
    from data.services.secret import SecretState

    state, explanation = release_secret.look(store, LOCAL_USER)
    if state is SecretState.UNUSABLE:
        raise InputError(explanation)
    if state is SecretState.THERE:
        say("Nothing was changed: to let another secret count all the same, move this one away first.")
    elif state is SecretState.NOT_MADE:
        release_secret.begin(store)
    else:
        say(*_what_is_lost())
        made = "Make a new secret" if state is SecretState.MISSING else "Let the secret that is in the file now count"
        if not yes and not confirmed(f"{made} from now on?"):
            raise InputError(
                "Another secret must be confirmed, and it was not: nothing was changed; add --yes to be sure."
            )
        release_secret.renew(store, LOCAL_USER)


def _seal_again() -> None:
    from data.services import opening

    say(
        "Seals show whether anything stored was changed by somebody else. If the file “seal-key” or a backup is kept",
        "anywhere, stop here and put it back. When all is sealed again:",
        "- whatever was changed, taken out or cut off until now can never be found any more;",
        "- the audit keeps its rows, and says who sealed it again and how it ended before;",
        "- backups from before are taken as they are, without their seals being looked at.",
    )
    if not typed(SEALING):
        raise InputError(
            f"Sealing again must be confirmed by typing {SEALING}, and it was not: nothing was changed; run it again."
        )
    opening.seal_again(LOCAL_USER)
    say("All that is stored is sealed again. Keep a copy of the file “seal-key” where few can read it.")


def _begin_log_anew(store: Store, *, yes: bool) -> None:
    """Begin another release log, of what this store has released; a log that is as it was written stays."""
    from data.services import release_log, release_log_state, restored_releases

    state, _ = release_log_state.look(store, LOCAL_USER)
    if state.is_fine:
        say("Nothing was changed: the release log is as it was written, or none is needed yet.")
        return
    say(
        "Another release log knows what the datasets that are here have released, and nothing of removed ones: their",
        "rows could be released a second time, from which more can be told about small counts than from either.",
    )
    if not yes and not confirmed("Begin another release log?"):
        raise InputError("Another log must be confirmed, and it was not: nothing was changed; add --yes to be sure.")
    release_log.begin_anew(store, LOCAL_USER)
    restored_releases.settle(store, LOCAL_USER)
    say("Another release log is begun.")


def _what_is_lost() -> list[str]:
    return [
        "The secret that this store was given is not there. If a copy is kept anywhere, stop here and put it back.",
        "With another secret:",
        "- half-terms that are released stay as they are, and later ones are rounded by the other secret;",
        "- half-terms that are released cannot be corrected any more;",
        "- a dataset that is removed and brought in again is rounded anew: whoever holds exports from before and after",
        "  can tell more about small counts from both than from either.",
    ]


def _where_to_keep_it() -> list[str]:
    from data.services import secret as release_secret

    return [
        f"It is the file {release_secret.file()}",
        "Backups do not hold it. Keep a copy where few can read it, and not beside the backups.",
        "If it is lost, half-terms that are released cannot be corrected any more.",
    ]
