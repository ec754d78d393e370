"""Briefing heard: when it happens, by the school-day clock, and what young people marked beside what is recorded."""

from dataclasses import dataclass
from typing import Final

from data.papers.pictures import paper_svg
from data.records.rows import DatasetKind
from data.services import incident_times, safety_marks
from data.services.briefing_ground import BriefingGround
from data.store import places
from data.store.datasets import Dataset
from geo.briefing.paper import Picture, Told
from geo.calendar import periods as p
from geo.charts.clock_chart import clock_chart, kinds
from geo.clock import clock_sentences, clock_table
from geo.clock.timed_counts import clock_of
from geo.clock.week_clock import Clock
from geo.counts.filters import Choice
from geo.errors import InputError, RefusedError, ThinDataError
from geo.evidence import marked_sentences
from geo.evidence.marked_places import MarkedPlaces
from geo.views.extent import Where
from geo.views.provenance import PROTECTED_USE
from geo.wording import capital

WIDTH: Final = 460  # px of a clock from edge to edge
_WHOLE: Final = "all areas"


@dataclass(frozen=True)
class WhenFacts:
    """When it happens, and the clock of days in term; None where no times are known or may be told."""

    when: Told | None = None
    clock: Picture | None = None


def when_facts(ground: BriefingGround) -> WhenFacts:
    """Say when incidents happen around a place, or of a release in all areas."""
    try:
        made = _of_release(ground) if ground.protected else _of_times(ground)
    except (InputError, PermissionError, ThinDataError):
        return WhenFacts()
    return WhenFacts() if made is None else _said(ground, *made)


def _of_times(ground: BriefingGround) -> tuple[Clock, str, str] | None:
    """Return the clock of an open dataset with times, where it is of, and its periods in words."""
    if ground.dataset.kind == DatasetKind.POLICE or not ground.part.areas:  # such files know months only
        return None
    timed = incident_times.timed(ground.store, ground.board, ground.dataset)
    clock = clock_of(timed, ground.choice, ground.calendar, ground.part.areas)
    where = _WHOLE if ground.part.where is Where.EVERYWHERE else f"small areas {ground.part.said}"
    return (clock, where, p.say_range(ground.choice.periods)) if clock.precision.every else None


def _of_release(ground: BriefingGround) -> tuple[Clock, str, str] | None:
    """Return the released clock of the school years that are looked at, which is of all areas and all kinds of harm."""
    released = incident_times.released_years(ground.store, ground.board, ground.dataset)
    years = [year for year in dict.fromkeys(map(p.school_year, ground.choice.periods)) if year in released]
    calendar = places.school_calendar(ground.store, ground.board, None)
    clock = incident_times.released_clock(ground.store, ground.board, ground.dataset, years, calendar)
    of_years = [period for period in ground.covered if p.school_year(period) in years]
    return clock, f"{_WHOLE} and all kinds of harm", p.say_range(of_years)


def _said(ground: BriefingGround, clock: Clock, where: str, period: str) -> WhenFacts:
    try:
        sentence = clock_sentences.sentence(clock)
    except ThinDataError as thin:
        sentence = str(thin)
    source = f"{ground.origin}, {period}; {where}"
    told = Told(sentence, "", source)
    cells = clock_table.chart_cells(clock)
    term, *_ = kinds(cells)
    alt = f"{term}, {where}: {sentence}"
    svg = paper_svg(clock_chart(cells, term, title=alt), WIDTH)
    return WhenFacts(
        told, Picture(f"{capital(where)}, by weekday and part of the school day: {term}", alt, svg, source)
    )


def young_people(ground: BriefingGround) -> tuple[Told, ...]:
    """Say what young people marked in the newest session that is released, beside the incidents that are looked at."""
    sessions = safety_marks.shown_datasets(ground.store, ground.board)
    if not sessions:
        return ()
    marks = sessions[0]
    year = safety_marks.years_shown(ground.store, ground.board, marks)[0]
    marked, alone = _marked(ground, marks, year)
    police = ground.dataset.kind == DatasetKind.POLICE
    who = marked_sentences.POLICE if police else marked_sentences.SCHOOLS
    told, thin = marked_sentences.told(marked, who)
    source = f"{marks.source}{PROTECTED_USE}, school year {year}"
    first = Told(marked_sentences.headline(marked, [one for one, _ in told], who), "", source)
    said = [Told(sentence, marked_sentences.how_sure(one), source) for one, sentence in told]
    none = thin or (None if told else marked_sentences.NO_PLACE)
    notes = [Told(note) for note in (alone, none) if note]
    return (first, *said, *notes, Told(marked_sentences.HOW))


def _marked(ground: BriefingGround, marks: Dataset, year: str) -> tuple[MarkedPlaces, str | None]:
    """Return the marks of a school year, and why no incidents are laid beside them, where none are."""
    beside: tuple[Dataset, Choice] = (ground.dataset, ground.choice)
    try:
        return safety_marks.places(ground.store, ground.board, marks, year, beside), None
    except (InputError, RefusedError) as refusal:
        return safety_marks.places(ground.store, ground.board, marks, year), str(refusal)
