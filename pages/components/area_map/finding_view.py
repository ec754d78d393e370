"""One finding on the Area map: found again from its address, with its own filter, its words and the way back.

What the person chose in the sidebar is left as it is: the finding's filter is the map's only, and is said to be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final

import streamlit as st

from geo.areas.proximity import Place
from geo.calendar import periods
from geo.counts.filters import Choice
from geo.errors import InputError, RefusedError, ThinDataError
from geo.findings import landmarks
from geo.findings.completeness_doubt import with_completeness
from geo.findings.concerns import concern_of
from geo.findings.finding import FindingKind
from geo.findings.finding_sentences import FindingSentences
from geo.findings.reference import FindingReference, find_again, read_reference
from geo.findings.report import Entry, Seeker, report
from geo.findings.search import Search
from geo.harms import HARM_GROUPS, SCHOOL_DEFAULT
from geo.maps.map_words import LEVEL_WORDS, MEASURE_WORDS
from geo.maps.measure import Measure, measured
from geo.maps.measures import MeasureRequest
from geo.register.concern import Concern
from geo.views.extent import Extent
from geo.views.view import View
from geo.views.widening import Wide
from pages.components.area_map.map_pickers import MapRequest
from pages.components.area_map.measured_areas import MeasuredAreas
from pages.components.cached import busy, loads, statistics
from pages.components.cached.cache_keys import ViewKey, eyes_of
from pages.components.cached.completeness import completeness
from pages.components.frame import chrome
from pages.components.frame.addresses import FINDING, link
from pages.components.frame.selection import Figures, Selection, known_datasets, whole
from pages.components.next_steps import next_steps

LOST: Final = (
    "This finding cannot be found again: the data, or who looks at them, are not as they were when its address was "
    "made. The map shows what you chose."
)
_MEASURES: Final = {
    FindingKind.CLUSTER: Measure.COUNT,
    FindingKind.PATTERN: Measure.PATTERN,
    FindingKind.RISE: Measure.CHANGE,
    FindingKind.FALL: Measure.CHANGE,
}
_SEVERAL: Final = 2  # areas from which on they are listed
_OWN: Final = (FINDING, "rows")  # what the address holds of this page alone


@dataclass(frozen=True)
class ShownFinding:
    """A finding as the map shows it: ``chosen`` is what it was found in, with its own school and filter."""

    entry: Entry
    school: Place
    chosen: Selection
    areas: MeasuredAreas


def report_around(chosen: Selection, school: Place, result: Search) -> list[Entry]:
    """Return what a search around a school found, in words, the most useful first."""
    (point,) = landmarks.in_metres([school])
    known = statistics.known_places(chosen.dataset.area_set_id, chosen.asking)
    placed = busy.placed(chosen.dataset, eyes_of(chosen.dataset, chosen.asking))
    entries = report(result, known, Seeker(point), of_police=chosen.dataset.kind == "police", placed=placed)
    return with_completeness(entries, completeness(chosen.dataset, chosen.asking))


def is_named() -> bool:
    """Return whether the address names a finding."""
    return FINDING in st.query_params


def find(chosen: Selection) -> ShownFinding | None:
    """Find the finding that the address names once more; None where the data show it no longer."""
    try:
        reference = read_reference(st.query_params[FINDING])
        every = _whole(chosen, reference)
    except (InputError, RefusedError):
        return None
    schools = loads.schools_in(every.dataset.area_set_id, every.asking).values()
    school = next((one for one in schools if (one.urn or "") == reference.urn), None)
    if school is None or not {reference.since, reference.until} <= set(every.covered):
        return None
    searched = tuple(periods.between(reference.since, reference.until))
    eyes = eyes_of(every.dataset, every.asking)
    harms = reference.beside or tuple(code for code in SCHOOL_DEFAULT if code in every.choice.harms)
    result = statistics.search_around(every.dataset, harms, searched, school, eyes)
    entry = find_again(report_around(every, school, result), reference)
    return None if entry is None else _shown(every, school, entry, reference)


def _whole(chosen: Selection, reference: FindingReference) -> Selection:
    """Select all of the dataset that a finding is of, whichever is chosen in the sidebar.

    Raises InputError when there is none of that label, and RefusedError when nothing of it may be shown.
    """
    dataset = known_datasets(chosen.asking).get(reference.dataset)
    if dataset is None:
        raise InputError("A finding is of a dataset on this computer, and there is none of that name; go back.")
    return whole(dataset, chosen.asking)


def _shown(every: Selection, school: Place, entry: Entry, reference: FindingReference) -> ShownFinding:
    """Return a finding with the areas that it was found among, measured as suits its kind."""
    found = entry.finding
    choice = Choice(found.periods, found.harms)
    # The units of a release depend on the periods that are looked at: these are those of the search.
    key = every.view_key(found.level, [one for one in every.covered if one <= reference.until])
    request = MapRequest(MeasureRequest(_MEASURES[found.kind]), found.level, choice, zoom=True)
    areas = _measure(request, key, every.extent)
    return ShownFinding(entry, school, replace(every, school=school, choice=choice), areas)


def _measure(request: MapRequest, key: ViewKey, extent: Extent) -> MeasuredAreas:
    wide, view = Wide(request.choice, request.level), loads.view(key)
    try:
        shown = statistics.measured_by(key, request.choice, request.measure)
        return MeasuredAreas(request, wide, key, view, shown, extent)
    except ThinDataError as thin:
        counted = measured(view, request.choice, Measure.COUNT)
        told = f"Counts are shown instead. {thin}"
        return MeasuredAreas(request.by(Measure.COUNT), wide, key, view, counted, extent, told)


def next_steps_for(shown: ShownFinding) -> None:
    """Draw what to do next about the shown finding, folded."""
    next_steps.show(concern_from(shown.chosen, shown.entry, shown.areas.view), "finding")


def concern_from(chosen: Selection, entry: Entry, view: View) -> Concern:
    """Return a finding of a selection as what to do next needs it; of exact figures without a sentence to share.

    ``view`` is the one that the finding was searched in.
    """
    areas = loads.area_set(chosen.dataset.area_set_id, chosen.asking.principal)
    shareable = chosen.figures is not Figures.EXACT
    return concern_of(entry, view, areas, chrome.source(chosen), shareable=shareable)


def back() -> str:
    """Write the way back to the page that the finding was listed on, as it was (HTML)."""
    kept = [key for key in st.query_params if key not in _OWN]
    return f'<p class="lc-back">{link("local-context", "Back to Local context", {}, kept)}</p>'


def lost() -> Sequence[str]:
    """Say that the finding is there no longer, and offer the way back (HTML)."""
    return (chrome.notice(LOST), back())


def below(shown: ShownFinding) -> Sequence[str]:
    """Write what stands below the finding's own headline (HTML): how sure, what else it could be, and its filter."""
    return (sureness(shown.entry.sentences), _filter(shown), chrome.notice(shown.areas.thin))


