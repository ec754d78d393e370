"""By every measure the map, its legend, its table and its download say the same, and what follows from the cells."""

import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, chi2, false_discovery_control
from starlette.testclient import TestClient

from geo import change_wording
from geo.areas.contiguity import graph_of
from geo.maps.measure import Measure
from geo.statistics.empirical_bayes import empirical_bayes
from geo.statistics.gi_star import gi_star
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, USUAL_GROUPS, Facts, facts_of
from tests.pages.measuring import MEANING, RAMPS, WORDS, Address, Look, Seeing, look
from tests.pages.shown import number
from tests.unit.data.running import done

YEAR: Final = ("2025-09", "2026-08")
DRUGS: Final = ("Drugs and alcohol",)
LEVELS: Final = {"lsoa": "LSOA", "msoa": "MSOA"}
STATISTICS: Final = (Measure.SMOOTHED, Measure.CHANGE, Measure.HOT, Measure.PATTERN)
NEED_MANY: Final = (Measure.HOT, Measure.PATTERN)  # of areas; the town has 12 MSOAs
COLUMNS: Final = {  # of the table, and the same of the download
    "Rank": "rank", "Area": "name", "Code": "area", "Incidents": "n", "Residents": "residents",
    "Per 1,000 residents": "rate", "At least": "low", "At most": "high", "Smoothed rate": "smoothed",
    "Weight given to this area’s own rate, %": "own_share", "Sep 2024 – Aug 2025": "before", "Times as many": "ratio",
    "Real or noise": "real", "Hot spot": "hot", "Gi* (z)": "z", "Pattern": "pattern",
    "Hot in how many months": "hot_steps",
}  # fmt: skip
every_measure = pytest.mark.parametrize("measure", list(Measure))
every_level = pytest.mark.parametrize("level", LEVELS)


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


@pytest.fixture(scope="module")
def kept() -> dict[str, Look]:
    """Keep the views that were looked at, for the tests that only read them."""
    return {}


@pytest.fixture
def see(open_demo: Open, client: TestClient, kept: dict[str, Look]) -> Seeing:
    """A function that looks at the map at an address; each is opened once."""

    def seen(address: Address) -> Look:
        key = repr(sorted(address.items()))
        if key not in kept:
            kept[key] = look(open_demo("area_map", address), client)
        assert kept[key].shown.failed == []
        return kept[key]

    return seen


def of_a_year(measure: Measure, level: str) -> Address:
    return {"measure": WORDS[measure], "level": LEVELS[level], "from": "Sep 2025"}


def is_shown(measure: Measure, level: str) -> bool:
    return level == "lsoa" or measure not in NEED_MANY


def drawn(facts: Facts, seen: Look) -> list[str]:
    """Return the codes of the areas in the order of the map's drawing."""
    digest = seen.shown.payload["geometry"].removeprefix("/lc/geometry/").removesuffix(".json")
    return facts.drawn[digest]


def counted(
    facts: Facts, level: str, months: tuple[str, str] = YEAR, groups: tuple[str, ...] = USUAL_GROUPS
) -> pd.DataFrame:
    """Count by the areas of a level in the order of their codes: ``n`` and ``residents``."""
    return facts.by_unit(level, facts.chosen(months, groups)).set_index("code").sort_index()


def by_code(seen: Look, column: str) -> Any:
    return pd.Series(seen.figures(column)).sort_index().to_numpy()


@every_level
@every_measure
def test_the_download_counts_what_the_cells_hold(see: Seeing, facts: Facts, measure: Measure, level: str) -> None:
    units = counted(facts, level)
    seen = see(of_a_year(measure, level))
    assert seen.by_area("n") == units["n"].astype(int).astype(str).to_dict()
    assert by_code(seen, "residents") == pytest.approx(units["residents"].to_numpy())
    assert by_code(seen, "rate") == pytest.approx((1000 * units["n"] / units["residents"]).to_numpy())


