"""Bringing in files of any kind: each is recognised, put in its place in the order, and kept step by step.

Areas come first, since all else is counted in them or cut to them; then facts about areas that are loaded, schools, a
base map, term dates, police data, known hotspots, actions there, and young people's marks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from data.formats.sources import Source
from data.principal import Principal
from data.recognition.file_role import FileRole, Recognised
from data.recognition.recognising import recognise
from data.recognition.surveying import survey, take_member
from data.records.locality import Locality
from data.sandbox import run_sandboxed
from data.services import setup_facts
from data.services.limits import limits_for
from data.services.setup_areas import area_steps, choose_boundaries
from data.services.setup_carrying import SURVEY_LIMITS, carry_out, carry_out_step
from data.services.setup_findings import SetupFindings
from data.services.setup_places import PlaceChoice, choose_place, school_position
from data.services.setup_plan import SetupPlan, SetupStep
from data.services.setup_police import police_steps
from data.services.setup_requests import (
    BaseMapRequest,
    IncidentsRequest,
    ListRequest,
    MarksRequest,
    RegisterRequest,
    SchoolsRequest,
    TermDatesRequest,
)
from data.store import area_sets, deliveries
from data.store.deliveries import DeliveryKind
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.errors import InputError

__all__ = ["carry_out", "carry_out_step", "own_incidents", "plan", "school_position"]

Progress = Callable[[float, str], None]
_CODED: Final = (
    FileRole.AREAS, FileRole.LARGER_AREAS, FileRole.LOOKUP, FileRole.RESIDENTS, FileRole.DEPRIVATION,
    FileRole.POLICE_STREET,
)  # fmt: skip
_LISTS: Final = {
    FileRole.CONTACTS: ("Contacts", DeliveryKind.CONTACTS),
    FileRole.TEACHING: ("What to teach", DeliveryKind.TEACHING),
}
_MAPS: Final = (FileRole.STREET_MAP, FileRole.STOPS, FileRole.POSTCODES)
_WHOLE: Final = (FileRole.POLICE_STREET, FileRole.POSTCODES, FileRole.UNKNOWN)  # archives that readers open themselves


def plan(
    store: Store,
    principal: Principal,
    sources: Sequence[Source],
    locality: Locality | None = None,
    tell: Progress | None = None,
) -> SetupPlan:
    """Return what files would bring to a store, in order, without keeping anything.

    ``locality`` chooses what is kept of national files; None leaves it to the local files that came along or are
    loaded. A file that cannot be read is left out with its sentence, and so is one that nothing here needs.
    """
    given = _distinct(sources)
    report = tell or _silent
    recognised = _recognised(given, lambda done, what: report(0.3 * done, what))
    by_name = {source.name: source for source in given}
    recognised = [_unpacked(by_name, one) if _is_member(one) else one for one in recognised]
    coded = tuple((by_name[one.file], one) for one in recognised if one.role in _CODED)
    surveyed = run_sandboxed(
        survey, coded, progress=lambda done, what: report(0.3 + 0.7 * done, what), limits=SURVEY_LIMITS
    )
    recognised = [
        _refused(one, surveyed.refused[one.file]) if one.file in surveyed.refused else one for one in recognised
    ]
    found = SetupFindings(tuple(recognised), by_name, surveyed)
    loaded = {
        one.id: area_sets.load_area_set(store, principal, one.id) for one in area_sets.area_sets(store, principal)
    }
    boundaries = choose_boundaries(found, loaded=bool(loaded))
    place = choose_place(found, boundaries, locality, _codes(loaded.values()))
    steps = _steps(found, boundaries, place, loaded)
    own = tuple(one.file for one in found.of_role(FileRole.INCIDENTS))
    found.used.update(own)
    return SetupPlan(
        recognised=tuple(recognised),
        steps=tuple(_known(store, principal, found, steps)),
        left_out=found.left_out(),
        councils=place.councils,
        locality=place.locality,
        own=own,
        sources=by_name,
    )


def own_incidents(made: SetupPlan) -> list[SetupStep]:
    """Return a step for each file of an organisation's own incidents whose columns are guessed in full.

    A page asks a person instead; these are for commands. The rows are protected.
    """
    steps = []
    for one in made.recognised:
        if one.role is FileRole.INCIDENTS and "whole" in one.details:
            request = IncidentsRequest(made.sources[one.file], one.details.get("sheet"))
            says = f"{one.what}, protected, by the columns that are guessed."
            steps.append(SetupStep("Your own incidents", (one.file,), says, request=request))
    return steps


def _steps(
    found: SetupFindings, boundaries: list[Recognised], place: PlaceChoice, loaded: dict[int, AreaSet]
) -> list[SetupStep]:
    steps = area_steps(found, boundaries, place.locality)
    if steps and place.notes:
        steps[0] = replace(steps[0], notes=(*steps[0].notes, *place.notes))
    if not boundaries:
        steps += setup_facts.fact_steps(found, loaded)
    steps += [_schools(found, one, place.locality) for one in found.of_role(FileRole.SCHOOLS)]
    steps += _base_map(found)
    steps += [_simple(found, one) for one in found.of_role(FileRole.TERM_DATES)]
    here = {code for one in boundaries for code in found.survey.areas[one.file]} | set(_codes(loaded.values()))
    steps += police_steps(found, here)
    for role in (FileRole.HOTSPOTS, FileRole.ACTIONS, *_LISTS, FileRole.MARKS):
        steps += [_simple(found, one) for one in found.of_role(role)]
    return steps


def _schools(found: SetupFindings, one: Recognised, locality: Locality) -> SetupStep:
    found.use([one])
    cut = "" if locality.is_everywhere else ", of which those of this place are kept"
    request = SchoolsRequest(found.sources[one.file], locality, one.edition, one.publisher)
    return SetupStep("Schools", (one.file,), f"{one.what}{cut}.", request=request)


def _base_map(found: SetupFindings) -> list[SetupStep]:
    """Return one step for all maps and lists of places, which make one base map."""
    files = [one for role in _MAPS for one in found.of_role(role)]
    if not files:
        return []
    found.use(files)
    words = ", ".join(dict.fromkeys(f"{one.what[0].lower()}{one.what[1:]}" for one in files))
    drawn = files[0].role is FileRole.STREET_MAP  # a map is called by the file of its streets
    title = None if drawn else "Stops and postcodes"
    request = BaseMapRequest(tuple(found.sources[one.file] for one in files), title)
    says = f"A base map of {words}; of national files what lies near the areas is kept."
    return [SetupStep("Base map", tuple(one.file for one in files), says, request=request)]


def _simple(found: SetupFindings, one: Recognised) -> SetupStep:
    """Return the step of one file that stands by itself."""
    found.use([one])
    source, sheet = found.sources[one.file], one.details.get("sheet")
    if one.role is FileRole.TERM_DATES:
        return SetupStep("Term dates", (one.file,), f"{one.what} of all schools.", request=TermDatesRequest(source))
    if one.role is FileRole.MARKS:
        says = f"{one.what}, protected."
        return SetupStep("Young people’s marks", (one.file,), says, request=MarksRequest(source, sheet))
    if one.role in _LISTS:
        row, kind = _LISTS[one.role]
        says = f"{one.what}, in the place of the list that is here."
        return SetupStep(row, (one.file,), says, request=ListRequest(source, kind, sheet))
    actions = one.role is FileRole.ACTIONS
    row = "Actions" if actions else "Known hotspots"
    return SetupStep(row, (one.file,), f"{one.what}.", request=RegisterRequest(source, sheet, actions))


def _known(store: Store, principal: Principal, found: SetupFindings, steps: list[SetupStep]) -> list[SetupStep]:
    """Return steps, those marked whose files are all here already as they are."""
    digests = {file: found.sources[file].fingerprint() for step in steps for file in step.files}
    there = deliveries.known_files(store, principal, digests.values())
    stand = {digest for digest, one in there.items() if one.undone_at is None}
    return [replace(step, known=all(digests[file] in stand for file in step.files)) for step in steps]


def _codes(loaded: Iterable[AreaSet]) -> list[str]:
    return [code for areas in loaded for code in areas.codes]


def _recognised(given: tuple[Source, ...], report: Progress) -> list[Recognised]:
    """Recognise files; where one of them brings the reading of all to its end, each by itself."""
    try:
        return run_sandboxed(recognise, given, progress=report, limits=limits_for(*given))
    except InputError:
        return [one for source in given for one in _recognised_alone(source)]


def _recognised_alone(source: Source) -> list[Recognised]:
    try:
        return run_sandboxed(recognise, (source,), limits=limits_for(source))
    except InputError as error:
        return [Recognised(source.name, FileRole.UNKNOWN, "A file that cannot be read", str(error))]


def _distinct(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Return sources under names of which no two are alike."""
    taken: set[str] = set()
    named = []
    for source in sources:
        name, number = source.name, 2
        while name in taken:
            path = PurePath(source.name)
            stem, dot, endings = path.name.partition(".")
            name, number = f"{stem} ({number}){dot}{endings}", number + 1
        taken.add(name)
        named.append(replace(source, name=name))
    return tuple(named)


def _is_member(one: Recognised) -> bool:
    return "member" in one.details and one.role not in _WHOLE


def _unpacked(by_name: dict[str, Source], one: Recognised) -> Recognised:
    """Add a file of an archive to the sources as a file of its own, unpacked in the sandbox."""
    archive = by_name[one.details["archive"]]
    try:
        content = run_sandboxed(take_member, archive, one.details["member"], limits=limits_for(archive))
    except InputError as error:
        return _refused(one, str(error))
    by_name[one.file] = Source(PurePath(one.details["member"]).name, content=content)
    return one


def _refused(one: Recognised, sentence: str) -> Recognised:
    """Return a file as one that cannot be read, and why."""
    return replace(one, role=FileRole.UNKNOWN, why=sentence)


def _silent(_share: float, _what: str) -> None:
    """Do nothing with progress."""