def sureness(sentences: FindingSentences) -> str:
    """Write at which places it is and how sure a finding is; folded its areas, and what else it could be (HTML)."""
    said = " ".join(filter(None, (sentences.places, sentences.sure)))
    return (
        f'<p class="lc-sure">{escape(said)}</p>'
        f"{_which_areas(sentences.areas)}"
        f"<details><summary>What else could it be?</summary><p>{escape(sentences.doubt)}</p></details>"
    )


def _which_areas(names: Sequence[str]) -> str:
    """Name the areas of a finding, folded (HTML); nothing where its sentence names the one there is."""
    if len(names) < _SEVERAL:
        return ""
    return f"<details><summary>Which areas?</summary><p>{escape('; '.join(names))}.</p></details>"


def _filter(shown: ShownFinding) -> str:
    """Say which filter the map has for the finding's sake, and offer the person's own (HTML)."""
    areas, found = shown.areas, shown.entry.finding
    own = " · ".join(
        (
            MEASURE_WORDS[areas.measured.measure],
            LEVEL_WORDS[found.level],
            *(HARM_GROUPS[code] for code in found.harms),
            periods.say_range(found.periods),
        )
    )
    kept = [key for key in st.query_params if key not in _OWN]
    mine = link("area-map", "Show my own choice on the map", {}, kept)
    return (
        f'<p class="lc-filter"><b>Filter of this finding:</b> {escape(own)}. Your own choice in the sidebar is kept, '
        f'and is not used here. <span class="lc-screen">{mine}</span></p>'
    )
