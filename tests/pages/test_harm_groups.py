"""Harm groups say what they hold: “Other” is listed, categories can be moved, the police series is named as theirs."""

from pathlib import Path
from typing import Final

import pytest

from geo.harms import HARM_GROUPS
from tests.pages.conftest import PATHS, Open, again, turn_to
from tests.pages.facts import POLICE, SCHOOL, facts_of
from tests.pages.shown import Shown
from tests.pages.uploading import CHECK, INCIDENTS, Table, brought, buttons, csv_file, kept, pick, pressed, stamp

SERIES: Final = "Violence and sexual offences"
SHOWN: Final = "Violence and sexual offences (police)"
WORD: Final = "serious"
LAW: Final = "Serious Violence Duty"
IN_OTHER: Final = "Grouped under “Other”, which a school’s pages leave out until it is chosen"
CHANGE: Final = "Change the groups"
LOG: Final[Table] = [
    ("Date", "Area", "Category"),
    ("03/06/2026", "X01000001", "Sexual harassment"),
    ("04/06/2026", "X01000001", "Graffiti"),
    ("05/06/2026", "X01000002", "Graffiti"),
    ("06/06/2026", "X01000002", "Missing"),
]


def options(shown: Shown) -> list[str]:
    """List every option of every picker on the page."""
    pickers = [*shown.app.selectbox, *shown.app.multiselect]
    return [str(option) for picker in pickers for option in picker.options]


def move(shown: Shown, dataset: int, categories: list[str], harm: str) -> Shown:
    """Move categories of a dataset to a harm group."""
    shown.app.multiselect(key=f"_move_categories_{dataset}").set_value(categories)
    shown.app.selectbox(key=f"_move_harm_{dataset}").set_value(harm)
    next(button for button in shown.app.button if button.label == CHANGE).click()
    return again(shown)


@pytest.mark.parametrize("page", PATHS)
@pytest.mark.parametrize("title", [POLICE, SCHOOL])
def test_no_page_calls_anything_serious(open_demo: Open, page: str, title: str) -> None:
    shown = open_demo(page, {"dataset": title})
    assert shown.failed == []
    guidance = [piece for piece in shown.markup if LAW in piece.text]  # it is told in words of its own
    text = shown.text
    for piece in guidance:
        text = text.replace(" ".join(piece.text.split()), "")
    tables = [str(table) for piece in shown.markup if piece not in guidance for table in piece.tables]
    said = [text, *options(shown), *tables]
    assert WORD not in " ".join(said).casefold()


def test_the_police_series_is_named_so_wherever_the_area_map_shows_it(open_demo: Open, demo_home: Path) -> None:
    shown = open_demo("area_map", {"dataset": POLICE, "category": SHOWN, "area": "Eastmoor (Castlebrook 005C)"})
    assert shown.failed == []
    assert shown.app.selectbox(key="category").value == SERIES
    assert SHOWN in options(shown)
    assert SERIES not in options(shown)
    assert f"incidents in the category {SHOWN}," in shown.headline
    assert [row["Police category"] for row in shown.table("Police category")] == [SHOWN]
    facts = facts_of(demo_home, POLICE)
    whole = facts.chosen(("2025-09", "2026-08"), (), SERIES)["n"].sum()
    assert f"of {whole:,} incidents" in shown.headline


def test_datasets_lists_what_falls_into_other_with_its_size(open_demo: Open, demo_home: Path) -> None:
    shown = open_demo("datasets")
    for title in (POLICE, SCHOOL):
        facts = facts_of(demo_home, title)
        sizes = facts.cells.groupby("category")["n"].sum()
        other = sizes[[harm == "other" for harm in sizes.index.map(dict(facts.dataset.harm_of))]]
        listed = ", ".join(f"{name} {n:,}" for name, n in other.sort_values(ascending=False).items())
        share = f"{other.sum():,} of {sizes.sum():,} incidents placed ({100 * other.sum() / sizes.sum():.0f} %)."
        assert f"{IN_OTHER}: {listed}; {share}" in shown.text
    assert f"{SHOWN} → Violence and weapons" in shown.text
    assert shown.text.count("Exact: do not share.") == 2  # of the incidents, and of the marks


def test_a_board_sees_no_category_of_a_protected_dataset(open_demo: Open) -> None:
    shown = turn_to(open_demo("local_context", {"dataset": SCHOOL, "board": "true"}), "datasets")
    assert shown.failed == []
    card = next(piece.text for piece in shown.markup if f" {SCHOOL}" in piece.text)
    assert "Exact: do not share." not in shown.text
    assert IN_OTHER not in card
    assert "→" not in card  # a category that is there has had an incident


def test_a_custodian_moves_a_category_of_an_open_dataset_and_history_says_so(open_page: Open, home: Path) -> None:
    shown = open_page(home, "datasets")
    number = next(one.id for one in kept(home) if one.title == POLICE)
    shown = move(shown, number, ["Burglary", SERIES], "asb")
    assert shown.failed == []
    assert f"“Burglary” and “{SHOWN}” count under “Anti-social behaviour” now." in shown.text
    [now] = [one for one in kept(home) if one.id == number]
    assert (now.harm_of["Burglary"], now.harm_of[SERIES]) == ("asb", "asb")
    noted = "by local user: “Burglary” counts under “Anti-social behaviour”, before under “Other”; "
    assert shown.text.count(noted) == 2  # on its card and in its history
    assert f"Burglary → {HARM_GROUPS['asb']}" in shown.text
    mapped = turn_to(shown, "area_map")
    assert "Violence and weapons" in options(mapped)


def test_a_change_without_a_group_is_refused_and_writes_nothing(open_page: Open, home: Path) -> None:
    shown = open_page(home, "datasets")
    before = stamp(home)
    next(button for button in shown.app.button if button.label == CHANGE).click()
    shown = again(shown)
    [refused] = [each.value for each in shown.app.error]
    assert refused.startswith("A change needs at least one category and a group that it does not count in yet")
    assert stamp(home) == before


def test_of_a_released_dataset_the_groups_change_with_the_next_version(open_page: Open, home: Path) -> None:
    shown = open_page(home, "datasets")
    assert buttons(shown).count(CHANGE) == 1  # of the open one
    assert "what is released keeps the groups it was released in" in shown.text


def test_what_falls_into_other_is_listed_before_an_import(open_page: Open, home: Path) -> None:
    shown = pressed(brought(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(LOG)), CHECK)
    assert shown.failed == []
    [caption] = [piece.text for piece in shown.markup if IN_OTHER in piece.text]
    assert f"{IN_OTHER}: 3 of 4 incidents placed (75 %)" in caption
    assert [tuple(row.values()) for row in shown.table("Category")] == [("Graffiti", "2"), ("Missing", "1")]
    grouped = {row["School category"]: row["Grouped under"] for row in shown.table("Grouped under")}
    assert grouped["Sexual harassment"] == "Harm between children"
    for category in ("Graffiti", "Missing"):
        shown = pick(shown, category, "asb")
    assert "No category is grouped under “Other”." in shown.text
