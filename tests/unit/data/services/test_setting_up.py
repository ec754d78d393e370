"""Setting up a place: areas with their parents and residents, schools, term dates and the register of hotspots."""

from pathlib import Path

import pandas as pd
import pytest

from data.principal import LOCAL_USER
from data.services import setting_up
from data.store import area_sets, hotspots, places
from data.store.actions import ActionTally
from data.store.store import AlreadyThereError, Store
from geo.areas.drawing import BACKDROP
from geo.errors import InputError
from tests.unit.data import small_place
from tests.unit.data.running import dump
from tests.unit.data.small_place import CODES, HOTSPOTS, area_files, collection, feature, upload

ZONES = [f"{code},Z{index % 2},Zone {index % 2}\n" for index, code in enumerate(CODES)]
LOOKUP = "code,zone,zone_name\n" + "".join(ZONES)
RESIDENTS = "code,population\n" + "".join(f"{code},{1000 + index}\n" for index, code in enumerate(CODES))
TWINS = small_place.SCHOOLS + "100002,Dale School,,-1.46,53.38\n100003,Dale School,,-1.45,53.38\n"
YEAR = (
    "label,first_day,last_day,kind\n"
    "Autumn 1,02/09/2025,24/10/2025,half-term\nAutumn 2,03/11/2025,19/12/2025,half-term\n"
    "Spring 1,05/01/2026,13/02/2026,half-term\nSpring 2,23/02/2026,27/03/2026,half-term\n"
    "Summer 1,13/04/2026,22/05/2026,half-term\nSummer 2,01/06/2026,20/07/2026,half-term\n"
)
SCORES = "code,IMD score\n" + "".join(f"{code},{index}.5\n" for index, code in enumerate(CODES))


def test_areas_are_kept_with_all_that_the_files_say(store: Store) -> None:
    files = area_files(
        parents={"msoa": ("zone", "zone_name"), "district": ("district", "district")},
        lookups=[upload("zones.csv", LOOKUP)],
        residents=upload("people.csv", RESIDENTS),
        deprivation=upload("imd.csv", SCORES),
    )
    number, notes = setting_up.add_areas(store, LOCAL_USER, files)
    kept = area_sets.load_area_set(store, LOCAL_USER, number)
    assert (kept.title, kept.level, kept.codes) == ("Anytown", "lsoa", CODES)
    assert kept.levels == ("lsoa", "msoa", "district")
    assert kept.units("msoa").codes == ("Z0", "Z1")
    assert kept.units("msoa").names == ("Zone 0", "Zone 1")
    assert kept.units("msoa").residents.tolist() == [3006, 3009]
    assert kept.units("lsoa").deprivation.tolist() == [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]
    assert sum("people.csv" in note for note in notes) == 1


def test_loaded_areas_are_named_after_wards_and_larger_ones_keep_their_names(store: Store) -> None:
    number, _ = setting_up.add_areas(store, LOCAL_USER, area_files())
    table = upload("wards.csv", "code,ward\n" + "".join(f"{code},Boston Castle\n" for code in CODES))
    assert setting_up.name_areas(store, LOCAL_USER, number, table, None, "ward") == []
    kept = area_sets.load_area_set(store, LOCAL_USER, number)
    assert kept.units("lsoa").name_of(CODES[0]) == "Boston Castle (Anytown 1)"
    wards, _ = setting_up.add_areas(store, LOCAL_USER, area_files(level="ward", parents=None))
    with pytest.raises(InputError, match="smaller than wards"):
        setting_up.name_areas(store, LOCAL_USER, wards, table, None, "ward")


def test_every_level_is_drawn_once(store: Store) -> None:
    number, _ = setting_up.add_areas(store, LOCAL_USER, area_files())
    digests = area_sets.drawing_digests(store, LOCAL_USER, number)
    assert set(digests) >= {"lsoa", "msoa", "district"}
    assert len(set(digests.values())) == len(digests)


def test_without_a_title_a_set_is_called_as_its_file(store: Store) -> None:
    number, _ = setting_up.add_areas(store, LOCAL_USER, area_files(title=None))
    assert area_sets.load_area_set(store, LOCAL_USER, number).title == "areas"


