"""The command that looks for near repeats in open incidents whose days are known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from data.cli.command_line import log_export, progress, say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.calendar import months
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.statistics import near_repeat_bands

if TYPE_CHECKING:
    from data.store.datasets import Dataset
    from geo.counts.filters import Choice

SEED: Final = 1  # so that the same incidents give the same figures
METRES: Final = ",".join(f"{end:g}" for end in near_repeat_bands.METRES)
DAYS: Final = ",".join(str(end) for end in near_repeat_bands.DAYS)


def near_repeats(
    dataset: Annotated[
        int | None, typer.Option(min=1, max=LARGEST_ID, help="Number of an open dataset; the newest if left out.")
    ] = None,
    harm: Annotated[list[str] | None, typer.Option(help="Code of a harm group; may be given again.")] = None,
    category: Annotated[str | None, typer.Option(help="A category as it was recorded.")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="YYYY-MM", help="First month.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="YYYY-MM", help="Last month.")] = None,
    metres: Annotated[str, typer.Option(help="Where bands of distance begin and end.")] = METRES,
    days: Annotated[str, typer.Option(help="Where bands of time begin and end.")] = DAYS,
) -> None:
    """Say whether incidents bring others soon after and close by: a table on stdout, the sentence on stderr."""
    import numpy as np

    from data.formats import csv_output
    from data.services import open_points, status_report
    from data.services.opening import open_store
    from data.store import datasets
    from geo.statistics import near_repeats as knox
    from geo.statistics.density import X, Y

    bands, spans = _numbers(metres, "metres"), _numbers(days, "days")
    store = open_store()
    number = status_report.newest(store, LOCAL_USER).id if dataset is None else dataset
    found = datasets.load_dataset(store, LOCAL_USER, number)
    open_points.require_open(found)
    dated = open_points.dated_points(store, LOCAL_USER, found, _choice(found, harm or (), category, first, last))
    xy, when = dated[[X, Y]].to_numpy(dtype=np.float64), dated[open_points.DAY].to_numpy(dtype=np.int64)
    with progress() as tell:
        table = knox.near_repeats(xy, when, SEED, metres=bands, time=spans, tell=tell)
    log_export("near-repeats", found.id)
    typer.echo(csv_output.frame_csv(table.round({knox.EXPECTED: 1, knox.RATIO: 3})), nl=False)
    say(table[knox.SENTENCE].iloc[0])
    if len(table) > 1:
        say("That line is the test; the others tell how far it reaches, and one in twenty would stand out by chance.")


def _choice(
    dataset: Dataset, harms: Sequence[str], category: str | None, first: str | None, last: str | None
) -> Choice:
    """Return what is asked for of a dataset; raises InputError for a month, harm group or category that it lacks."""
    from geo.counts.filters import Choice

    there = dataset.months
    begin, end = first or there[0], last or there[-1]
    _require_known("month", [begin, end], there, f"{there[0]} to {there[-1]}")
    _require_known("harm group", harms, HARM_GROUPS, ", ".join(HARM_GROUPS))
    category_list = f"see `python -m data counts --dataset {dataset.id} --by category`"
    _require_known("category", [] if category is None else [category], dataset.harm_of, category_list)
    asked = months.between(begin, end)
    if not asked:
        raise InputError(f"The first month must not be after the last, and {months.say(begin)} is; turn them round.")
    return Choice(tuple(asked), tuple(harms) or tuple(HARM_GROUPS), category)


def _require_known(what: str, asked: Sequence[str], known: Collection[str], has: str) -> None:
    unknown = [one for one in asked if one not in known]
    if unknown:
        raise InputError(
            f"Each {what} must be one that the dataset has ({has}), and “{unknown[0]}” is none; choose one of those."
        )


def _numbers(text: str, what: str) -> list[int]:
    """Read numbers separated by commas."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 2 or not all(part.isdecimal() and len(part) < 7 for part in parts):
        raise InputError(
            f"Bands of {what} must be whole numbers separated by commas, and “{text}” is not; write for example "
            f"--{what} {METRES if what == 'metres' else DAYS}."
        )
    return [int(part) for part in parts]
