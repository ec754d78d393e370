"""A data package of released counts: valid, complete in itself, and of released counts only."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from frictionless import Package

from data.principal import LOCAL_USER
from data.services import data_package, exports, visibility
from data.services.data_package import counts_package, whole
from data.store import area_sets, datasets
from data.store.datasets import Dataset
from data.store.store import Store
from geo.areas.area_set import AreaSet
from geo.counts.cube import Cube
from geo.release.kinds import Exact, Protected, Released
from geo.views.listing import CountsRequest
from tests.unit.data import logs, small_place
from tests.unit.geo.samples import squares

MADE = datetime(2026, 11, 30, 9, 15, 0, tzinfo=UTC)
Place = tuple[Released, AreaSet, Dataset]


def place_of(store: Store, number: int) -> Place:
    dataset = datasets.load_dataset(store, LOCAL_USER, number)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    return visibility.released_counts(store, LOCAL_USER, dataset), areas, dataset


@pytest.fixture(params=["open", "protected"])
def place(request: pytest.FixtureRequest, store: Store) -> Place:
    """What is released of the open dataset of the small place, and of a protected log there."""
    number = small_place.settle(store)
    return place_of(store, number if request.param == "open" else logs.bring(store, logs.lines()))


def made(place: Place, request: CountsRequest | None = None) -> bytes:
    released, areas, dataset = place
    return counts_package(released, areas, request or whole(released), dataset, MADE)


def described(package: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        assert parts.namelist() == ["datapackage.json", "counts.csv"]
        return json.loads(parts.read("datapackage.json"))


def test_a_package_is_valid_by_frictionless(place: Place, tmp_path: Path) -> None:
    for request in (None, CountsRequest(["period", "harm"]), CountsRequest(["area"])):
        with zipfile.ZipFile(io.BytesIO(made(place, request))) as parts:
            parts.extractall(tmp_path)
        report = Package(str(tmp_path / "datapackage.json")).validate()
        assert report.valid, report.flatten(["title", "message"])
        assert report.stats["errors"] == 0


def test_its_table_is_what_the_command_writes(place: Place) -> None:
    released, areas, _ = place
    with zipfile.ZipFile(io.BytesIO(made(place))) as parts:
        table = parts.read("counts.csv").decode()
    assert table == exports.counts_csv(released, areas, whole(released))
    fields = described(made(place))["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == next(csv.reader(io.StringIO(table)))
    assert all(field["description"] and field["type"] for field in fields)
    assert [field.get("unit") for field in fields if field["name"] == "n"] == ["incidents"]


def test_it_says_source_day_and_protection(place: Place) -> None:
    released, _, dataset = place
    told = described(made(place))
    assert (told["title"], told["sources"]) == (dataset.title, [{"title": dataset.source}])
    assert told["created"] == "2026-11-30T09:15:00Z"
    if isinstance(released, Protected):
        assert told["protection"] == {
            "kind": "protected",
            "rounding": "sums of multiples of 5",
            "multipleOf": 5,
            "notToldUnder": 10,
        }
        assert "monthsNotSupplied" not in told
    else:
        assert told["protection"] == {"kind": "open", "rounding": "none"}
        assert told["monthsNotSupplied"] == ["2021-09"]


def test_a_licence_is_named_where_the_source_names_it_and_none_is_made_up(store: Store) -> None:
    released, areas, dataset = place_of(store, small_place.settle(store))
    for source, names in (
        ("data.police.uk, street-level crime (Open Government Licence v3.0)", ["OGL-UK-3.0"]),
        ("School log", None),
    ):
        told = described(counts_package(released, areas, whole(released), replace(dataset, source=source), MADE))
        licences = told.get("licenses")
        assert (licences and [one["name"] for one in licences]) == names


def test_a_package_of_a_part_says_so(place: Place) -> None:
    assert "chosen" not in described(made(place))
    told = described(made(place, CountsRequest(["area"], harms=("substances",))))
    assert told["chosen"] == {"harms": ["substances"]}
    assert told["description"].startswith("A part of what is released")


def test_the_same_counts_at_the_same_moment_are_the_same_file(place: Place) -> None:
    assert made(place) == made(place)


def test_exact_counts_do_not_fit(store: Store) -> None:
    _, _, dataset = place_of(store, small_place.settle(store))
    n = np.ones((1, 1, 1), dtype=np.int64)
    areas = squares(1)
    exact = Exact(Cube(areas.codes, ("2021-08",), ("Drugs",), ("other",), frozenset(), n))
    with pytest.raises(TypeError, match="Only released counts"):
        counts_package(exact, areas, CountsRequest(["area"]), dataset, MADE)  # type: ignore[arg-type]
    assert "Exact" not in vars(data_package)
