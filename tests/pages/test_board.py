"""What a board sees of a protected dataset is its release: nothing else stands on any page, and it may be shared."""

import csv
import io
import re
import shutil
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from starlette.testclient import TestClient

from data.principal import LOCAL_USER
from data.store import partner_layers
from data.store.datasets import Access
from data.store.store import Store
from geo.harms import HARM_GROUPS
from pages.routes import downloads
from tests.pages.conftest import Open, again, turn_to
from tests.pages.facts import POLICE, SCHOOL, Facts, facts_of
from tests.pages.shown import Shown, number, told
from tests.pages.stores import TEMPLATE, add_hamlet

PAGES: Final = ("local_context", "area_map", "trends", "clock")
# Trends shows one chart with its table, and not a card for each harm group.
EXACT: Final[dict[str, str | list[str]]] = {"dataset": SCHOOL, "trend_harm": "All these harm groups"}
BOARD: Final = EXACT | {"board": "true"}
SWITCH: Final = "See it as a board would"
ONE_HALF_TERM: Final = {"from": "Autumn 2, 2025/26", "to": "Autumn 2, 2025/26"}
RARE: Final = "Child sexual exploitation and abuse"
ASKED: Final[dict[str, dict[str, str | list[str]]]] = {
    "as it opens": {},
    "all groups and years": {"harm": list(HARM_GROUPS.values()), "from": "Autumn 1, 2023/24"},
    "a rare group in one half-term": ONE_HALF_TERM | {"harm": RARE},
    "a zone by rate": {"measure": "Rate", "area": "Millbank (Castlebrook 008)", "radius": "1,600 m"},
    "districts": {"level": "District", "trend_level": "Zone", "trend_area": "Millbank (Castlebrook 008)"},
    "a district by rate in one half-term": ONE_HALF_TERM | {"level": "District", "measure": "Rate"},
    "an address of the custodian's": {"from": "Sep 2025", "to": "Oct 2025", "level": "LSOA", "category": "Bullying"},
}
# What a headline says that tells no count: a rate, as Trends tells one a week, or why there is none.
WITHOUT_COUNTS: Final = (
    r"per 1,000 residents|about [\d.]+ to [\d.]+ a week|: most terms hold fewer than 10, so no limits|"
    r"Over all kinds of harm, [^\d]*(\d{4}/\d\d )?(is|are) in line with what this area normally sees"
)
every_page = pytest.mark.parametrize("page", PAGES)
widening_page = pytest.mark.parametrize("page", ["local_context", "area_map"])
every_view = pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, SCHOOL)


def counts_in(shown: Shown) -> list[str]:
    """Return every count in the tables of a page: all cells but those of what is listed, of residents and of rates."""
    other = {
        "Rank",
        "Area",
        "Residents",
        "Half-term",
        "Term",
        "Harm group",
        "About, per 1,000 residents",
        "At least",
        "At most",
        "Incidents a week",
        "Usual level",
        "Usual range",
        "What stands out",
        "Noted",
        "Kind of day",
        "Harm",
        "Where",
        "Change",
        "What the chart says",
        "Last half-term",
        "Last term",
        "Day",
        "Part of the day",
        "Time",
        "Days",
        "About, a day",
    }
    return [
        cell
        for heading, *rows in shown.tables
        for row in rows
        for name, cell in zip(heading, row, strict=True)
        if name not in other
    ]


def first_figure(sentence: str) -> int:
    """Read the first protected figure of a sentence."""
    found = re.search(r"about [\d,]+|fewer than 10", sentence, re.IGNORECASE)
    assert found is not None, sentence
    return told(found[0].casefold())


@every_page
@every_view
def test_every_figure_is_about_a_multiple_of_five_or_fewer_than_ten(
    open_demo: Open, page: str, asked: dict[str, str | list[str]]
) -> None:
    shown = open_demo(page, BOARD | asked)
    assert shown.failed == []
    # In words: no number stands before "incidents", or beside a year before, without what makes it none to rely on;
    # how many incidents a method needs is a rule.
    assert not re.findall(
        r"(?<!about )(?<!than )(?<!needs )(?<!needs at least )(?<![\d,.])[\d,]+ (?:incidents|in the same)",
        shown.text,
        re.IGNORECASE,
    )
    in_words = re.findall(r"(about [\d,]+|fewer than \d+) (?:incidents|in the same)", shown.text, re.IGNORECASE)
    assert in_words or re.search(WITHOUT_COUNTS, shown.headline)
    for figure in in_words:
        told(figure.casefold())
    assert counts_in(shown)
    for cell in counts_in(shown):
        told(cell)
    counted = [row["n"] for rows in shown.charts for row in rows]
    assert bool(counted) == (page == "local_context")  # the others draw no counts here, but rates, times of day or none
    assert all(n == 0 or (n >= 10 and n % 5 == 0) for n in counted)


