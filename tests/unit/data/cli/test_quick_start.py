"""A command loads what it uses and no more: that is why help and status start quickly. No seconds are measured here.

Typer itself loads rich, to draw help, and pydantic, to read options.
"""

import os
import subprocess
import sys
from pathlib import Path

from data.cli.commands import COMMANDS
from tests.unit.data.running import CHECKOUT

COMPUTING = {"geopandas", "numpy", "pandas", "pyarrow", "pyogrio", "pyproj", "scipy", "shapely"}
SHOWING = {"altair", "folium", "streamlit"}
READING = {"data.formats", "data.records", "data.sandbox", "data.screening", "phonenumbers", "stdnum"}
KEEPING = {"alembic", "data.services", "platformdirs", "pydantic_settings", "sqlalchemy"}
# Runs ``main`` once for each line of arguments, and says last what was loaded.
PROGRAM = """
import sys
from data.cli.commands import main
for line in sys.argv.pop().splitlines():
    sys.argv[1:] = line.split()
    try:
        main()
    except SystemExit as ended:
        print("exit", ended.code or 0)
print("loaded", *sys.modules)
"""


def ran(home: Path, *lines: str) -> tuple[list[int], set[str]]:
    """Run commands in one new process: their exit codes, and every module and package that was loaded in it."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, "\n".join(lines)],
        cwd=CHECKOUT,
        env={**os.environ, "LOCAL_CONTEXT_HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    said = ended.stdout.splitlines()
    codes = [int(line.removeprefix("exit ")) for line in said if line.startswith("exit ")]
    return codes, set(said[-1].removeprefix("loaded ").split())


def test_help_loads_what_the_options_need(tmp_path: Path) -> None:
    codes, loaded = ran(tmp_path, "--help", *(f"{name} --help" for name in COMMANDS))
    assert codes == [0] * (1 + len(COMMANDS))
    assert loaded & (COMPUTING | SHOWING | READING | KEEPING) == set()


def test_a_mistyped_option_loads_no_more_than_help(tmp_path: Path) -> None:
    codes, loaded = ran(tmp_path, "nonsense", *(f"{name} --nonsense" for name in COMMANDS))
    assert codes == [2] * (1 + len(COMMANDS))
    assert loaded & (COMPUTING | SHOWING | READING | KEEPING) == set()


def test_status_loads_the_store_alone(home: Path) -> None:
    codes, loaded = ran(home, "status", "status --json")
    assert codes == [0, 0]
    assert "sqlalchemy" in loaded
    assert loaded & (COMPUTING | SHOWING | READING | {"alembic", "rich"}) == set()
