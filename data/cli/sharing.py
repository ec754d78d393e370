"""The commands for what is shared: released counts on stdout, and releasing what came in before there were releases."""

from datetime import UTC, date, datetime
from typing import Annotated, Final

import typer

from data.cli.command_line import log_export, say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.errors import InputError, RefusedError

SHARED: Final = "shared"
PACKAGE: Final = "package"
PROTECTED: Final = (
    "These counts are protected: sums of multiples of 5 by zone, half-term and harm group; under 10 no figure is given."
)
Several = list[str] | None


def counts(
    by: Annotated[str, typer.Option(help="Any of area, period, category, harm, separated by commas.")],
    dataset: Annotated[int | None, typer.Option(help="Number of the dataset; the newest if left out.")] = None,
    form: Annotated[str, typer.Option("--format", help="csv, json, or package: a zipped data package.")] = "csv",
    seen_by: Annotated[str, typer.Option("--lens", help="Only shared: exact counts never leave the screen.")] = SHARED,
    level: Annotated[str | None, typer.Option(help="Level of the areas: zone, lsoa, msoa, ward, district.")] = None,
    area: Annotated[Several, typer.Option(help="Code of an area at this level; may be given again.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="First month (2025-09) or half-term (2025/26-1).")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month or half-term.")] = None,
    harm: Annotated[Several, typer.Option(help="Code of a harm group; may be given again.")] = None,
    category: Annotated[str | None, typer.Option(help="A category as it was recorded.")] = None,
) -> None:
    """Write released counts to stdout."""
    from data.services import data_package, exports, status_report, visibility
    from data.services.opening import open_store
    from data.store import area_sets, datasets
    from geo.release.kinds import Protected
    from geo.views.listing import CountsRequest

    writers = {"csv": exports.counts_csv, "json": exports.counts_json}
    if form not in (*writers, PACKAGE):
        raise InputError(f"A format must be csv, json or package, and “{form}” is none of them; choose one.")
    if seen_by != SHARED:
        raise RefusedError(
            f"Only counts of the lens “{SHARED}” can be written out, and another was asked for; exact counts are for "
            "their custodians on screen."
        )
    store = open_store()
    number = status_report.newest(store, LOCAL_USER).id if dataset is None else dataset
    found = datasets.load_dataset(store, LOCAL_USER, number)
    released = visibility.released_counts(store, LOCAL_USER, found)
    areas = area_sets.load_area_set(store, LOCAL_USER, found.area_set_id)
    names = [name.strip() for name in by.split(",")]
    asked = CountsRequest(names, level, area or (), first, last, harm or (), category)
    content: str | bytes
    if form == PACKAGE:
        content = data_package.counts_package(released, areas, asked, found, datetime.now(UTC))
    else:
        content = writers[form](released, areas, asked)
    log_export("counts", found.id)
    typer.echo(content, nl=False)
    if isinstance(released, Protected):
        say(PROTECTED)


def release(
    dataset: Annotated[
        int | None, typer.Option(min=1, max=LARGEST_ID, help="Only this dataset; all of them if left out.")
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Say how close it is to exact totals, for custodians; written to the log.")
    ] = False,
) -> None:
    """Say what is released of protected datasets; release those that never were."""
    from data.services import access_log, import_report, releasing
    from data.services.opening import open_store
    from data.store import datasets

    store = open_store()
    releasing.catch_up(store, LOCAL_USER)
    releasing.release_sessions(store, LOCAL_USER, date.today())
    listed = datasets.datasets(store, LOCAL_USER)
    for one in listed if dataset is None else [datasets.load_dataset(store, LOCAL_USER, dataset)]:
        lines = import_report.of_release(store, LOCAL_USER, one.id, exact=exact)
        if lines and exact:
            access_log.record(LOCAL_USER, access_log.AccessKind.VIEW, "release", one.id)
        if lines:
            typer.echo("\n  ".join((f"Dataset {one.id}: {one.title}", *lines)))
