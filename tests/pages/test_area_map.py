"""The area map, its legend, its table and its headline say the same, and what they say is what the cells hold."""

import gzip
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest

from geo.areas.drawing import pack_drawing, renamed
from pages.routes.transient_files import offered
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, USUAL_GROUPS, Facts, facts_of, plain
from tests.pages.shown import number

RATE: Final = "Per 1,000 residents"


@dataclass(frozen=True)
class Asked:
    """A selection: what the address says, and the same in the terms of the cells."""

    address: dict[str, str | list[str]]
    months: tuple[str, str]
    level: str = "lsoa"
    rate: bool = False
    groups: tuple[str, ...] = USUAL_GROUPS
    category: str | None = None


SELECTIONS: Final = {
    "as it opens": Asked({}, ("2025-09", "2026-08")),
    "a year of one group by rate": Asked(
        {"from": "Jan 2025", "to": "Dec 2025", "harm": "Drugs and alcohol", "measure": "Rate", "level": "MSOA"},
        ("2025-01", "2025-12"),
        "msoa",
        rate=True,
        groups=("Drugs and alcohol",),
    ),
    "one category of one month": Asked(
        {"from": "Feb 2024", "to": "Feb 2024", "category": "Robbery"}, ("2024-02", "2024-02"), category="Robbery"
    ),
    "a category of a group that is not chosen": Asked(
        {"harm": "Drugs and alcohol", "category": "Burglary", "level": "Ward"},
        ("2025-09", "2026-08"),
        "ward",
        category="Burglary",
    ),
    "two groups by district": Asked(
        {"harm": ["Other", "Anti-social behaviour"], "level": "District", "from": "Sep 2023"},
        ("2023-09", "2026-08"),
        "district",
        groups=("Other", "Anti-social behaviour"),
    ),
}
every_selection = pytest.mark.parametrize("asked", SELECTIONS.values(), ids=SELECTIONS)


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


def expected(facts: Facts, asked: Asked) -> pd.DataFrame:
    units = facts.by_unit(asked.level, facts.chosen(asked.months, asked.groups, asked.category))
    return units.assign(rate=1000 * units["n"] / units["residents"])


def painted(facts: Facts, payload: dict[str, Any]) -> dict[str, str]:
    """Return the text that each area of the map wears, by the code that the drawing gives it."""
    digest = payload["geometry"].removeprefix("/lc/geometry/").removesuffix(".json")
    return dict(zip(facts.drawn[digest], payload["texts"].split("|"), strict=True))


@every_selection
def test_the_headline_holds_the_figures_of_the_cells(open_demo: Open, facts: Facts, asked: Asked) -> None:
    units = expected(facts, asked)
    headline = open_demo("area_map", asked.address).headline
    measure = "rate" if asked.rate else "n"
    top = units[units[measure] == units[measure].max()]
    assert any(name in headline for name in top["name"])
    told = [f"{top['rate'].iloc[0]:,.1f}"] if asked.rate else [f"{top['n'].iloc[0]:,.0f}", f"{units['n'].sum():,.0f}"]
    assert all(figure in headline for figure in told)


@every_selection
def test_the_map_paints_the_figures_of_the_cells(open_demo: Open, facts: Facts, asked: Asked) -> None:
    units = expected(facts, asked).set_index("code")
    values = units["rate"].map("{:,.1f}".format) if asked.rate else units["n"].map("{:,.0f}".format)
    assert painted(facts, open_demo("area_map", asked.address).payload) == values.to_dict()


@every_selection
def test_the_table_holds_the_figures_of_the_cells_highest_first(open_demo: Open, facts: Facts, asked: Asked) -> None:
    units = expected(facts, asked)
    shown = open_demo("area_map", asked.address)
    rows = shown.table("Rank")
    listed = {(row["Code"], number(row["Incidents"]), number(row["Residents"]), number(row[RATE])) for row in rows}
    assert listed == set(zip(units["code"], units["n"], units["residents"], units["rate"].round(1), strict=True))
    ranked = [number(row[RATE if asked.rate else "Incidents"]) for row in rows]
    assert ranked == sorted(ranked, reverse=True)
    measure = units["rate"] if asked.rate else units["n"]
    assert [number(row["Rank"]) for row in rows] == sorted(measure.rank(method="min", ascending=False))


@every_selection
def test_the_legend_counts_the_areas_that_the_map_paints(open_demo: Open, asked: Asked) -> None:
    shown = open_demo("area_map", asked.address)
    texts, marks = shown.payload["texts"].split("|"), shown.payload["marks"]
    worn: dict[str, list[str]] = {}
    for text, mark in zip(texts, marks, strict=True):
        worn.setdefault(mark, []).append(text)
    ranges = {label: [number(end) for end in label.split("–")] for label in shown.legend}
    assert sum(shown.legend.values()) == len(texts)
    for label, members in zip(
        sorted(ranges, key=ranges.__getitem__), (worn[mark] for mark in sorted(worn)), strict=True
    ):
        assert shown.legend[label] == len(members)
        assert all(ranges[label][0] <= number(text) <= ranges[label][-1] for text in members)


