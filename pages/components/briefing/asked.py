"""What a paper is asked for: the shared selection as a board sees it, whoever makes the paper."""

from dataclasses import dataclass, replace
from typing import Final

from data.services.briefing_request import BriefingRequest
from geo.areas.reach import USUAL
from geo.briefing.paper import Audience
from geo.calendar import periods
from geo.calendar.usual_periods import usual
from geo.counts.filters import Choice
from geo.counts.regrouping import holding
from geo.views.extent import Where
from pages.components.cached import trend_results
from pages.components.frame import addresses, selection
from pages.components.frame.selection import Figures, Selection

AUDIENCE: Final = "audience"
AUDIENCES: Final = {
    Audience.BOARD: "Board paper",
    Audience.GOVERNORS: "Governors’ page",
    Audience.STAFF: "Staff briefing",
    Audience.PARTNERS: "Partners’ note",
    Audience.PUPILS: "Assembly outline",
}
_OF_SCHOOL: Final = "A paper is about one school or all areas, so this one is about what is around the school."
_RELEASED: Final = (
    "The figures you see elsewhere are exact. Those of the paper are protected ones, by half-terms, as a board sees "
    "them."
)


@dataclass(frozen=True)
class Asked:
    """What is asked for; ``board`` is the selection as a board sees it, and ``notes`` what to know of it."""

    request: BriefingRequest
    board: Selection
    notes: tuple[str, ...]

    @property
    def about(self) -> str:
        """Name what the paper is about."""
        school = self.request.school
        return "all areas" if school is None else school.name

    @property
    def place(self) -> str:
        """Name the school by its number, or all areas, as keys of what is typed hold it."""
        school = self.request.school
        return "all" if school is None else school.urn or school.name


def asked_for(chosen: Selection) -> Asked:
    """Return what a paper of the shared selection is asked for. Raises RefusedError where nothing may be shared."""
    board = selection.shareable(chosen.dataset, chosen.asking)
    shown = _periods(chosen, board)
    harms = tuple(code for code in chosen.choice.harms if code in board.choice.harms) or board.choice.harms
    everywhere = chosen.extent.where is Where.EVERYWHERE
    school = None if everywhere else chosen.school
    reach = USUAL if chosen.extent.circle is None else chosen.extent.circle[1]
    notes = [_RELEASED] if chosen.figures is Figures.EXACT else []
    notes += [_OF_SCHOOL] if chosen.extent.where is Where.DISTRICT else []
    request = BriefingRequest(chosen.dataset, school, reach, shown, harms)
    return Asked(request, replace(board, school=school, choice=Choice(shown, harms)), tuple(notes))


def link_to() -> str:
    """Write the link of another page that makes a board paper of what it shows (HTML)."""
    kept = (*addresses.KEPT, *addresses.CHOSEN)
    made = addresses.link("briefing", "Make a paper of this", {AUDIENCE: AUDIENCES[Audience.BOARD]}, kept)
    return f'<p class="lc-quiet lc-screen lc-make-paper">{made}</p>'


def _periods(chosen: Selection, board: Selection) -> tuple[str, ...]:
    """Return the chosen periods as a board may choose them: released half-terms where months are chosen."""
    unit = periods.unit_of(board.covered)
    if unit == periods.unit_of(chosen.choice.periods):
        found = set(chosen.choice.periods)
    else:
        calendar = trend_results.school_calendar(chosen.school_urn, chosen.asking)
        found = set(holding(chosen.choice.periods, unit, calendar))
    shown = tuple(period for period in board.covered if period in found)
    return shown or tuple(usual(board.covered))
