"""The checklist of what a place needs to be set up: what of it is here, what is missing, and what needs a look."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from data.principal import Principal
from data.records.rows import DatasetKind
from data.services import dataset_summary, own_lists, undoing, visibility
from data.store import area_sets, base_maps, datasets, deliveries, hotspots, places
from data.store.base_maps import BaseMap
from data.store.datasets import Access, Dataset
from data.store.deliveries import Delivery, DeliveryKind
from data.store.store import Store
from geo import columns as c
from geo.areas import proximity
from geo.areas.area_set import AreaSet
from geo.calendar import months
from geo.calendar.data_age import data_age
from geo.register.contact import is_out_of_date
from geo.register.markers import say_day
from geo.wording import how_many


class ChecklistRow(StrEnum):
    """What a place needs, in the order in which a newcomer brings it in."""

    AREAS = "Areas"
    LARGER_AREAS = "Larger areas"
    RESIDENTS = "Residents"
    DEPRIVATION = "Deprivation"
    SCHOOLS = "Schools"
    BASE_MAP = "Base map"
    POLICE = "Police data"
    TERM_DATES = "Term dates"
    HOTSPOTS = "Known hotspots"
    OWN = "Your own incidents"
    CONTACTS = "Contacts"
    TEACHING = "What to teach"


class RowState(StrEnum):
    """How a row stands: the word that is shown for it."""

    HERE = "here"
    MISSING = "missing"
    LOOK = "needs a look"


@dataclass(frozen=True)
class Holding:
    """One thing that is here for a row.

    ``delivery`` is the number by which it can be undone; where that is not possible, ``stays`` is the sentence why not.
    ``facts`` are its size in rows, its edition, its source, its bytes, its day and who brought it, in words.
    """

    title: str
    facts: tuple[str, ...]
    notes: tuple[str, ...] = ()
    delivery: int | None = None
    stays: str | None = None


@dataclass(frozen=True)
class RowFacts:
    """One row: how it stands, what is here in a few words, what to look at as sentences, and each thing that is."""

    row: ChecklistRow
    state: RowState
    short: str = ""
    look: tuple[str, ...] = ()
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True)
class _Stock:
    """What the store holds, as far as the rows ask."""

    sets: Sequence[AreaSet]
    datasets: Sequence[Dataset]
    base_maps: Sequence[BaseMap]
    today: date


KINDS: Final[Mapping[ChecklistRow, tuple[DeliveryKind, ...]]] = {
    ChecklistRow.AREAS: (DeliveryKind.AREAS,),
    ChecklistRow.LARGER_AREAS: (DeliveryKind.LARGER_AREAS,),
    ChecklistRow.RESIDENTS: (DeliveryKind.RESIDENTS,),
    ChecklistRow.DEPRIVATION: (DeliveryKind.DEPRIVATION,),
    ChecklistRow.SCHOOLS: (DeliveryKind.SCHOOLS,),
    ChecklistRow.BASE_MAP: (DeliveryKind.BASE_MAP,),
    ChecklistRow.TERM_DATES: (DeliveryKind.TERM_DATES,),
    ChecklistRow.HOTSPOTS: (DeliveryKind.HOTSPOTS, DeliveryKind.ACTIONS),
    ChecklistRow.CONTACTS: (DeliveryKind.CONTACTS,),
    ChecklistRow.TEACHING: (DeliveryKind.TEACHING,),
}
_POLICE: Final = (DatasetKind.POLICE.value,)
_OWN: Final = (DatasetKind.INCIDENTS.value, DatasetKind.MARKS.value)
_LEVELS: Final = {
    "area": ("area", "areas"),
    "lsoa": ("LSOA", "LSOAs"),
    "msoa": ("MSOA", "MSOAs"),
    "ward": ("ward", "wards"),
    "district": ("district", "districts"),
}
_ADDED: Final = ("roads", "stops", "postcodes")  # what a base map is spoken of by
_OF_AREAS: Final[Mapping[ChecklistRow, tuple[str, ...]]] = {  # what can come with areas, and the words of its notes
    ChecklistRow.LARGER_AREAS: ("ward", "district", "MSOA"),
    ChecklistRow.RESIDENTS: ("residents",),
    ChecklistRow.DEPRIVATION: ("deprivation",),
}
_WITH_AREAS: Final = "Came in together with the areas"
_UNLISTED: Final = "Came in before this list was kept"
_BEFORE: Final = "Brought in before this list was kept, so it cannot be undone here."


def checklist(
    store: Store, principal: Principal, today: date, sets: Mapping[int, AreaSet]
) -> dict[ChecklistRow, RowFacts]:
    """Return every row of the checklist, in its order; ``sets`` are all area sets of the store by their number."""
    stock = _Stock(
        tuple(sets.values()), datasets.datasets(store, principal), base_maps.base_maps(store, principal), today
    )
    standing = [one for one in deliveries.deliveries(store, principal) if one.undone_at is None]
    told = {
        ChecklistRow.AREAS: _areas(stock),
        ChecklistRow.LARGER_AREAS: _of_sets(stock, "larger areas", _says_parents),
        ChecklistRow.RESIDENTS: _of_sets(stock, "residents", _says_residents),
        ChecklistRow.DEPRIVATION: _of_sets(stock, "deprivation", _says_deprivation),
        ChecklistRow.SCHOOLS: _schools(store, principal, stock),
        ChecklistRow.BASE_MAP: _base_map(stock),
        ChecklistRow.POLICE: _incidents(principal, stock, _POLICE),
        ChecklistRow.TERM_DATES: _term_dates(store, principal, stock),
        ChecklistRow.HOTSPOTS: _hotspots(store, principal),
        ChecklistRow.OWN: _incidents(principal, stock, _OWN),
        ChecklistRow.CONTACTS: _contacts(store, principal, stock),
        ChecklistRow.TEACHING: _teaching(store, principal, stock),
    }
    return {
        row: RowFacts(row, state, short, look, _holdings(store, principal, row, standing, stock) if short else ())
        for row, (state, short, look) in told.items()
    }


_Told = tuple[RowState, str, tuple[str, ...]]
_NONE: Final[_Told] = (RowState.MISSING, "", ())


def _stands(short: str, look: Sequence[str] = ()) -> _Told:
    return (RowState.LOOK if look else RowState.HERE), short, tuple(look)


def _areas(stock: _Stock) -> _Told:
    if not stock.sets:
        return _NONE
    return _stands(", ".join(how_many(len(one.frame), *_LEVELS[one.level]) for one in stock.sets))


def _of_sets(stock: _Stock, what: str, says: Callable[[AreaSet], str]) -> _Told:
    """Say what of the newest areas is known; an edition that lacks what another has needs a look."""
    found = {one.title: says(one) for one in stock.sets}
    if not any(found.values()):
        return _NONE
    look = [f"“{title}” has no {what} yet." for title, said in found.items() if not said]
    return _stands(next(said for said in reversed(found.values()) if said), look)


def _says_parents(one: AreaSet) -> str:
    return ", ".join(how_many(len(one.units(level).codes), *_LEVELS[level]) for level in one.levels[1:])


def _says_residents(one: AreaSet) -> str:
    figures = one.frame.get(c.RESIDENTS)
    if figures is None or not figures.notna().any():
        return ""
    return f"{figures.sum():,.0f} people in {int(figures.notna().sum()):,} areas"


def _says_deprivation(one: AreaSet) -> str:
    figures = one.frame.get(c.DEPRIVATION)
    return "" if figures is None or not figures.notna().any() else f"of {int(figures.notna().sum()):,} areas"


def _schools(store: Store, principal: Principal, stock: _Stock) -> _Told:
    listed = places.schools(store, principal)
    if listed.empty:
        return _NONE
    look = [
        f"None of them lies in “{one.title}”, so Local context has no school there."
        for one in stock.sets
        if proximity.inside(one, listed).empty
    ]
    return _stands(how_many(len(listed), "school", "schools"), look)


def _base_map(stock: _Stock) -> _Told:
    if not stock.base_maps:
        return _NONE
    look = [
        f"No base map covers “{one.title}”."
        for one in stock.sets
        if not any(each.meets(tuple(one.frame.total_bounds.tolist())) for each in stock.base_maps)
    ]
    newest = stock.base_maps[0]
    have = [f"{newest.counts[what]:,} {what}" for what in _ADDED if newest.counts.get(what)]
    return _stands(", ".join(have) or newest.source, look)


def _incidents(principal: Principal, stock: _Stock, kinds: Sequence[str]) -> _Told:
    here = [one for one in stock.datasets if one.kind in kinds]
    if not here:
        return _NONE
    newest = max(here, key=lambda one: one.last_month)
    if not visibility.sees_exact(principal, newest):
        return _stands(dataset_summary.school_years(newest))
    held = len(newest.months) - len(newest.gaps)
    look = [f"“{newest.title}” lacks {months.say(gap)}." for gap in newest.gaps[:1]]
    if len(newest.gaps) > 1:
        look = [f"“{newest.title}” lacks {len(newest.gaps)} months, the first of them {months.say(newest.gaps[0])}."]
    old = data_age(newest.last_month, stock.today)
    look += [old] if old else []
    return _stands(f"{how_many(held, 'month', 'months')}, to {months.say(newest.last_month)}", look)


def _term_dates(store: Store, principal: Principal, stock: _Stock) -> _Told:
    entries = places.term_dates(store, principal)
    if entries.empty:
        return _NONE
    last = entries[c.LAST_DAY].max().date()
    look = [f"They end on {say_day(last.isoformat())}; bring in those of the next school year."]
    return _stands(f"to {say_day(last.isoformat())}", look if last < stock.today else [])


def _hotspots(store: Store, principal: Principal) -> _Told:
    number = len(hotspots.hotspots(store, principal))
    return _stands(how_many(number, "place", "places")) if number else _NONE


def _contacts(store: Store, principal: Principal, stock: _Stock) -> _Told:
    listed = own_lists.contacts(store, principal)
    if not listed:
        return _NONE
    old = sum(is_out_of_date(one.checked_on, stock.today) for one in listed)
    look = [f"{how_many(old, 'contact was', 'contacts were')} last checked more than a year ago."] if old else []
    return _stands(how_many(len(listed), "contact", "contacts"), look)


def _teaching(store: Store, principal: Principal, stock: _Stock) -> _Told:
    """Say how long the organisation's own list is; without one the list that came with the program is used."""
    listed = own_lists.teaching(store, principal)
    if not listed.own:
        return _NONE
    old = sum(is_out_of_date(one.reviewed_on, stock.today) for one in listed.rows)
    look = [f"{how_many(old, 'row was', 'rows were')} last reviewed more than a year ago."] if old else []
    return _stands(how_many(len(listed.rows), "row", "rows"), look)


