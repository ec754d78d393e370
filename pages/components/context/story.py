"""The story of the Local context page: its sentence, its notes, and what it lists of a school's surroundings (HTML)."""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from data.records.rows import DatasetKind
from geo import wording
from geo.areas.proximity import RINGS
from geo.counts.completeness import completeness_note, notes_by_harm
from geo.evidence.register_evidence import IN_SHORT
from geo.findings import counted
from geo.maps import map_sentences
from geo.register.markers import OVERDUE
from geo.wording import how_many
from pages.components.context.surroundings import Surroundings
from pages.components.frame import chrome
from pages.components.frame.addresses import hotspot_link
from pages.components.frame.html_tables import Column
from pages.components.frame.selection import Selection

_COURSES: Final = {1: "lc-more", 0: "lc-same", -1: "lc-less"}


def sentence(chosen: Selection, around: Surroundings) -> str:
    """Return how much there is, counted how, how much a year before, and whether that is a change."""
    periods_shown = around.wide.choice.periods
    return counted.sentence(around, around.extent, len(around.areas), periods_shown, protected=chosen.about)


def notes(chosen: Selection, around: Surroundings) -> str:
    """Say what is left out or counted in, and what completeness alone would show beside a year before (HTML)."""
    unnamed = around.by_distance and not around.named and chosen.dataset.kind == DatasetKind.POLICE
    return (
        _recorded_elsewhere(around)
        + chrome.notice(map_sentences.left_out(around.left_out))
        + chrome.notice(map_sentences.UNNAMED if unnamed else None)
        + chrome.notice(completeness_note(around.completeness, around.wide.choice))
    )


def _recorded_elsewhere(around: Surroundings) -> str:
    """Say how many are recorded for elsewhere, and whether they are counted apart or in (HTML)."""
    if not around.by_distance:
        return ""
    if around.extent.elsewhere:
        return chrome.notice(map_sentences.counted_in(around.elsewhere))
    apart = map_sentences.counted_apart(around.elsewhere)
    return chrome.quiet(apart) if apart else ""


def where(chosen: Selection, around: Surroundings) -> str:
    """Name what is counted: "within 800 m in a straight line", "in the zones touching 800 m", "in Rotherham"."""
    return counted.where(around.extent, by_distance=around.by_distance, protected=chosen.about)


def of_whole_areas(chosen: Selection, around: Surroundings) -> str:
    """Name what the table lists: whole areas, which reach beyond the distance."""
    return counted.of_whole_areas(around.extent, protected=chosen.about)


def columns(chosen: Selection) -> tuple[Column, ...]:
    """Return the columns of the table of areas."""
    rate = "About, per 1,000 residents" if chosen.about else "Per 1,000 residents"
    return (
        Column("name", "Area"),
        Column("n", chrome.counted(chosen), 0, about=chosen.about),
        Column("residents", "Residents", 0, wide_only=True),
        Column("rate", rate, 1),
    )


def changes_html(around: Surroundings) -> str:
    """Say of each harm group what it did in the areas around since a year before, as HTML.

    Below it stand what the district did, and what the share without a location would show alone where that moved.
    """
    moved = notes_by_harm(around.completeness, around.wide.choice)
    items = "".join(
        f'<li class="{_COURSES[one.direction]}">{escape(one.sentence)}{_beside(around.compared.get(one.harm))}'
        f"{_beside(moved.get(one.harm))}</li>"
        for one in around.changes
    )
    return f'<ul class="lc-findings">{items}</ul>'


def _beside(compared: str | None) -> str:
    return f' <span class="lc-beside">{escape(compared)}</span>' if compared else ""


def known_hotspots_html(around: Surroundings) -> str:
    """Say which known hotspots lie within the outermost ring, nearest first, as HTML."""
    within = wording.say_metres(max(RINGS))
    items = "".join(f"<li>{_hotspot_html(hotspot, around.states)}</li>" for hotspot in around.hotspots)
    late = sum(str(hotspot["review"]).startswith(OVERDUE) for hotspot in around.hotspots)
    overdue = f" ({how_many(late, 'review', 'reviews')} overdue)" if late else ""
    listed = f"<p>{len(around.hotspots)} on the register within {within}{overdue}, nearest first:</p><ul>{items}</ul>"
    none = f"<p>None on the register within {within}.</p>"
    return f'<div class="lc-block lc-list"><h2>Known hotspots</h2>{listed if items else none}</div>'


def _hotspot_html(hotspot: Mapping[str, Any], states: Mapping[str, str]) -> str:
    facts = [
        wording.say_metres(round(hotspot["metres"])),
        str(hotspot["harm"]),
        str(hotspot["status"]).lower(),
        f"review {hotspot['review']}",
    ]
    if state := states.get(str(hotspot["reference"])):
        facts.insert(2, IN_SHORT[state])
    name = hotspot_link(str(hotspot["reference"]), str(hotspot["name"]))
    return f"<strong>{name}</strong><br>{escape(' · '.join(facts))}"
