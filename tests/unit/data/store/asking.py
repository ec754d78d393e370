"""Calls every function of the store that asks who is asking, with arguments that name things of our organisation.

A function that is added later is called as well; one that asks for something of a new name must be given it here.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import geopandas as gpd
import pandas as pd
from shapely import Point, box

from data import store as room
from data.formats.sheet_reader import read_sheets
from data.principal import LOCAL_USER, Principal, Role
from data.records.base_map import BaseMapFound
from data.records.term_dates import read_calendar
from data.services import setting_up
from data.store import (
    actions,
    area_facts,
    area_sets,
    base_maps,
    datasets,
    deliveries,
    hotspots,
    mappings,
    organisation_lists,
    organisation_looks,
    papers,
    partner_layers,
    people,
    place_names,
    places,
    pupil_origins,
    rebases,
    releases,
    retention,
    seals,
    secret_marks,
)
from data.store import tables as t
from data.store.area_facts import AddedFacts
from data.store.deliveries import Brought, BroughtFile, DeliveryKind
from data.store.organisation_looks import LookKind
from data.store.papers import NewPaper
from data.store.partner_layers import NewLayer
from data.store.place_names import NameKind, PlaceMeaning
from data.store.releases import Release
from data.store.retention import Due, Retention
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.briefing.facts import Decision
from geo.briefing.paper import Audience, Edits, words_of
from geo.register.action import Action
from geo.register.hotspot import Hotspot
from geo.walking.pupil_origin import PupilOrigin
from geo.walking.way_network import WayNetwork
from tests.unit.data import small_place
from tests.unit.data.persons import ADMIN
from tests.unit.data.store import bringing, inside
from tests.unit.geo.briefing.sample import NO_EDITS, sample_paper

PLANTED = "Zebedee"  # stands in everything of ours that others may not see
LOG = f"Date,From,Area code,Type\n01/09/2021,15:10,E01000001,{PLANTED} knife\n02/09/2021,,E01000002,{PLANTED} drugs\n"
TODAY = date(2100, 1, 1)
_STAMP = {"added_at": "2026-11-01T09:00:00+00:00", "added_by": LOCAL_USER.who}
DECIDED = Decision(f"{PLANTED} Lane is to be lit", "DSL", "2099-01-31")
Function = Callable[..., Any]
_LATE = {"AreaSet": AreaSet, "BaseMapFound": BaseMapFound, "WayNetwork": WayNetwork, "gpd": gpd, "pd": pd}
# What parameters may be given whatever is in the store.
_PLAIN: dict[str, Any] = {
    "area": "E01000001",
    "action": Action("lighting", place="at the top field", id=1),
    "at": None,
    "audience": Audience.BOARD,
    "brought": Brought("a title", (BroughtFile("f", "a.csv"),), 1),
    "digests": ["f"],
    "content": b"The school",
    "decisions": [],
    "drawn": {},
    "done_on": TODAY,
    "drawings": {},
    "due_on": TODAY,
    "fingerprint": "f",
    "first_day": TODAY,
    "harm": "asb",
    "key": "third",
    "kind": "incidents",
    "bounds": (-1.6, 53.7, -1.4, 53.9),
    "digest": "0" * 64,
    "level": "lsoa",
    "list_kind": DeliveryKind.CONTACTS,
    "listed": [{"service": "Early help hub", "harms": [], "phone": "01632 960123"}],
    "look_kind": LookKind.NAME,
    "mapping": {"date": "changed"},
    "meanings": [PlaceMeaning("top field", NameKind.NOWHERE)],
    "moved": {f"{PLANTED} drugs": "asb"},
    "name": "a name",
    "new": NewPaper(sample_paper(), NO_EDITS, None, "2024-09", "2025-08"),
    "names": {"E01000001": "Hill"},
    "noted": seals.EMPTY,
    "notes": [],
    "number": 1,
    "opened": None,
    "reason": "the gate was moved",
    "note": "seen by staff",
    "reference": "P9",
    "revision": 2,
    "role": Role.ADMIN,
    "rows_parquet": b"rows",
    "school": "100001",
    "set_id": 1,
    "title": "a title",
    "last_day": TODAY,
    "today": TODAY,
    "was": [DECIDED],
    "what": "edited",
    "urn": "100001",
    "origins": [PupilOrigin("S60 2", "sector", -1.3, 53.4, 25)],
}


def modules() -> list[str]:
    """List every module of the store but the migrations, which only ``editions`` runs."""
    return [f"{room.__name__}.{found.name}" for found in pkgutil.iter_modules(room.__path__) if not found.ispkg]


def public(module: str) -> Iterator[Function]:
    """Return the public functions that a module defines."""
    for name, one in inspect.getmembers(importlib.import_module(module), inspect.isfunction):
        if one.__module__ == module and not name.startswith("_"):
            yield one


def name_of(function: Function) -> str:
    """Name a function by its module and name."""
    return f"{function.__module__.rpartition('.')[2]}.{function.__name__}"


def types(function: Function) -> dict[str, Any]:
    """Return the types of a function's parameters and of what it returns, those of libraries loaded late included."""
    return get_type_hints(function, localns=_LATE)


