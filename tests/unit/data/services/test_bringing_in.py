"""Files of any kind are planned in the right order and kept as the single commands would keep them."""

import io
import json
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from data.formats.sources import Source, from_upload
from data.principal import LOCAL_USER
from data.records.locality import Locality
from data.services import bringing_in
from data.services.setup_plan import SetupPlan
from data.store import area_sets, datasets, places
from data.store.store import Store
from geo.areas.district_codes import same_code
from tests.unit.data import small_place
from tests.unit.data.running import done, run

STREET = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type\n"


def boundaries(codes: Sequence[str], name: str = "LSOA21NM", code: str = "LSOA21CD", town: str = "Anytown") -> bytes:
    """Return squares in a row, each with its code and a name such as "Anytown 001A"."""
    features = []
    for at, each in enumerate(codes):
        west = -1.48 + 0.01 * at
        ring = [[west, 53.37], [west + 0.01, 53.37], [west + 0.01, 53.38], [west, 53.38], [west, 53.37]]
        properties = {code: each, name: f"{town} {at // 4 + 1:03}{'ABCD'[at % 4]}"}
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


CODES = [f"E0100000{number}" for number in range(1, 7)]
OLDER = [*CODES[:5], "E01000009"]
FILES = {
    "lsoa21.geojson": boundaries(CODES),
    "lsoa11.geojson": boundaries(OLDER, "LSOA11NM", "LSOA11CD"),
    "people20.csv": ("LSOA21CD,Mid-2020: Population\n" + "".join(f"{code},100\n" for code in CODES)).encode(),
    "people22.csv": ("LSOA21CD,Mid-2022: Population\n" + "".join(f"{code},200\n" for code in CODES)).encode(),
    "wards.csv": ("LSOA21CD,WD24CD,WD24NM\n" + "".join(f"{code},E05000001,Hill\n" for code in CODES)).encode(),
    "half.csv": ("LSOA21CD,WD26CD,WD26NM\n" + f"{CODES[0]},E05000002,Dale\n").encode(),
    "2026-09-anytown-street.csv": (
        STREET + "".join(f"a{at},2026-09,Anytown Police,Anytown Police,-1.475,53.375,On or near A1,{code},X,Drugs\n"
                         for at, code in enumerate(CODES))).encode(),
    "schools.csv": small_place.SCHOOLS.encode(),
    "terms.csv": b"label,first day,last day,kind\nAutumn,2026-09-02,2026-10-23,term\n",
    "register.csv": small_place.HOTSPOTS.encode(),
    "log.csv": small_place.INCIDENTS.encode(),
    "outcomes.csv": b"Crime ID,Month,Outcome type\na,2026-09,None\n",
}  # fmt: skip


def sources(*names: str) -> list[Source]:
    """Return some of the files, all where none is named."""
    return [from_upload(name, FILES[name]) for name in names or FILES]


def plan(store: Store, *names: str, locality: Locality | None = None) -> SetupPlan:
    """Plan some of the files."""
    return bringing_in.plan(store, LOCAL_USER, sources(*names), locality)


def test_a_plan_brings_areas_first_and_says_what_is_left_out(store: Store) -> None:
    made = plan(store, *reversed(FILES))
    rows = [step.row for step in made.steps]
    assert rows == ["Areas", "Areas", "Schools", "Term dates", "Police data", "Known hotspots"]
    first = made.steps[0]
    assert first.files == ("lsoa21.geojson", "wards.csv", "people22.csv")  # whose codes the police state
    assert first.says == "Boundaries of LSOAs, 2021 edition: 6 areas, with their wards and residents of mid-2022."
    left = {one.file: one.sentence for one in made.left_out}
    assert set(left) == {"people20.csv", "half.csv", "outcomes.csv"}
    assert left["people20.csv"] == "“people20.csv” (mid-2020) is not needed: “people22.csv” (mid-2022) is newer."
    assert made.own == ("log.csv",)
    assert area_sets.area_sets(store, LOCAL_USER) == []


