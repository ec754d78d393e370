"""The stretches of the way home, as a list beside the map and as a table of all of them (HTML)."""

from html import escape
from math import isnan
from typing import Final

from geo.evidence import way_home_sentences
from geo.evidence.way_home import HomeStretch, StretchBasis, WayHome
from geo.wording import capital, how_many, say_metres
from pages.components.frame import chrome
from pages.components.frame.html_tables import Cell, Column, html_table

_WITHOUT_NUMBER: Final = 5  # stretches that most set out along, listed where none stands out


def list_html(found: WayHome) -> str:
    """List the stretches that ask for an adult with what is known of each; else those that most set out along."""
    if not found.stretches:
        return ""
    if found.named:
        heading, listed = "Where an adult would help", found.named
    else:
        heading, listed = "Where most set out along", found.stretches[:_WITHOUT_NUMBER]
    items = "".join(_item(one, found) for one in listed)
    return f'<div class="lc-block lc-list"><h2>{heading}</h2>{_basis(found)}<ol class="lc-places">{items}</ol></div>'


def table_html(found: WayHome) -> str:
    """Write all stretches as a table, those that stand out first, then by how many set out along them."""
    known = found.incidents.basis in (StretchBasis.MONTHS, StretchBasis.TIMES)
    figures = (
        Column("observed", "Incidents", 0),
        Column("expected", "Usual for a street like it", 1),
        Column("range", "Most have", wide_only=True),
    )
    columns = (
        Column("stretch", "Stretch"),
        Column("stands", "Asks for an adult"),
        Column("metres", "Metres", 0, wide_only=True),
        *((Column("pupils", "Pupils, to the nearest 5", 0, wide_only=True),) if _pupils_known(found) else ()),
        Column("origins", "Places set out from", 0, wide_only=True),
        *(figures if known else ()),
        *((Column("zones", "Released counts of its zones"),) if found.incidents.basis is StretchBasis.ZONES else ()),
        *(
            (Column("hotspots", "Known hotspots within 100 m", wide_only=True),)
            if any(one.hotspots for one in found.stretches)
            else ()
        ),
        *(
            (Column("marks", "Young people’s marks in its zones", wide_only=True),)
            if any(one.marks for one in found.stretches)
            else ()
        ),
    )
    caption = f"Stretches of the way home. {found.incidents.kinds}, {found.incidents.period}. {found.incidents.source}"
    return html_table(caption, columns, (_row(one) for one in found.stretches), order="those that stand out first")


def ways_html(found: WayHome) -> str:
    """Write how far it is on foot from each place that pupils set out from (HTML)."""
    rows = [
        {"origin": one.name, "pupils": one.pupils, "metres": metres if metres < float("inf") else None}
        for one, metres in zip(found.origins, found.metres.tolist(), strict=True)
    ]
    columns = (
        Column("origin", "Pupils set out from"),
        *((Column("pupils", "Pupils, to the nearest 5", 0),) if _pupils_known(found) else ()),
        Column("metres", "Metres on foot", 0),
    )
    return html_table("Where pupils set out from, and how far it is along streets and paths", columns, rows)


def _pupils_known(found: WayHome) -> bool:
    return any(one.pupils is not None for one in found.origins)


def _basis(found: WayHome) -> str:
    said = {
        StretchBasis.MONTHS: "by month, at any time of day",
        StretchBasis.TIMES: "on school days at home time",
        StretchBasis.ZONES: "by whole zones, at any time of day",
        StretchBasis.NOTHING: "without places",
    }[found.incidents.basis]
    return chrome.quiet(f"{found.incidents.kinds}, {found.incidents.period}, {said}. {found.incidents.source}.")


def _item(one: HomeStretch, found: WayHome) -> str:
    number = f'<span class="lc-letter">{one.number}</span>' if one.number else ""
    lines = [_who(one), way_home_sentences.why(one, found)]
    if one.hotspots:
        lines.append(f"Known hotspots within 100 m: {'; '.join(one.hotspots)}.")
    if one.marks:
        lines.append(f"Young people’s marks, by zone: {'; '.join(one.marks)}.")
    if one.alternatives:
        lines.append(f"Other ways: {'; '.join(other.said for other in one.alternatives)}.")
    told = "<br>".join(map(escape, lines))
    return f'<li>{number}<strong>{escape(one.stretch.name)}</strong><span class="lc-there">{told}</span></li>'


def _who(one: HomeStretch) -> str:
    """Say how many set out along a stretch, from where."""
    metres = say_metres(10 * round(one.stretch.metres / 10))
    places = how_many(len(one.origins), "place", "places")
    if one.stretch.pupils is None:
        return f"{capital(metres)}; on the way from {places}."
    return f"{capital(metres)}; about {one.stretch.pupils:,} pupils from {places}."


def _row(one: HomeStretch) -> dict[str, Cell]:
    return {
        "stretch": one.stretch.name,
        "stands": f"{one.number}" if one.number else ("also stands out" if one.also else "–"),
        "metres": one.stretch.metres,
        "pupils": one.stretch.pupils,
        "origins": len(one.origins),
        "observed": None if isnan(one.observed) else one.observed,
        "expected": None if isnan(one.expected) else one.expected,
        "range": "–" if isnan(one.low) else f"{one.low:.0f} to {one.high:.0f}",
        "zones": "; ".join(one.zones) or "no data",
        "hotspots": "; ".join(one.hotspots) or "–",
        "marks": "; ".join(one.marks) or "–",
    }
