"""The same work as people write it with plain libraries, in a process of its own; prints a line of JSON."""

import json
import sys
from pathlib import Path
from time import perf_counter

import geopandas as gpd
import pandas as pd

from tests.benchmarks.figures import peak_mb


def main(boundaries: Path, files: list[Path]) -> None:
    """Read the areas, then time everything from packed files to counts."""
    libraries = peak_mb()
    areas = gpd.read_file(boundaries)[["LSOA11CD", "geometry"]]
    before = peak_mb()
    start = perf_counter()
    rows = pd.concat([pd.read_csv(file) for file in files], ignore_index=True)
    points = gpd.points_from_xy(rows["Longitude"], rows["Latitude"])
    placed = gpd.sjoin(gpd.GeoDataFrame(rows, geometry=points, crs="EPSG:4326"), areas, predicate="within")
    counts = placed.groupby(["LSOA11CD", "Month", "Crime type"]).size()
    seconds = perf_counter() - start
    taken = {"seconds": seconds, "libraries": libraries, "before": before, "peak": peak_mb()}
    print(json.dumps(taken | {"read": len(rows), "counted": int(counts.sum())}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
