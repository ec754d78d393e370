"""Versions of a dataset are listed, compared, shown again and removed; and nothing goes that nobody asked to go."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from pages.routes.downloads import PACKAGE
from tests.pages.conftest import Open, again, turn_to
from tests.pages.shown import Shown
from tests.pages.uploading import CHECK, INCIDENTS, Table, brought, buttons, csv_file, kept, pick, pressed, stamp

HEAD: Final = ("Date", "Area", "Category")
FIRST: Final[Table] = [
    HEAD,
    ("03/06/2026", "X01000001", "Bullying"),
    ("04/06/2026", "X01000001", "Bullying"),
    ("05/06/2026", "X01000002", "Vaping"),
]
SECOND: Final[Table] = [*FIRST, ("06/07/2026", "X01000002", "Vaping"), ("07/06/2026", "X01000003", "Vaping")]
TITLE: Final = "Incidents from log.csv"
LABEL: Final = f"A new version of all of “{TITLE}” (dataset 4)"

Two = Callable[[], Shown]


def bring_second(shown: Shown) -> Shown:
    """Bring the next version of the dataset that was brought before."""
    shown = brought(pressed(shown, "Upload more"), INCIDENTS, "later.csv", csv_file(SECOND))
    return pressed(pressed(pick(shown, "This is", LABEL), CHECK), "Import")


def bring_first(open_page: Open, home: Path) -> Shown:
    return pressed(
        pressed(brought(open_page(home, "upload"), INCIDENTS, "log.csv", csv_file(FIRST)), CHECK),
        "Import",
    )


@pytest.fixture
def two(open_page: Open, home: Path) -> Two:
    """A function that brings a dataset in two versions and turns to the page of datasets."""
    return lambda: turn_to(bring_second(bring_first(open_page, home)), "datasets")


def versions_of(shown: Shown) -> list[tuple[str, str, str]]:
    """List the versions of the newest dataset: number, state, rows read."""
    return [(row["Version"], row["State"].split(" ")[0], row["Rows read"]) for row in shown.table("Version")]


def test_the_next_version_takes_the_title_and_the_place_of_the_one_before(two: Two, home: Path) -> None:
    shown = two()
    assert shown.failed == []
    assert versions_of(shown) == [("2", "shown", "5"), ("1", "superseded", "3")]
    assert f"History: 2 versions of “{TITLE}”" in [expander.label for expander in shown.app.expander]
    newest, *others = kept(home)
    assert (newest.id, newest.title, newest.number, newest.rows_read) == (4, TITLE, 2, 5)
    assert len(others) == 3


def test_what_changed_between_two_versions_is_said_and_is_exact(two: Two) -> None:
    shown = pick(two(), "What changed", "Version 2 beside version 1")
    assert shown.failed == []
    assert "Exact figures of a protected dataset: do not share." in shown.text
    assert "Version 2: 2 incidents more; Jul 2026 added; 1 of 60 areas changed" in shown.text
    assert [tuple(row.values()) for row in shown.table("Month")] == [("Jun 2026", "3", "4"), ("Jul 2026", "–", "1")]
    assert [(row["Before"], row["After"]) for row in shown.table("Area")] == [("0", "1")]
    assert "X0100000" not in str(shown.table("Area"))


def test_an_older_version_is_shown_again_on_every_page(two: Two, home: Path) -> None:
    shown = pressed(two(), "Show this version again")
    assert "Version 1 is shown again." in shown.text
    assert versions_of(shown) == [("2", "superseded", "5"), ("1", "shown", "3")]
    assert (kept(home)[0].number, kept(home)[0].placed) == (1, 3)


def test_a_superseded_version_is_removed_and_the_one_that_is_shown_stays(two: Two, home: Path) -> None:
    shown = pressed(two(), "Remove version 1 for good")
    assert "Version 1 is removed." in shown.text
    assert versions_of(shown) == [("2", "shown", "5")]
    assert "Remove version 1 for good" not in buttons(shown)
    assert kept(home)[0].rows_read == 5


def test_a_dataset_is_removed_only_after_the_tick(two: Two, home: Path) -> None:
    shown = two()
    remove = next(button for button in shown.app.button if button.label == "Remove the dataset")
    assert remove.disabled
    before = stamp(home)
    shown.app.checkbox[0].check()
    shown = again(shown)
    assert stamp(home) == before
    remove = next(button for button in shown.app.button if button.label == "Remove the dataset")
    assert not remove.disabled
    remove.click()
    shown = again(shown)
    assert f"“{TITLE}” is removed." in shown.text
    assert "3 datasets are loaded" in shown.headline
    assert TITLE not in [one.title for one in kept(home)]


def test_the_last_dataset_to_go_is_said_to_be_gone_and_a_way_on_is_shown(open_page: Open, home: Path) -> None:
    shown = open_page(home, "datasets")
    for _ in range(3):
        shown.app.checkbox[0].check()
        shown = again(shown)
        next(button for button in shown.app.button if button.label == "Remove the dataset").click()
        shown = again(shown)
    assert shown.failed == []
    assert "is removed." in shown.text
    assert shown.headline == "No incidents are loaded yet."
    assert "Set up your place" in [link.label for link in shown.app.main.get("page_link")]
    assert buttons(shown) == ["Remove the base map", "Remove the layer", "Bring the layer in"]  # no dataset


def test_undoing_a_first_import_takes_the_dataset_away(open_page: Open, home: Path) -> None:
    there = [one.title for one in kept(home)]
    shown = pressed(bring_first(open_page, home), "Undo this import")
    assert "nothing of it is saved" in shown.text
    assert "Undo this import" not in buttons(shown)
    assert [one.title for one in kept(home)] == there


def test_undoing_a_later_import_shows_the_version_before_it(open_page: Open, home: Path) -> None:
    shown = pressed(bring_second(bring_first(open_page, home)), "Undo this import")
    assert shown.failed == []
    assert (kept(home)[0].number, kept(home)[0].rows_read) == (1, 3)
    assert versions_of(turn_to(shown, "datasets")) == [("1", "shown", "3")]


def keeping(shown: Shown, days: int | None, months: int | None) -> Shown:
    """Set how long data is kept."""
    shown.app.number_input(key="_retention_days").set_value(days)
    shown.app.number_input(key="_retention_months").set_value(months)
    return pressed(shown, "Set how long data is kept")


def test_how_long_data_is_kept_is_set_and_said(open_page: Open, home: Path) -> None:
    shown = open_page(home, "datasets")
    assert "superseded versions are kept 365 days, datasets 72 months after their last month (the default" in shown.text
    shown = keeping(shown, 30, 1200)
    assert "Set: superseded versions are kept 30 days, datasets 1,200 months after their last month." in shown.text
    assert len(kept(home)) == 3
    assert [each.value for each in shown.app.warning] == []


def test_what_is_older_than_is_kept_is_named_before_it_goes(open_page: Open, home: Path) -> None:
    old = csv_file([HEAD, ("03/06/2020", "X01000001", "Bullying")])
    shown = pressed(pressed(brought(open_page(home, "upload"), INCIDENTS, "old.csv", old), CHECK), "Import")
    shown = keeping(turn_to(shown, "datasets"), None, 48)
    (warning,) = (each.value for each in shown.app.warning)
    assert warning == "1 dataset or version is older than this and will be removed for good: “Incidents from old.csv”."
    assert len(kept(home)) == 4
    shown = pressed(shown, "Remove what is older now")
    assert "1 dataset or version is removed." in shown.text
    assert [one.title for one in kept(home)] == [
        f"Castlebrook {whose} (fictional)" for whose in ("young people’s marks", "police", "schools")
    ]
    assert not shown.app.warning


def test_what_is_released_is_handed_out_as_a_data_package_and_marks_are_not(open_demo: Open) -> None:
    links = [link for link in open_demo("datasets").links if link.startswith(PACKAGE)]
    assert links == [f"{PACKAGE}?dataset={number}" for number in (2, 1)]
