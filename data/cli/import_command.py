"""The command that brings in incidents, safety marks, known hotspots and actions there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from data.cli.command_line import answered, is_on_screen, progress, say
from data.principal import LOCAL_USER
from data.store.bounds import LARGEST_ID
from geo.errors import InputError

if TYPE_CHECKING:
    from data.formats.sources import Source
    from data.records.mapping import ColumnMapping
    from data.records.marks import MarkMapping
    from data.records.problems import Faulty
    from data.records.rows import DatasetKind
    from data.services.importing import ImportRequest, PreparedImport
    from data.store.datasets import Access
    from data.store.store import Store

POLICE: Final = "police"
HOTSPOTS: Final = "hotspots"  # kinds of files that hold no incidents
ACTIONS: Final = "actions"
NOTHING_KEPT: Final = "Dry run: nothing was saved."
Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="One file or several.")]
AccessOption = Annotated[bool | None, typer.Option("--open/--protected", help="May its counts be shared as they are?")]
AreaSetOption = Annotated[
    int | None, typer.Option(min=1, max=LARGEST_ID, help="Number of the area set; the best fit if left out.")
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
SchoolOption = Annotated[
    str | None,
    typer.Option(
        metavar="URN", help="School whose site rooms and zones are on, and rows of a file that names no place."
    ),
]
GuessOption = Annotated[
    bool, typer.Option("--guess-places", help="Take sure guesses of names of places that nobody has confirmed.")
]
ReplacesOption = Annotated[
    int | None, typer.Option(min=1, max=LARGEST_ID, metavar="DATASET", help="The dataset all of which this replaces.")
]
OntoOption = Annotated[
    int | None, typer.Option(min=1, max=LARGEST_ID, metavar="DATASET", help="The dataset to add these months to.")
]
NewOption = Annotated[bool, typer.Option("--new", help="Make a dataset of its own, and add to none.")]
ReasonOption = Annotated[str | None, typer.Option(help="Why rows that were released as protected are opened.")]
ConfirmOption = Annotated[
    str | None, typer.Option(metavar="OPEN", help="The word that confirms it, in place of typing it when asked.")
]
LoseOption = Annotated[bool, typer.Option("--lose-months", help="Let a version lose months or rows, as was said.")]


def import_(
    files: Files,
    kind: Annotated[str, typer.Option(help="police, incidents, marks, hotspots or actions.")] = POLICE,
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
    onto: OntoOption = None,
    new: NewOption = False,
    lose_months: LoseOption = False,
    school: SchoolOption = None,
    guess_places: GuessOption = False,
    reason: ReasonOption = None,
    confirm: ConfirmOption = None,
    dry_run: Annotated[bool, typer.Option(help="Read, place and count, and save nothing.")] = False,
) -> None:
    """Import police street files, incidents, young people's safety marks, known hotspots or actions there."""
    from data.formats.sources import from_paths
    from data.sandbox import warm_up
    from data.services.importing import ImportRequest
    from data.services.opening import open_store

    warm_up()
    store, sources = open_store(), from_paths(files)
    _require_fitting(kind, of_police=bool(force or first or last), of_places=bool(school or guess_places))
    _require_one_at_most(replaces is not None, onto is not None, new)
    if kind in (HOTSPOTS, ACTIONS):
        (_import_hotspots if kind == HOTSPOTS else _import_actions)(store, sources, sheet, dry_run=dry_run)
        return
    request = ImportRequest(
        kind=_kind(kind),
        sources=sources,
        access=_access(access),
        source=source,
        title=title,
        area_set_id=area_set,
        forces=force or (),
        first=first,
        last=last,
        mapping=_mapping(_kind(kind), sources[0], sheet, mapping, column or []),
        sheet=sheet,
        replaces=replaces,
        onto=onto,
        lose_months=lose_months,
        site=school,
        guess_places=guess_places,
        reason=reason,
        confirmation=confirm,
        faulty=_faulty(leave_out),
    )
    request, where = (request, []) if new else _added_by_default(store, request)
    _import_incidents(store, request, where, dry_run=dry_run)


def _access(is_open: bool | None) -> Access | None:
    """Return the access that options say; None where they say none."""
    from data.store.datasets import Access

    return None if is_open is None else Access.OPEN if is_open else Access.PROTECTED


def _faulty(leave_out: bool) -> Faulty:
    from data.records.problems import Faulty

    return Faulty.LEAVE_OUT if leave_out else Faulty.REFUSE


def _require_fitting(kind: str, *, of_police: bool, of_places: bool) -> None:
    """Refuse options that are for another kind of file."""
    from data.records.rows import DatasetKind

    if kind != POLICE and of_police:
        raise InputError("Only police files can be chosen by --force, --from and --to; leave these out.")
    if kind != DatasetKind.INCIDENTS and of_places:
        raise InputError("Only incidents have places by name; leave out --school and --guess-places.")


def _require_one_at_most(*given: bool) -> None:
    if sum(given) > 1:
        raise InputError("Only one of --replaces, --onto and --new can be given; leave the others out.")


