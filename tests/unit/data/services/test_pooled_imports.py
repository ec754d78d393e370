"""Incidents of several schools, brought in by command: whose each is rests in the store as a number, not as a name."""

import json
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.records.rows import NO_CONTRIBUTOR
from data.services.verifying import verify
from data.store import datasets, rows_at_rest
from data.store.store import Store
from geo import columns as c
from tests.unit.data.running import done, dump, run

NAMES = ("St Bernard's", "King Edward", "Mercia Hall")
LOG = (
    "Date,Area code,Type,{column}\n"
    "01/09/2021,E01000001,Drugs,St Bernard's\n"
    "02/09/2021,E01000001,Drugs,King Edward\n"
    "03/09/2021,E01000002,Drugs,Mercia Hall\n"
    "04/09/2021,E01000002,Drugs,king edward\n"
    "05/09/2021,E01000002,Drugs,\n"
)


def brought(home: Path, folder: Path, column: str, *more: object) -> list[str]:
    """Import the log of the schools, and give whose each of its rows is in the store."""
    file = folder / "trust.csv"
    file.write_text(LOG.format(column=column), encoding="utf-8")
    done(home, "import", file, "--kind", "incidents", *more)
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LOCAL_CONTEXT_HOME", str(home))  # where its release log is
            assert verify(store, LOCAL_USER) == []
        newest = datasets.datasets(store, LOCAL_USER)[0]
        rows = rows_at_rest.from_geoparquet(datasets.load_rows(store, LOCAL_USER, newest))
    finally:
        store.close()
    told = str([rows.to_pylist(), dump(home)]).casefold()
    assert not any(name.casefold() in told for name in NAMES)
    return rows[c.CONTRIBUTOR].to_pylist() if c.CONTRIBUTOR in rows.column_names else []


WHOSE = ["3", "1", "2", "1", NO_CONTRIBUTOR]


def test_the_school_is_guessed_from_a_telling_name(home: Path, tmp_path: Path) -> None:
    assert brought(home, tmp_path, "School") == WHOSE


def test_the_school_is_named_by_a_flag(home: Path, tmp_path: Path) -> None:
    assert brought(home, tmp_path, "Brought by", "--column", "school=Brought by") == WHOSE


@pytest.mark.parametrize("whose", [{"school": "Brought by"}, {}], ids=["named", "left out"])
def test_the_school_is_named_in_a_mapping_file_or_not_at_all(home: Path, tmp_path: Path, whose: dict[str, str]) -> None:
    mapping = tmp_path / "columns.json"
    mapping.write_text(json.dumps({"date": "Date", "area": "Area code", "category": "Type", **whose}))
    assert brought(home, tmp_path, "Brought by", "--map", mapping) == (WHOSE if whose else [])


def test_a_column_that_is_none_of_schools_is_refused_and_nothing_is_kept(home: Path, tmp_path: Path) -> None:
    file, before = tmp_path / "trust.csv", dump(home)
    lines = [f"01/09/2021,E01000001,Drugs,{at:03}-ZEBEDEE\n" for at in range(30)]
    file.write_text("Date,Area code,Type,School\n" + "".join(lines), encoding="utf-8")
    ran = run(home, "import", file, "--kind", "incidents")
    assert ran.code != 0
    assert "“trust.csv”: a column of schools must name" in ran.err
    assert "ZEBEDEE" not in ran.err
    assert dump(home) == before
