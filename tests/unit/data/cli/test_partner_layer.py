"""A layer from partners by command: what is saved and what is not is said, and what is refused changes nothing."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.data.running import done, dump, run

SQUARE = [[-1.47, 53.37], [-1.46, 53.37], [-1.46, 53.38], [-1.47, 53.38], [-1.47, 53.37]]
UNTIL = date.today() + timedelta(days=100)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    feature = {"type": "Feature", "properties": {"name": "Station", "score": 3}, "geometry": shape}
    path = tmp_path / "layer.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def asked(file: Path, **changed: object) -> list[object]:
    options = {"title": "Priority areas", "source": "A partnership", "handling": "OFFICIAL-SENSITIVE", "expires": UNTIL}
    return [
        "partner-layer",
        file,
        *(part for name, value in (options | changed).items() for part in (f"--{name}", value)),
    ]


def test_a_layer_is_kept_once_and_undone(tmp_path: Path, file: Path) -> None:
    home = tmp_path / "home"
    first = done(home, *asked(file))
    assert first.out == ""
    assert first.err.startswith("Partner layer 1 is loaded: Priority areas, OFFICIAL-SENSITIVE, until ")
    assert "Not saved: 1 column, score." in first.err
    assert "already here as partner layer 1" in done(home, *asked(file)).err
    assert "Undone: the partner layer “layer 1” is gone." in done(home, "undo", 1, "--yes").err
    assert "Partner layer 2 is loaded" in done(home, *asked(file)).err


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"handling": "secret"}, "must be one of OFFICIAL"),
        ({"expires": date.today() - timedelta(days=1)}, "this one is past"),
        ({"expires": date.today() + timedelta(days=400)}, "this one is later"),
        ({"title": " "}, "must have a title"),
        ({"source": "Sarah Thompson"}, "tells who a person is"),
    ],
    ids=["marking", "past", "far", "blank", "person"],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, file: Path, changed: dict[str, object], sentence: str
) -> None:
    home = tmp_path / "home"
    before = done(home, "status") and dump(home)
    ran = run(home, *asked(file, **changed))
    assert ran.code == 2
    assert sentence in ran.err
    assert "Sarah" not in ran.err
    assert dump(home) == before
