"""The commands that bring things in: areas, schools, term dates, incidents, hotspots, actions, the demo town."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from data.cli import findings, keeping, near_repeats, secret_command, sharing
from data.cli.command_line import LARGEST, app, progress, run, say
from data.demo import demo_store
from data.formats.sources import Source, from_paths
from data.principal import LOCAL_USER
from data.records.area_files import AreaFiles
from data.records.mapping import ColumnMapping, guess_mapping, load_mapping, with_columns
from data.records.marks import MarkMapping
from data.records.problems import Faulty
from data.records.reading_jobs import inspect_rows, read_registers
from data.records.rows import DatasetKind
from data.sandbox import run_sandboxed, warm_up
from data.services import importing, setting_up, status_report
from data.services.importing import ImportRequest
from data.services.opening import open_store
from data.store import hotspot_actions
from data.store.datasets import Access
from data.store.store import Store
from geo.errors import InputError

__all__ = ["findings", "keeping", "main", "near_repeats", "secret_command", "sharing"]

main = run
HOTSPOTS: Final = "hotspots"  # kinds of files that hold no incidents
ACTIONS: Final = "actions"
NOTHING_KEPT: Final = "Dry run: nothing was kept."
Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="One file or several.")]
AccessOption = Annotated[bool | None, typer.Option("--open/--protected", help="May its counts be shared as they are?")]
AreaSetOption = Annotated[
    int | None, typer.Option(min=1, max=LARGEST, help="Number of the area set; the best fit if left out.")
]
ForceOption = Annotated[
    list[str] | None, typer.Option(help="Police force to take from a zip, for example south-yorkshire.")
]
FirstOption = Annotated[str | None, typer.Option("--from", metavar="YYYY-MM", help="First month to take.")]
LastOption = Annotated[str | None, typer.Option("--to", metavar="YYYY-MM", help="Last month to take.")]
MapOption = Annotated[Path | None, typer.Option("--map", help="JSON file that names the columns.")]
ColumnOption = Annotated[
    list[str] | None, typer.Option(metavar="MEANING=NAME", help="A column of incidents, for example date=When.")
]
SheetOption = Annotated[str | None, typer.Option(help="Sheet of a workbook; the first that has rows if left out.")]
LeaveOutOption = Annotated[
    bool, typer.Option("--leave-out", help="Leave out rows that cannot be read, and say which they are.")
]
ReplacesOption = Annotated[
    int | None, typer.Option(min=1, max=LARGEST, metavar="DATASET", help="The dataset whose next version this is.")
]


@app.command()
def areas(
    file: Annotated[Path, typer.Argument(help="Boundaries as GeoJSON or GeoPackage.")],
    code: Annotated[str, typer.Option(help="Property that holds the area code.")],
    name: Annotated[str, typer.Option(help="Property that holds the area name.")],
    level: Annotated[str, typer.Option(help="What these areas are: lsoa, msoa, ward, district or area.")] = "area",
    title: Annotated[
        str | None, typer.Option(help="Name of this edition of the areas; the file's name if left out.")
    ] = None,
    parent: Annotated[
        list[str] | None, typer.Option(metavar="LEVEL=CODE,NAME", help="Columns of a larger area.")
    ] = None,
    lookup: Annotated[list[Path] | None, typer.Option(help="CSV that says which larger areas each belongs to.")] = None,
    population: Annotated[Path | None, typer.Option(help="CSV of residents by area code.")] = None,
    population_column: Annotated[str | None, typer.Option(help="Its column of residents; guessed if left out.")] = None,
    deprivation: Annotated[Path | None, typer.Option(help="CSV of deprivation by area code.")] = None,
    deprivation_column: Annotated[str | None, typer.Option(help="Its column; guessed if left out.")] = None,
    backdrop: Annotated[Path | None, typer.Option(help="GeoJSON of streets and place names to draw beneath.")] = None,
) -> None:
    """Load one edition of areas, with larger areas, residents and deprivation where files give them."""
    files = AreaFiles(
        boundaries=_source(file),
        code=code,
        name=name,
        level=level,
        title=title,
        parents=dict(_parent(text) for text in parent or ()),
        lookups=from_paths(lookup or []),
        residents=_source(population) if population else None,
        residents_column=population_column,
        deprivation=_source(deprivation) if deprivation else None,
        deprivation_column=deprivation_column,
        backdrop=_source(backdrop) if backdrop else None,
    )
    set_id, notes = setting_up.add_areas(open_store(), LOCAL_USER, files)
    say(*notes, f"Area set {set_id} is loaded.")


@app.command()
def schools(file: Annotated[Path, typer.Argument(help="CSV of schools, as the national register serves it.")]) -> None:
    """Load schools; those with the same URN are replaced."""
    number, notes = setting_up.add_schools(open_store(), LOCAL_USER, _source(file))
    say(*notes, f"{number:,} schools are loaded.")


@app.command()
def calendar(
    file: Annotated[Path, typer.Argument(help="Table of term dates: label, first day, last day, kind.")],
    school: Annotated[
        str | None, typer.Option(metavar="URN|NAME", help="The one school whose they are; all schools if left out.")
    ] = None,
) -> None:
    """Load term dates of all schools, or of one, whose own then lie over the others."""
    say(f"Calendar {setting_up.add_calendar(open_store(), LOCAL_USER, _source(file), school)} is loaded.")


@app.command(name="import")
def import_(
    files: Files,
    kind: Annotated[
        str, typer.Option(help="police, incidents, marks, hotspots or actions.")
    ] = DatasetKind.POLICE.value,
    access: AccessOption = None,
    source: Annotated[str | None, typer.Option(help="Where the figures come from, as shown beside them.")] = None,
    title: Annotated[str | None, typer.Option(help="What the dataset is called.")] = None,
    area_set: AreaSetOption = None,
    force: ForceOption = None,
    first: FirstOption = None,
    last: LastOption = None,
    mapping: MapOption = None,
    column: ColumnOption = None,
    sheet: SheetOption = None,
    leave_out: LeaveOutOption = False,
    replaces: ReplacesOption = None,
    dry_run: Annotated[bool, typer.Option(help="Read, place and count, and keep nothing.")] = False,
) -> None:
    """Import police street files, incidents, young people's safety marks, known hotspots or actions there."""
    warm_up()
    store, sources = open_store(), from_paths(files)
    if kind != DatasetKind.POLICE and (force or first or last):
        raise InputError("Only police files can be chosen by --force, --from and --to; leave these out.")
    if kind == HOTSPOTS:
        _import_hotspots(store, sources, sheet, dry_run=dry_run)
        return
    if kind == ACTIONS:
        _import_actions(store, sources, sheet, dry_run=dry_run)
        return
    request = ImportRequest(
        kind=_kind(kind),
        sources=sources,
        access=None if access is None else Access.OPEN if access else Access.PROTECTED,
        source=source,
        title=title,
        area_set_id=area_set,
        forces=force or (),
        first=first,
        last=last,
        mapping=_mapping(_kind(kind), sources[0], sheet, mapping, column or []),
        sheet=sheet,
        replaces=replaces,
        faulty=Faulty.LEAVE_OUT if leave_out else Faulty.REFUSE,
    )
    with progress() as tell:
        prepared = importing.prepare(store, LOCAL_USER, request, tell)
    say(*status_report.of_import(prepared, reasons=not leave_out))
    if leave_out:
        say(*status_report.of_problems(prepared))
    if dry_run:
        say(NOTHING_KEPT)
        return
    number = importing.keep(store, LOCAL_USER, prepared)
    say(f"Dataset {number} is kept.", *status_report.of_release(store, LOCAL_USER, number))