def test_each_choice_repaints_the_map(open_demo: Open) -> None:
    shown = open_demo("area_map")
    tokens = [shown.payload["token"]]
    pickers = shown.app
    for choose in (
        lambda: pickers.multiselect(key="harm").set_value(["Drugs and alcohol"]),
        lambda: pickers.selectbox(key="from").set_value("Sep 2023"),
        lambda: pickers.segmented_control(key="measure").set_value("rate"),
        lambda: pickers.segmented_control(key="level").set_value("ward"),
        lambda: pickers.selectbox(key="category").set_value("Robbery"),
    ):
        choose()
        shown = again(shown)
        assert shown.failed == []
        tokens.append(shown.payload["token"])
    assert len(set(tokens)) == len(tokens)


def test_a_choice_changes_values_only_and_never_the_map_itself(open_demo: Open) -> None:
    shown = open_demo("area_map")
    before = shown.maps[0]
    shown.app.multiselect(key="harm").set_value(["Drugs and alcohol"])
    after = again(shown).maps[0]
    assert before["feature_group"] != after["feature_group"]
    constant = set(before) - {"feature_group"}
    assert {name: before[name] for name in constant} == {name: after[name] for name in constant}


def test_the_chosen_area_has_its_profile_and_its_outline(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("area_map", {"area": "Eastmoor (Castlebrook 005C)", "from": "Sep 2025"})
    cells = facts.chosen(("2025-09", "2026-08"), USUAL_GROUPS)
    code = facts.areas.set_index("name").loc["Eastmoor (Castlebrook 005C)", "area"]
    result = cells[cells["area"] == code]
    assert f"{result['n'].sum():,} incidents, Sep 2025 – Aug 2026" in shown.text
    by_category = {row["Police category"]: number(row["Incidents"]) for row in shown.table("Police category")}
    recorded = result.replace({"category": {"Violence and sexual offences": "Violence and sexual offences (police)"}})
    assert by_category == recorded.groupby("category")["n"].sum().to_dict()
    assert shown.payload["selected"] == code


def test_the_line_of_an_area_has_every_month(open_demo: Open, facts: Facts) -> None:
    shown = open_demo("area_map", {"area": "Eastmoor (Castlebrook 005C)"})
    code = facts.areas.set_index("name").loc["Eastmoor (Castlebrook 005C)", "area"]
    cells = facts.chosen(("2023-09", "2026-08"), USUAL_GROUPS)
    (line,) = (rows for rows in shown.charts if "period" in rows[0])
    counted = cells[cells["area"] == code].groupby("month")["n"].sum()
    assert len(line) == 36
    assert {row["period"]: row["n"] for row in line if row["n"]} == counted.to_dict()


def test_the_download_holds_what_is_shown(open_demo: Open, facts: Facts) -> None:
    links = open_demo("area_map", SELECTIONS["a year of one group by rate"].address).links
    for form in ("csv", "xlsx"):
        (link,) = (one for one in links if one.startswith(f"/lc/download/areas.{form}?"))
        for part in ("measure=rate", "level=msoa", "from=2025-01", "to=2025-12", "harm=substances"):
            assert part in link
        assert f"dataset={facts.dataset.id}" in link


def test_tooltips_of_a_store_from_before_speak_of_areas_as_the_table_does(
    open_page: Open, facts: Facts, demo_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "before"
    shutil.copytree(demo_home, home)
    with closing(sqlite3.connect(home / "local-context.sqlite")) as file, file:
        (packed,) = file.execute("select content from drawing where level = 'lsoa'").fetchone()
        drawn = gzip.decompress(packed)
        before = pack_drawing(renamed(drawn, [plain(name) for name in names_in(drawn)]))
        file.execute("update drawing set digest = ?, content = ? where level = 'lsoa'", before)
    shown = open_page(home, "area_map")
    digest = shown.payload["geometry"].removeprefix("/lc/geometry/").removesuffix(".json")
    assert digest != before[0]
    served = offered(digest)
    assert served is not None
    assert gzip.decompress(served) == drawn
    assert names_in(drawn) == facts.areas["name"].tolist()


def names_in(drawn: bytes) -> list[str]:
    """Return what the tooltip of each area of a drawing calls it."""
    return [feature["properties"]["n"] for feature in json.loads(drawn)["features"]]
