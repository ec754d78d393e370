import hashlib
import json
from pathlib import Path

from data.demo import DEFAULT_SEED, write_town
from tests.unit.data.demo.conftest import Town


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(town: Town, tmp_path: Path) -> None:
    write_town(tmp_path / "again", DEFAULT_SEED)
    first, again = _digests(town.files.truth.parent), _digests(tmp_path / "again")
    assert len(first) == 11 + 36
    assert first == again


def test_another_seed_gives_another_town(town: Town, any_town: Town) -> None:
    first, other = _digests(town.files.truth.parent), _digests(any_town.files.truth.parent)
    same = {name for name in first if first[name] == other[name]}
    assert same == {"calendar.csv", "schools.csv", "hotspots.geojson", "actions.csv", "contacts.csv"}


def test_paths_name_the_files_that_were_written(town: Town) -> None:
    paths = {path for value in vars(town.files).values() for path in (value if isinstance(value, tuple) else (value,))}
    assert paths == {path for path in town.files.truth.parent.rglob("*") if path.is_file()}


def test_the_files_say_that_the_town_is_fictional(town: Town) -> None:
    for path in (town.files.areas, town.files.backdrop, town.files.hotspots):
        assert "fictional" in json.loads(path.read_text(encoding="utf-8"))["description"]
    assert "fictional" in town.truth["about"]


def test_coordinates_have_six_decimals_at_most(town: Town) -> None:
    shapes = town.areas.geometry.get_coordinates().to_numpy()
    assert (shapes == shapes.round(6)).all()
