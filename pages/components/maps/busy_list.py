"""Busy places beside a map: a numbered list, a table, and the numbers on the map, all of the same places (HTML)."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from geo.areas import place_names
from geo.areas.proximity import Place
from geo.calendar import periods as p
from geo.findings import place_sentences
from geo.findings.place_sentences import NEAR
from geo.harms import HARM_GROUPS
from geo.views.busy_places import YEAR, BusyPlace, BusyPlaces
from geo.wording import capital, how_many
from pages.components.frame import chrome
from pages.components.frame.html_tables import Cell, Column, html_table
from pages.components.maps.map_view import NumberedPlace

OPEN: Final = 5  # places of a list that are not folded, but for those that tie with the last of them
_FOR_ELSEWHERE: Final = "What is recorded here often happened elsewhere."


def numbered(found: BusyPlaces) -> tuple[NumberedPlace, ...]:
    """Return the places as a map shows them, by the numbers of the list."""
    return tuple(
        NumberedPlace(number, f"{NEAR} {one.title}", how_many(one.n), one.lon, one.lat)
        for number, one in enumerate(found.places, start=1)
    )


def list_html(found: BusyPlaces, shown: Sequence[str], school: Place | None = None) -> str:
    """List the places by number; those beyond the first few are folded and only counted, as the table has the rest.

    ``shown`` are the periods that are counted. With a ``school`` each says how far away it is, and in which direction.
    """
    unfolded = len(found.leading(OPEN, len(found.places)).places)
    items = [
        _item(number, one, _lines(one, found, shown) if number <= unfolded else [f"{how_many(one.n)}."], school)
        for number, one in enumerate(found.places, start=1)
    ]
    rest = items[unfolded:]
    more = place_sentences.more(found)
    beyond = chrome.quiet(more) if more else ""
    listed = f'<ol class="lc-places">{"".join(items[:unfolded])}</ol>'
    if not rest:
        return listed + beyond
    words = how_many(len(rest), "more place", "more places")
    folded = f'<ol class="lc-places" start="{unfolded + 1}">{"".join(rest)}</ol>{beyond}'
    return f'{listed}<details class="lc-others"><summary>{words}</summary>{folded}</details>'


def basis(found: BusyPlaces, shown: Sequence[str]) -> str:
    """Say which months are counted and set beside them, and what a point is (HTML)."""
    if found.places and found.places[0].before is None:
        beside = "; a year before cannot be set beside them, as months are missing from the data"
    else:
        beside = f", beside {p.say_range(p.year_before(shown))}"
    year = f"; {place_sentences.year_said(found)}" if _has_year(found, shown) else ""
    return chrome.quiet(f"{p.say_range(shown)}{beside}{year}. {place_sentences.POINTS}")


def table_html(
    caption: str, found: BusyPlaces, shown: Sequence[str], harms: Sequence[str], school: Place | None = None
) -> str:
    """Write the places as a table, with a column for each harm group that is chosen."""
    year = [Column("in_year", capital(place_sentences.year_named(found)), 0)] if _has_year(found, shown) else []
    away = [Column("metres", "Metres away", 0), Column("direction", "Direction", wide_only=True)] if school else []
    columns = (
        Column("place", NEAR),
        Column("number", "Number", 0),
        Column("n", f"Incidents, {p.say_range(shown)}", 0),
        *year,
        Column("before", "A year before", 0, wide_only=True),
        *(Column(code, HARM_GROUPS[code], 0, wide_only=True) for code in HARM_GROUPS if code in harms),
        *away,
    )
    rows = (_row(number, one, school) for number, one in enumerate(found.places, start=1))
    return html_table(caption, columns, rows)


def _lines(one: BusyPlace, found: BusyPlaces, shown: Sequence[str]) -> Sequence[str]:
    """Say of a place how many, whether that is a change, and of what kinds."""
    lines = [place_sentences.change(one)]
    if _has_year(found, shown):
        lines[0] += f" {one.in_year:,} in the last {YEAR} months."
    lines.append(f"{place_sentences.mix(one)}.")
    if place_names.elsewhere(one.name):
        lines.append(_FOR_ELSEWHERE)
    return lines


def _item(number: int, one: BusyPlace, lines: Sequence[str], school: Place | None) -> str:
    away = f' · <span class="lc-away">{escape(place_sentences.way(one, school))}</span>' if school else ""
    return (
        f'<li><span class="lc-letter">{number}</span>{NEAR} <strong>{escape(one.title)}</strong>{away}'
        f'<span class="lc-there">{"<br>".join(map(escape, lines))}</span></li>'
    )


def _row(number: int, one: BusyPlace, school: Place | None) -> Mapping[str, Cell]:
    of_harm = dict(one.mix)
    return {
        "place": one.title,
        "number": number,
        "n": one.n,
        "in_year": one.in_year,
        "before": one.before,
        **{code: of_harm.get(code, 0) for code in HARM_GROUPS},
        "metres": one.metres,
        "direction": None if school is None else place_sentences.direction(one, school),
    }


def _has_year(found: BusyPlaces, shown: Sequence[str]) -> bool:
    """Return whether the twelve months are others than those shown."""
    return tuple(shown) != found.year