def _holdings(
    store: Store, principal: Principal, row: ChecklistRow, standing: Sequence[Delivery], stock: _Stock
) -> tuple[Holding, ...]:
    """List what is here for a row: deliveries that stand, and what came in before these were written down."""
    if row in (ChecklistRow.POLICE, ChecklistRow.OWN):
        kinds = _POLICE if row is ChecklistRow.POLICE else _OWN
        of = {one.number: one for one in reversed(standing) if one.kind is DeliveryKind.INCIDENTS}
        return tuple(_of_dataset(store, principal, one, of.get(one.id)) for one in stock.datasets if one.kind in kinds)
    brought = tuple(_of_delivery(store, principal, one) for one in standing if one.kind in KINDS[row])
    return brought or _with_areas(row, standing) or _before(store, principal, row, stock)


def _of_delivery(store: Store, principal: Principal, one: Delivery) -> Holding:
    facts = [
        f"edition {_edition(one.edition)}" if one.edition else "",
        one.source or "",
        how_many(one.rows, "row", "rows"),
    ]
    facts += [_megabytes(one.size), _added(one.added_at, one.added_by)]
    stays = undoing.can_undo(store, principal, one)
    return Holding(one.title, tuple(filter(None, facts)), one.notes, one.id, stays)


def _with_areas(row: ChecklistRow, standing: Sequence[Delivery]) -> tuple[Holding, ...]:
    """Say that something is known of areas since their own files told it, and what was noted of it then."""
    if row not in _OF_AREAS:
        return ()
    return tuple(
        Holding(
            f"Came in with “{one.title}”",
            (_added(one.added_at, one.added_by),),
            tuple(note for note in one.notes if any(word in note for word in _OF_AREAS[row])),
        )
        for one in standing
        if one.kind is DeliveryKind.AREAS
    )


