"""`import` adds months to the dataset of the force, says so, and loses nothing that nobody agreed to lose."""

from pathlib import Path

import pytest

from tests.unit.data import small_place
from tests.unit.data.running import done, dump, run

LATER = [("", "2021-12", "", "", "E01000006", "Drugs")]
SAID = "These are more months for “Police street data, Anytown” (dataset 1); --new makes a dataset of their own.\n"
ADDED = "2 months stay, 1 is added (rows 9 → 10).\nAdded: Dec 2021.\n"


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """A month that is not there yet."""
    file = tmp_path / "2021-12-anytown-street.csv"
    file.write_text(small_place.table(small_place.STREET_HEADER, LATER), encoding="utf-8")
    return file


def test_a_month_is_added_and_a_dry_run_only_says_so(home: Path, later: Path) -> None:
    before = dump(home)
    ran = done(home, "import", later, "--dry-run")
    assert ran.err.startswith(SAID + ADDED)
    assert dump(home) == before
    assert done(home, "import", later).err.endswith("Dataset 1 is saved.\n")
    told = done(home, "history", 1).out
    assert "  Beside version 1: 2 months stay, 1 is added (rows 9 → 10). Added: Dec 2021." in told.splitlines()
    assert "nothing changes" in done(home, "import", later).err


def test_own_incidents_are_added_where_it_is_asked_for(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "october.csv"
    file.write_text("Date,From,Area code,Type\n05/10/2021,09:10,E01000003,Drugs\n", encoding="utf-8")
    ran = done(home, "import", file, "--kind", "incidents", "--onto", 2)
    assert "Rows: fewer than 10 → fewer than 10.\n" in ran.err
    assert "Dataset 2 is saved." in ran.err
    assert "Beside version 1: 1 month stays, 1 is added. Added: Oct 2021." in done(home, "history", 2, "--exact").out


def test_a_loss_needs_its_option_and_is_named(home: Path, later: Path) -> None:
    loss = "lose 2 months: Aug 2021, Oct 2021 (9 of 9 rows)"
    before = dump(home)
    said = done(home, "import", later, "--replaces", 1, "--dry-run").err
    assert f"It would {loss}, which needs --lose-months.\n" in said
    refused = run(home, "import", later, "--replaces", 1)
    assert refused.code == 2
    assert refused.err.splitlines()[-1] == (
        f"Error: A version must keep what the one before it has, and this one would {loss}; add --lose-months if that "
        "is meant, or choose other files."
    )
    assert dump(home) == before
    assert "Dataset 1 is saved." in done(home, "import", later, "--replaces", 1, "--lose-months").err


@pytest.mark.parametrize(
    "options", [("--new", "--replaces", 1), ("--onto", 1, "--replaces", 1), ("--new", "--onto", 1)]
)
def test_files_belong_to_one_place_only(home: Path, later: Path, options: tuple[object, ...]) -> None:
    ran = run(home, "import", later, *options)
    assert (ran.code, ran.err) == (
        2,
        "Error: Only one of --replaces, --onto and --new can be given; leave the others out.\n",
    )


def test_files_that_fit_two_datasets_are_a_third_and_it_is_said(home: Path, later: Path, tmp_path: Path) -> None:
    files = small_place.write(tmp_path / "files")
    done(home, "import", *(files[name] for name in small_place.STREET_FILES), "--new", "--to", "2021-08")
    ran = done(home, "import", later)
    assert "could be more months for the datasets 1 and 3, and are a dataset of their own; --onto adds them." in ran.err
    assert "Dataset 4 is saved." in ran.err
