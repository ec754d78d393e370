"""What every page has: a headline that answers its question, a line that says what the figures are, and a foot."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from data.demo import demo_store
from data.services import status_report
from data.services.opening import open_store
from geo.calendar import periods
from geo.calendar.data_age import data_age
from geo.calendar.periods import missing_months, missing_periods
from geo.harms import HARM_GROUPS
from geo.views import provenance as provenance_of
from geo.views import widening
from geo.views.widening import Wide
from pages.components.cached import loads, walks
from pages.components.frame.selection import Figures, Selection
from pages.routes.assets import asset_url

_FOOT: Final = "Not for live cases. Worried about a child? Follow your school’s procedure. In danger now: 999."
_STANDING: Final = {
    Figures.EXACT: "Exact: do not share. Only custodians of this dataset see these figures.",
    Figures.PROTECTED: provenance_of.PROTECTED,
}
NO_DOWNLOAD: Final = (
    "These figures are exact, so they cannot be downloaded: see it as a board would, and download that."
)
NOTHING_TO_CHANGE: Final = (
    "This is what a board would see: it is told roughly how much there is, and brings in, changes and removes nothing. "
    "Turn the switch off to do so."
)
_SCRIPTS: Final = ("frame.js", "tables.js", "copy_text.js")
_LOOKS: Final = {Figures.EXACT: "lc-exact", Figures.PROTECTED: "lc-safe"}
_USE: Final = {
    Figures.OPEN: "",
    Figures.EXACT: " (exact: do not share)",
    Figures.PROTECTED: provenance_of.PROTECTED_USE,
}
# What could be read as a picture, a link, a formula or an emphasis; a picture would ask another site for itself.
_MARKDOWN: Final = re.compile(r"([\\`*\[\]$~<|]|(?<!\w)_|_(?!\w)|:(?=\w[\w+/-]*:)|^[#>+-])")


def style() -> None:
    """Bring in the app's own style sheet and its scripts, which the browser keeps, by their addresses.

    A module runs once, however often the page is drawn; nothing but these addresses is in the markup that may run it.
    """
    st.html(f"<style>{style_text()}</style>")
    scripts = (f'<script type="module" src="{asset_url(name)}"></script>' for name in _SCRIPTS)
    st.html(f'<div class="lc-scripts">{"".join(scripts)}</div>', unsafe_allow_javascript=True)


def style_text() -> str:
    """Return the text of the one style element of every page, by which a browser may be told to take no other."""
    return f'@import url("{asset_url("app.css")}");'


def headline(kicker: str, sentence: str, *below: str) -> None:
    """Show the page's name, the one sentence that answers its question, and what stands ``below`` it (HTML)."""
    together(f'<p class="lc-kicker">{escape(kicker)}</p><h1 class="lc-headline">{escape(sentence)}</h1>', *below)


def together(*pieces: str) -> None:
    """Show pieces of HTML, if any, as one part of the page: each part costs time at every click."""
    if any(pieces):
        st.html("".join(pieces))


def subheading(text: str) -> None:
    """Show the heading of one part of a page."""
    st.html(f'<div class="lc-block"><h2>{escape(text)}</h2></div>')


def plain(text: str) -> str:
    """Write text that holds names from files so that Streamlit shows it as it is, and not as Markdown."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def provenance(selection: Selection, absent: list[str], wide: Wide | None = None) -> str:
    """Say what the figures are (HTML): how old, source, period, completeness, open, exact or protected.

    Also which periods are missing, and what was widened so that there is something to show.
    """
    shown = selection.choice.periods if wide is None else wide.choice.periods
    facts = [source(selection), periods.say_range(shown), _placed(selection)]
    if selection.figures is Figures.OPEN:
        facts.append(provenance_of.OPEN)
    lines = notice(data_age(selection.covered[-1], selection.asking.today))
    lines += f'<p class="lc-quiet">{escape(" · ".join(facts))}</p>{_on_paper(selection)}'
    if selection.figures is not Figures.OPEN:
        lines += f'<p class="{_LOOKS[selection.figures]}">{escape(_STANDING[selection.figures])}</p>'
    widened = None if wide is None else widening.sentence(wide)
    incomplete = missing_months(selection.dataset.gaps) if selection.about else None
    return lines + notice(widened) + notice(missing_periods(absent)) + notice(incomplete) + _on_foot(selection)


def _on_foot(selection: Selection) -> str:
    """Say how walks are measured, where one is looked at, and what makes them less than certain (HTML)."""
    if selection.extent.circle is None or not selection.extent.circle[1].on_foot:
        return ""
    school, reach = selection.extent.circle
    walked = walks.reached(selection.dataset.area_set_id, school, reach, selection.asking.principal)
    method = "".join(map(quiet, walked.method))
    folded = f'<details class="lc-rest"><summary>How walks are measured</summary>{method}</details>'
    return "".join(map(notice, walked.warnings)) + folded


def _on_paper(selection: Selection) -> str:
    """Say which harm groups the figures are of, where the picker that says so on a screen is not printed (HTML)."""
    groups = ", ".join(HARM_GROUPS[code] for code in selection.choice.harms)
    return f'<p class="lc-quiet lc-paper">Harm groups: {escape(groups)}</p>'


def notice(sentence: str | None) -> str:
    """Write a sentence that must not be overlooked (HTML); nothing for none."""
    return f'<p class="lc-notice" role="note">{escape(sentence)}</p>' if sentence else ""


def quiet(sentence: str) -> str:
    """Write a sentence of small print (HTML)."""
    return f'<p class="lc-quiet">{escape(sentence)}</p>'


def bullets(sentences: Sequence[str]) -> str:
    """Write sentences as a list (HTML); nothing for none."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<div class="lc-list"><ul>{items}</ul></div>' if items else ""


