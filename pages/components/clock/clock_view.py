"""What the School-day clock shows: the clock that is asked for, what it says, how it is drawn, and its summary."""

from dataclasses import dataclass, replace
from html import escape
from typing import Final

import streamlit as st

from geo.calendar import periods
from geo.clock import clock_sentences, clock_table
from geo.clock.slots import BY_HOUR
from geo.clock.week_clock import Clock
from geo.errors import InputError, ThinDataError
from geo.views.extent import Where
from geo.wording import capital
from pages.components.cached import clocks
from pages.components.charts import clock_cells
from pages.components.charts.chart_downloads import foot_of
from pages.components.frame import chrome, download_links, html_tables, selection
from pages.components.frame.addresses import CHOSEN, KEPT, link
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import BOUND, Selection
from pages.components.trends.pickers import look_at

BY: Final = "clock_by"
WHOLE: Final = "All areas"
BANDS: Final = "School day"
HOURS: Final = "Hours"
_BANDS_UNIT: Final = (
    "In each cell, its incidents. The colour is how many that is for each such day, as each Monday in term:"
)
_HOURS_UNIT: Final = (
    "The colour is how many incidents each such day has, as each Monday in term; the table has every figure:"
)
_FAINT: Final = "Every cell holds fewer than 10 incidents, too few for a colour; a longer period shows more."
_OF_A_RELEASE: Final = (
    "A protected clock is of whole school years, all areas and all kinds of harm, whatever is chosen beside it."
)


@dataclass(frozen=True)
class ClockContent:
    """What a clock answers, and the clock itself where there is anything to draw.

    ``shown`` is what was chosen, for the periods that the clock is of.
    """

    sentence: str
    where: str
    shown: Selection
    clock: Clock | None = None
    notes: tuple[str, ...] = ()


def pick_hours(chosen: Selection) -> bool:
    """Draw the picker of the parts of a day, and return whether they are hours; a release and months have none."""
    if chosen.about or not clocks.has_clock(chosen.dataset, chosen.asking):
        return False
    by = st.segmented_control("Parts of the day", [BANDS, HOURS], default=BANDS, key=BY, required=True, bind=BOUND)
    return by == HOURS


def gather(chosen: Selection, *, hours: bool) -> ClockContent:
    """Make the clock that is asked for, and what it says."""
    return _of_release(chosen) if chosen.about else _of_times(chosen, hours=hours)


def district(chosen: Selection, *, hours: bool) -> str:
    """Say what the clock of the school's district says, where that of its surroundings is looked at (HTML)."""
    if chosen.compared is None or chosen.about:
        return ""
    there = _of_times(replace(chosen, extent=chosen.compared, district=None), hours=hours)
    return "" if there.clock is None else chrome.quiet(f"{chosen.compared.name}: {there.sentence}")


def below(content: ClockContent) -> tuple[str, ...]:
    """Write what stands below the headline (HTML): what the figures are, term and holidays, how times are known."""
    about = chrome.provenance(content.shown, [])
    if content.clock is None:
        return (about, *map(chrome.quiet, content.notes))
    assumed = () if content.clock.assumed is None else (content.clock.assumed,)
    quiet = " ".join((clock_sentences.basis(content.clock), *assumed, *content.notes))
    return (about, _compared(content.clock), chrome.quiet(quiet))


def draw(content: ClockContent, clock: Clock) -> None:
    """Draw the clock; its table shows when asked for."""
    hours = clock.slots is BY_HOUR
    chrome.subheading(f"Incidents by weekday and {'hour' if hours else 'part of the school day'}")
    if clock_table.is_faint(clock):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(chrome.notice(_FAINT), width="content")
            offer_whole(content.shown)
    unit = _HOURS_UNIT if hours else _BANDS_UNIT
    foot = foot_of(content.shown, () if clock.protected else None)
    cells, title = clock_table.chart_cells(clock), f"{content.where}: {content.sentence}"
    clock_cells.show(cells, title=title, unit=unit, foot=foot)
    with st.expander("Show as table"):
        _table(content, clock, hours=hours)


def when_html(chosen: Selection) -> str:
    """Say when incidents happen in the areas that are looked at, or of a release in all areas, with a link (HTML).

    Nothing for a dataset without times or incidents, and nothing where its times cannot be read: the page that shows
    this answers another question, and must stand.
    """
    try:
        if not clocks.has_clock(chosen.dataset, chosen.asking):
            return ""
        content = gather(chosen, hours=False)
    except (InputError, PermissionError):
        return ""
    if content.clock is None:
        return ""
    what = f"{content.where}{' and all kinds of harm' if chosen.about else ''}, {content.shown.period}."
    see = link("school-day-clock", "See the clock", {}, (*KEPT, *CHOSEN))
    answer = f'<p class="lc-told">{escape(content.sentence)}</p><p class="lc-quiet">{escape(capital(what))} {see}</p>'
    return f'<div class="lc-block"><h2>When</h2>{answer}</div>'