@pytest.mark.parametrize("page", ["local_context", "area_map"])
@every_view
def test_the_map_and_its_legend_say_about_and_fewer_than_ten(
    open_demo: Open, page: str, asked: dict[str, str | list[str]]
) -> None:
    shown = open_demo(page, BOARD | asked)
    texts, rate = shown.payload["texts"].split("|"), shown.payload["unit"] != "incidents"
    if rate:
        assert all(re.fullmatch(r"(about \d+\.\d)?", text) for text in texts)
    else:
        assert [told(text) for text in texts if text]
    labels = dict(shown.legend)
    assert sum(labels.values()) == len(texts)
    assert labels.pop("Too few to show separately", 0) == texts.count("")
    assert labels.pop("Fewer than 10", 0) == texts.count("fewer than 10")
    ends = [number(end) for label in labels for end in label.split("–")]
    assert rate or all(end >= 10 and end % 5 == 0 for end in ends)
    (piece,) = (piece for piece in shown.markup if "lc-legend" in piece.html)
    assert "about" in piece.text


@every_page
def test_nothing_of_the_rows_shows(open_demo: Open, facts: Facts, page: str) -> None:
    shown = open_demo(page, BOARD | {"harm": list(HARM_GROUPS.values()), "area": "Millbank (Castlebrook 008)"})
    for count in (facts.dataset.rows_read, facts.dataset.placed, int(facts.cells["n"].sum())):
        assert f"{count:,}" not in shown.text
    assert not re.search(r"\d\.\d+\s?%", shown.text)
    assert "rows read" not in shown.text
    assert "exact" not in shown.text.casefold()
    months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    # The day of an action is that of the register.
    assert not re.search(rf"(?<!\d )\b({months}) 20\d\d", shown.text.split("Known hotspots")[0])
    keys = {each.key for kind in ("selectbox", "multiselect") for each in getattr(shown.app, kind)}
    assert "category" not in keys


@every_page
def test_pickers_offer_half_terms_and_every_harm_group(open_demo: Open, page: str) -> None:
    pickers = open_demo(page, BOARD).app
    for key in ("from", "to"):
        offered = pickers.selectbox(key=key).options
        assert len(offered) == 18
        assert all(re.fullmatch(r"(Autumn|Spring|Summer) [12], 20\d\d/\d\d", option) for option in offered)
    assert list(pickers.multiselect(key="harm").options) == list(HARM_GROUPS.values())


def test_levels_begin_with_zones(open_demo: Open) -> None:
    picker = open_demo("area_map", BOARD).app.segmented_control(key="level")
    assert list(picker.options) == ["Zone", "MSOA", "Ward", "District"]
    assert picker.value == "zone"
    of_trends = open_demo("trends", BOARD).app.segmented_control(key="trend_level")
    assert list(of_trends.options) == ["All areas together", "District", "Ward", "MSOA", "Zone"]


@widening_page
def test_what_is_too_small_is_widened_and_that_is_said(open_demo: Open, page: str) -> None:
    shown = open_demo(page, BOARD | ONE_HALF_TERM | {"harm": RARE})
    assert shown.failed == []
    assert "Widened to " in shown.text
    assert "what was chosen holds fewer than 10 incidents, too few to show." in shown.text
    assert first_figure(shown.headline) >= 10
    assert any(told(cell) >= 10 for cell in counts_in(shown))


@every_page
def test_what_is_large_enough_is_not_widened(open_demo: Open, page: str) -> None:
    shown = open_demo(page, BOARD | {"from": "Autumn 1, 2024/25", "school": "Castlebrook Academy"})
    assert "Widened" not in shown.text


def test_an_area_that_is_too_small_is_looked_at_in_wider_terms_and_that_is_said(open_demo: Open) -> None:
    shown = open_demo("area_map", BOARD | {"harm": "Drugs and alcohol", "area": "Castle (Castlebrook 001)"})
    (heading,) = (piece for piece in shown.markup if "<h2" in piece.html and "Castle (Castlebrook 001)" in piece.text)
    assert "Widened to " in heading.text
    assert first_figure(heading.text.split("too few to show.")[1]) >= 10


