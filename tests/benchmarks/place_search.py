"""Finding a place among a region's streets and postcodes, each time a letter is typed."""

import time
from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from geo.areas.gazetteer import ready_gazetteer, search
from tests.benchmarks.figures import middle
from tests.unit.geo.many_schools import many_schools

STREETS, POSTCODES = 50_000, 150_000
RUNS: Final = 5
GOAL: Final = 30  # milliseconds
_TYPES: Final = ("Road", "Street", "Avenue", "Lane", "Close", "Drive", "Court", "Crescent", "Way", "Grove")
_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"
_HERE: Final = (-1.4, 53.4)


def run() -> None:
    """Measure and print."""
    places = _places()
    one, postcode = places.iloc[STREETS // 2]["name"], places.iloc[-1]["name"]
    ready = ready_gazetteer(places)
    typed = {
        "a name": one,
        "its beginning": one[:6],
        "a name with an error": one[0] + one[2:],
        "a name without its space": one.replace(" ", ""),
        "a word that thousands have": "road",
        "words that none has": "qqqqq zzzz",
        "a postcode": postcode,
        "a district of postcodes": postcode.split()[0],
    }
    print(f"Finding a place among {STREETS:,} streets and {POSTCODES:,} postcodes (goal: {GOAL} ms; medians of {RUNS})")
    for what, text in typed.items():
        print(f"  by {what + ':':<30} {_middle(lambda text=text: search(ready, text, _HERE)) * 1000:6.1f} ms")
    print(f"  making it ready, once after each change of the store: {_middle(lambda: ready_gazetteer(places)):.1f} s")


def _places() -> pd.DataFrame:
    """Make up a region: streets called as towns are, and postcodes from the first on."""
    rng = np.random.default_rng(1)
    towns = many_schools(STREETS)["town"].to_numpy()
    streets = [f"{town.lower().title()} {kind}" for town, kind in zip(towns, rng.choice(_TYPES, STREETS), strict=True)]
    inward = [f"{sector}{one}{other}" for sector in range(10) for one in _LETTERS for other in _LETTERS]
    codes = [f"ZZ{at // len(inward) + 1} {inward[at % len(inward)]}" for at in range(POSTCODES)]
    number = STREETS + POSTCODES
    return pd.DataFrame(
        {
            "name": streets + codes,
            "kind": ["street"] * STREETS + ["postcode"] * POSTCODES,
            "where": rng.choice(towns[:200], number),
            "also": "",
            "lon": -1.5 + rng.random(number),
            "lat": 53.3 + rng.random(number) / 2,
        }
    )


def _middle(act: Callable[[], object], runs: int = RUNS) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return middle(taken)
