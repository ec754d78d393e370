"""Downloads of what happened when: a course over time, how areas compare, and the clock."""

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.datastructures import QueryParams
from starlette.routing import Route

from data.principal import LOCAL_USER
from data.services import exports, extent_counts, incident_times, table_files
from data.services.opening import open_store
from data.services.table_files import TableFile
from data.store import area_sets, places, rebases
from data.store.datasets import Access, Dataset
from geo.calendar import periods
from geo.calendar.periods import Unit
from geo.clock.slots import BY_BAND, BY_HOUR
from geo.clock.timed_counts import clock_of
from geo.counts.filters import Choice
from geo.harms import HARM_GROUPS
from geo.trends.series import Figure
from geo.trends.trend_table import TrendTableRequest
from geo.views.extent import Extent, Where
from geo.views.view import periods as periods_of
from pages.routes import download_parts as parts

TREND: Final = "/lc/download/trend.csv"
COMPARED: Final = "/lc/download/compared.csv"
CLOCK: Final = "/lc/download/clock.csv"
_UNITS: Final[dict[str, Unit]] = {unit.replace(" ", "-"): unit for unit in periods.UNITS}
_FIGURES: Final = {figure.value.replace(" ", "-"): figure for figure in Figure}
_CLOCK: Final = "Incidents by weekday and time of day"
_SLOTS: Final = {"bands": BY_BAND, "hours": BY_HOUR}

Parameters = Mapping[str, str | list[str]]


def routes() -> list[Route]:
    """Return the routes to these files."""
    return [
        *parts.table_routes(
            TREND,
            _trend,
            "A download needs a dataset, harm groups, and perhaps an area, that exist, by periods that it can be shown "
            "in; use the link on Trends.",
        ),
        *parts.table_routes(
            COMPARED,
            _compared,
            "A download needs a dataset, a level, harm groups and periods that exist; use the link on Trends.",
        ),
        *parts.table_routes(
            CLOCK,
            _clock,
            "A download needs a dataset with harm groups and months that exist, or a release with school years alone; "
            "use the link on the School-day clock.",
        ),
    ]


def trend_of(
    dataset: int, request: TrendTableRequest, school: str | None = None, part: Extent | None = None
) -> Parameters:
    """Return the address's parameters for a course over time; ``school`` is the URN of whose term dates count.

    ``part`` is the part of the map that is counted as one, where no area is asked for.
    """
    where = {} if request.level is None or request.area is None else {"level": request.level, "area": request.area}
    return {
        "dataset": str(dataset),
        "harm": list(request.harms),
        **where,
        "by": request.unit.replace(" ", "-"),
        "figures": request.figure.value.replace(" ", "-"),
        **({} if school is None else {"school": school}),
        **({} if part is None or where else _extent(part)),
    }


def _extent(part: Extent) -> dict[str, str]:
    """Write a part of the map as ``parts.extent_of`` reads it."""
    if part.circle is not None:
        elsewhere = {"elsewhere": "yes"} if part.elsewhere else {}
        return {"where": "school", "within": part.circle[1].address, **elsewhere}
    return {"where": "district"} if part.where is Where.DISTRICT else {}


def compared_of(dataset: int, level: str, choice: Choice) -> Parameters:
    """Return the address's parameters for the areas of a level compared."""
    return {"dataset": str(dataset), "level": level, **_chosen(choice)}


def clock_of_times(dataset: int, choice: Choice, hours: bool, school: str | None = None) -> Parameters:
    """Return the address's parameters for the clock of an open dataset, by hours or by bands of the school day."""
    return {
        "dataset": str(dataset),
        **_chosen(choice),
        "by": "hours" if hours else "bands",
        **({} if school is None else {"school": school}),
    }


def clock_of_release(dataset: int, years: Sequence[str]) -> Parameters:
    """Return the address's parameters for the clock of some school years of a release."""
    return {"dataset": str(dataset), "year": list(years)}


def _chosen(choice: Choice) -> dict[str, str | list[str]]:
    return {"harm": list(choice.harms), "from": choice.periods[0], "to": choice.periods[-1]}


def _trend(query: QueryParams) -> TableFile:
    by = query["by"]
    request = TrendTableRequest(
        parts.harms_of(query), query.get("level"), query.get("area"), _UNITS[by], _FIGURES[query["figures"]]
    )
    store, given = open_store(), parts.given(query)
    calendar = places.school_calendar(store, LOCAL_USER, parts.school_of(query))
    rebased_at = rebases.rebased(store, LOCAL_USER, given.dataset.id)
    part = parts.extent_of(query, given)
    one = None
    if part is not None:
        one = extent_counts.released_view(store, LOCAL_USER, given.dataset, given.released, given.areas, part)
    table = exports.trend_table(given.released, given.areas, request, given.dataset, calendar, rebased_at, one)
    covered = periods_of(given.released)
    return table_files.of_dataset(
        f"trend-{query.get('where') or request.level or 'all'}-{by}",
        table,
        "Counts over time with their usual range",
        given.dataset,
        f"{covered[0]} to {covered[-1]}",
    )


def _compared(query: QueryParams) -> TableFile:
    choice = Choice(parts.run_of(query), parts.harms_of(query))
    level, given = query["level"], parts.given(query)
    table = exports.compared_table(given.released, given.areas, level, choice, given.dataset.source)
    first, last = choice.periods[0], choice.periods[-1]
    return table_files.of_dataset(
        f"compared-{level}-{first}-{last}", table, "Areas beside what is expected", given.dataset, f"{first} to {last}"
    )


def _clock(query: QueryParams) -> TableFile:
    dataset = parts.dataset_of(query)
    return _times(query, dataset) if dataset.access is Access.OPEN else _released(query, dataset)


def _times(query: QueryParams, dataset: Dataset) -> TableFile:
    parts.require_none(query, ("year",))
    choice, slots = Choice(parts.run_of(query), parts.harms_of(query)), _SLOTS[query["by"]]
    if not set(choice.periods) <= set(dataset.months) or set(choice.periods) <= set(dataset.gaps):
        raise ValueError("`from` and `to` must be months that the dataset has figures of.")
    store, school = open_store(), parts.school_of(query)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    calendar = places.school_calendar(store, LOCAL_USER, school)
    clock = clock_of(incident_times.timed(store, LOCAL_USER, dataset), choice, calendar, range(len(areas.codes)), slots)
    first, last = choice.periods[0], choice.periods[-1]
    period = f"{first} to {last}"
    table = exports.clock_table(clock, period, choice.harms, dataset.source)
    return table_files.of_dataset(f"clock-{query['by']}-{first}-{last}", table, _CLOCK, dataset, period)


def _released(query: QueryParams, dataset: Dataset) -> TableFile:
    parts.require_none(query, ("harm", "from", "to", "by", "school", "level", "area"))
    years = tuple(sorted(set(query.getlist("year"))))
    if not years or not all(map(periods.is_school_year, years)):
        raise ValueError("`year` must name school years.")
    store = open_store()
    clock = incident_times.released_clock(store, LOCAL_USER, dataset, years, places.school_calendar(store, LOCAL_USER))
    if not set(years) <= set(incident_times.released_years(store, LOCAL_USER, dataset)):
        raise ValueError("`year` must name school years of which a clock is released.")
    period = ", ".join(years)
    table = exports.clock_table(clock, period, tuple(HARM_GROUPS), dataset.source)
    return table_files.of_dataset(f"clock-{'-'.join(years)}", table, _CLOCK, dataset, period)