def hints(function: Function) -> list[Any]:
    """Return the types of a function's parameters in their order."""
    found = types(function)
    return [found[name] for name in inspect.signature(function).parameters]


def takes_the_store(function: Function) -> bool:
    """Return whether a function takes an opened store."""
    return Store in hints(function)


FUNCTIONS = [one for module in modules() for one in public(module)]
ASKING = sorted(filter(takes_the_store, FUNCTIONS), key=name_of)


@dataclass(frozen=True)
class Ours:
    """What our organisation has in a store: arguments by the name of the parameter."""

    arguments: dict[str, Any]

    def ask(self, function: Function, store: Store, person: Principal) -> Any:
        """Call a function as a person, about our things."""
        names = list(inspect.signature(function).parameters)[2:]
        return function(store, person, **{name: self.arguments[name] for name in names})


def with_residents(areas: AreaSet, number: int) -> AreaSet:
    """Return areas with as many residents each."""
    return AreaSet(areas.title, areas.level, areas.frame.assign(residents=float(number)), areas.known_as)


def add_facts(store: Store) -> tuple[area_facts.StandingAreas, deliveries.Delivery]:
    """Add residents to our areas; give the areas as they stand then, and the delivery."""
    before = area_facts.standing(store, LOCAL_USER, 1)
    told = Brought("Anytown", (BroughtFile("residents", "residents.csv"),), 1)
    facts = [AddedFacts(DeliveryKind.RESIDENTS, told, 6)]
    [number] = area_facts.add(store, LOCAL_USER, before, with_residents(before.areas, 2_000), facts, {})
    return area_facts.standing(store, LOCAL_USER, 1), deliveries.delivery(store, LOCAL_USER, number)


def newest_of(store: Store, kind: DeliveryKind) -> deliveries.Delivery:
    """Return the newest delivery of a kind."""
    return next(one for one in deliveries.deliveries(store, LOCAL_USER) if one.kind is kind)


def partners_areas(name: str) -> gpd.GeoDataFrame:
    """Return the one area of a layer from partners."""
    return gpd.GeoDataFrame({"name": [name]}, geometry=[box(-1.48, 53.37, -1.47, 53.38)], crs="EPSG:4326")


def add_partner_layer(store: Store) -> int:
    """Let a partner hand over a layer of ours that is seen on ``TODAY``; give its number."""
    areas = partners_areas(f"{PLANTED} field")
    layer = NewLayer(f"{PLANTED} areas", f"{PLANTED} partnership", "official-sensitive", TODAY, areas)
    return partner_layers.add_layer(store, LOCAL_USER, layer, TODAY, Brought("", (BroughtFile("layer"),), 1))


def add_paper(store: Store) -> int:
    """Store a paper of ours with our words, a decision and a look; give its number."""
    paper = sample_paper()
    said = Edits({words_of(paper)[0].key: f"{PLANTED} Lane has lamps now."})
    number = papers.put_paper(store, LOCAL_USER, NewPaper(paper, said, "100001", "2024-09", "2025-08"))
    papers.record_decisions(store, LOCAL_USER, number, [], [DECIDED])
    organisation_looks.put_look(store, LOCAL_USER, LookKind.NAME, f"{PLANTED} Trust".encode())
    return number


def add_shared(store: Store) -> dict[str, int]:
    """Add a layer from partners and a paper; give their numbers by the parameters that name them."""
    return {"layer_id": add_partner_layer(store), "paper_id": add_paper(store)}


def add_words(store: Store) -> None:
    """Let a name of a place be confirmed, a list be kept, and let us have looked at the list of datasets."""
    listed = [{"service": f"{PLANTED} team", "harms": [], "phone": "01632 960124"}]
    organisation_lists.put_list(store, LOCAL_USER, DeliveryKind.CONTACTS, listed)
    place_names.put_names(store, LOCAL_USER, [PlaceMeaning("top field", NameKind.MAP, PLANTED, -1.47, 53.37)])
    looked = {"owner": LOCAL_USER.organisation, "who": LOCAL_USER.who, "looked_at": _STAMP["added_at"]}
    inside.change(store, t.last_look.insert().values(looked))
    origin = PupilOrigin(f"{PLANTED} stop", "place", -1.3, 53.4)
    pupil_origins.put_origins(store, LOCAL_USER, "100001", [origin])


