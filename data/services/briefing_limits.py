"""Briefing limits: what the figures of a paper cannot say, and how they were made, in plain words."""

from collections.abc import Sequence
from typing import Final

from data.records.rows import DatasetKind
from data.services.briefing_counts import CountFacts
from data.services.briefing_ground import BriefingGround
from data.services.completeness import open_completeness
from geo.calendar import periods as p
from geo.calendar.data_age import data_age
from geo.calendar.periods import missing_months, missing_periods
from geo.counts import filters
from geo.counts.completeness import completeness_note, course_note, labelled, notes_by_harm
from geo.counts.filters import Choice
from geo.findings.place_sentences import POINTS
from geo.findings.search import FAR
from geo.maps import map_sentences
from geo.register.markers import say_day
from geo.trends.before_after import CANNOT
from geo.views import provenance, widening
from geo.wording import capital

REPORTING: Final = (
    "More recorded may mean more reporting, and not more harm; less recorded may mean that people stopped reporting. A "
    "map may show where reporting is best rather than where harm is worst."
)
_CHANGE: Final = (
    "Every change stands beside the range in which it lies with a certainty of 95 %. It is called real only where "
    "neither chance nor the ups and downs that this place usually has explain it, all kinds of harm that were looked "
    "at taken into account. “Could be chance” is no proof that nothing changed."
)
_TRENDS: Final = (
    "The usual range of a trend is set by this place’s own earlier figures. A rise or a fall is called real where a "
    "figure lies outside of that range, or where so many in a row lie on one side of the middle, or go one way, that "
    "chance hardly makes it."
)
_COMPARED: Final = (
    "The change here is set beside that of the rest of the district, and of the areas most like these by deprivation "
    "and how densely people live, over the same periods. Schools and areas are not ranked."
)
_REGISTER: Final = (
    "Known hotspots are what people have put on the register; clusters are what was detected in the figures. "
    "“Supported by data” means that more was recorded near a known hotspot in the latest year than near 19 of "
    "20 places like it."
)
_PROTECTED: Final = (
    "Protected figures are released by half-terms that have been over for 14 days and by zones with enough incidents. "
    "Each is rounded to a multiple of 5 and then stays as it is; whatever is judged by them allows for the rounding."
)


def limits(
    ground: BriefingGround, counts: CountFacts, not_checked: Sequence[str], *, followed: bool
) -> tuple[str, ...]:
    """Say what the figures cannot tell.

    ``not_checked`` says what could not be looked for, and ``followed`` whether it is said what followed an action.
    """
    shown, protected = ground.wide.choice, ground.protected
    counted = counts.counted
    police = ground.dataset.kind == DatasetKind.POLICE
    absent = filters.not_supplied(ground.view.cube, shown)
    placed = provenance.placed(ground.dataset.placed_share, protected=protected)
    said = (
        REPORTING,
        data_age(ground.covered[-1], ground.today),
        widening.sentence(ground.wide),
        missing_periods(absent),
        missing_months(ground.dataset.gaps) if protected else None,
        f"{capital(placed)}; the others are in no figure.",
        provenance.PROTECTED if protected else None,
        POINTS if counted.by_distance else None,
        map_sentences.NOT_THE_SAME if counted.by_distance and counts.areas is not None else None,
        map_sentences.counted_apart(counted.elsewhere),
        map_sentences.UNNAMED if counted.by_distance and not counted.named and police else None,
        map_sentences.left_out(_left_out(ground)),
        provenance.POLICE_NOTE if police else None,
        *_completeness(ground),
        *not_checked,
        CANNOT if followed else None,
    )
    return tuple(filter(None, said))


def methods(ground: BriefingGround, counts: CountFacts) -> tuple[str, ...]:
    """Say how the figures were made: from what, of when, what is compared, and what is called real."""
    shown = ground.wide.choice.periods
    unit = p.unit_of(shown)
    kind = "protected figures, as released" if ground.protected else provenance.OPEN
    source = (
        f"Source: {ground.dataset.source} ({kind}). It covers {p.say_range(ground.covered)}; figures were taken on "
        f"{say_day(ground.today)}."
    )
    said = [source, f"What is counted lies {counts.where}."]
    if counts.counted.two.before is not None:
        before = p.say_range(p.year_before(shown))
        said.append(f"{capital(p.say_range(shown))} is set beside {before}, the same {unit}s a year before. {_CHANGE}")
    said.append(_TRENDS)
    if ground.school is not None:
        said.append(_COMPARED)
    where = "in all areas" if ground.school is None else f"within {FAR / 1000:.0f} km of the school"
    said.append(
        f"Clusters, changes and hot spots were looked for {where}. The same search was made over figures in which "
        "nothing goes on, many times: it is said of each finding how seldom chance alone shows as much somewhere."
    )
    said.append(_REGISTER)
    if ground.protected:
        said.append(_PROTECTED)
    return tuple(said)


def _left_out(ground: BriefingGround) -> int:
    """Count the areas that are looked at whose counts are not among the shown ones."""
    if ground.near is not None:
        return 0
    shown = set(ground.units)
    return sum(int(ground.view.units.member[area]) not in shown for area in ground.part.areas)


def _completeness(ground: BriefingGround) -> tuple[str, ...]:
    """Say what the share of rows without a location, and months supplied in part, would show by themselves."""
    found, shown = open_completeness(ground.store, ground.board, ground.dataset), ground.wide.choice
    course = course_note(found, Choice(ground.covered, shown.harms))
    return (completeness_note(found, shown), *labelled(notes_by_harm(found, shown)), course)
