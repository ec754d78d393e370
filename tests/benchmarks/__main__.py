"""Measures the work that must be fast against plain libraries: ``python -m tests.benchmarks``, or ``make bench``.

Both sides of every ratio come from this one run, on this machine, in turns. Nothing is asserted: a machine that is busy
with something else gives other figures, and only people can tell.
"""

import sys

from tests.benchmarks import (
    base_maps,
    charting,
    counting,
    hot_spots,
    place_search,
    reading,
    releasing,
    repainting,
    scanning,
    school_search,
    switching,
    walking,
)
from tests.conftest import REAL_DATA

PLACE = REAL_DATA / "south_yorkshire"


def main() -> int:
    """Run every benchmark; without the real data only some of them, which is no failure.

    ``reading`` runs by itself, since it makes files of 4 GB.
    """
    if sys.argv[1:2] == ["reading"]:
        reading.main(*sys.argv[2:4])
        return 0
    releasing.run()
    print()
    scanning.run()
    print()
    school_search.run()
    print()
    place_search.run()
    print()
    base_maps.run()
    print()
    walking.run()
    print()
    if not PLACE.is_dir():
        print("Nothing else was measured: the real data folder ../shared/data is not beside this checkout.")
        return 0
    counting.run(PLACE)
    print()
    repainting.run(PLACE)
    print()
    switching.run(PLACE)
    print()
    charting.run(PLACE)
    print()
    hot_spots.run(PLACE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
