"""An export of a school system on the Upload page: known by its columns, and its places asked for once."""

from pathlib import Path

from tests.pages.conftest import Open
from tests.pages.uploading import CHECK, INCIDENTS, brought, buttons, pick, picked, pressed

EXPORT = "Student,Date/Time,Categories,Location,Incident,Linked Students,Added By\n" + "".join(
    f"Jack Smith,{day:02}/06/2026 14:35,Bullying; Drugs,{place},He was seen there,Aisha Khan,Mrs Patel\n"
    for day, place in enumerate(("Canteen", "Top field", "Jack Smith's house", "Somewhere odd"), start=1)
)


def test_an_export_is_known_and_its_places_are_asked_for_once(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), INCIDENTS, "export.csv", EXPORT.encode())
    assert picked(shown, "Which system is this file from?") == "CPOMS"
    assert "Looks like an export of CPOMS: its columns “Linked Students”" in shown.text
    assert "“Date/Time”: what CPOMS calls a date" in shown.text
    (unread,) = shown.app.multiselect
    assert unread.value == ["Student", "Incident", "Linked Students", "Added By"]
    shown = pressed(shown, CHECK)
    assert "3 names of places in 3 rows" in shown.text
    assert "Jack Smith's house" not in shown.text
    (site,) = (box for box in shown.app.selectbox if box.label.startswith("Whose rooms and zones"))
    shown = pick(shown, site.label, site.options[0])
    assert picked(shown, "Top field (1 row)") == "At the school’s site"
    assert picked(shown, "Somewhere odd (1 row)") == "Without a location"
    shown = pressed(shown, "Count the rows at these places")
    assert "4 rows read, 2 placed" in shown.text
    assert "4 rows name several categories" in shown.text
    assert "Student, Linked Students, Added By (about people); Incident (what somebody wrote)" in shown.text
    assert "Which places these names mean" in [part.label for part in shown.app.expander]
    shown = pressed(shown, "Import")
    assert shown.failed == []
    again = EXPORT.replace("14:35", "15:10").encode()
    shown = pressed(brought(open_page(home, "upload"), INCIDENTS, "next.csv", again), CHECK)
    assert "Count the rows at these places" not in buttons(shown)
    assert "4 rows read, 2 placed" in shown.text


def test_another_system_changes_what_columns_mean(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), INCIDENTS, "export.csv", EXPORT.encode())
    shown = pick(shown, "Which system is this file from?", "another system")
    assert "Looks like" not in shown.text
    assert "“Date/Time”: named as a date" in shown.text