def test_repaired_outlines_are_reported_and_kept_with_the_set(store: Store) -> None:
    west, south = small_place.WEST, small_place.SOUTH
    bow = [[west, south], [west + 0.01, south + 0.01], [west + 0.01, south], [west, south + 0.01], [west, south]]
    crossed = feature(0) | {"geometry": {"type": "Polygon", "coordinates": [bow]}}
    shapes = collection([crossed, *(feature(n) for n in range(1, 6))])
    _, notes = setting_up.add_areas(store, LOCAL_USER, area_files(boundaries=upload("bow.geojson", shapes)))
    assert any("repaired in 1 area: E01000001" in note for note in notes)
    [kept] = area_sets.area_sets(store, LOCAL_USER)
    assert list(kept.notes) == notes


def test_the_same_files_again_are_refused(store: Store, tmp_path: Path) -> None:
    setting_up.add_areas(store, LOCAL_USER, area_files())
    before = dump(tmp_path / "own")
    with pytest.raises(AlreadyThereError, match="area set 1"):
        setting_up.add_areas(store, LOCAL_USER, area_files())
    assert dump(tmp_path / "own") == before


@pytest.mark.parametrize(
    "changed",
    [{"title": "Later"}, {"level": "area"}, {"parents": None}, {"residents": upload("people.csv", RESIDENTS)}],
    ids=lambda changed: next(iter(changed)),
)
def test_the_same_shapes_with_other_facts_are_another_set(store: Store, changed: dict[str, object]) -> None:
    setting_up.add_areas(store, LOCAL_USER, area_files())
    assert setting_up.add_areas(store, LOCAL_USER, area_files(**changed))[0] == 2


def test_a_backdrop_is_drawn_beneath(store: Store) -> None:
    line = {"type": "LineString", "coordinates": [[-1.48, 53.375], [-1.45, 53.375]]}
    road = {"type": "Feature", "properties": {"kind": "main", "name": "High Road"}, "geometry": line}
    files = area_files(backdrop=upload("streets.geojson", collection([road])))
    number, _ = setting_up.add_areas(store, LOCAL_USER, files)
    assert BACKDROP in area_sets.drawing_digests(store, LOCAL_USER, number)


@pytest.mark.parametrize(
    ("parents", "lookups", "said"),
    [
        ({"county": ("msoa", "msoa")}, [], "“county”"),
        ({"ward": ("WD", "WDNM")}, [], "“WD”"),
        ({"msoa": ("zone", "zone_name")}, [LOOKUP.replace(f"{CODES[2]},Z0,Zone 0\n", "")], "1"),
        ({"msoa": ("zone", "zone_name")}, ["code,other\nE01000001,1\n"], "“zone"),
    ],
    ids=["unknown level", "no column", "an area without", "lookup without the column"],
)
def test_parents_that_are_not_known_are_refused(
    store: Store, parents: dict[str, tuple[str, str]], lookups: list[str], said: str
) -> None:
    files = area_files(parents=parents, lookups=[upload("zones.csv", text) for text in lookups])
    with pytest.raises(InputError) as refused:
        setting_up.add_areas(store, LOCAL_USER, files)
    assert said in str(refused.value)
    assert area_sets.area_sets(store, LOCAL_USER) == []


def test_schools_and_terms_are_kept(store: Store) -> None:
    number, _ = setting_up.add_schools(store, LOCAL_USER, upload("schools.csv", small_place.SCHOOLS))
    assert number == 1
    assert places.schools(store, LOCAL_USER)["name"].tolist() == ["Hill School"]
    assert setting_up.add_calendar(store, LOCAL_USER, upload("terms.csv", small_place.CALENDAR)) == 1
    with pytest.raises(AlreadyThereError):
        setting_up.add_calendar(store, LOCAL_USER, upload("terms.csv", small_place.CALENDAR))


def test_term_dates_of_one_school_are_named_by_its_number_or_its_name(store: Store) -> None:
    setting_up.add_schools(store, LOCAL_USER, upload("schools.csv", TWINS))
    for school in ("100001", " hill school "):
        assert setting_up.school_called(store, LOCAL_USER, school) == "100001"
    assert setting_up.schools_by_label(store, LOCAL_USER) == {
        "Dale School (100002)": "100002",
        "Dale School (100003)": "100003",
        "Hill School": "100001",
    }
    setting_up.add_calendar(store, LOCAL_USER, upload("terms.csv", small_place.CALENDAR), "Hill School")
    assert places.term_dates(store, LOCAL_USER).empty
    assert len(places.term_dates(store, LOCAL_USER, "100001")) == 1


