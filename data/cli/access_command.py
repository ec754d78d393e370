"""The command that lists who was shown exact figures, and what was exported or backed up."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from data.store.bounds import LARGEST_ID


def access_log(
    dataset: Annotated[
        int | None, typer.Option(min=1, max=LARGEST_ID, help="Only this dataset; all that was logged if left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """List who was shown exact figures, and what was exported or backed up, oldest first."""
    from data.services import access_log as log

    found = [one for one in log.entries() if dataset is None or one.dataset == dataset]
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            typer.echo(one.sentence)
