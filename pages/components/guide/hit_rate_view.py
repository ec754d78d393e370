"""What the Guide shows of the map as a forecast: a sentence for each harm group, a table, and the course of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import streamlit as st

from geo.calendar import periods
from geo.errors import RefusedError, ThinDataError
from geo.harms import HARM_GROUPS, OTHER, OTHER_INCIDENTS, spoken
from geo.statistics import hit_rates
from geo.statistics.hit_rates import HitRates
from geo.wording import could_not_check
from pages.components.cached import loads, statistics
from pages.components.charts import line_views
from pages.components.charts.chart_downloads import foot_of
from pages.components.frame import chrome, exact_views, html_tables, selection
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import BOUND, Selection

SEASONS: Final = {"month": 12, "half-term": len(periods.HALVES)}
EVERY: Final = "All harm groups together"
NO_BETTER: Final = "no real difference"


@dataclass(frozen=True)
class Outcome:
    """What came of the test of one harm group, or of all together, and the sentence that says it."""

    label: str
    rates: HitRates
    verdict: str

    @property
    def standing(self) -> str:
        """Say how ours did against the best of the simpler maps."""
        if self.rates.p >= hit_rates.SIGNIFICANCE:
            return NO_BETTER
        lead = 100 * (self.rates.means["ours"] - self.rates.means[self.rates.rival])
        return f"{'better' if lead > 0 else 'worse'} by {abs(lead):.1f} points"


def show() -> None:
    """Draw the pickers, and show how well the past would have foreseen what came after it."""
    asking = loads.asker()
    by_label = selection.known_datasets(asking)
    if not by_label:
        chrome.together(chrome.notice("No incidents are loaded yet, so nothing can be tested."))
        return
    dataset = selection.pick_dataset(by_label)
    try:
        chosen = selection.whole(dataset, asking)
    except RefusedError as refusal:
        chrome.together(chrome.notice(str(refusal)))
        return
    exact_views.note_figures(chosen)
    tested, refused = compare_maps(chosen)
    chrome.together(
        chrome.provenance(chosen, [] if chosen.about else list(dataset.gaps)),
        _sentences(tested),
        *map(chrome.quiet, refused),
        _means(chosen, tested) if tested else "",
    )
    if tested:
        _course(chosen, tested)


def compare_maps(chosen: Selection) -> tuple[list[Outcome], list[str]]:
    """Test each harm group, and all together; return what came of it, and why some could not be tested."""
    unit, until = periods.unit_of(chosen.covered), chosen.covered[-1]
    key = chosen.view_key(chosen.levels[0], chosen.covered)
    groups = {HARM_GROUPS[code]: (code,) for code in chosen.choice.harms} | {EVERY: tuple(HARM_GROUPS)}
    tested: list[Outcome] = []
    refused: dict[str, list[str]] = {}
    for label, harms in groups.items():
        try:
            rates = statistics.hit_rates_of(key, harms, until, SEASONS[unit])
        except ThinDataError as thin:
            refused.setdefault(str(thin), []).append(spoken(label))
        else:
            tested.append(Outcome(label, rates, hit_rates.verdict(rates, _incidents(label, harms), unit)))
    return tested, [could_not_check(", ".join(labels), reason) for reason, labels in refused.items()]


def _incidents(label: str, harms: Sequence[str]) -> str:
    if label == EVERY:
        return "incidents of all kinds"
    return OTHER_INCIDENTS if OTHER in harms else f"incidents of {label.lower()}"


def _sentences(tested: Sequence[Outcome]) -> str:
    verdicts = [(one.label, one.verdict.replace(" %", "\N{NO-BREAK SPACE}%")) for one in tested]
    items = "".join(f"<li><strong>{escape(label)}</strong>: {escape(sentence)}</li>" for label, sentence in verdicts)
    listed = f'<ul class="lc-findings">{items}</ul>' if items else ""
    return f'<div class="lc-block"><h2>How well it would have served</h2></div>{listed}'


def _names(unit: str) -> dict[str, str]:
    """Name each way to foresee, as tables and the chart do."""
    return {
        "ours": "This map",
        "last": f"Last {unit}’s map",
        "year": f"Same {unit} last year",
        "long": "Counts of two years",
        "perfect": "Perfect foresight",
    }


def _percent(figures: Mapping[str, Any]) -> dict[str, html_tables.Cell]:
    return {method: 100 * figures[method] for method in hit_rates.METHODS}


def _means(chosen: Selection, tested: Sequence[Outcome]) -> str:
    unit, first = periods.unit_of(chosen.covered), tested[0].rates
    columns = (
        Column("label", "Harm group"),
        *(Column(method, name, 1) for method, name in _names(unit).items()),
        Column("standing", "Beside the best simpler map"),
        Column("tested", f"{unit.capitalize()}s tested", 0, wide_only=True),
    )
    rows = [
        {"label": one.label, **_percent(one.rates.means), "standing": one.standing, "tested": len(one.rates.table)}
        for one in tested
    ]
    caption = (
        f"What part of the next {unit}’s incidents lay in the {100 * first.share:g} % of areas ({first.areas:,}) that "
        f"each way ranked highest, in percent, on average"
    )
    return html_tables.html_table(chrome.caption(chosen, caption), columns, rows)


def _course(chosen: Selection, tested: Sequence[Outcome]) -> None:
    """Draw the hit rate over time of one harm group, which is picked, with its table."""
    unit = periods.unit_of(chosen.covered)
    chrome.subheading(f"{unit.capitalize()} by {unit}")
    by_label = {one.label: one for one in tested}
    one = by_label[st.selectbox("Harm group", list(by_label), key="foreseen", bind=BOUND)]
    shares = {chosen.covered[row["period"]]: row for row in one.rates.table.to_dict("records")}
    title = f"Part of each {unit}’s incidents in the areas ranked highest before it: {spoken(one.label)}"
    names = list(_names(unit).values())
    foot = foot_of(chosen, (), [*shares])
    st.html(line_views.shares(_lines(shares, _names(unit)), names, title, foot))
    columns = (
        Column("period", unit.capitalize()),
        *(Column(method, name, 1) for method, name in _names(unit).items()),
    )
    with st.expander("Show as table"):
        rows = [{"period": periods.say(period), **_percent(row)} for period, row in shares.items()]
        html_tables.show_table(chrome.caption(chosen, f"{title}, in percent"), columns, rows)


def _lines(shares: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, str | float | None]]:
    """Return a point for each way and period, without a share where the period was not tested: a gap in the line."""
    first, *_, last = shares
    return [
        {"period": periods.say(period), "series": name, "share": shares.get(period, {}).get(method)}
        for method, name in names.items()
        for period in periods.between(first, last)
    ]
