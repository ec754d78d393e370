"""Reading national files: seconds and peak memory of each, in the sandbox, from made-up files of their real size.

``python -m tests.benchmarks reading [FOLDER [WORD]]`` makes the files in a folder (a temporary one when none is named;
what is there already is used again), and reads those whose name holds the word. They take 4 GB on disk.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from pyproj import Transformer

from data.formats.sources import Source, from_paths
from data.records.boundaries import read_boundaries
from data.records.locality import Locality
from data.records.lookups import read_deprivation, read_residents
from data.records.place_lists import Bounds, read_places
from data.records.schools import read_schools
from data.sandbox import attempt
from data.services.base_mapping import MAP_LIMITS
from data.services.limits import limits_for
from geo import columns as c
from tests.benchmarks import national_files as national

_MB: Final = 1_000_000
_COUNCIL: Final = Locality(councils=(national.COUNCIL,))
_NEAR: Final = Locality(
    points=(Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True).transform(*national.MIDDLE),), metres=8_000
)
_BOUNDS: Final[Bounds] = (-1.7, 53.2, -0.9, 53.6)

_MAKERS: Final[dict[str, Callable[[Path], None]]] = {
    "LSOA_2021_BGC.geojson": lambda path: national.write_geojson(path, 45, grid=False),
    "LSOA_2021_BGC_grid.geojson": lambda path: national.write_geojson(path, 45, grid=True),
    "LSOA_2021_BFC.geojson": lambda path: national.write_geojson(path, 300, grid=False),
    "LSOA_2021_BFC.gpkg": lambda path: national.write_geopackage(path, 250),
    "edubasealldata20260901.csv": national.write_schools,
    "sapelsoasyoa20222024.xlsx": national.write_workbook,
    "File_7_IoD2025.csv": national.write_deprivation,
    "NSPL_MAY_2025_UK.csv": national.write_postcodes,
    "NSPL_MAY_2025.zip": lambda path: national.zip_postcodes(path, path.parent / "NSPL_MAY_2025_UK.csv"),
}


def read_areas(source: Source, locality: Locality | None, _tell: object) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Read boundaries (a job)."""
    return read_boundaries(source, code="LSOA21CD", name="LSOA21NM", locality=locality)


def read_register(source: Source, locality: Locality | None, _tell: object) -> tuple[pd.DataFrame, list[str]]:
    """Read schools (a job)."""
    return read_schools(source, locality)


def read_figures(source: Source, _tell: object) -> tuple[pd.Series, list[str]]:
    """Read residents or deprivation of all areas (a job)."""
    areas = pd.DataFrame({c.AREA: [national.code(number) for number in range(national.AREAS)]})
    return (read_residents if source.name.endswith(".xlsx") else read_deprivation)(areas, source)


def read_list(source: Source, bounds: Bounds | None, _tell: object) -> pd.DataFrame | None:
    """Read postcodes (a job)."""
    return read_places(source, bounds)


def run(folder: Path, word: str) -> None:
    """Make the files that are missing, read each, and print what it took."""
    print(f"{'file':32} {'MB':>6} {'kept':>10} {'seconds':>8} {'CPU':>6} {'peak MB':>8}  of")
    for name, make in _MAKERS.items():
        path = folder / name
        if word not in name:
            continue
        if not path.exists():
            make(path)
        for said, job, *choices in _readings(name):
            _measure(path, said, job, choices)


def _readings(name: str) -> list[tuple[Any, ...]]:
    if name.startswith("LSOA"):
        return [("all", read_areas, None), ("a council", read_areas, _COUNCIL), ("8 km around", read_areas, _NEAR)]
    if name.startswith("edubase"):
        return [("all", read_register, None), ("a council", read_register, _COUNCIL)]
    if name.startswith("NSPL"):
        return [("all", read_list, None), ("a county", read_list, _BOUNDS)]
    return [("all", read_figures)]


def _measure(path: Path, said: str, job: Callable[..., Any], choices: list[Any]) -> None:
    source = from_paths([path])[0]
    limits = MAP_LIMITS if path.name.startswith("NSPL") else limits_for(source)
    begun = time.perf_counter()
    got = attempt(job, source, *choices, limits=limits)
    took = time.perf_counter() - begun
    found = got.value[0] if isinstance(got.value, tuple) else got.value
    kept = (
        "refused" if found is None else f"{int(found.notna().sum()) if isinstance(found, pd.Series) else len(found):,}"
    )
    peak, cpu = (got.end.peak or 0) / _MB, got.end.cpu or 0.0
    print(f"{path.name:32} {path.stat().st_size / _MB:6,.0f} {kept:>10} {took:8.1f} {cpu:6.1f} {peak:8,.0f}  {said}")
    if got.error is not None:
        print(f"    {got.error}")


def main(folder: str = "", word: str = "") -> None:
    """Run in a folder that is kept, or in a temporary one."""
    if folder:
        Path(folder).mkdir(exist_ok=True)
        run(Path(folder), word)
    else:
        with tempfile.TemporaryDirectory() as made:
            run(Path(made), word)