def test_a_plan_is_carried_out_step_by_step_and_known_again(store: Store) -> None:
    made = plan(store)
    came = list(bringing_in.carry_out(store, LOCAL_USER, made))
    assert all(one.saved for one in came), [one.sentence for one in came]
    rest = [step.row for step in made.steps][1:]
    assert [one.row for one in came] == ["Areas", "Larger areas", "Residents", *rest]
    assert came[2].sentence == "Residents, mid-2022: 6 areas of “LSOAs 2021, Anytown” have them."
    assert len({one.delivery for one in came} - {None}) == len(came)  # each can be undone by itself
    areas = area_sets.load_area_set(store, LOCAL_USER, 1)
    assert (areas.codes, areas.levels) == (tuple(CODES), ("lsoa", "ward"))
    assert areas.frame["residents"].tolist() == [200.0] * 6
    assert [one.placed for one in datasets.datasets(store, LOCAL_USER)] == [6]
    assert len(places.schools(store, LOCAL_USER)) == 1
    again = plan(store)
    assert all(step.known for step in again.steps)
    assert all(one.known for one in bringing_in.carry_out(store, LOCAL_USER, again))


def test_facts_that_come_later_are_added_to_the_areas_that_are_loaded(store: Store) -> None:
    list(bringing_in.carry_out(store, LOCAL_USER, plan(store, "lsoa21.geojson", "lsoa11.geojson")))
    made = plan(store, "people22.csv", "wards.csv")
    assert made.steps[0].says.endswith("which is loaded: wards, residents of mid-2022.")
    came = list(bringing_in.carry_out(store, LOCAL_USER, made))
    assert all(one.saved for one in came), [one.sentence for one in came]
    newer = next(one for one in area_sets.area_sets(store, LOCAL_USER) if "2021" in one.title)
    assert "residents" in area_sets.load_area_set(store, LOCAL_USER, newer.id).frame


def test_a_table_that_cannot_be_used_leaves_its_areas_and_says_so(store: Store) -> None:
    bad = FILES["people22.csv"].replace(b",200\n", b",many\n", 1)
    given = [*sources("lsoa21.geojson", "schools.csv"), from_upload("people22.csv", bad)]
    came = list(bringing_in.carry_out(store, LOCAL_USER, bringing_in.plan(store, LOCAL_USER, given)))
    assert [(one.row, one.saved, one.refused) for one in came] == [
        ("Areas", True, False), ("Residents", False, True), ("Schools", True, False),
    ]  # fmt: skip
    assert came[1].sentence.startswith("“people22.csv”")


def test_a_lookup_that_cannot_be_read_and_a_damaged_archive_leave_the_rest_as_it_is(store: Store) -> None:
    ragged = from_upload("wards.csv", FILES["wards.csv"] + b"E01000006,E05000001,Hill,and,more\n")
    given = [ragged, from_upload("latest.zip", b"PK\x03\x04 cut"), *sources("lsoa21.geojson")]
    made = bringing_in.plan(store, LOCAL_USER, given)
    assert [step.files for step in made.steps] == [("lsoa21.geojson",)]
    assert [one.file for one in made.left_out] == ["wards.csv", "latest.zip"]
    assert all(one.file in one.sentence for one in made.left_out)


def test_files_inside_an_archive_are_brought_in_as_files_of_their_own(store: Store) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("extract/schools.csv", FILES["schools.csv"])
        archive.writestr("extract/lsoa21.geojson", FILES["lsoa21.geojson"])
    made = bringing_in.plan(store, LOCAL_USER, [from_upload("all.zip", content.getvalue())])
    assert [step.files for step in made.steps] == [("all.zip / lsoa21.geojson",), ("all.zip / schools.csv",)]
    assert all(one.saved for one in bringing_in.carry_out(store, LOCAL_USER, made))


