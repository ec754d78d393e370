"""Busiest places: one numbering for list, table and map; a switch for what is recorded elsewhere; none if protected."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from starlette.testclient import TestClient

from geo.views.extent import Where
from pages.components.frame import elsewhere
from pages.components.frame.addresses import KEPT
from pages.routes import trend_downloads
from tests.pages import test_findings as findings
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE
from tests.pages.facts import SCHOOL as PROTECTED
from tests.pages.shown import Markup, Shown, number
from tests.pages.stores import PICTURE
from tests.pages.test_filter_chips import removable, taken_off
from tests.unit.data import small_place
from tests.unit.data.running import done

DEMO: Final = {"dataset": POLICE, "school": "Castlebrook Academy", "radius": "1,600 m"}
HILL: Final = {"school": "Hill School", "radius": "800 m", "from": "Aug 2021", "to": "Aug 2021"}
SWITCH: Final = {elsewhere.KEY: "true"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small place in August, with a hospital, and a street whose name means harm."""
    made = tmp_path_factory.mktemp("busy")
    files, home = small_place.write(made / "files"), made / "home"
    street = made / small_place.STREET_FILES[0]
    named = ["On or near Hospital", "On or near Hospital", f"On or near {PICTURE}", "No Location", ""]
    rows = [(*row, place) for row, place in zip(small_place.AUGUST, named, strict=True)]
    street.write_text(small_place.table((*small_place.STREET_HEADER, "Location"), rows), encoding="utf-8")
    done(home, "areas", files[small_place.AREAS_FILE], *small_place.AREA_OPTIONS)
    done(home, "schools", files["schools.csv"])
    done(home, "import", street)
    return home


def listed(shown: Shown) -> dict[int, tuple[str, str]]:
    """Return the name and the words of each place of the list, by its number."""
    items = [item for piece in shown.markup for item in re.findall(r'<li><span class="lc-letter">.*?</li>', piece.html)]
    found = {}
    for item in items:
        text = " ".join(Markup(item).text.split())
        head = re.match(r"(\d+)\s*On or near (.*?)(?: · [\d.,]+ k?m [a-z-]+)? ([\d,]+ incidents?[,.].*)", text)
        assert head is not None, text
        found[int(head[1])] = (head[2].strip(), head[3])
    return found


def on_map(shown: Shown) -> dict[int, tuple[str, str]]:
    return {one["number"]: (one["name"], one["text"]) for one in shown.payload["places"]}


def counted(words: str) -> int:
    return int(number(words.split(" ")[0]))


def assert_of_one_numbering(shown: Shown) -> dict[int, tuple[str, str]]:
    """Hold that list and map name the same places by the same numbers, most incidents first; return the list."""
    found, drawn = listed(shown), on_map(shown)
    assert list(found) == list(drawn) == list(range(1, len(found) + 1))
    for at, (name, words) in found.items():
        assert drawn[at][0] == f"On or near {name}"
        assert drawn[at][1].split(" ")[0] == words.split(" ")[0]
    counts = [counted(words) for _, words in found.values()]
    assert counts == sorted(counts, reverse=True)
    return found


def test_list_table_and_map_number_the_same_places(open_demo: Open) -> None:
    shown = open_demo("local_context", DEMO)
    assert shown.failed == []
    found = assert_of_one_numbering(shown)
    assert len(found) == 10
    table = shown.table("Number")
    assert {int(row["Number"]): row["On or near"] for row in table} == {at: name for at, (name, _) in found.items()}
    heading = next(key for key in table[0] if key.startswith("Incidents, "))
    for row in table:
        mix = [number(row[group]) for group in ("Violence and weapons", "Drugs and alcohol", "Anti-social behaviour")]
        assert sum(mix) == number(row[heading]) == counted(found[int(row["Number"])][1])
        assert number(row["Metres away"]) <= 1600


