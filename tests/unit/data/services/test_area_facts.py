"""Facts of areas added later are what they would be at once, and are taken back one after another."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services import setting_up, undoing
from data.services.setting_up import FactFiles
from data.services.verifying import verify
from data.store import area_sets, deliveries
from data.store.deliveries import DeliveryKind
from data.store.store import AlreadyThereError, Store
from geo.errors import InputError
from tests.unit.data import logs
from tests.unit.data.persons import STRANGER, welcome
from tests.unit.data.small_place import CODES, area_files, collection, feature, upload
from tests.unit.data.store.inside import held

RESIDENTS = "code,population\n" + "".join(f"{code},{1000 + index}\n" for index, code in enumerate(CODES))
SCORES = "code,IMD score\n" + "".join(f"{code},{index}.5\n" for index, code in enumerate(CODES))
BARE = collection(
    {**feature(number), "properties": {"code": CODES[number], "name": f"Anytown {number + 1}"}} for number in range(6)
)
MSOAS = "code,msoa,msoa_name\n" + "".join(
    f"{code},E0200000{index // 3 + 1},{('South', 'North')[index // 3]}\n" for index, code in enumerate(CODES)
)
WARDS = collection(
    {**feature(number), "properties": {"WD": f"W{number}", "WDNM": f"Ward {number}", "LAD": "E08", "LADNM": "Anywhere"}}
    for number in range(6)
)
PARENTS = {"msoa": ("msoa", "msoa_name"), "ward": ("WD", "WDNM"), "district": ("LAD", "LADNM")}
LEFT = ("audit", "delivery", "delivery_file")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store on either database."""
    on_file = request.param == "sqlite"
    with closing(
        Store(f"sqlite:///{tmp_path / 'own.sqlite'}" if on_file else request.getfixturevalue("postgres_url"))
    ) as opened:
        yield opened


def everything() -> FactFiles:
    return FactFiles(
        residents=upload("people.csv", RESIDENTS),
        deprivation=upload("imd.csv", SCORES),
        larger=(upload("msoas.csv", MSOAS), upload("wards.geojson", WARDS)),
        parents=PARENTS,
    )


def add_bare(store: Store) -> int:
    return setting_up.add_areas(store, LOCAL_USER, area_files(boundaries=upload("a.geojson", BARE), parents=None))[0]


def test_facts_that_come_later_are_those_that_come_at_once(store: Store) -> None:
    facts, bare = everything(), add_bare(store)
    files = area_files(
        boundaries=upload("a.geojson", BARE),
        parents=PARENTS,
        lookups=facts.larger,
        residents=facts.residents,
        deprivation=facts.deprivation,
    )
    at_once, _ = setting_up.add_areas(store, LOCAL_USER, files)
    lineage = store.last_writes(LOCAL_USER).lineage
    numbers, notes = setting_up.add_facts(store, LOCAL_USER, bare, facts)
    assert store.last_writes(LOCAL_USER).lineage > lineage  # so that pages load the areas anew
    one, other = (area_sets.load_area_set(store, LOCAL_USER, number) for number in (bare, at_once))
    pd.testing.assert_frame_equal(one.frame, other.frame, check_like=True)
    assert one.levels == other.levels == ("lsoa", "msoa", "ward", "district")
    assert one.units("lsoa").names[0] == "Ward 0 (Anytown 1)"
    assert (
        area_sets.drawing_digests(store, LOCAL_USER, bare).keys()
        == area_sets.drawing_digests(store, LOCAL_USER, at_once).keys()
    )
    kinds = [deliveries.delivery(store, LOCAL_USER, number).kind for number in numbers]
    assert kinds == [DeliveryKind.LARGER_AREAS, DeliveryKind.RESIDENTS, DeliveryKind.DEPRIVATION]
    assert any("people.csv" in note for note in notes)
    assert verify(store, LOCAL_USER) == []
    with pytest.raises(AlreadyThereError, match="just these facts"):
        setting_up.add_facts(store, LOCAL_USER, bare, facts)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_facts_are_taken_back_in_any_order_of_their_kinds(store: Store, order: tuple[int, ...]) -> None:
    bare = add_bare(store)
    before = held(store, *LEFT)
    numbers, _ = setting_up.add_facts(store, LOCAL_USER, bare, everything())
    for at in order:
        said = undoing.undo(store, LOCAL_USER, numbers[at])
        assert said.endswith("of “Anytown” are as they were before.")
    assert held(store, *LEFT) == before
    assert verify(store, LOCAL_USER) == []


def test_of_one_kind_the_newest_is_undone_first(store: Store) -> None:
    bare = add_bare(store)
    files = [FactFiles(residents=upload("p.csv", RESIDENTS.replace(",100", f",{much}0"))) for much in (2, 3)]
    first, second = (setting_up.add_facts(store, LOCAL_USER, bare, one)[0][0] for one in files)
    with pytest.raises(InputError, match="Newer residents came in for these areas since; undo those first"):
        undoing.undo(store, LOCAL_USER, first)
    undoing.undo(store, LOCAL_USER, second)
    assert area_sets.load_area_set(store, LOCAL_USER, bare).units("lsoa").residents.tolist()[0] == 200
    undoing.undo(store, LOCAL_USER, first)
    assert "residents" not in area_sets.load_area_set(store, LOCAL_USER, bare).frame


def test_larger_areas_that_hold_released_zones_stay_and_others_may_come(store: Store) -> None:
    logs.add_areas(store)
    logs.bring(store, logs.lines(30))
    before = held(store)
    moved = MSOAS.replace("E02000001", "E02000009")
    with pytest.raises(InputError, match="a protected dataset has been released by those of"):
        setting_up.add_facts(
            store, LOCAL_USER, 1, FactFiles(larger=(upload("m.csv", moved),), parents={"msoa": PARENTS["msoa"]})
        )
    assert held(store) == before
    wards = FactFiles(larger=(upload("w.geojson", WARDS),), parents={"ward": PARENTS["ward"]})
    [number], _ = setting_up.add_facts(store, LOCAL_USER, 1, wards)
    assert "ward" in area_sets.load_area_set(store, LOCAL_USER, 1).levels
    undoing.undo(store, LOCAL_USER, number)
    assert held(store, *LEFT) == {name: rows for name, rows in before.items() if name not in LEFT}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (FactFiles(), "none was brought"),
        (FactFiles(larger=(upload("m.csv", MSOAS),), parents={"lsoa": ("msoa", "msoa")}), "“lsoa” is none of them"),
        (FactFiles(larger=(upload("m.csv", MSOAS),)), "no level is named"),
        (FactFiles(residents=upload("p.csv", "code,people\nX1,2\n")), "p.csv"),
    ],
)
def test_facts_that_cannot_be_used_change_nothing(store: Store, files: FactFiles, said: str) -> None:
    bare = add_bare(store)
    before = held(store)
    with pytest.raises(InputError, match=said):
        setting_up.add_facts(store, LOCAL_USER, bare, files)
    assert held(store) == before


def test_guests_of_the_store_do_not_change_what_everybody_counts_by(store: Store) -> None:
    bare = add_bare(store)
    welcome(store)
    with pytest.raises(PermissionError):
        setting_up.add_facts(store, STRANGER, bare, FactFiles(residents=upload("p.csv", RESIDENTS)))
