"""The command that undoes what was brought in."""

from typing import Annotated

import typer

from data.cli.command_line import confirmed, say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.errors import InputError


def undo(
    delivery: Annotated[
        int, typer.Argument(min=1, max=LARGEST_ID, help="Number of the delivery; `status` lists them.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Undo one delivery: what stood before it is put back, and what was new goes."""
    from data.services import undoing
    from data.services.opening import open_store
    from data.store import deliveries

    store = open_store()
    one = deliveries.delivery(store, LOCAL_USER, delivery)
    why = undoing.can_undo(store, LOCAL_USER, one)
    if why is not None:
        raise InputError(why)
    if not yes and not confirmed(f"Undo {one.kind}, “{one.title}”? What was new goes for good."):
        raise InputError(f"Undoing must be confirmed, and it was not: delivery {one.id} stands; add --yes to be sure.")
    say(undoing.undo(store, LOCAL_USER, delivery))
