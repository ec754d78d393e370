"""After a file with identifiers was refused, no byte of them is left: not in the store, a log, or a temporary file."""

import logging
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from data.sandbox.child_processes import SERVER
from data.screening import detectors
from tests.pages.conftest import Open
from tests.pages.uploading import (
    CHECK,
    INCIDENTS,
    MARKS,
    Table,
    brought,
    csv_file,
    geojson_file,
    geopackage_file,
    parquet_file,
    pressed,
)
from tests.screening.planting import SPELLINGS
from tests.unit.data.leftovers import everything, found
from tests.unit.data.records.making_files import ods, xlsx
from tests.unit.data.running import dump, run, run_sandboxed

FORMATS: Final[dict[str, Callable[[Table], bytes]]] = {
    "csv": csv_file,
    "xlsx": xlsx,
    "ods": ods,
    "parquet": parquet_file,
    "geojson": geojson_file,
    "gpkg": geopackage_file,
}
KINDS: Final = list(SPELLINGS)
WRITTEN: Final = 10  # the spellings that each kind has
# Of every kind the next format and the next spelling: no two kinds have the same pair of them.
PLANTED: Final = [(what, list(FORMATS)[at % len(FORMATS)], at % WRITTEN) for at, what in enumerate(KINDS)]
IDS: Final = [f"{what} in {format_}" for what, format_, _ in PLANTED]
ROWS: Final = 6


def identifiers(what: str, spelling: int) -> list[str]:
    """Return some made-up identifiers of a kind in one spelling."""
    draw = random.Random(f"{what}{spelling}")  # noqa: S311
    return [SPELLINGS[what](draw)[spelling] for _ in range(ROWS)]


def file_with(texts: list[str], format_: str, second: str) -> bytes:
    """Return a file of incidents, or of marks, one column of which holds ``texts`` under a name that tells nothing."""
    head = ("Date", second, "Longitude", "Latitude", "Field 7")
    word = "Bullying" if second == "Category" else "Safe"
    rows = [(f"{day:02}/06/2026", word, 0.9, 53.89, text) for day, text in enumerate(texts, start=1)]
    return FORMATS[format_]([head, *rows])


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of this test, which the processes that read files use too."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    monkeypatch.setattr(tempfile, "tempdir", None)
    SERVER.stop()  # the next one takes up the new folder
    return made


@pytest.mark.parametrize(("what", "format_", "spelling"), PLANTED, ids=IDS)
def test_a_refused_upload_leaves_nothing_through_the_page(
    open_page: Open,
    home: Path,
    temporary: Path,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    what: str,
    format_: str,
    spelling: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    texts, before = identifiers(what, spelling), dump(home)
    kind, second = (MARKS, "Feeling") if spelling % 4 == 3 else (INCIDENTS, "Category")
    shown = brought(open_page(home, "upload"), kind, f"log.{format_}", file_with(texts, format_, second))
    shown = pressed(shown, CHECK)
    (sentence,) = shown.failed
    assert f"{what} in column “Field 7”" in sentence
    left = everything(home, temporary)  # while the database is still open
    said = capfd.readouterr()
    left += [text.encode() for text in (said.out, said.err, caplog.text, sentence, shown.text)]
    assert found(texts, left) == set()
    assert dump(home) == before
    assert [path for path in temporary.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("what", "format_", "spelling"), PLANTED, ids=IDS)
def test_a_refused_import_leaves_nothing_through_the_command(
    home: Path,
    tmp_path: Path,
    temporary: Path,
    caplog: pytest.LogCaptureFixture,
    what: str,
    format_: str,
    spelling: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    texts, before = identifiers(what, spelling), dump(home)
    file = tmp_path / f"log.{format_}"
    file.write_bytes(file_with(texts, format_, "Category"))
    ran = (run_sandboxed if spelling == 0 else run)(home, "import", file, "--kind", "incidents", "--leave-out")
    assert ran.code == 2
    assert f"{what} in column “Field 7”" in ran.err
    left = everything(home, temporary) + [text.encode() for text in (ran.out, ran.err, caplog.text)]
    assert found(texts, left) == set()
    assert dump(home) == before
    assert [path for path in temporary.rglob("*") if path.is_file()] == []


def test_every_kind_that_is_searched_for_is_planted() -> None:
    assert set(KINDS) == {kind.what for kind in detectors.KINDS}
    assert len({(format_, spelling) for _, format_, spelling in PLANTED}) == len(KINDS)


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for at, encoding in enumerate(("utf-8", "utf-16-le", "utf-32-le")):
        (tmp_path / "deep" / f"{at}.sqlite-wal").write_bytes(b"\0\1" + f"TEXT {at} HERE".encode(encoding) + b"\0")
    assert found([f"Text {at} here" for at in range(4)], everything(tmp_path)) == {f"Text {at} here" for at in range(3)}


def test_what_is_kept_is_found_in_the_store_by_the_same_search(home: Path, tmp_path: Path, temporary: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(csv_file([("Date", "Area", "Category"), ("03/06/2026", "X01000001", "Quarrelling")]))
    assert run(home, "import", file, "--kind", "incidents").code == 0
    assert found(["Quarrelling", "Squabbling"], everything(home)) == {"Quarrelling"}
