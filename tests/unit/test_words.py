"""No file of the project calls the police series of violence, or its harm group, serious."""

import re
from pathlib import Path
from typing import Final

import pytest

TOP: Final = Path(__file__).parents[2]
FOLDERS: Final = ("geo", "data", "pages", "docs", "tests", "scripts")
ENDINGS: Final = frozenset((".py", ".md", ".txt", ".css", ".js", ".svg", ".csv", ".json", ".toml", ".sh"))
CALLED_SERIOUS: Final = re.compile(r"serious\W+(sexual\W+)?(violen|harm|crime|offen|assault)", re.IGNORECASE)


LAW: Final = "Serious Violence Duty"  # guidance that is called so


def texts() -> list[Path]:
    """List the files of the project that hold words."""
    inside = [file for folder in FOLDERS for file in sorted((TOP / folder).rglob("*")) if file.suffix in ENDINGS]
    return [file for file in (*TOP.glob("*.md"), TOP / "dashboard.py", *inside) if file != Path(__file__)]


def words_of(file: Path) -> str:
    return file.read_text("utf-8").replace(LAW, "")


def test_no_file_calls_the_police_series_serious() -> None:
    assert len(texts()) > 300
    found = [file.relative_to(TOP).as_posix() for file in texts() if CALLED_SERIOUS.search(words_of(file))]
    assert found == []


@pytest.mark.parametrize("text", ["Serious violence and weapons", "a serious\nassault", "serious sexual offences"])
def test_that_rule_bites(text: str) -> None:
    assert CALLED_SERIOUS.search(text)
