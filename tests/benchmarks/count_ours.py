"""One run of our reading, placing and counting, in a process of its own; prints a line of JSON."""

import json
import sys
from pathlib import Path
from time import perf_counter

from data.formats.sources import from_paths
from data.records.boundaries import read_boundaries
from data.records.police import read_police
from data.services.importing import count_rows
from data.store import rows_at_rest
from geo import columns as c
from geo.areas.placing import place
from tests.benchmarks.figures import peak_mb


def main(boundaries: Path, files: list[Path]) -> None:
    """Read the areas, then time everything from packed files to counts."""
    libraries = peak_mb()
    areas, _ = read_boundaries(from_paths([boundaries])[0], code="LSOA11CD", name="LSOA11NM")
    codes, shapes = tuple(areas[c.AREA]), areas.geometry.to_numpy()
    before = peak_mb()
    start = perf_counter()
    rows = read_police(from_paths(files))
    cube = count_rows(rows, place(rows_at_rest.located(rows.table), codes, shapes), codes, {})
    seconds = perf_counter() - start
    taken = {"seconds": seconds, "libraries": libraries, "before": before, "peak": peak_mb()}
    print(json.dumps(taken | {"read": rows.read, "counted": int(cube.n.sum())}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
