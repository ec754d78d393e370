"""Finding a school among as many as the national register has, against the standard library's close matches."""

import difflib
import time
from collections.abc import Callable
from typing import Final

from geo.areas.school_search import ready, search_schools
from tests.benchmarks.figures import middle
from tests.unit.geo.many_schools import many_schools

SCHOOLS: Final = 25_000
RUNS: Final = 5
GOAL: Final = 50  # milliseconds


def run() -> None:
    """Measure and print."""
    schools = many_schools(SCHOOLS)
    names, one = schools["name"].tolist(), schools.iloc[SCHOOLS // 2]
    among = ready(schools)
    typed = {
        "a name": one["name"],
        "a name with an error": one["name"][0] + one["name"][2:],
        "a name and a town, both with an error": f"{one['name'][:-3] + one['name'][-2:]} {one['town'][1:]}",
        "a postcode": one["postcode"],
        "a word that most schools have": "school",
    }
    print(f"Finding a school among {SCHOOLS:,} (goal: {GOAL} ms; medians of {RUNS} runs)")
    for what, words in typed.items():
        took = _middle(lambda words=words: search_schools(among, words))
        print(f"  by {what + ':':<39} {took * 1000:6.1f} ms")
    plain = _middle(lambda: difflib.get_close_matches(typed["a name with an error"], names), runs=1)
    ours = _middle(lambda: search_schools(among, typed["a name with an error"]))
    print(f"  a name with an error, by difflib: {plain * 1000:,.0f} ms, {plain / ours:,.0f} times as long")
    print(f"  making the list ready, once after each change of the store: {_middle(lambda: ready(schools)):.1f} s")


def _middle(act: Callable[[], object], runs: int = RUNS) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return middle(taken)
