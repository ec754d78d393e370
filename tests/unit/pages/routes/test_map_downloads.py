"""Downloads of maps: drawn from released figures, logged, sent as they are, and nothing for any other address."""

import io
import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import pytest
from lxml import etree
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.principal import LOCAL_USER
from data.services import access_log
from data.services.opening import open_store
from data.store import area_sets, places
from geo import harms
from geo.areas.proximity import labelled
from geo.areas.reach import Reach
from geo.counts.filters import Choice
from geo.maps.measure import Measure
from geo.maps.measures import MeasureRequest
from geo.views import extent
from pages.routes import map_downloads as routes
from tests.unit.data import logs, small_place
from tests.unit.data.running import copied
from tests.unit.pages.routes.conftest import LOG

OPEN = 1
FRESH = "Date,Area code,Type\n01/09/2021,E01000003,Drugs\n"
SOON = date(2021, 9, 10)  # so that no half-term of theirs is over
ALL = Choice(("2021-08", "2021-09", "2021-10"), tuple(harms.HARM_GROUPS))
HALF_TERMS = Choice(logs.KEYS[-6:], ALL.harms)
AUTUMN = Choice(("2021/22-1",), ALL.harms)
COUNT = MeasureRequest(Measure.COUNT)
URN = "100001"
ASKED = "Zebedee99"
ADDRESSES = [f"{path}.{form}" for path in (routes.AREA_MAP, routes.CONTEXT_MAP) for form in routes.PICTURES]
ADDRESSES += [f"{routes.AREAS}.{form}" for form in routes.SHAPES]


@pytest.fixture(scope="module")
def home(home_with_log: Path) -> Path:
    """The home of the store that is asked."""
    return home_with_log


def everywhere(dataset: int = OPEN, level: str = "lsoa", choice: Choice = ALL) -> routes.Parameters:
    areas = area_sets.load_area_set(open_store(), LOCAL_USER, small_place.FIRST)
    return routes.map_of(dataset, level, COUNT, choice, extent.everywhere(areas), None)


def around_school(dataset: int = OPEN, level: str = "lsoa", choice: Choice = ALL) -> routes.Parameters:
    areas = area_sets.load_area_set(open_store(), LOCAL_USER, small_place.FIRST)
    (school,) = labelled(places.schools(open_store(), LOCAL_USER)).values()
    part = extent.around(areas, school, Reach(400), points=False)
    return routes.map_of(dataset, level, COUNT, choice, part, URN)


def words_of(svg: bytes) -> str:
    return " ".join(one.text or "" for one in etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))


def test_the_area_map_is_a_picture_with_its_title_classes_and_source(client: TestClient) -> None:
    answer = client.get(f"{routes.AREA_MAP}.svg", params=everywhere())
    assert answer.status_code == 200, answer.text
    said = words_of(answer.content)
    assert "Incidents by LSOA" in said
    assert "1 (3 areas)" in said
    assert "2 (2 areas)" in said
    assert "0 (1 area)" in said
    assert "Source: " in said
    assert "The data has no figures for Sep 2021: a gap, not zero." in said


def test_what_is_around_a_school_stands_on_local_context_s_map(client: TestClient) -> None:
    answer = client.get(f"{routes.CONTEXT_MAP}.svg", params=around_school())
    assert answer.status_code == 200, answer.text
    said = words_of(answer.content)
    assert "Incidents by area around Hill School" in said
    assert "400, 800 and 1,600 m in a straight line" in said
    assert "Areas touching 400 m around Hill School" in said


def test_png_is_the_same_map_in_dots(client: TestClient) -> None:
    answer = client.get(f"{routes.AREA_MAP}.png", params=everywhere())
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.format == "PNG"
    assert picture.width > 1200


def test_the_map_of_a_release_says_about(client: TestClient) -> None:
    answer = client.get(f"{routes.AREA_MAP}.svg", params=everywhere(LOG, "zone", HALF_TERMS))
    assert answer.status_code == 200, answer.text
    assert "Protected figures: each is “about”" in words_of(answer.content)


def test_areas_come_with_their_shapes(client: TestClient, tmp_path: Path) -> None:
    features = json.loads(client.get(f"{routes.AREAS}.geojson", params=everywhere()).content)["features"]
    assert {one["properties"]["area"]: one["properties"]["n"] for one in features} == {
        "E01000001": 2, "E01000002": 1, "E01000003": 2, "E01000004": 1, "E01000005": 1, "E01000006": 0,
    }  # fmt: skip
    assert {one["geometry"]["type"] for one in features} == {"Polygon"}
    (tmp_path / "areas.gpkg").write_bytes(client.get(f"{routes.AREAS}.gpkg", params=everywhere()).content)
    assert len(gpd.read_file(tmp_path / "areas.gpkg")) == 6


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_is_logged_and_kept_nowhere_on_the_way(client: TestClient, address: str) -> None:
    asked = around_school() if address.startswith(routes.CONTEXT_MAP) else everywhere()
    before = len(list(access_log.entries()))
    answer = client.get(address, params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert len(list(access_log.entries())) == before + 1
    assert client.post(address, params=asked).status_code == 405


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "changed",
    [
        {"dataset": "99"},
        {"dataset": ASKED},
        {"by": ASKED},
        {"measure": ASKED},
        {"from": ASKED},
        {"from": "2030-01", "to": "2030-02"},
        {"harm": ASKED},
        {"category": ASKED},
    ],
    ids=lambda changed: f"{next(iter(changed))}",
)
def test_an_address_that_asks_for_what_there_is_not_gets_a_sentence(
    client: TestClient, address: str, changed: dict[str, str]
) -> None:
    answer = client.get(address, params={**around_school(), **changed})
    if "measure" in changed and address.startswith(routes.CONTEXT_MAP):
        assert answer.status_code == 200  # which always shows counts
        return
    assert answer.status_code == 400
    assert answer.text.endswith("use the link below the map.")
    assert ASKED not in answer.text


def test_nothing_of_a_dataset_that_is_not_released(
    client: TestClient, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = around_school(choice=AUTUMN, level="zone")
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(copied(home, tmp_path / "own")))
    fresh = small_place.add(open_store(), small_place.incidents(FRESH, today=SOON))
    with TestClient(Starlette(routes=routes.routes())) as asking:
        answers = [asking.get(address, params={**asked, "dataset": str(fresh)}) for address in ADDRESSES]
    open_store().close()
    assert {answer.status_code for answer in answers} == {403}
    assert not any("content-disposition" in answer.headers for answer in answers)