@every_level
@every_measure
def test_the_table_holds_the_rows_of_the_download(see: Seeing, measure: Measure, level: str) -> None:
    seen = see(of_a_year(measure, level))
    for told, row in zip(seen.table, seen.rows, strict=True):
        assert set(told) <= set(COLUMNS)
        for heading, cell in told.items():
            figure = row[COLUMNS[heading]]
            if re.fullmatch(r"-?[\d,]+(\.\d+)?", cell):
                decimals = len(cell.partition(".")[2])
                assert number(cell) == pytest.approx(float(figure), abs=0.5000001 * 10**-decimals)
            else:
                assert cell == (figure or "–")


@every_level
@every_measure
def test_the_legend_counts_what_the_map_paints(see: Seeing, facts: Facts, measure: Measure, level: str) -> None:
    seen = see(of_a_year(measure, level))
    painted = seen.painted(drawn(facts, seen))
    assert sum(seen.legend.values()) == len(painted)
    if is_shown(measure, level) and measure not in RAMPS:
        worn = Counter(label or "Too few to say" for label, _ in painted.values())
        assert seen.legend == dict(worn)
        return
    ranges = {label: [number(end) for end in label.split("–")] for label in seen.legend}
    by_class: dict[str, list[float]] = {}
    for mark, text in painted.values():
        by_class.setdefault(mark, []).append(number(text))
    for label, mark in zip(ranges, sorted(by_class), strict=True):
        assert seen.legend[label] == len(by_class[mark])
        assert all(ranges[label][0] <= value <= ranges[label][-1] for value in by_class[mark])


@every_level
@every_measure
def test_the_map_paints_what_the_download_says(see: Seeing, facts: Facts, measure: Measure, level: str) -> None:
    seen = see(of_a_year(measure, level))
    painted = seen.painted(drawn(facts, seen))
    if not is_shown(measure, level):
        measure = Measure.COUNT
    if measure in RAMPS:
        key, decimals = {"count": ("n", 0), "rate": ("rate", 1), "smoothed": ("smoothed", 1)}[measure]
        told = {code: f"{value:,.{decimals}f}" for code, value in seen.figures(key).items()}
        assert {code: text for code, (_, text) in painted.items()} == told
    elif measure is Measure.HOT:
        assert {code: label for code, (label, _) in painted.items()} == seen.by_area("hot")
    elif measure is Measure.CHANGE:
        assert_painted_by_verdict(seen, painted)
    else:
        named = {code: label.split(":")[0].replace("No hot pattern", "None") for code, (label, _) in painted.items()}
        assert named == seen.by_area("pattern")


def assert_painted_by_verdict(seen: Look, painted: dict[str, tuple[str, str]]) -> None:
    said = {"Rose": "rose", "Fell": "fell", "No": "no real change", "": "too few to say"}
    assert {code: said[label.split(" ")[0]] for code, (label, _) in painted.items()} == seen.by_area("real")
    for code, (label, text) in painted.items():
        ratio = seen.figures("ratio")[code]
        assert bool(text) == label.startswith(("Rose", "Fell"))
        low, high = (seen.figures(end)[code] for end in ("low", "high"))
        told = change_wording.brief(ratio, low, high)
        assert not text or text == told or text.startswith(("at least ", "rose, too", "fell, too"))
        assert "more than" not in label or np.isnan(ratio) or ratio > 2 or ratio < 0.5


@every_level
def test_intervals_of_rates_are_those_of_scipy(see: Seeing, facts: Facts, level: str) -> None:
    seen, units = see(of_a_year(Measure.RATE, level)), counted(facts, level)
    n, thousands = units["n"].to_numpy(), units["residents"].to_numpy() / 1000
    assert by_code(seen, "low") == pytest.approx(chi2.ppf(0.025, 2 * n) / 2 / thousands, rel=0.002)
    assert by_code(seen, "high") == pytest.approx(chi2.ppf(0.975, 2 * n + 2) / 2 / thousands, rel=0.002)


