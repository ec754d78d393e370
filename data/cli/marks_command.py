"""The command that writes released marks of young people by zone to stdout."""

from typing import Annotated

import typer

from data.cli.command_line import log_export, say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.errors import InputError

_PROTECTED = "These marks are protected: multiples of 5 by zone and school year; under 10 no figure is given."


def safety_marks(
    dataset: Annotated[
        int | None, typer.Option(min=1, max=LARGEST_ID, help="Number of the dataset of marks; the newest if left out.")
    ] = None,
    year: Annotated[str | None, typer.Option(help="School year (2025/26); the newest if left out.")] = None,
) -> None:
    """Write released marks of safe and unsafe places by zone, as CSV."""
    from data.formats import csv_output
    from data.services import safety_marks as service
    from data.services.opening import open_store
    from data.store import datasets

    store = open_store()
    if dataset is not None:
        found = [datasets.load_dataset(store, LOCAL_USER, dataset)]
    else:
        found = service.shown_datasets(store, LOCAL_USER)
    if not found:
        raise InputError(
            "Marks are written out once they are released, and none are; bring a session in, and wait until its "
            "half-term has been over for 14 days."
        )
    content = csv_output.frame_csv(service.marks_table(store, LOCAL_USER, found[0], year))
    log_export("safety-marks", found[0].id)
    typer.echo(content, nl=False)
    say(_PROTECTED)
