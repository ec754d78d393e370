"""What checked files hold, before anything is saved: the figures, the problems, a map, and how categories count."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from data.records.area_files import AreasFound
from data.records.problems import grouped, problems_csv
from data.records.rows import DatasetKind
from data.services import harm_grouping, import_report
from data.services.importing import PreparedImport
from geo.areas.area_set import LEVELS
from geo.areas.drawing import pack_drawing
from geo.calendar import half_terms, months
from geo.calendar.half_terms import HalfTerm
from geo.counts import cube as counting
from geo.counts import filters
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS, OTHER, category_label
from geo.register.markers import markers, register_table, say_day
from geo.wording import how_many
from pages.components.cached import loads, map_grounds
from pages.components.cached.base_maps import tile_source
from pages.components.datasets.dataset_card import facts
from pages.components.frame import chrome, html_tables
from pages.components.frame.html_tables import Column
from pages.components.maps.map_panel import map_panel
from pages.components.maps.map_view import MapView
from pages.components.maps.value_map import MapSpec, legend_of, value_map
from pages.routes.downloads import PROBLEMS
from pages.routes.transient_files import offer

_OTHER_COLUMNS: Final = (Column("category", "Category"), Column("n", "Incidents", 0))
_MARK_COLUMNS: Final = (Column("category", "Felt as"), Column("n", "Marks", 0))
_WHICH_FILE: Final = (Column("file", "File"), Column("sheet", "Sheet"))  # shown where there are several
_PROBLEM_COLUMNS: Final = (
    Column("what", "Problem"),
    Column("column", "Column"),
    Column("count", "Rows", 0),
    Column("rows", "Which rows"),
    Column("happens", "What happens"),
)
_HOTSPOT_COLUMNS: Final = (
    Column("name", "Known hotspot"),
    Column("type", "Type"),
    Column("harm", "Harm"),
    Column("status", "Status"),
    Column("review", "Review"),
)
_ACTION_COLUMNS: Final = (
    Column("reference", "Known hotspot"),
    Column("what", "Action"),
    Column("due", "Due"),
    Column("done", "Done"),
)
_ENTRY_COLUMNS: Final = (
    Column("label", "Period"),
    Column("first", "First day"),
    Column("last", "Last day"),
    Column("kind", "Kind"),
)
_HALF_TERM_COLUMNS: Final = (
    Column("label", "Half-term"),
    Column("first", "From"),
    Column("last", "To"),
    Column("how", "Where from"),
)
_AREA_COLUMNS: Final = (Column("area", "Code"), Column("name", "Name"))
_LISTED: Final = "_upload_problems"  # where the session keeps the name of this person's list of problems
_FIRST: Final = 10  # areas listed
_MOST_PICKERS: Final = 60  # categories whose harm group can be picked one by one


def heading() -> None:
    """Show where the answer begins."""
    chrome.subheading("What would be saved")


def show_figures(prepared: PreparedImport) -> None:
    """Show how the rows that were read add up, and what is to know of them."""
    placement, description = prepared.placement, prepared.description
    counted = {
        "rows read": description.rows_read,
        "placed in an area": placement.placed,
        "no location": placement.no_location,
        "outside the areas": placement.outside,
        "not saved": sum(description.not_kept.values()),
    }
    schools = prepared.rows.schools
    if schools is not None:
        counted["school brings rows" if schools == 1 else "schools bring rows"] = schools
    st.html(f'<div class="lc-block lc-card">{facts({what: f"{n:,}" for what, n in counted.items()})}</div>')
    for sentence in import_report.of_import(prepared, reasons=not prepared.rows.problems):
        st.markdown(f"- {chrome.plain(sentence)}")


def show_problems(prepared: PreparedImport) -> None:
    """Show the problems of the rows, grouped, and offer the full list; nothing where there are none."""
    problems = prepared.rows.problems
    if not problems:
        return
    listed = problems_csv(problems, prepared.request.sources[0].name).encode()
    name = st.session_state[_LISTED] = offer(listed, st.session_state.get(_LISTED))
    link = html_tables.download_link("List every row with a problem (CSV)", PROBLEMS, {"of": name})
    rows = grouped(problems)
    several = tuple(column for column in _WHICH_FILE if any(row[column.key] for row in rows))
    caption = "Problems, by row number as your file shows them"
    table = html_tables.html_table(caption, (*several, *_PROBLEM_COLUMNS), rows)
    chrome.together('<div class="lc-block"><h2>Problems found</h2></div>', table, link)


def rows_left_out(prepared: PreparedImport) -> int:
    """Count the rows that would not be kept."""
    return sum(prepared.description.not_kept.values()) if prepared.rows.problems else 0


def pick_harms(prepared: PreparedImport) -> dict[str, str]:
    """Draw a picker of the harm group of each category, and return what is picked; nothing where that is the usual."""
    categories = dict(zip(prepared.cube.categories, prepared.cube.harm, strict=True))
    kind = prepared.request.kind
    if kind is DatasetKind.MARKS or len(categories) > _MOST_PICKERS:
        return {}
    picked = {}
    own = kind is DatasetKind.INCIDENTS  # whose words are not known beforehand
    with st.expander("Which harm group each category is grouped under", expanded=own and OTHER in categories.values()):
        for start in range(0, len(categories), 3):
            some = list(categories)[start : start + 3]
            for place, category in zip(st.columns(3), some, strict=False):
                groups = list(HARM_GROUPS)
                picked[category] = place.selectbox(
                    chrome.plain(category_label(category)), groups, groups.index(categories[category]),
                    HARM_GROUPS.__getitem__,
                    key=f"_harm_{prepared.description.fingerprint}_{category}",
                )  # fmt: skip
    return picked if own or picked != categories else {}


def show_other(prepared: PreparedImport) -> None:
    """Show what is grouped under “Other” and how much it is, before it is hidden there; marks are in no group."""
    if prepared.request.kind is DatasetKind.MARKS:
        return
    sizes = harm_grouping.sizes_in(prepared.cube)
    others = [{"category": category_label(one.category), "n": one.n} for one in sizes if one.harm == OTHER]
    if others:
        caption = f"{harm_grouping.IN_OTHER}: {harm_grouping.share_of_other(sizes)}"
        html_tables.show_table(caption, _OTHER_COLUMNS, others)
    else:
        st.html(chrome.quiet("No category is grouped under “Other”."))


def show_map(prepared: PreparedImport) -> None:
    """Show what would be counted, by category and on a map."""
    cube, description = prepared.cube, prepared.description
    period = months.say_range(cube.periods)
    marked = prepared.request.kind is DatasetKind.MARKS
    story, where = st.columns([1, 2], gap="large")
    with story:
        listed = counting.by_category(cube).to_dict("records")
        rows = [{**row, "category": category_label(row["category"])} for row in listed]
        columns = _MARK_COLUMNS if marked else _columns(prepared.request.kind)
        html_tables.show_table(f"What would be counted, {period}", columns, rows)
    counts = filters.totals(cube, Choice(cube.periods, tuple(set(cube.harm))))
    unit = "marks" if marked else "incidents"
    ground = map_grounds.ground(description.area_set_id, prepared.areas.level, loads.who())
    spec = MapSpec(
        title=f"{unit.capitalize()} by area, as they would be counted",
        unit=unit,
        period=period,
        source=description.source,
        geometry=ground.geometry,
        backdrop=ground.backdrop,
        base_map=tile_source(description.area_set_id, loads.asker()),
        names=map_grounds.area_names(description.area_set_id, loads.who()),
    )
    drawn = value_map(counts, spec)
    with where:
        map_panel(drawn.view, key="checked_map", height=420)
        st.html(legend_of(drawn.view, drawn.legend))


def _columns(kind: DatasetKind) -> tuple[Column, ...]:
    return (
        Column("category", chrome.category_label(kind)),
        Column("harm", "Grouped under"),
        Column("n", "Incidents", 0),
    )


def show_register(hotspots: Any, new: int, replaced: int) -> None:
    """Show the known hotspots that were read, and how many of them are on the register already."""
    number = how_many(new, "new known hotspot", "new known hotspots")
    st.markdown(f"{number}; {replaced:,} would replace what the register holds under the same reference.")
    rows = register_table(hotspots, loads.asker().today).to_dict("records")
    html_tables.show_table("Known hotspots in these files", _HOTSPOT_COLUMNS, rows)


def show_register_map(hotspots: Any) -> None:
    """Show where the known hotspots that were read lie, on the newest areas around any of them."""
    around = map_grounds.set_around(hotspots)
    if around is None:
        st.caption("None of these places lies in areas that are loaded, so no map is drawn.")
        return
    area_set, ground = around
    size = len(area_set.codes)
    view = MapView(
        title="Known hotspots as they would stand on the map",
        geometry=ground.geometry,
        marks="0" * size,
        texts=[""] * size,
        unit="",
        hotspots=markers(hotspots, loads.asker().today),
        backdrop=ground.backdrop,
    )
    map_panel(view, key="checked_register_map", height=420)


def show_actions(listed: Any, tally: str) -> None:
    """Show the actions that were read, and how many of them the register has already."""
    st.markdown(f"{tally}.")
    rows = [{**row, "due": _day(row["due_on"]), "done": _day(row["done_on"])} for row in listed.to_dict("records")]
    html_tables.show_table("Actions in these files", _ACTION_COLUMNS, rows)


def show_term_dates(entries: Any, tiles: Sequence[HalfTerm]) -> None:
    """Show the half-terms that term dates lead to, with those that are there already, and the dates themselves."""
    st.markdown("Each half-term lasts until the next begins, so that a holiday counts with the half-term before it.")
    assumed = half_terms.sentence(tiles)
    if assumed:
        st.markdown(f"- {chrome.plain(assumed)}")
    rows = [
        {"label": one.label, "first": say_day(one.first), "last": say_day(one.last),
         "how": "assumed" if one.assumed else "term dates"}
        for one in tiles
    ]  # fmt: skip
    html_tables.show_table("The half-terms of these school years, once this is saved", _HALF_TERM_COLUMNS, rows)
    listed = [
        {**row, "first": say_day(row["first_day"]), "last": say_day(row["last_day"])}
        for row in entries.to_dict("records")
    ]
    html_tables.show_table("Term dates in this file", _ENTRY_COLUMNS, listed)


def show_areas(read: AreasFound) -> None:
    """Show how many areas were read, what is to know of them, and the first of them."""
    areas = read.areas
    number = how_many(len(areas.frame), "area", "areas")
    kind = "" if areas.level == "area" else f" ({LEVELS[areas.level]})"
    st.markdown(f"**{number}**{kind} in “{chrome.plain(areas.title)}”.")
    for note in read.notes:
        st.markdown(f"- {chrome.plain(note)}")
    units = areas.units(areas.level)
    rows = [{"area": code, "name": name} for code, name in zip(units.codes[:_FIRST], units.names, strict=False)]
    html_tables.show_table(f"The first {len(rows)} areas", _AREA_COLUMNS, rows)


def show_areas_map(read: AreasFound) -> None:
    """Show the outlines that were read."""
    size = len(read.areas.frame)
    name, packed = pack_drawing(read.drawings[read.areas.level])
    view = MapView(
        title="The areas in this file", geometry=offer(packed, name), marks="0" * size, texts=[""] * size, unit=""
    )
    map_panel(view, key="checked_areas_map", height=420)


def _day(day: Any) -> str | None:
    return say_day(day) if day == day else None  # no day is unequal to itself