@every_level
def test_smoothed_rates_are_those_of_the_counts(see: Seeing, facts: Facts, level: str) -> None:
    seen, units = see(of_a_year(Measure.SMOOTHED, level)), counted(facts, level)
    events, residents = (units[column].to_numpy(dtype=float) for column in ("n", "residents"))
    assert by_code(seen, "smoothed") == pytest.approx(1000 * empirical_bayes(events, residents))
    top = seen.rows[0]
    told = f"{top['name']} has the highest smoothed rate: {float(top['smoothed']):,.1f} per 1,000 residents"
    assert seen.shown.headline == f"{told}, Sep 2025 – Aug 2026."


@pytest.mark.parametrize(("level", "groups"), [("lsoa", USUAL_GROUPS), ("msoa", USUAL_GROUPS), ("lsoa", DRUGS)])
def test_changes_are_those_of_two_years_counts(see: Seeing, facts: Facts, level: str, groups: tuple[str, ...]) -> None:
    seen = see(of_a_year(Measure.CHANGE, level) | ({"harm": list(groups)} if groups == DRUGS else {}))
    now, then = (counted(facts, level, months, groups)["n"] for months in (YEAR, facts.months_before(YEAR)))
    assert seen.by_area("before") == then.astype(int).astype(str).to_dict()
    chance = np.full(len(now), np.nan)
    for at, code in enumerate(now.index):
        one, other = int(then[code]), int(now[code])
        told = {column: seen.figures(column)[code] for column in ("ratio", "low", "high")}
        if one + other < 10:
            assert np.isnan(list(told.values())).all()
            continue
        ends = binomtest(other, one + other).proportion_ci(0.95, "exact")
        # At least as wide as chance alone has it: usual ups and downs make it wider.
        assert told["low"] <= ends.low / (1 - ends.low) * (1 + 1e-9)
        assert not one or told["ratio"] == pytest.approx(other / one)
        assert not one or told["high"] >= ends.high / (1 - ends.high) * (1 - 1e-9)
        tails = [binomtest(other, one + other, alternative=side).pvalue for side in ("less", "greater")]
        chance[at] = min(1.0, 2 * min(tails))
    assert_verdicts(seen.by_area("real"), then, now, chance)
    painted = seen.painted(drawn(facts, seen))
    assert_painted_by_verdict(seen, painted)
    assert seen.legend == Counter(label or "Too few to say" for label, _ in painted.values())
    there = Counter(seen.by_area("real").values())
    assert groups != DRUGS or there["rose"]  # the one that the town is known for
    for verdict in ("rose", "fell"):
        told_of = re.search(rf"(\d+) (?:areas? )?{verdict}", seen.shown.headline)
        assert (int(told_of[1]) if told_of else 0) == there[verdict]
    tested = int(np.count_nonzero(~np.isnan(chance)))
    assert re.search(rf"; {tested}( of {len(now)})? could be tested\.$", seen.shown.headline)


def assert_verdicts(said: dict[str, str], then: Any, now: Any, chance: Any) -> None:
    """Hold that what is called real went that way beyond chance, allowing for so many areas.

    The normal ups and downs of areas can keep a change from being called real, and makes none so.
    """
    beyond = np.zeros(len(chance), dtype=bool)
    tested = ~np.isnan(chance)
    beyond[tested] = false_discovery_control(chance[tested]) <= 0.05
    for code, known, sure in zip(now.index, tested, beyond, strict=True):
        went = "rose" if now[code] > then[code] else "fell"
        assert said[code] in (
            ({"no real change", went} if sure else {"no real change"}) if known else {"too few to say"}
        )


def test_hot_spots_are_gi_star_of_the_cells(see: Seeing, facts: Facts) -> None:
    seen = see(of_a_year(Measure.HOT, "lsoa"))
    areas = gpd.GeoDataFrame(facts.areas).sort_values("area").to_crs(27700)
    z = gi_star(counted(facts, "lsoa")["n"].to_numpy(dtype=float), graph_of(areas.geometry.to_numpy()))
    assert by_code(seen, "z") == pytest.approx(z)
    hot = [
        row["name"]
        for row in seen.rows
        if row["hot"] in ("Hot spot, about 1 in 20 a false alarm", "Hot spot, about 1 in 100 a false alarm")
    ]
    assert seen.shown.headline.startswith(f"{hot[0]} and {len(hot) - 1} other areas are hot spots, ")
    assert hot[0] == areas.set_index("area")["name"][sorted(facts.areas["area"])[int(np.argmax(z))]]