def test_three_lines_name_the_three_busiest_by_their_numbers(open_demo: Open) -> None:
    shown = open_demo("local_context", DEMO)
    (lines,) = (piece.text for piece in shown.markup if "lc-lines" in piece.html)
    said = " ".join(lines.split())
    for at, (name, words) in list(listed(shown).items())[:3]:
        assert f"{at} {name} {counted(words)}" in said


def test_a_change_is_said_with_its_certainty(open_demo: Open) -> None:
    certainty = (
        r"Unlikely to be chance|Could be chance|Too few to say whether that is a change|as many as a year before"
    )
    told = [words for _, words in listed(open_demo("local_context", DEMO)).values()]
    assert len([words for words in told if re.search(certainty, words)]) >= 5
    assert all(re.search(certainty, words) for words in told[:5])
    first = listed(open_demo("local_context", DEMO | {"from": "Sep 2023", "to": "Nov 2023"}))
    assert not [words for _, words in first.values() if re.search(certainty, words)]


def test_fewer_months_say_the_last_twelve_too(open_demo: Open) -> None:
    shown = open_demo("local_context", DEMO | {"from": "Jun 2026", "to": "Aug 2026"})
    assert re.search(r"\d+ in the last 12 months\.", listed(shown)[1][1])
    assert "last 12 months, to Aug 2026." in shown.text
    row = shown.table("Number")[0]
    assert number(row["Last 12 months, to Aug 2026"]) >= number(row["Incidents, Jun–Aug 2026"])


def test_a_pressed_number_moves_the_map_to_its_place_and_another_filter_lets_go(open_demo: Open) -> None:
    shown = open_demo("local_context", DEMO)
    usual, place = shown.payload["fit"], shown.payload["places"][-1]
    numbers = shown.app.pills(key="busy_place")
    assert list(numbers.options) == [str(number) for number in on_map(shown)]
    numbers.set_value(numbers.options[-1])
    shown = again(shown)
    (south, west), (north, east) = shown.payload["fit"]
    assert (south + north) / 2 == pytest.approx(place["lat"], abs=1e-4)
    assert (west + east) / 2 == pytest.approx(place["lon"], abs=1e-4)
    shown.app.segmented_control(key="radius").set_value("400 m")
    assert again(shown).payload["fit"] == usual


def test_what_is_recorded_for_elsewhere_is_apart_until_the_switch_counts_it_in(open_page: Open, small: Path) -> None:
    shown = open_page(small, "local_context", HILL)
    assert "in a straight line: 1 incident, Aug 2021" in shown.headline
    assert "Recorded for elsewhere: Hospital 2 (counted apart" in shown.text
    assert [name for name, _ in assert_of_one_numbering(shown).values()] == [PICTURE]
    shown.app.toggle(key=elsewhere.KEY).set_value(True)
    shown = again(shown)
    assert shown.failed == []
    assert "in a straight line: 3 incidents, Aug 2021" in shown.headline
    assert "2 of these are recorded at a hospital, and counted in as you chose" in shown.text
    assert [(name, counted(words)) for name, words in assert_of_one_numbering(shown).values()] == [
        (f"Hospital, near {PICTURE}", 2)
        if "near" in on_map(shown)[1][0].removeprefix("On or near")
        else ("Hospital", 2),
        (PICTURE, 1),
    ]
    (bars,) = (rows for rows in shown.charts if "harm" in rows[0])
    assert sum(row["n"] for row in bars) == 3
    assert removable(shown) == {elsewhere.KEY: "With what is recorded for elsewhere"}
    shown = taken_off(shown, elsewhere.KEY)
    assert "in a straight line: 1 incident, Aug 2021" in shown.headline


def test_the_switch_is_in_the_address_and_goes_from_page_to_page(open_page: Open, small: Path) -> None:
    around = HILL | SWITCH | {"where": "Around my school"}
    assert "3 incidents" in open_page(small, "local_context", around).headline
    trends = open_page(small, "trends", around)
    assert trends.failed == []
    assert "within 800 m of Hill School, with what is recorded for elsewhere" in trends.text
    assert elsewhere.KEY in KEPT
    for page in ("area_map", "clock", "local_context"):
        trends.app.switch_page(f"{page}.py").run()
        assert trends.app.toggle(key=elsewhere.KEY).value is True


