"""Actions and term dates are seen as they would count before they are kept, and what cannot be used is refused."""

from pathlib import Path
from typing import Final

import pytest

from data.principal import LOCAL_USER
from data.store import places
from data.store.store import Store
from tests.pages.conftest import Open, again
from tests.pages.test_upload_kinds import FORMATS, checked
from tests.pages.uploading import CHECK, Table, brought, buttons, csv_file, pick, picked, pressed, stamp

ACTIONS: Final = "actions"
TERM_DATES: Final = "term dates"
DEEDS: Final[Table] = [
    ("Reference", "What", "Due on", "Done on"),
    ("CBH-03", "Garage court gated and lit", "30/01/2026", "16/02/2026"),
    ("CBH-04", "Training for takeaway staff on the signs of exploitation", "30/09/2026", "01/10/2026"),
    ("CBH-06", "Hedges cut back beside the play area", None, "02/03/2026"),
]
TERMS: Final[Table] = [
    ("Label", "First day", "Last day", "Kind"),
    ("Autumn 1", "07/09/2026", "23/10/2026", "half-term"),
    ("Autumn 2", "02/11/2026", "18/12/2026", "half-term"),
]


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_actions_are_seen_with_what_is_known_already_and_then_kept(open_page: Open, home: Path, format_: str) -> None:
    before = stamp(home)
    shown = checked(open_page(home, "upload"), ACTIONS, f"deeds.{format_}", FORMATS[format_](DEEDS))
    assert shown.failed == []
    assert "1 new action, 1 that was due and now done, 1 known already." in shown.text
    assert [row["Known hotspot"] for row in shown.table("Action")] == ["CBH-03", "CBH-04", "CBH-06"]
    assert shown.table("Action")[2]["Due"] == "–"
    assert shown.table("Action")[2]["Done"] == "2 Mar 2026"
    assert stamp(home) == before
    shown = pressed(shown, "Import")
    assert "The actions are on the register: 1 new action, 1 that was due" in shown.text
    assert stamp(home) == before + 1


def test_an_action_at_no_known_hotspot_is_refused_by_its_row(open_page: Open, home: Path) -> None:
    before = stamp(home)
    shown = checked(
        open_page(home, "upload"), ACTIONS, "a.csv", csv_file([*DEEDS, ("X9", "Patrol", None, "02/03/2026")])
    )
    (sentence,) = shown.failed
    assert "the register has none of the reference in row 5" in sentence
    assert "X9" not in sentence
    assert buttons(shown) == [CHECK]
    assert stamp(home) == before


@pytest.mark.parametrize("format_", ["csv", "ods"])
def test_term_dates_are_seen_as_half_terms_and_then_kept(open_page: Open, home: Path, format_: str) -> None:
    before = stamp(home)
    shown = checked(open_page(home, "upload"), TERM_DATES, f"terms.{format_}", FORMATS[format_](TERMS))
    assert shown.failed == []
    assert "No term dates of six half-terms are loaded for 2026/27" in shown.text
    halves = shown.table("Half-term")
    assert [row["Where from"] for row in halves] == ["assumed"] * 6
    assert [row["First day"] for row in shown.table("First day")] == ["7 Sep 2026", "2 Nov 2026"]
    assert stamp(home) == before
    shown = pressed(shown, "Import")
    assert "Term dates of all schools are saved: 2 periods." in shown.text
    assert stamp(home) == before + 1


def test_term_dates_of_one_school_lie_over_those_of_all(open_page: Open, home: Path) -> None:
    training = csv_file([TERMS[0], ("Training", "03/11/2025", "04/11/2025", "inset")])
    shown = brought(open_page(home, "upload"), TERM_DATES, "own.csv", training)
    whose = "Whose term dates are they?"
    assert picked(shown, whose) == "All schools of the council"
    shown = pressed(pick(shown, whose, "Castlebrook Academy"), CHECK)
    halves = {row["Half-term"]: row for row in shown.table("Half-term")}
    assert {row["Where from"] for row in halves.values()} == {"term dates"}
    assert halves["Autumn 2, 2025/26"]["From"] == "5 Nov 2025"
    shown = pressed(shown, "Import")
    assert "Term dates of the school are saved: 1 period." in shown.text
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    dates = [places.term_dates(store, LOCAL_USER, school)["label"].tolist() for school in ("900001", None)]
    store.close()
    assert ["Training" in labels for labels in dates] == [True, False]
    shown = pick(brought(pressed(shown, "Upload more"), TERM_DATES, "own.csv", training), whose, "Castlebrook Academy")
    shown = pressed(pressed(shown, CHECK), "Import")
    assert "Nothing to do: these files are already here as calendar 2." in shown.text


def test_term_dates_come_one_file_at_a_time(open_page: Open, home: Path) -> None:
    shown = brought(open_page(home, "upload"), TERM_DATES, "a.csv", csv_file(TERMS))
    files = [(name, csv_file(TERMS), "text/csv") for name in ("a.csv", "b.csv")]
    shown.app.file_uploader[0].set_value(files)
    (sentence,) = again(shown).failed
    assert "one file at a time" in sentence