def test_patterns_are_counted_by_the_headline(see: Seeing) -> None:
    seen = see(of_a_year(Measure.PATTERN, "lsoa"))
    there = Counter(seen.by_area("pattern").values())
    told = {name: int(many) for many, name in re.findall(r"(\d+) ([a-z]+)", seen.shown.headline.partition(": ")[2])}
    assert told == {name.lower(): many for name, many in there.items() if name != "None"}
    assert told


NAMED: Final = {
    Measure.SMOOTHED: (r"Empirical Bayes \(Marshall 1991\)", "Sep 2025 – Aug 2026"),
    Measure.CHANGE: ("false discovery rate of 5 % across all", "Sep 2025 – Aug 2026 beside Sep 2024 – Aug 2025"),
    Measure.HOT: (r"neighbours \(areas that touch it\).*false discovery rate", "Sep 2025 – Aug 2026"),
    Measure.PATTERN: (r"neighbours \(areas that touch it\).*each month.*false discovery rate", "Sep 2023 – Aug 2026"),
}


@pytest.mark.parametrize("measure", STATISTICS)
def test_the_legend_says_how_and_of_when_and_an_explanation_is_offered(see: Seeing, measure: Measure) -> None:
    seen = see(of_a_year(measure, "lsoa"))
    method, when = NAMED[measure]
    assert re.search(rf"{method}.*\. {when}\. Source: ", seen.legend_text)
    assert [each.label for each in seen.shown.app.expander] == [MEANING]
    assert len(seen.shown.app.expander[0].markdown[0].value) > 100


@pytest.mark.parametrize("measure", [Measure.COUNT, Measure.RATE])
def test_what_needs_no_explanation_has_none(see: Seeing, measure: Measure) -> None:
    assert not see(of_a_year(measure, "lsoa")).shown.app.expander


@pytest.mark.parametrize("measure", NEED_MANY)
def test_of_too_few_areas_counts_are_shown_and_the_reason_is_said(see: Seeing, measure: Measure) -> None:
    seen, plain = see(of_a_year(measure, "msoa")), see(of_a_year(Measure.COUNT, "msoa"))
    (notice,) = seen.notices
    assert notice.startswith("Counts are shown instead. ")
    assert "20 or more areas" in notice or "at least 20 areas" in notice
    assert "12" in notice
    assert seen.legend_text == plain.legend_text
    assert seen.shown.payload == plain.shown.payload
    assert (seen.shown.headline, seen.rows, seen.table) == (plain.shown.headline, plain.rows, plain.table)
    assert "measure=count" in seen.shown.links[0]
    assert not seen.shown.app.expander
    assert seen.shown.app.segmented_control(key="measure").value == measure  # the picker stays where it was put


def test_a_year_before_the_data_is_no_change_and_that_is_said(see: Seeing) -> None:
    seen = see({"measure": "Change", "from": "Sep 2023", "to": "Oct 2023"})
    assert [told for told in seen.notices if "Sep 2022 has no figures" in told]
    assert seen.legend_text.startswith("Incidents ")


def test_other_pickers_keep_the_measure(open_demo: Open) -> None:
    shown = open_demo("area_map", of_a_year(Measure.HOT, "msoa"))
    shown.app.segmented_control(key="level").set_value("lsoa")
    assert "hot spots" in again(shown).headline


def test_a_known_command_counts_the_same(see: Seeing, demo_home: Path, facts: Facts) -> None:
    asked = ("--dataset", facts.dataset.id, "--by", "area", "--from", YEAR[0], "--to", YEAR[1])
    harms = [part for code in ("violence", "substances", "asb") for part in ("--harm", code)]
    listed = done(demo_home, "counts", *asked, *harms).out.splitlines()[1:]
    counts = {code: int(n) for code, n in (line.rsplit(",", 1) for line in listed) if n != "0"}
    for measure in Measure:
        seen = see(of_a_year(measure, "lsoa"))
        assert {code: int(n) for code, n in seen.by_area("n").items() if n != "0"} == counts
