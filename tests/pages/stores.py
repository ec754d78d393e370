"""Small stores, made through the same importers as real data."""

import json
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from data.formats.sources import Source, from_upload
from data.principal import LOCAL_USER
from data.records.rows import DatasetKind
from data.services import importing, setting_up
from data.services.importing import ImportRequest
from data.services.setting_up import AreaFiles
from data.store.datasets import Access
from data.store.store import Store

MARKUP: Final = "<script>alert(1)</script>"
TEMPLATE: Final = "${alert(1)}"
JINJA: Final = '{{ 7 * 7 }} "quoted" | _map_div_ & \\u003c'
PICTURE: Final = "<img src=x onerror=alert(1)>"
NAMES: Final = (MARKUP, TEMPLATE, JINJA, PICTURE)
SOURCE: Final = "A source of <b>records</b>"
TITLE: Final = "Records of <i>Hamlet</i>"
WEST, SOUTH, STEP = -1.5, 53.4, 0.02


def add_hamlet(home: Path, access: Access = Access.OPEN) -> None:
    """Add four areas with names that mean harm, a school, a known hotspot and incidents of spring 2019."""
    with pytest.MonkeyPatch.context() as patch, closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        patch.setenv("LOCAL_CONTEXT_HOME", str(home))  # where its release secret and its release log lie
        areas = AreaFiles(_areas(), code="code", name="name", title="Hamlet")
        set_id, _ = setting_up.add_areas(store, LOCAL_USER, areas)
        setting_up.add_schools(
            store, LOCAL_USER, _csv("schools.csv", f"URN,Name,Longitude,Latitude\n1,{TEMPLATE},-1.49,53.41")
        )
        setting_up.add_hotspots(store, LOCAL_USER, [_hotspot()])
        request = ImportRequest(
            DatasetKind.INCIDENTS, [_incidents()], access, SOURCE, TITLE, set_id, today=date(2020, 1, 1)
        )
        importing.keep(store, LOCAL_USER, importing.prepare(store, LOCAL_USER, request))


def _areas() -> Source:
    corners = [(WEST + STEP * column, SOUTH + STEP * row) for row in range(2) for column in range(2)]
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"H{number}", "name": name},
            "geometry": {"type": "Polygon", "coordinates": [_square(*corner)]},
        }
        for number, (name, corner) in enumerate(zip(NAMES, corners, strict=True))
    ]
    return from_upload("hamlet.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())


def _square(west: float, south: float) -> list[tuple[float, float]]:
    east, north = west + STEP, south + STEP
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def _hotspot() -> Source:
    return _csv(
        "hotspots.csv",
        "Reference,Name,Type,Harm group,Status,Longitude,Latitude\n"
        f"HAM1,{MARKUP},park or open space,Drugs and alcohol,active,-1.485,53.412",
    )


def _incidents() -> Source:
    rows = [(3, 1, "H0", "<b>Theft</b>"), (4, 2, "H1", "Drugs and alcohol"), (5, 31, "H1", "Drugs and alcohol")]
    lines = [f"{day:02}/{month:02}/2019,{area},{category}" for month, day, area, category in rows]
    return _csv("records.csv", "\n".join(["Date,Area,Category", *lines]))


def _csv(name: str, text: str) -> Source:
    return from_upload(name, text.encode())