@pytest.fixture
def nation(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Boundaries of two towns that count as national, since only four areas of a county would not."""
    monkeypatch.setattr("data.services.setup_places.NATIONAL", 7)
    first = json.loads(boundaries(CODES))
    second = json.loads(boundaries([f"E0100010{number}" for number in range(6)], town="Elsewhere"))
    first["features"] += second["features"]
    return json.dumps(first).encode()


def test_national_areas_are_cut_to_councils_or_to_the_local_files_beside_them(store: Store, nation: bytes) -> None:
    national = from_upload("england.geojson", nation)
    alone = bringing_in.plan(store, LOCAL_USER, [national])
    assert (alone.councils, alone.locality.is_everywhere) == (("Anytown", "Elsewhere"), True)
    assert "choose one council or several" in alone.steps[0].notes[0]
    chosen = bringing_in.plan(store, LOCAL_USER, [national], Locality(councils=("Elsewhere",)))
    list(bringing_in.carry_out(store, LOCAL_USER, chosen))
    assert len(area_sets.load_area_set(store, LOCAL_USER, 1).codes) == 6
    beside = bringing_in.plan(store, LOCAL_USER, [national, *sources("people22.csv")])
    assert beside.locality.councils == ("Anytown",)


def test_districts_whose_codes_changed_are_the_same_council() -> None:
    assert same_code("e08000038") == same_code("E08000016") == "E08000016"
    assert same_code("E08000039") == same_code(" E08000019 ")
    assert same_code("E08000017") == "E08000017"


def written(folder: Path, *names: str) -> list[Path]:
    """Write some of the files to a folder."""
    for name in names:
        (folder / name).write_bytes(FILES[name])
    return [folder / name for name in names]


def test_add_keeps_what_the_single_commands_keep(tmp_path: Path) -> None:
    files = written(
        tmp_path, "2026-09-anytown-street.csv", "schools.csv", "wards.csv", "people22.csv", "lsoa21.geojson"
    )
    one, other = tmp_path / "one", tmp_path / "other"
    ran = done(one, "add", *files)
    assert len(ran.out.splitlines()) == len(files)
    assert "lsoa21.geojson: Boundaries of LSOAs, 2021 edition: its columns LSOA21CD and LSOA21NM." in ran.out
    done(other, "areas", files[4], "--lookup", files[2], "--population", files[3])
    done(other, "schools", files[1])
    done(other, "import", files[0])
    counted = [done(home, "counts", "--by", "area,period,category").out for home in (one, other)]
    assert counted[0] == counted[1] != ""
    kept = []
    for home in (one, other):
        with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as opened:
            areas = area_sets.load_area_set(opened, LOCAL_USER, 1).frame
            kept.append((areas.to_json(), places.schools(opened, LOCAL_USER).to_json()))
    assert kept[0] == kept[1]


def test_add_says_what_it_could_not_use_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 ")
    files = [tmp_path / "scan.pdf", *written(tmp_path, "lsoa21.geojson")]
    home = tmp_path / "home"
    dry = done(home, "add", "--dry-run", *files)
    assert "Dry run: nothing was saved." in dry.err
    ran = run(home, "add", *files)
    assert ran.code == 2
    assert "Left out: “scan.pdf” must be" in ran.err
    assert "Area set 1 is loaded" in ran.err
    assert done(home, "add", files[1]).err.count("here already") == 1
    assert run(home, "add", files[0]).code == 2


def test_areas_guesses_its_columns_and_says_so(tmp_path: Path) -> None:
    (areas, wards) = written(tmp_path, "lsoa21.geojson", "wards.csv")
    said = done(tmp_path / "home", "areas", areas, "--lookup", wards).err
    assert "codes are in “LSOA21CD”, names in “LSOA21NM”, and the level is lsoa" in said
    assert "wards of areas are taken from the columns “WD24CD” and “WD24NM”" in said
    refused = run(tmp_path / "home", "areas", *written(tmp_path, "schools.csv"))
    assert (refused.code, "name both columns" in refused.err) == (2, True)