@app.command()
def demo(if_empty: Annotated[bool, typer.Option(help="Only when the store holds no areas yet.")] = False) -> None:
    """Build the demonstration town: fictional areas, schools, incidents and known hotspots."""
    with progress() as tell:
        built = demo_store.build(open_store(), LOCAL_USER, tell, only_if_empty=if_empty)
    say("Castlebrook, a fictional town, is ready." if built else "The store already holds areas; nothing was changed.")


def _import_hotspots(store: Store, sources: Sequence[Source], sheet: str | None, *, dry_run: bool) -> None:
    if dry_run:
        say(f"{len(run_sandboxed(read_registers, tuple(sources), sheet)):,} known hotspots read.", NOTHING_KEPT)
    else:
        number = setting_up.add_hotspots(store, LOCAL_USER, sources, sheet)
        say(f"{number:,} known hotspots are on the register.")


def _import_actions(store: Store, sources: Sequence[Source], sheet: str | None, *, dry_run: bool) -> None:
    if dry_run:
        found = setting_up.read_actions(store, LOCAL_USER, sources, sheet)
        counted = hotspot_actions.count_actions(store, LOCAL_USER, found)
        say(f"Actions read: {setting_up.said_of_actions(counted)}.", NOTHING_KEPT)
    else:
        counted = setting_up.add_actions(store, LOCAL_USER, sources, sheet)
        say(f"Actions on the register: {setting_up.said_of_actions(counted)}.")


def _source(path: Path) -> Source:
    return from_paths([path])[0]


def _kind(text: str) -> DatasetKind:
    try:
        return DatasetKind(text)
    except ValueError:
        raise InputError(
            f"A kind must be police, incidents, marks, hotspots or actions, and “{text}” is none; choose one with "
            "--kind."
        ) from None


def _mapping(
    kind: DatasetKind, first: Source, sheet: str | None, file: Path | None, columns: list[str]
) -> ColumnMapping | MarkMapping | None:
    """Return the mapping of a file, or the guess, with the columns that flags name; None leaves all to the guess."""
    if not file and not columns:
        return None
    if kind is not DatasetKind.INCIDENTS:
        raise InputError("Only the columns of incidents can be named by --map and --column; leave these out.")
    if not columns:
        return load_mapping(_source(file)) if file else None
    named = dict(text.partition("=")[::2] for text in columns)
    found = load_mapping(_source(file)) if file else guess_mapping(run_sandboxed(inspect_rows, first, sheet).columns)
    return with_columns(found, named)


def _parent(text: str) -> tuple[str, tuple[str, str]]:
    level, equals, columns = text.partition("=")
    code, _, name = columns.partition(",")
    if not (equals and code):
        raise InputError(
            f"A parent must be written LEVEL=CODE,NAME, and “{text}” is not; write for example "
            "--parent msoa=MSOA11CD,MSOA11NM."
        )
    return level.strip(), (code.strip(), (name or code).strip())
