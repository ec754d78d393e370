"""More months: the page says what stays, what is added and what is replaced, and asks before anything is lost."""

from pathlib import Path
from typing import Final

from tests.pages.conftest import Open, again, turn_to
from tests.pages.uploading import CHECK, POLICE, brought, kept, pick, picked, pressed
from tests.unit.data import small_place
from tests.unit.data.running import done

FIRST, _ = small_place.STREET_FILES
MORE: Final = "More months for “Police street data, Anytown” (dataset 1)"
WHOLE: Final = "A new version of all of “Police street data, Anytown” (dataset 1)"
REVISED: Final = [*small_place.AUGUST, ("a4", "2021-08", "-1.465", "53.375", "E01000002", "Robbery")]


def town(tmp_path: Path) -> Path:
    """Build a store of the small place with two months of police data."""
    files, home = small_place.write(tmp_path / "files"), tmp_path / "home"
    done(home, "areas", files[small_place.AREAS_FILE], *small_place.AREA_OPTIONS)
    done(home, "import", *(files[name] for name in small_place.STREET_FILES))
    return home


def revised() -> bytes:
    return small_place.table(small_place.STREET_HEADER, REVISED).encode()


def test_a_revised_month_says_what_it_replaces_before_it_is_imported(open_page: Open, tmp_path: Path) -> None:
    home = town(tmp_path)
    shown = brought(open_page(home, "upload"), POLICE, FIRST, revised())
    assert picked(shown, "This is") == MORE
    shown = pressed(shown, CHECK)
    said = "1 month stays, 1 is replaced by newer figures (rows 9 → 10)."
    assert said in shown.text
    assert "Replaced: Aug 2021 (5 → 6 rows)." in shown.text
    shown = pressed(shown, "Import")
    assert shown.failed == []
    assert said in shown.text
    assert [(one.id, one.number, one.rows_read) for one in kept(home)] == [(1, 2, 10)]


def test_a_version_that_loses_months_is_imported_after_the_tick_alone(open_page: Open, tmp_path: Path) -> None:
    home = town(tmp_path)
    shown = pick(brought(open_page(home, "upload"), POLICE, FIRST, revised()), "This is", WHOLE)
    shown = pressed(shown, CHECK)
    assert "1 month is replaced by newer figures, 1 is lost (rows 9 → 6)." in shown.text
    [asked] = shown.app.checkbox
    assert asked.label == "Yes, lose 1 month: Oct 2021 (4 of 9 rows)"
    assert [button.disabled for button in shown.app.button if button.label == "Import"] == [True]
    asked.check()
    shown = pressed(again(shown), "Import")
    assert shown.failed == []
    assert [(one.number, one.rows_read) for one in kept(home)] == [(2, 6)]


def test_the_page_of_datasets_says_once_what_is_new(open_page: Open, tmp_path: Path) -> None:
    home = town(tmp_path)
    shown = turn_to(open_page(home, "upload"), "datasets")
    assert "New since you last looked" not in shown.text
    newer = tmp_path / "2021-12-anytown-street.csv"
    newer.write_text(small_place.table(small_place.STREET_HEADER, [("", "2021-12", "", "", "E01000006", "Drugs")]))
    done(home, "import", newer)
    shown = open_page(home, "datasets")
    assert "New since you last looked" in shown.text
    assert "1 month was added to “Police street data, Anytown” on" in shown.text
    assert "New since you last looked" in again(shown).text  # it stays for this visit
