"""The three lines that a school reads first: what changed, which places, and what is due."""

from html import escape
from typing import Final

from geo.areas.proximity import RINGS
from geo.evidence.register_evidence import say_states
from geo.findings.counted import unchanged
from geo.wording import say_metres
from pages.components.context.surroundings import Surroundings
from pages.components.frame.addresses import link
from pages.components.frame.selection import Selection

_PLACES: Final = 3  # places that are named, and those that tie with the last of them up to twice as many
_SIGNS: Final = {1: "▲", -1: "▼"}
_REACH: Final = say_metres(max(RINGS))


def three_lines(chosen: Selection, around: Surroundings) -> str:
    """Write the three lines (HTML)."""
    lines = (
        ("What changed", _changed(around)),
        ("Which places", _places(chosen, around)),
        ("What is due", _due(around)),
    )
    items = "".join(f"<div><dt>{what}</dt><dd>{said}</dd></div>" for what, said in lines)
    return f'<dl class="lc-lines">{items}</dl>'


def _changed(around: Surroundings) -> str:
    """Say every real change, in how many harm groups there is none, and of how many too little is known (HTML)."""
    said = [
        f'<span class="lc-sign">{_SIGNS[one.direction]}</span> {escape(one.sentence)}'
        for one in around.changes
        if one.direction
    ]
    return " ".join(filter(None, (*said, unchanged(around.changes))))


def _places(chosen: Selection, around: Surroundings) -> str:
    """Say the busiest places by their names or, where there are none, the areas with most (HTML)."""
    if around.named and around.busy is not None and around.busy.places:
        leading = around.busy.leading(_PLACES, 2 * _PLACES)
        listed = [f"{one.title} {one.n:,}" for one in leading.places]
        more = f"{leading.tied:,} more with {leading.places[-1].n:,}" if leading.tied else None
        apart = " · ".join(filter(None, (more, _apart(around)))) or None
    else:
        rows = [row for row in around.rows if row["n"]][:3]
        listed = [str(row["name"]) if chosen.about else f"{row['name']} {row['n']:,.0f}" for row in rows]
        apart = None
    said = " · ".join(f"<strong>{at}</strong> {escape(name)}" for at, name in enumerate(listed, start=1))
    whole = "Small areas, each counted whole: " if around.by_distance and not around.named and said else ""
    return f"{whole}{said or 'None stands out.'}{f' · {escape(apart)}' if apart else ''}"


def _apart(around: Surroundings) -> str | None:
    """Say what is recorded for elsewhere and counted apart, by name: "recorded for elsewhere: Hospital 92"."""
    if around.extent.elsewhere:
        return None
    listed = ", ".join(f"{name} {n:,}" for name, n in around.elsewhere)
    return f"recorded for elsewhere: {listed}" if listed else None


def _due(around: Surroundings) -> str:
    """Say what is due at known hotspots, and what data say of them, with the ways to both pages (HTML)."""
    led = f'<span class="lc-screen">{link("did-and-owe", "What we did and owe", {})}</span>'
    if not around.hotspots:
        return f"{escape(around.due.said) or f'No known hotspot is on the register within {_REACH}.'} {led}"
    nothing = f"Nothing: no review or action at the known hotspots within {_REACH} is overdue."
    near = [str(hotspot["reference"]) for hotspot in around.hotspots]
    told = [around.states[reference] for reference in near if reference in around.states]
    register = f"{link('known-hotspots', 'See the register', {}, ('school', 'board'))} ·"
    said = (escape(around.due.said) or nothing, say_states(told) if told else "", register, led)
    return " ".join(filter(None, said))
