"""Every real file is recognised for what its folder says it is."""

from pathlib import Path

import pytest

from data.formats.sources import from_paths
from data.recognition.file_role import FileRole as R
from data.recognition.file_role import Recognised
from data.recognition.recognising import recognise

pytestmark = pytest.mark.acceptance

DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = [file for file in sorted(DATA.rglob("*")) if file.is_file() and file.suffix != ".md"]
ROLES = {
    "population": R.RESIDENTS, "imd": R.DEPRIVATION, "lookups": R.LOOKUP, "schools": R.SCHOOLS, "transport": R.STOPS,
    "postcodes": R.POSTCODES, "police_street": R.POLICE_STREET, "police_street_2024_2025": R.POLICE_STREET,
    "police_stop_and_search": R.POLICE_OTHER, "police_other": R.POLICE_OTHER, "truth": R.POLICE_OTHER,
    "leeds_chapeltown": R.STREET_MAP,
}  # fmt: skip


def expected(file: Path) -> R:
    """Return what a file is, by where it lies and what it is called."""
    if file.parent.name == "boundaries":
        return R.AREAS if file.name.startswith("lsoa") else R.LARGER_AREAS
    return R.POLICE_STREET if "saved-by-excel" in file.name else ROLES[file.parent.name]


@pytest.fixture(scope="module")
def found(real_data: Path) -> dict[Path, Recognised]:
    """What each file is taken for."""
    assert real_data.samefile(DATA)
    return dict(zip(FILES, recognise(from_paths(FILES), lambda _done, _what: None), strict=True))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(DATA).as_posix())
def test_a_real_file_is_recognised(found: dict[Path, Recognised], file: Path) -> None:
    assert found[file].role is expected(file), found[file].why


def test_there_are_real_files(real_data: Path) -> None:
    assert real_data.is_dir()
    assert len(FILES) > 200
