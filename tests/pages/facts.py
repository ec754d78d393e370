"""What the demonstration town's store holds, worked out from its bare cells by other means than the app's own."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from data.principal import LOCAL_USER
from data.store import area_sets, datasets, hotspots, places
from data.store.datasets import Dataset
from data.store.store import Store

POLICE: Final = "Castlebrook police (fictional)"
SCHOOL: Final = "Castlebrook schools (fictional)"
USUAL_GROUPS: Final = ("Violence and weapons", "Drugs and alcohol", "Anti-social behaviour")
_CODES: Final = {
    "Violence and weapons": "violence",
    "Drugs and alcohol": "substances",
    "Anti-social behaviour": "asb",
    "Other": "other",
}


@dataclass(frozen=True)
class Facts:
    """The cells of one dataset, and the areas, as they are spoken of, schools and drawings that go with it."""

    dataset: Dataset
    cells: pd.DataFrame
    areas: gpd.GeoDataFrame
    schools: pd.DataFrame
    hotspots: gpd.GeoDataFrame
    drawn: dict[str, list[str]]

    def chosen(self, months: tuple[str, str], groups: tuple[str, ...], category: str | None = None) -> pd.DataFrame:
        """Return the cells of some months (first, last) and harm groups (labels), or of one category."""
        within = self.cells[self.cells["month"].between(*months)]
        if category is not None:
            return within[within["category"] == category]
        harm = within["category"].map(dict(self.dataset.harm_of))
        return within[harm.isin([_CODES[group] for group in groups])]

    def by_unit(self, level: str, cells: pd.DataFrame) -> pd.DataFrame:
        """Sum cells by the units of a level: ``code``, ``name``, ``n``, ``residents``; every unit is there."""
        frame = self.areas.merge(cells.groupby("area")["n"].sum(), left_on="area", right_index=True, how="left")
        codes, names = ("area", "name") if level == "lsoa" else (f"{level}_code", f"{level}_name")
        summed = frame.groupby([codes, names], as_index=False)[["n", "residents"]].sum()
        return summed.set_axis(["code", "name", "n", "residents"], axis=1)

    def months_before(self, months: tuple[str, str]) -> tuple[str, str]:
        """Return the same months a year before."""
        first, last = (f"{int(month[:4]) - 1}{month[4:]}" for month in months)
        return first, last


def facts_of(home: Path, title: str) -> Facts:
    """Read one dataset of the store in ``home``."""
    store = Store(f"sqlite:///{home / 'local-context.sqlite'}")
    try:
        (dataset,) = (each for each in datasets.datasets(store, LOCAL_USER) if each.title == title)
        digests = area_sets.drawing_digests(store, LOCAL_USER, dataset.area_set_id)
        return Facts(
            dataset,
            datasets.load_cells(store, LOCAL_USER, dataset),
            _spoken_of(area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id).frame),
            places.schools(store, LOCAL_USER),
            hotspots.hotspots(store, LOCAL_USER),
            {digest: _drawn(store, digest) for digest in digests.values()},
        )
    finally:
        store.close()


def plain(name: str) -> str:
    """Return the name of an area alone, without its ward."""
    return name[name.index("(") + 1 : -1]


def _spoken_of(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Name areas by their wards first; the town's MSOAs lie each in one ward."""
    names = {column: frame["ward_name"] + " (" + frame[column] + ")" for column in ("name", "msoa_name")}
    return frame.assign(**names)


def _drawn(store: Store, digest: str) -> list[str]:
    packed = area_sets.packed_drawing(store, LOCAL_USER, digest)
    assert packed is not None
    features = json.loads(gzip.decompress(packed))["features"]
    return [feature["properties"].get("c", "") for feature in features]