def add_register(store: Store) -> Hotspot:
    """Bring two hotspots in, add one and change it; give an entry that is not on the register yet."""
    register = small_place.HOTSPOTS.replace("The Bandstand", f"{PLANTED} stand")
    setting_up.add_hotspots(store, LOCAL_USER, [small_place.upload("spots.csv", register)])
    own = Hotspot("P9", f"{PLANTED} steps", "alleyway or route", "asb", "active", Point(-1.475, 53.375))
    hotspots.add(store, LOCAL_USER, own)
    hotspots.change(store, LOCAL_USER, replace(own, unsafe_because=f"{PLANTED} lamps are out"), "edited")
    return replace(own, reference="N1", name="Other steps")


def add_schools(store: Store) -> None:
    """Bring in schools, with term dates of all of them and of one."""
    setting_up.add_schools(store, LOCAL_USER, small_place.upload("schools.csv", small_place.ADDRESSED))
    setting_up.add_calendar(store, LOCAL_USER, small_place.upload("terms.csv", small_place.CALENDAR))
    setting_up.add_calendar(store, LOCAL_USER, small_place.upload("terms.csv", small_place.CALENDAR), "100001")


def ours(store: Store, folder: Path) -> Ours:
    """Fill a store with things of ours; give what each parameter needs to name them."""
    bringing.add_areas(store)
    add_schools(store)
    hotspot = add_register(store)
    dataset_id = bringing.bring(store, LOG, title=f"{PLANTED} log")
    bringing.bring(store, LOG + "03/09/2021,,E01000003,Drugs\n", replaces=dataset_id)
    before = releases.load(store, LOCAL_USER, datasets.load_dataset(store, LOCAL_USER, dataset_id))
    releases.put(store, LOCAL_USER, dataset_id, Release(f"{PLANTED} ledger".encode(), before))
    secret_marks.add_first(store, LOCAL_USER, "f")  # of the one secret, which guests of the store release by too
    retention.put_retention(store, LOCAL_USER, Retention(100, 100))
    mappings.put_mapping(store, LOCAL_USER, "incidents", f"{PLANTED} source", {"date": PLANTED})
    action_id = actions.record(store, LOCAL_USER, Action(f"{PLANTED} patrol", "P1"))
    reason = f"{PLANTED} moved the gate"
    baseline_id = rebases.rebase(store, LOCAL_USER, dataset_id, "asb", "", "", date(2021, 9, 1), reason)
    rows = pd.DataFrame({"reference": ["P2"], "what": ["patrol"], "due_on": [pd.NaT], "done_on": [pd.Timestamp(TODAY)]})
    map_id = base_maps.add_base_map(store, LOCAL_USER, bringing.base_map(), "a map")
    prepared = bringing.prepared(f"{LOG}04/09/2021,,E01000003,Drugs\n")
    areas = area_sets.load_area_set(store, LOCAL_USER, 1)
    area_sets.name_areas(store, LOCAL_USER, 1, _PLAIN["names"])
    add_words(store)
    standing, facts = add_facts(store)
    return Ours(
        _PLAIN
        | {
            "added": [AddedFacts(DeliveryKind.RESIDENTS, _PLAIN["brought"], 6)],
            "after": standing.areas,
            "before": standing,
            "delivery": newest_of(store, DeliveryKind.TERM_DATES),
            "delivery_id": facts.id,
            "now": standing.areas,
            "one": facts,
            "over": [Due(datasets.load_dataset(store, LOCAL_USER, dataset_id), 2, TODAY, False, TODAY)],
            "action_id": action_id,
            "areas": areas,
            "baseline_id": baseline_id,
            "released": f"{PLANTED} ledger".encode(),
            "map_id": map_id,
            "layer": NewLayer("areas", "a partnership", "official", TODAY, partners_areas("a field")),
            **add_shared(store),
            "made": Release(b"another ledger", f"{PLANTED} ledger".encode()),
            "cube": prepared.cube,
            "dataset": datasets.load_dataset(store, LOCAL_USER, dataset_id),
            "dataset_id": dataset_id,
            "description": prepared.description,
            "entries": read_calendar(read_sheets(small_place.upload("terms.csv", small_place.CALENDAR))[0]),
            "found": bringing.base_map(),
            "hotspot": hotspot,
            "hotspots": hotspots.hotspots(store, LOCAL_USER).head(2).assign(status="closed"),
            "path": folder / "backup",
            "person_id": (person_id := people.add_person(store, ADMIN, f"{PLANTED} Smith", Role.DSL)),
            "placement": prepared.placement,
            "release": Release(b"a ledger"),
            "rows": rows,
            "schools": places.schools(store, LOCAL_USER),
            "secret": people.open_session(store, ADMIN, person_id),
            "settings": Retention(1, 1),
            "source": f"{PLANTED} source",
        }
    )