@pytest.mark.parametrize("counts", [{}, SWITCH], ids=["apart", "in"])
def test_trends_and_their_download_follow_the_switch(
    open_page: Open, small: Path, monkeypatch: pytest.MonkeyPatch, counts: Mapping[str, str]
) -> None:
    shown = open_page(small, "trends", HILL | {"where": "Around my school", "harm": "Anti-social behaviour"} | counts)
    links = [link for link in shown.links if link.startswith(trend_downloads.TREND)]
    assert [("elsewhere=yes" in link) for link in links] == [bool(counts)] * len(links)
    assert links


def test_the_name_of_a_street_is_never_markup(open_page: Open, small: Path) -> None:
    for page in ("local_context", "area_map"):
        shown = open_page(small, page, HILL | {"area": "Anytown 2"})
        assert shown.failed == []
        assert PICTURE in shown.text
        tags = [tag for piece in shown.markup for tag, _ in piece.tags]
        assert "img" not in tags
        (sent,) = shown.maps
        assert "<img" not in sent["feature_group"]


def test_an_area_lists_its_places_by_the_numbers_on_its_map(open_demo: Open) -> None:
    plain = open_demo("area_map", {"dataset": POLICE})
    assert on_map(plain) == {}
    name = plain.table("Rank")[0]["Area"]
    shown = open_demo("area_map", {"dataset": POLICE, "area": name})
    found = assert_of_one_numbering(shown)
    assert found
    assert f"Busiest places in {name}" in shown.text
    assert sum(counted(words) for _, words in found.values()) <= number(plain.table("Rank")[0]["Incidents"]) * 1.1


@pytest.mark.parametrize("board", [{}, {"board": "true"}], ids=["custodian", "board"])
def test_protected_data_have_no_places_no_numbers_and_no_switch(open_demo: Open, board: dict[str, str]) -> None:
    chosen = {"dataset": PROTECTED, "school": "Castlebrook Academy", **SWITCH, **board}
    for page in ("local_context", "area_map", "trends"):
        around = chosen | {"where": "Around my school"}
        shown = open_demo(page, around)
        if page == "area_map":
            shown = open_demo(page, around | {"area": shown.table("Area")[0]["Area"]})
        assert shown.failed == []
        assert elsewhere.KEY not in {one.key for one in shown.app.toggle}
        assert not [piece for piece in shown.markup if "lc-places" in piece.html]
        assert "On or near" not in shown.text
        assert "recorded for elsewhere" not in shown.text
        if page != "trends":
            assert shown.payload["places"] == []
            assert "busy_place" not in {one.key for one in shown.app.get("button_group")}


def test_a_protected_download_takes_no_notice_of_the_switch(client: TestClient, open_demo: Open) -> None:
    shown = open_demo("trends", {"dataset": PROTECTED, "board": "true", "school": "Castlebrook Academy", **SWITCH,
                                 "where": Where.SCHOOL, "trend_harm": "Drugs and alcohol"})  # fmt: skip
    (link,) = (link for link in shown.links if link.startswith(trend_downloads.TREND))
    assert "elsewhere" not in link
    assert client.get(f"{link}&elsewhere=yes").text == client.get(link).text


def test_a_finding_lists_its_places_by_the_numbers_on_its_map(open_demo: Open) -> None:
    told = findings.listed(open_demo("local_context", findings.ALL))
    for item in told[:2]:
        shown = open_demo("area_map", findings.link_to(item, "area-map"))
        found = assert_of_one_numbering(shown)
        assert found
        assert "Busiest places of this finding" in shown.text
        (said,) = re.findall(r'class="lc-sure">(.*?)</p>', item)
        assert Markup(said).text in shown.text
        if share := re.search(r"Of these, (\d+) on or near (.*?)(?: and \d|[,.(])", Markup(said).text):
            assert found[1][0].startswith(share[2].strip())
            assert counted(found[1][1]) == int(share[1])
