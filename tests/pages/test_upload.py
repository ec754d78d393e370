"""A file is seen before it is kept, kept once, and found everywhere afterwards; a bad one changes nothing."""

from pathlib import Path
from typing import Final

import pytest

from tests.pages.conftest import Open, again, turn_to
from tests.pages.shown import number
from tests.pages.uploading import CHECK, HOTSPOTS, INCIDENTS, POLICE, brought, buttons, pressed, stamp

GOOD: Final = (
    "Date,Area,Category\n"
    "03/06/2026,X01000001,Drugs and alcohol\n"
    "04/06/2026,X01000001,Bullying\n"
    "05/07/2026,X01000002,Bullying\n"
)
PLACES: Final = (
    "Reference,Name,Type,Harm group,Status,Longitude,Latitude\n"
    "N1,Mill Lane steps,park or open space,Drugs and alcohol,active,0.9,53.89\n"
)


def test_incidents_are_checked_and_then_kept(open_page: Open, home: Path) -> None:
    before = stamp(home)
    shown = brought(open_page(home, "upload"), INCIDENTS, "june.csv", GOOD.encode())
    assert buttons(shown) == [CHECK]
    shown = pressed(shown, CHECK)
    assert "3 rows read, 3 placed" in shown.text
    assert {row["School category"]: number(row["Incidents"]) for row in shown.table("Grouped under")} == {
        "Bullying": 2,
        "Drugs and alcohol": 1,
    }
    assert sum(number(text) for text in shown.payload["texts"].split("|")) == 3
    assert stamp(home) == before
    shown = pressed(shown, "Import")
    assert shown.failed == []
    assert "3 rows read, 3 placed" in shown.text
    assert stamp(home) == before + 2  # the dataset, and what the columns of its source mean


def test_what_was_imported_is_found_on_every_page(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), INCIDENTS, "june.csv", GOOD.encode())
    shown.app.text_input(key="_upload_title").set_value("Term log")
    shown = pressed(pressed(again(shown), CHECK), "Import")
    shown = turn_to(shown, "datasets")
    assert "4 datasets are loaded" in shown.headline
    assert "Term log" in shown.text
    shown = turn_to(shown, "area_map")
    assert shown.app.selectbox(key="dataset").options[0] == "Term log"
    shown.app.selectbox(key="dataset").set_value("Term log")
    assert "Exact: do not share." in again(shown).text


def test_the_same_files_again_are_said_to_be_here(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), INCIDENTS, "june.csv", GOOD.encode())
    pressed(pressed(shown, CHECK), "Import")
    before = stamp(home)
    shown = brought(open_page(home, "upload"), INCIDENTS, "june.csv", GOOD.encode())
    shown = pressed(shown, CHECK)  # before anybody could import them
    assert shown.failed == []
    assert "already here as dataset 4: every row is in it, and nothing changes" in shown.text
    assert buttons(shown) == [CHECK]
    assert stamp(home) == before


BAD: Final = {
    "no rows": (INCIDENTS, "empty.csv", b"Date,Area,Category\n"),
    "a missing column": (INCIDENTS, "log.csv", b"When,Where\n01/01/2026,X01000001\n"),
    "a future date": (INCIDENTS, "log.csv", b"Date,Area,Category\n01/01/2926,X01000001,Bullying\n"),
    "areas of elsewhere": (INCIDENTS, "log.csv", b"Date,Area,Category\n01/01/2026,E01000001,Bullying\n"),
    "a picture": (INCIDENTS, "log.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    "nothing": (INCIDENTS, "log.csv", b""),
    "no zip": (POLICE, "months.zip", b"PK but not a zip"),
    "another table": (POLICE, "2026-06-castlebrook-street.csv", b"a,b\n1,2\n"),
    "an unknown status": (HOTSPOTS, "places.csv", PLACES.replace("active", "hot").encode()),
    "no places": (HOTSPOTS, "places.geojson", b'{"type":"FeatureCollection","features":[]}'),
}


@pytest.mark.parametrize(("kind", "name", "content"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_in_one_sentence(
    open_page: Open, home: Path, kind: str, name: str, content: bytes
) -> None:
    before = stamp(home)
    shown = brought(open_page(home, "upload"), kind, name, content)
    for label in (CHECK, "Import"):
        if not shown.failed and label in buttons(shown):
            shown = pressed(shown, label)
    (sentence,) = shown.failed
    assert name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "Import" not in buttons(shown) or kind == HOTSPOTS
    assert stamp(home) == before


def test_no_value_of_a_row_is_shown_before_the_figures_are(open_page: Open, home: Path) -> None:
    first, *rows = GOOD.splitlines()
    secret = "\n".join([f"{first},Notes", *(f"{row},Ms Example told us" for row in rows)])
    shown = brought(open_page(home, "upload"), INCIDENTS, "june.csv", secret.encode())
    picked = [text for picker in shown.app.selectbox for text in picker.options]
    assert "Notes" in picked
    shown = pressed(shown, CHECK)
    assert "Example" not in shown.text + " ".join(picked) + " ".join(shown.failed)


def test_known_hotspots_are_brought_in(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), HOTSPOTS, "places.csv", PLACES.encode())
    if CHECK in buttons(shown):
        shown = pressed(shown, CHECK)
    shown = pressed(shown, "Import")
    assert shown.failed == []
    assert "1 known hotspot" in shown.text
    shown = turn_to(shown, "area_map")
    assert "Mill Lane steps" in [hotspot["name"] for hotspot in shown.payload["hotspots"]]
