"""Carrying out a plan: one step after the other, each kept whole or not at all, and said in a sentence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import singledispatch
from typing import Any, Final, NamedTuple

from data.formats.sources import MB, Source
from data.principal import Principal
from data.records.area_facts import FactFiles
from data.records.base_map import summary
from data.records.rows import DatasetKind
from data.sandbox import ResourceLimits
from data.services import base_mapping, import_report, importing, month_targets, own_lists, setting_up
from data.services.importing import ImportRequest
from data.services.setup_plan import SetupPlan, SetupStep, StepDone
from data.services.setup_requests import (
    AreasRequest,
    BaseMapRequest,
    FactsRequest,
    FactsWanted,
    IncidentsRequest,
    ListRequest,
    MarksRequest,
    PoliceRequest,
    RegisterRequest,
    SchoolsRequest,
    TermDatesRequest,
)
from data.store import area_sets, deliveries
from data.store.deliveries import Delivery, DeliveryKind
from data.store.store import AlreadyThereError, Store
from geo.errors import InputError, RefusedError
from geo.wording import capital, how_many

Progress = Callable[[float, str], None]
SURVEY_LIMITS: Final = ResourceLimits(memory=2_000 * MB, cpu=120, wall=600.0, remedy="bring fewer files at a time")


class _Kept(NamedTuple):
    """What was kept as one sentence, if it is one thing, and notes.

    ``also`` is what came of each other thing of the step, and ``delivery`` the number of its own where others follow.
    """

    sentence: str | None
    notes: tuple[str, ...] = ()
    also: tuple[StepDone, ...] = ()
    delivery: int | None = None


class _Doing(NamedTuple):
    """Where a step is carried out, for whom, and whom to tell."""

    store: Store
    principal: Principal
    tell: Progress | None
    on_screen: bool = True  # whether what came of it is read by the person who brings the files


def carry_out(store: Store, principal: Principal, plan: SetupPlan, tell: Progress | None = None) -> Iterator[StepDone]:
    """Carry out a plan, and yield what came of each step as it ends; a caller that stops leaves the rest undone.

    A step whose files cannot be used is not kept and says why; what comes after it is done all the same. A file that
    keeps others of its step from being used is left out of it, and answered for by itself.
    """
    doing = _Doing(store, principal, tell)
    for step in plan.steps:
        yield from carry_out_step(doing.store, principal, step, tell)


def carry_out_step(
    store: Store, principal: Principal, step: SetupStep, tell: Progress | None = None, *, on_screen: bool = True
) -> Iterator[StepDone]:
    """Carry out one step of a plan, and yield what came of it, and of each file that was left out of it.

    What is said of protected rows is rounded unless it is read ``on_screen``.
    """
    if step.known:
        yield StepDone(step.row, f"{_files(step)} here already; nothing was changed.", saved=False, known=True)
        return
    before = _newest(store, principal)
    try:
        kept = _keep(step.request, _Doing(store, principal, tell, on_screen))
    except AlreadyThereError:
        yield StepDone(step.row, f"{_files(step)} here already; nothing was changed.", saved=False, known=True)
        return
    except (InputError, RefusedError) as error:
        yield StepDone(step.row, str(error), saved=False)
        return
    if kept.sentence is not None:
        after = kept.delivery or _newest(store, principal)
        yield StepDone(step.row, kept.sentence, True, after if after != before else None, (*step.notes, *kept.notes))
    yield from kept.also


def _files(step: SetupStep) -> str:
    first, more = step.files[0], len(step.files) - 1
    return f"“{first}” is" if not more else f"“{first}” and {how_many(more, 'file more', 'files more')} are"


def _newest(store: Store, principal: Principal) -> int | None:
    return max((one.id for one in deliveries.deliveries(store, principal)), default=None)


@singledispatch
def _keep(request: Any, _doing: _Doing) -> _Kept:
    raise TypeError(f"no step is carried out with {type(request).__name__}")


@_keep.register
def _areas(request: AreasRequest, doing: _Doing) -> _Kept:
    try:
        set_id, notes = setting_up.add_areas(
            doing.store, doing.principal, request.files, doing.tell,
            edition=request.edition, publisher=request.publisher,
        )  # fmt: skip
    except AlreadyThereError as same:
        more = _with_facts(same.number, request.facts, doing)
        if not more:
            raise
        return _Kept(None, also=more)
    number = _newest(doing.store, doing.principal)
    more = _with_facts(set_id, request.facts, doing)
    return _Kept(f"Area set {set_id} is loaded: {request.files.title}.", tuple(notes), more, number)


@_keep.register
def _facts(request: FactsRequest, doing: _Doing) -> _Kept:
    done = _with_facts(request.set_id, request.facts, doing)
    if not any(one.saved for one in done):
        raise InputError(" ".join(one.sentence for one in done))
    return _Kept(None, also=done)


def _with_facts(set_id: int, wanted: FactsWanted, doing: _Doing) -> tuple[StepDone, ...]:
    """Keep facts about loaded areas, and say what came of each kind; a file that cannot be used is left out of them."""
    files, refused = wanted.files, list[StepDone]()
    title = area_sets.load_area_set(doing.store, doing.principal, set_id).title
    while files.larger or files.residents or files.deprivation:
        try:
            numbers, _ = setting_up.add_facts(
                doing.store, doing.principal, set_id, files, doing.tell,
                editions=wanted.said.editions, publishers=wanted.said.publishers,
            )  # fmt: skip
        except AlreadyThereError:
            break
        except InputError as error:
            fewer = _without_named(files, wanted.levels_of, str(error))
            refused.append(StepDone(_row_of(files, str(error)), str(error), saved=False))
            if fewer is None:
                break
            files = fewer
        else:
            kept = [one for one in deliveries.deliveries(doing.store, doing.principal) if one.id in numbers]
            return (*(_say_facts(one, title) for one in sorted(kept, key=lambda one: one.id)), *refused)
    return tuple(refused)


def _say_facts(one: Delivery, title: str) -> StepDone:
    edition = f", {one.edition}" if one.edition else ""
    said = f"{capital(one.kind)}{edition}: {how_many(one.rows, 'area', 'areas')} of “{title}” have them."
    return StepDone(capital(one.kind), said, True, one.id, one.notes)


def _is_named(source: Source | None, sentence: str) -> bool:
    return source is not None and sentence.startswith(f"“{source.name}”")


def _row_of(files: FactFiles, sentence: str) -> str:
    named = {"Residents": files.residents, "Deprivation": files.deprivation}
    return next((row for row, source in named.items() if _is_named(source, sentence)), "Larger areas")


def _without_named(files: FactFiles, levels_of: Mapping[str, tuple[str, ...]], sentence: str) -> FactFiles | None:
    """Return the files without the one that a sentence begins with; None where it names none of them."""
    if _is_named(files.residents, sentence):
        return replace(files, residents=None, residents_column=None)
    if _is_named(files.deprivation, sentence):
        return replace(files, deprivation=None, deprivation_column=None)
    bad = [source for source in files.larger if _is_named(source, sentence)]
    lost = {level for source in bad for level in levels_of.get(source.name, ())}
    if not bad:
        return None
    parents = {level: pair for level, pair in (files.parents or {}).items() if level not in lost}
    return replace(files, larger=tuple(source for source in files.larger if source not in bad), parents=parents)


@_keep.register
def _schools(request: SchoolsRequest, doing: _Doing) -> _Kept:
    locality = None if request.locality.is_everywhere else request.locality
    number, notes = setting_up.add_schools(
        doing.store, doing.principal, request.source, locality, edition=request.edition, publisher=request.publisher
    )
    return _Kept(f"{how_many(number, 'school is', 'schools are')} loaded.", tuple(notes))


@_keep.register
def _base_map(request: BaseMapRequest, doing: _Doing) -> _Kept:
    asked = base_mapping.request(doing.store, doing.principal, request.sources, request.title)
    found = base_mapping.prepare(doing.store, doing.principal, asked, doing.tell)
    number = base_mapping.keep(doing.store, doing.principal, asked, found)
    beyond = base_mapping.warning(asked, found)
    notes = (*summary(found), *found.notes, *([beyond] if beyond else []))
    return _Kept(f"Base map {number} is loaded: {found.title}.", notes)


@_keep.register
def _term_dates(request: TermDatesRequest, doing: _Doing) -> _Kept:
    number = setting_up.add_calendar(doing.store, doing.principal, request.source)
    return _Kept(f"Calendar {number} is loaded, for all schools.")


@_keep.register
def _police(request: PoliceRequest, doing: _Doing) -> _Kept:
    forces = () if request.force is None else (request.force,)
    asked = ImportRequest(DatasetKind.POLICE, request.sources, forces=forces)
    target = month_targets.police_target(doing.store, doing.principal, asked)
    return _imported(asked if target is None else replace(asked, onto=target.id), doing)


@_keep.register
def _register(request: RegisterRequest, doing: _Doing) -> _Kept:
    sources = [request.source]
    if request.actions:
        counted = setting_up.add_actions(doing.store, doing.principal, sources, request.sheet)
        return _Kept(f"Actions on the register: {setting_up.said_of_actions(counted)}.")
    number = setting_up.add_hotspots(doing.store, doing.principal, sources, request.sheet)
    return _Kept(f"{how_many(number, 'known hotspot is', 'known hotspots are')} on the register.")


@_keep.register
def _list(request: ListRequest, doing: _Doing) -> _Kept:
    number = own_lists.add_list(doing.store, doing.principal, request.source, request.kind, request.sheet, doing.tell)
    if request.kind is DeliveryKind.CONTACTS:
        return _Kept(f"{how_many(number, 'contact is', 'contacts are')} on the list of who to tell.")
    return _Kept(f"{how_many(number, 'row is', 'rows are')} on the list of what to teach.")


@_keep.register
def _marks(request: MarksRequest, doing: _Doing) -> _Kept:
    return _imported(ImportRequest(DatasetKind.MARKS, [request.source], sheet=request.sheet), doing)


@_keep.register
def _incidents(request: IncidentsRequest, doing: _Doing) -> _Kept:
    return _imported(ImportRequest(DatasetKind.INCIDENTS, [request.source], sheet=request.sheet), doing)


def _imported(request: ImportRequest, doing: _Doing) -> _Kept:
    """Import rows, as more of a dataset where the request says so."""
    prepared = importing.prepare(doing.store, doing.principal, request, doing.tell)
    number = importing.keep(doing.store, doing.principal, prepared)
    exact = import_report.is_told_exactly(prepared, on_screen=doing.on_screen)
    notes = import_report.of_import(prepared, exact=exact)
    notes += import_report.of_release(doing.store, doing.principal, number, exact=exact)
    return _Kept(f"Dataset {number} is saved: {prepared.description.title}.", tuple(notes))