def _of_dataset(store: Store, principal: Principal, one: Dataset, brought: Delivery | None) -> Holding:
    exact = visibility.sees_exact(principal, one)
    told = dataset_summary.summary(one, exact=exact)
    rows = how_many(one.rows_read, "row", "rows") if exact else f"{told.figures['rows read']} rows"
    facts = [told.period, one.source, rows]
    facts += ["exact: do not share"] if exact and one.access is Access.PROTECTED else []
    facts += [_megabytes(brought.size) if brought and exact else "", _added(one.added_at, one.added_by)]
    stays = _BEFORE if brought is None else undoing.can_undo(store, principal, brought)
    return Holding(one.title, tuple(filter(None, facts)), (), brought.id if brought else None, stays)


def _before(store: Store, principal: Principal, row: ChecklistRow, stock: _Stock) -> tuple[Holding, ...]:
    if row is ChecklistRow.AREAS:
        return tuple(
            Holding(one.title, (f"{one.size:,} areas", f"added {say_day(one.added_at[:10])}"), (), None, _BEFORE)
            for one in area_sets.area_sets(store, principal)
        )
    if row is ChecklistRow.BASE_MAP:
        return tuple(
            Holding(
                one.title,
                (one.source, one.attribution, _megabytes(one.size), _added(one.added_at, one.added_by)),
                (),
                None,
                _BEFORE,
            )
            for one in stock.base_maps
        )
    return (Holding(_WITH_AREAS if row in _OF_AREAS else _UNLISTED, ()),)


def _edition(text: str) -> str:
    try:
        return say_day(date.fromisoformat(text).isoformat())
    except ValueError:
        return text


def _megabytes(size: int) -> str:
    if not size:
        return ""
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{max(1, round(size / 1e3)):,} kB"


def _added(at: str, by: str) -> str:
    return f"added {say_day(at[:10])} by {by}"