@pytest.mark.parametrize(("school", "said"), [("Mill School", "none has"), ("Dale School", "2 schools are called")])
def test_a_school_that_is_not_one_on_the_list_is_refused(store: Store, tmp_path: Path, school: str, said: str) -> None:
    setting_up.add_schools(store, LOCAL_USER, upload("schools.csv", TWINS))
    before = dump(tmp_path / "own")
    with pytest.raises(InputError, match=said) as refused:
        setting_up.add_calendar(store, LOCAL_USER, upload("terms.csv", small_place.CALENDAR), school)
    assert school not in str(refused.value)
    assert dump(tmp_path / "own") == before


def test_the_half_terms_that_dates_would_lead_to_are_those_with_what_is_there(store: Store) -> None:
    setting_up.add_schools(store, LOCAL_USER, upload("schools.csv", TWINS))
    setting_up.add_calendar(store, LOCAL_USER, upload("year.csv", YEAR))
    own = pd.DataFrame(
        {
            "label": ["Training"],
            "first_day": pd.to_datetime(["2025-11-03"]).astype("datetime64[s]"),
            "last_day": pd.to_datetime(["2025-11-03"]).astype("datetime64[s]"),
            "kind": ["inset"],
        }
    )
    tiles = setting_up.half_terms_with(store, LOCAL_USER, own, "100001")
    assert [one.assumed for one in tiles] == [False] * 6
    assert str(tiles[1].first) == "2025-11-04"
    later = own.assign(**{name: own[name] + pd.Timedelta(days=365) for name in ("first_day", "last_day")})
    assert [one.assumed for one in setting_up.half_terms_with(store, LOCAL_USER, later)] == [True] * 6


def test_actions_need_a_register_and_are_counted(store: Store, tmp_path: Path) -> None:
    text = "reference,what,due on,done on\nP1,Patrol,,01/05/2021\nP2,Lighting,01/06/2021,\n"
    with pytest.raises(InputError, match="but the register has none of the reference"):
        setting_up.add_actions(store, LOCAL_USER, [upload("a.csv", text)])
    setting_up.add_hotspots(store, LOCAL_USER, [upload("spots.csv", HOTSPOTS)])
    assert setting_up.add_actions(store, LOCAL_USER, [upload("a.csv", text)]) == ActionTally(2, 0, 0)
    done = text.replace("01/06/2021,", "01/06/2021,02/06/2021") + "P1,Benches moved,,03/06/2021\n"
    counted = setting_up.add_actions(store, LOCAL_USER, [upload("a.csv", done)])
    assert setting_up.said_of_actions(counted) == "1 new action, 1 that was due and now done, 1 known already"
    before = dump(tmp_path / "own")["action"]
    with pytest.raises(InputError, match="row 4"):
        setting_up.add_actions(store, LOCAL_USER, [upload("b.csv", done.replace("P1,Benches", "P9,Benches"))])
    assert dump(tmp_path / "own")["action"] == before


def test_hotspots_of_several_files_are_kept_together(store: Store) -> None:
    second = HOTSPOTS.replace("P1", "Q1").replace("P2", "Q2")
    sources = [upload("a.csv", HOTSPOTS), upload("b.csv", second)]
    assert setting_up.add_hotspots(store, LOCAL_USER, sources) == 4
    assert hotspots.hotspots(store, LOCAL_USER)["reference"].tolist() == ["P1", "P2", "Q1", "Q2"]


@pytest.mark.parametrize(
    "second", [HOTSPOTS, HOTSPOTS.replace("P1", "Q1").replace("P2", "Q2").replace("active", "asleep")]
)
def test_hotspots_are_kept_of_all_files_or_of_none(store: Store, tmp_path: Path, second: str) -> None:
    before = dump(tmp_path / "own")
    with pytest.raises(InputError, match=r"“b\.csv”"):
        setting_up.add_hotspots(store, LOCAL_USER, [upload("a.csv", HOTSPOTS), upload("b.csv", second)])
    assert dump(tmp_path / "own") == before


def test_hotspots_of_a_csv_and_a_map_layer_go_together(store: Store) -> None:
    known = {"ref": "Z", "name": "Estate", "type": "estate", "harm": "cce", "status": "closed"}
    spot = feature(4) | {"properties": known}
    sources = [upload("a.csv", HOTSPOTS), upload("b.geojson", collection([spot]))]
    assert setting_up.add_hotspots(store, LOCAL_USER, sources) == 3
    kept = hotspots.hotspots(store, LOCAL_USER).set_index("reference")
    assert kept.geometry.geom_type.to_dict() == {"P1": "Point", "P2": "Point", "Z": "Polygon"}
    assert kept["last_reported"].isna().all()