def offer_others(chosen: Selection) -> None:
    """Offer what there is instead of a clock: the trend, and the datasets that have one."""
    others = {
        label: one
        for label, one in selection.known_datasets(chosen.asking).items()
        if one.id != chosen.dataset.id and clocks.has_clock(one, chosen.asking)
    }
    with st.container(horizontal=True):
        st.page_link("trends.py", label="See its trend")
        for label, one in others.items():
            _offer(f"See the clock of {chrome.plain(label)}", f"clock_of_{one.id}", dataset=label)


def offer_whole(shown: Selection) -> None:
    """Offer to look at all periods that a dataset covers, where fewer are looked at and there are times."""
    ends = (shown.covered[0], shown.covered[-1])
    whole = (shown.choice.periods[0], shown.choice.periods[-1]) == ends
    if whole or not clocks.has_clock(shown.dataset, shown.asking):
        return
    chosen = {"from": periods.say(ends[0]), "to": periods.say(ends[1])}
    _offer(f"Look at {periods.say_range(shown.covered)}", "clock_whole", **chosen)


def _offer(label: str, key: str, **pickers: str) -> None:
    """Draw a button that sets pickers of the sidebar, which stands outside of this page's part."""
    if st.button(label, key=key, on_click=look_at(**pickers)):
        st.rerun()


def _of_times(chosen: Selection, *, hours: bool) -> ClockContent:
    extent = chosen.extent
    where = WHOLE if extent.where is Where.EVERYWHERE else f"small areas {extent.said}"
    try:
        clock = clocks.clock(chosen.dataset, chosen.choice, extent, hours, chosen.school_urn, chosen.asking)
    except (ThinDataError, PermissionError) as refusal:
        return ClockContent(str(refusal), where, chosen)
    nothing = _nothing(chosen, clock)
    return (
        ClockContent(_answer(clock), where, chosen, clock) if nothing is None else ClockContent(nothing, where, chosen)
    )


def _nothing(chosen: Selection, clock: Clock) -> str | None:
    """Say why there is no incident, or None where there are some."""
    if not chosen.extent.areas:
        return (
            "No area of the map lies this close to the school, so nothing can be said of when; choose a wider circle."
        )
    if not clock.precision.every:
        return f"No incident of these kinds was recorded in these areas, {chosen.period}."
    return None


def _of_release(chosen: Selection) -> ClockContent:
    wanted = tuple(dict.fromkeys(map(periods.school_year, chosen.choice.periods)))
    released = clocks.released_years(chosen.dataset, chosen.asking)
    years = tuple(year for year in wanted if year in released)
    try:
        clock = clocks.released(chosen.dataset, years, chosen.asking)
    except ThinDataError as thin:
        listed = (f"Clocks are released of {', '.join(map(periods.say, released))}.",) if released else ()
        return ClockContent(str(thin), WHOLE, chosen, notes=listed)
    of_years = [period for period in chosen.covered if periods.school_year(period) in years]
    lacking = [periods.say(year) for year in wanted if year not in years]
    notes = (_OF_A_RELEASE, *([f"No clock is released of {', '.join(lacking)}."] if lacking else ()))
    return ClockContent(_answer(clock), WHOLE, replace(chosen, choice=chosen.choice.of(of_years)), clock, notes=notes)


def _answer(clock: Clock) -> str:
    try:
        return clock_sentences.sentence(clock)
    except ThinDataError as thin:
        return str(thin)


def _compared(clock: Clock) -> str:
    try:
        return f'<p class="lc-told">{escape(clock_sentences.term_and_holiday(clock))}</p>'
    except ThinDataError as thin:
        return chrome.quiet(str(thin))


def _table(content: ClockContent, clock: Clock, *, hours: bool) -> None:
    columns = (
        Column("kind", "Kind of day"),
        Column("day", "Day"),
        Column("slot", "Part of the day"),
        Column("span", "Time", wide_only=True),
        Column("told", chrome.counted(content.shown)),
        Column("days", "Days", 0),
        Column("value", "About, a day" if clock.protected else "A day", 2),
    )
    caption = chrome.caption(content.shown, f"{content.where}, {content.shown.period}")
    listed = html_tables.html_table(caption, columns, clock.table().to_dict("records"))
    st.html(listed + download_links.clock(content.shown, hours))