@pytest.mark.parametrize(
    "asked",
    [{}, {"level": "MSOA", "measure": "Rate"}, ONE_HALF_TERM | {"harm": RARE}],
    ids=["zones", "rates", "widened"],
)
def test_the_download_holds_the_rows_of_the_table(
    open_demo: Open, client: TestClient, asked: dict[str, str | list[str]]
) -> None:
    shown = open_demo("area_map", BOARD | asked)
    (link,) = (one for one in shown.links if one.startswith(downloads.AREAS))
    given = client.get(link)
    assert given.status_code == 200
    written = [
        (row["rank"] or "–", row["name"], row["shown"], row["n"] or "0", number(row["rate"] or "–"))
        for row in csv.DictReader(io.StringIO(given.text))
    ]
    listed = [
        (
            row["Rank"],
            row["Area"],
            row["Incidents"],
            str(told(row["Incidents"])),
            number(row["About, per 1,000 residents"]),
        )
        for row in shown.table("Rank")
    ]
    assert [line[:4] for line in written] == [line[:4] for line in listed]
    assert [line[4] for line in written] == pytest.approx([line[4] for line in listed], abs=0.05, nan_ok=True)


def test_larger_areas_are_sums_of_zones(open_demo: Open) -> None:
    address = BOARD | {"harm": list(HARM_GROUPS.values()), "from": "Autumn 1, 2023/24"}
    zones, districts = (
        sum(told(row["Incidents"]) for row in open_demo("area_map", address | {"level": level}).table("Rank"))
        for level in ("Zone", "District")
    )
    assert zones == districts
    assert sum(told(row["Incidents"]) for row in open_demo("trends", address).table("Usual range")) == zones


@every_page
def test_figures_may_be_shared_and_say_so_at_every_table_and_legend(open_demo: Open, page: str) -> None:
    shown = open_demo(page, BOARD)
    assert "Safe to share." in shown.text
    pieces = [piece for piece in shown.markup if piece.tables or "lc-legend" in piece.html]
    assert pieces
    assert [piece.text for piece in pieces if "(protected: about)" not in piece.text] == []


@every_page
def test_the_switch_turns_exact_figures_into_protected_ones_and_back(open_demo: Open, page: str) -> None:
    shown = open_demo(page, EXACT)
    exact = (shown.headline, shown.tables)
    assert not shown.app.toggle(key="board").value
    shown.app.toggle(key="board").set_value(True)
    shown = again(shown)
    assert shown.failed == []
    assert shown.headline == open_demo(page, BOARD).headline
    shown.app.toggle(key="board").set_value(False)
    shown = again(shown)
    assert (shown.headline, shown.tables) == exact
    assert shown.headline != open_demo(page, BOARD).headline


def test_the_boards_view_goes_along_to_other_pages(open_demo: Open) -> None:
    shown = open_demo("area_map", BOARD)
    for page in ("trends", "local_context", "area_map"):
        shown = turn_to(shown, page)
        assert shown.failed == []
        assert shown.app.toggle(key="board").value
        assert "Safe to share." in shown.text


@pytest.fixture(scope="module")
def without_layers(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> Path:
    """The demonstration town without the layer of its partnership, of which a board sees nothing."""
    home = tmp_path_factory.mktemp("alone") / "town"
    shutil.copytree(demo_home, home)
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        partner_layers.remove_layer(store, LOCAL_USER, 1)
    return home


@every_page
def test_open_datasets_have_no_switch_where_a_board_sees_the_same(
    open_page: Open, without_layers: Path, page: str
) -> None:
    plain = open_page(without_layers, page, {"dataset": POLICE})
    asked = open_page(without_layers, page, {"dataset": POLICE, "board": "true"})
    for shown in (plain, asked):
        assert SWITCH not in [each.label for each in shown.app.toggle]
    assert asked.headline == plain.headline
    assert asked.tables == plain.tables


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose only dataset is protected and holds three incidents."""
    home = tmp_path_factory.mktemp("hamlet")
    add_hamlet(home, Access.PROTECTED)
    return home


@every_page
def test_the_switch_in_the_address_alone_opens_the_boards_view(open_page: Open, hamlet: Path, page: str) -> None:
    shown = open_page(hamlet, page, {"board": "true", "school": TEMPLATE})
    assert shown.failed == []
    assert (SWITCH, True) in [(each.label, each.value) for each in shown.app.toggle]
    assert "Safe to share." in shown.text
    assert "Exact: do not share." in open_page(hamlet, page, {"school": TEMPLATE}).text


@every_page
def test_what_occurs_in_a_small_dataset_cannot_be_told(open_page: Open, hamlet: Path, page: str) -> None:
    shown = open_page(hamlet, page, {"board": "true", "area": "Elsewhere", "school": TEMPLATE})
    assert list(shown.app.multiselect(key="harm").options) == list(HARM_GROUPS.values())
    counted = [row["n"] for rows in shown.charts for row in rows]
    if page in ("local_context", "area_map"):
        assert {told(cell) for cell in counts_in(shown)} == {0}
        assert set(counted) == {0}
    else:  # no limits and no clock can be made of three incidents, and that is what is said
        assert re.search("there is too little to say how|there is none for these years", shown.headline)
        assert counts_in(shown) == counted == []
    assert "Theft" not in shown.text  # a category of its own, which a custodian reads
