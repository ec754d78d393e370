"""When it happens, as another page says it: one sentence, and the way to the School-day clock."""

from html import escape

from geo.errors import InputError
from geo.wording import capital
from pages.components.cached import clocks, loads
from pages.components.clock import clock_view
from pages.components.clock.clock_view import ClockRequest
from pages.components.frame.addresses import CHOSEN, KEPT, link
from pages.components.frame.selection import Selection


def when_html(chosen: Selection, radius: int) -> str:
    """Say when incidents happen in the areas around the school, or of a release in all areas, with a link (HTML).

    Nothing for a dataset without times or incidents, and nothing where its times cannot be read: the page that shows
    this answers another question, and must stand.
    """
    asked = ClockRequest() if chosen.about else ClockRequest(radius)
    try:
        if not clocks.has_clock(chosen.dataset, loads.asker()):
            return ""
        found = clock_view.gather(chosen, asked)
    except (InputError, PermissionError):
        return ""
    if found.clock is None:
        return ""
    what = f"{found.where}{' and all kinds of harm' if chosen.about else ''}, {found.shown.period}."
    where = {} if asked.radius is None else {clock_view.WHERE: clock_view.within(asked.radius)}
    see = link("school-day-clock", "See the clock", where, (*KEPT, *CHOSEN))
    told = f'<p class="lc-told">{escape(found.sentence)}</p><p class="lc-quiet">{escape(capital(what))} {see}</p>'
    return f'<div class="lc-block"><h2>When</h2>{told}</div>'
