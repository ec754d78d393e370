"""The maps that pages offer as files hold what the page shows; of exact figures there is none."""

import re
from urllib.parse import urlsplit

import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.wording import how_many
from pages.routes import map_downloads
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, SCHOOL
from tests.pages.shown import Shown

WORDS = "{http://www.w3.org/2000/svg}text"


def fetched(link: str) -> str:
    with TestClient(Starlette(routes=map_downloads.routes())) as client:
        answer = client.get(link)
    assert answer.status_code == 200, answer.text
    return " ".join(one.text or "" for one in etree.fromstring(answer.content).iter(WORDS))


def classes(shown: Shown) -> set[str]:
    """Return the classes of a page's legend with their areas."""
    return {f"{label} ({how_many(areas, 'area', 'areas')})" for label, areas in shown.legend.items()}


def classes_said(said: str) -> set[str]:
    """Return the classes that a map's own legend says with their areas."""
    return set(re.findall(r"[\d,–]+ \([\d,]+ areas?\)", said))


def forms(links: list[str]) -> set[str]:
    return {urlsplit(link).path.removeprefix("/lc/download/") for link in links if "-map." in link or "areas.g" in link}


def test_the_area_map_offers_its_map_and_its_areas(open_demo: Open) -> None:
    shown = open_demo("area_map", {"dataset": POLICE})
    assert forms(shown.links) == {"area-map.svg", "area-map.png", "areas.geojson", "areas.gpkg"}
    (link,) = (one for one in shown.links if "area-map.svg" in one)
    said = fetched(link)
    assert "Incidents by LSOA" in said
    assert "Source: " in said
    assert classes(shown) <= classes_said(said)


def test_local_context_offers_the_map_around_the_school(open_demo: Open) -> None:
    shown = open_demo("local_context", {"dataset": POLICE, "school": "Castlebrook Academy"})
    assert forms(shown.links) == {"context-map.svg", "context-map.png"}
    (link,) = (one for one in shown.links if "context-map.svg" in one)
    said = fetched(link)
    assert "Incidents by area around Castlebrook Academy" in said
    assert classes(shown) <= classes_said(said)


@pytest.mark.parametrize("page", ["area_map", "local_context"])
def test_exact_figures_are_no_file_and_a_board_s_are(open_demo: Open, page: str) -> None:
    address = {"dataset": SCHOOL, "school": "Castlebrook Academy"}
    assert forms(open_demo(page, address).links) == set()
    board = open_demo(page, address | {"board": "true"})
    (link,) = (one for one in board.links if "-map.svg" in one)
    assert "Protected figures: each is “about”" in fetched(link)