def _added_by_default(store: Store, request: ImportRequest) -> tuple[ImportRequest, list[str]]:
    """Return a request for police files that adds to the one dataset of their force, where there is one, and say so."""
    from data.records.rows import DatasetKind
    from data.services import month_targets

    if request.kind is not DatasetKind.POLICE or request.replaces is not None or request.onto is not None:
        return request, []
    found = month_targets.police_targets(store, LOCAL_USER, request)
    if len(found) == 1:
        [one] = found
        said = f"These are more months for “{one.title}” (dataset {one.id}); --new makes a dataset of their own."
        return replace(request, onto=one.id), [said]
    if found:
        listed = " and ".join(str(one.id) for one in sorted(found, key=lambda one: one.id))
        said = (
            f"These could be more months for the datasets {listed}, and are a dataset of their own; --onto adds them."
        )
        return request, [said]
    return request, []


def _import_incidents(store: Store, request: ImportRequest, where: Sequence[str], *, dry_run: bool) -> None:
    """Read, place and count incidents or marks, say what that showed, and keep them unless it is a dry run."""
    from data.records.problems import Faulty
    from data.records.rows import DatasetKind
    from data.services import harm_grouping, import_report, importing

    leave_out = request.faulty is Faulty.LEAVE_OUT
    with progress() as tell:
        prepared = importing.prepare(store, LOCAL_USER, request, tell)
    exact = import_report.is_told_exactly(prepared, on_screen=is_on_screen())
    change = prepared.change if exact or prepared.change is None else prepared.change.rounded()
    say(*where, *import_report.of_change(prepared, exact=exact))
    say(*import_report.of_import(prepared, reasons=not leave_out, exact=exact))
    if leave_out:
        say(*import_report.of_problems(prepared))
    other = harm_grouping.say_other(harm_grouping.sizes_in(prepared.cube))
    if exact and other is not None and request.kind is not DatasetKind.MARKS:
        say(other)
    if prepared.released.sentence:
        say(prepared.released.sentence)
    loss = None if change is None or request.lose_months else change.loss
    if dry_run:
        say(*([f"It would {loss}, which needs --lose-months."] if loss else []), NOTHING_KEPT)
        return
    if loss and change is not None:
        change.require_nothing_lost("add --lose-months if that is meant")
    prepared = _confirmed_opening(prepared)
    number = importing.keep(store, LOCAL_USER, prepared)
    say(f"Dataset {number} is saved.", *import_report.of_release(store, LOCAL_USER, number, exact=exact))


def _confirmed_opening(prepared: PreparedImport) -> PreparedImport:
    """Ask for the word that opens rows which were released as protected, where there is a reason and no word yet."""
    from data.services.one_release import WORD

    request = prepared.request
    if not prepared.released.opened or not request.reason or request.confirmation is not None:
        return prepared
    typed = answered(f"Type {WORD} to open them, which cannot be taken back")
    return replace(prepared, request=replace(request, confirmation=typed))


def _import_hotspots(store: Store, sources: Sequence[Source], sheet: str | None, *, dry_run: bool) -> None:
    from data.records.reading_jobs import read_registers
    from data.sandbox import run_sandboxed
    from data.services import setting_up

    if dry_run:
        say(f"{len(run_sandboxed(read_registers, tuple(sources), sheet)):,} known hotspots read.", NOTHING_KEPT)
    else:
        number = setting_up.add_hotspots(store, LOCAL_USER, sources, sheet)
        say(f"{number:,} known hotspots are on the register.")


def _import_actions(store: Store, sources: Sequence[Source], sheet: str | None, *, dry_run: bool) -> None:
    from data.services import setting_up
    from data.store import actions

    if dry_run:
        found = setting_up.read_actions(store, LOCAL_USER, sources, sheet)
        counted = actions.count_actions(store, LOCAL_USER, found)
        say(f"Actions read: {setting_up.said_of_actions(counted)}.", NOTHING_KEPT)
    else:
        counted = setting_up.add_actions(store, LOCAL_USER, sources, sheet)
        say(f"Actions on the register: {setting_up.said_of_actions(counted)}.")


def _kind(text: str) -> DatasetKind:
    from data.records.rows import DatasetKind

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
    """Return the mapping of a file, or the guess, with the columns that options name; None leaves all to the guess."""
    from data.formats.sources import from_paths
    from data.records.mapping import guess_mapping, load_mapping, with_columns
    from data.records.reading_jobs import inspect_rows
    from data.records.rows import DatasetKind
    from data.sandbox import run_sandboxed

    if not file and not columns:
        return None
    if kind is not DatasetKind.INCIDENTS:
        raise InputError("Only the columns of incidents can be named by --map and --column; leave these out.")
    in_file = load_mapping(from_paths([file])[0]) if file else None
    if not columns:
        return in_file
    named = dict(text.partition("=")[::2] for text in columns)
    return with_columns(in_file or guess_mapping(run_sandboxed(inspect_rows, first, sheet).columns), named)