def card(title: str, where: str, verdict: str, look: str, sentence: str) -> str:
    """Write the head of a small chart (HTML): what it is of, where, the verdict in a word, and its sentence."""
    return (
        f'<div class="lc-small {look}"><h2>{escape(title)}</h2><p class="lc-quiet">{escape(where)}</p>'
        f'<p class="lc-verdict">{escape(verdict)}</p><p>{escape(sentence)}</p></div>'
    )


def source(selection: Selection) -> str:
    """Say where figures come from, and how they may be used where that is not open."""
    return f"{selection.dataset.source}{_USE[selection.figures]}"


def counted(selection: Selection) -> str:
    """Return the heading of a column of counts."""
    return "Incidents, exact" if selection.figures is Figures.EXACT else "Incidents"


def category_label(kind: str) -> str:
    """Name the categories that a dataset of some kind came with, before they are grouped into kinds of harm."""
    return "Police category" if kind == "police" else "School category"


def caption(selection: Selection, text: str) -> str:
    """Write what a table holds, with the warning that exact figures carry wherever they stand."""
    return f"{text}{_USE[selection.figures]}"


def _placed(selection: Selection) -> str:
    return provenance_of.placed(selection.dataset.placed_share, protected=selection.about)


def police_note(selection: Selection) -> str:
    """Say what a police street series cannot tell (HTML); nothing for other data."""
    return f'<p class="lc-quiet">{escape(provenance_of.POLICE_NOTE)}</p>' if selection.dataset.kind == "police" else ""


def gaps(selection: Selection) -> str:
    """Say which months the whole series lacks (HTML)."""
    lacking = [periods.say(month) for month in selection.dataset.gaps if not selection.about]
    if not lacking:
        return ""
    sentence = f"No line is drawn through {', '.join(lacking)}: the figures were never supplied."
    return f'<p class="lc-quiet">{escape(sentence)}</p>'


def nothing_yet() -> None:
    """Tell a newcomer what is missing, and offer the one button that helps."""
    if not status_report.is_empty(open_store(), loads.who()):
        headline("Local Context", "No incidents are loaded yet.")
        lead_to_set_up()
        return
    headline("Local Context", "Nothing is loaded yet.")
    st.markdown(
        "To see your own place, drop the files you have on **Set up**: it says what each is and what is missing. "
        "To look around first, build **Castlebrook**, a fictional town with schools, incidents and known hotspots."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        lead_to_set_up()
        offer_demo()


def lead_to_set_up(label: str = "Set up your place") -> None:
    """Lead to the page on which what is missing is brought in."""
    st.page_link("set_up.py", label=label)


def offer_demo() -> None:
    """Offer to build the demonstration town, in a store that holds nothing yet."""
    if st.button("Build the demonstration town"):
        with st.status("Building the town", expanded=True) as status:
            demo_store.build(open_store(), loads.who(), lambda _, what: status.update(label=what), only_if_empty=True)
        st.rerun()


def no_school() -> None:
    """Say that no school lies in the dataset's areas, and where to go instead."""
    headline("Local context", "No school is loaded for this area.")
    st.markdown("The official list of schools comes in on **Set up**. Or look at all areas at once.")
    with st.container(horizontal=True, vertical_alignment="center"):
        lead_to_set_up("Bring schools in")
        st.page_link("area_map.py", label="Open the area map")


def foot() -> None:
    """Say, on every page, what this is not for."""
    st.html(f'<footer class="lc-foot">{escape(_FOOT)}</footer>')
