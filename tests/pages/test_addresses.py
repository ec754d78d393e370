"""An address may be old, cut short or made up; a page then shows what it can, and never fails."""

import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.pages.conftest import Open, again, turn_to
from tests.pages.facts import POLICE, SCHOOL
from tests.pages.stores import MARKUP, TITLE, add_hamlet

PAGES: Final = (
    "local_context", "area_map", "known_hotspots", "way_home", "safe_places", "trends", "clock", "did_and_owe",
    "briefing", "set_up", "upload", "datasets", "guide",
)  # fmt: skip
NONSENSE: Final[dict[str, str | list[str]]] = {
    "school": "No Such School",
    "dataset": "-1",
    "from": "2026-13",
    "to": "Aug 2926",
    "harm": ["Arson", "<script>"],
    "measure": "per capita",
    "level": "planet",
    "category": "Treason",
    "area": "E01000001",
    "rows": "-7",
    "radius": "12 miles",
    "trend_harm": "Persons",
    "trend_level": "street",
    "trend_area": "Atlantis",
    "trend_by": "fortnight",
    "trend_by_released": "Month",
    "trend_figure_month": "Each person",
    "trend_side": "Ranked",
    "trend_action": "ZZ",
    "trend_page": "-3",
    "hotspot": "CBH-99",
    "known_status": "Haunted",
    "known_sort": "By luck",
    "overdue": "perhaps",
    "unknown": "x" * 2000,
}


@pytest.fixture(scope="module")
def two_places(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> Path:
    """A store with the town, and with a hamlet that has other areas, months, schools and categories."""
    home = tmp_path_factory.mktemp("two") / "places"
    shutil.copytree(demo_home, home)
    add_hamlet(home)
    return home


@pytest.mark.parametrize("page", PAGES)
def test_what_an_address_has_wrong_is_ignored(open_demo: Open, page: str) -> None:
    shown, plain = open_demo(page, NONSENSE), open_demo(page)
    assert shown.failed == []
    assert shown.headline == plain.headline
    assert shown.tables == plain.tables


@pytest.mark.parametrize("key", NONSENSE)
def test_one_wrong_part_leaves_the_others_standing(open_demo: Open, key: str) -> None:
    good = {"from": "Jan 2026", "harm": "Drugs and alcohol", "measure": "Rate", "level": "Ward"}
    shown = open_demo("area_map", good | {key: NONSENSE[key]})
    assert shown.failed == []
    assert ("Jan–Aug 2026" in shown.headline) is (key not in ("from",))
    assert ("per 1,000" in shown.headline) is (key != "measure")
    assert shown.app.segmented_control(key="level").value == ("lsoa" if key == "level" else "ward")


@pytest.mark.parametrize("page", PAGES)
def test_an_address_of_one_dataset_opens_on_another(open_page: Open, two_places: Path, page: str) -> None:
    of_the_town = {
        "dataset": TITLE, "school": "Castlebrook Academy", "from": "Jun 2026", "to": "Aug 2026", "level": "MSOA",
        "area": "Eastmoor (Castlebrook 005C)", "category": "Robbery", "rows": "3", "trend_area": "Castlebrook North",
        "trend_level": "District", "harm": "Anti-social behaviour", "trend_harm": "Anti-social behaviour",
        "trend_action": "A",
    }  # fmt: skip
    assert open_page(two_places, page, of_the_town).failed == []


@pytest.mark.parametrize("page", ["local_context", "area_map", "trends"])
def test_another_dataset_can_be_chosen_and_the_first_again(open_page: Open, two_places: Path, page: str) -> None:
    address: dict[str, str | list[str]] = {
        "dataset": POLICE, "from": "Jan 2025", "level": "Ward", "trend_level": "LSOA", "category": "Robbery",
        "trend_area": "Eastmoor (Castlebrook 005C)", "trend_harm": "Drugs and alcohol", "area": "Castle",
    }  # fmt: skip
    shown = open_page(two_places, page, address)
    for title in (TITLE, SCHOOL, POLICE, TITLE):
        shown.app.selectbox(key="dataset").set_value(title)
        shown = again(shown)
        assert shown.failed == []
        if page == "local_context" and title == TITLE:
            assert "Brookfield School lies outside the areas of" in shown.text
        else:
            assert ("2019" in shown.text) is (title == TITLE)


def test_a_level_of_other_areas_lets_go_of_the_chosen_area(open_demo: Open) -> None:
    shown = open_demo("area_map", {"area": "Eastmoor (Castlebrook 005C)"})
    assert shown.payload["selected"] is not None
    shown.app.segmented_control(key="level").set_value("msoa")
    shown = again(shown)
    assert shown.failed == []
    assert shown.payload["selected"] is None


@pytest.mark.parametrize("named", ["Castlebrook 005C", "Old Moor (Castlebrook 005C)"])
@pytest.mark.parametrize(
    ("page", "key", "address"),
    [("area_map", "area", {}), ("trends", "trend_area", {"trend_level": "LSOA", "trend_harm": "Drugs and alcohol"})],
)
def test_an_address_from_before_areas_were_spoken_of_by_their_wards_finds_its_area(
    open_demo: Open, page: str, key: str, address: dict[str, str | list[str]], named: str
) -> None:
    shown = open_demo(page, address | {key: named})
    assert shown.failed == []
    assert shown.app.selectbox(key=key).value == "Eastmoor (Castlebrook 005C)"
    assert shown.app.query_params[key] in ("Eastmoor (Castlebrook 005C)", ["Eastmoor (Castlebrook 005C)"])


def test_the_selection_goes_along_to_other_pages(open_demo: Open) -> None:
    shown = open_demo("area_map", {"from": "Jan 2026", "to": "Feb 2026", "harm": "Drugs and alcohol"})
    for page in ("trends", "local_context", "area_map"):
        shown = turn_to(shown, page)
        assert "Jan–Feb 2026" in shown.text
        assert shown.app.multiselect(key="harm").value == ["Drugs and alcohol"]


def test_an_area_is_found_by_a_name_that_means_harm(open_page: Open, two_places: Path) -> None:
    shown = open_page(two_places, "area_map", {"dataset": TITLE, "area": MARKUP})
    assert shown.payload["selected"] == "H0"
