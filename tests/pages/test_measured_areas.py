"""One area and the clusters on the map: what is said of them is what the map shows and what the command tells."""

import re
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pytest
from starlette.testclient import TestClient

from geo import change_wording
from geo.calendar import months
from geo.calendar.periods import say_range
from geo.maps.measure import Measure
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, SCHOOL, Facts, facts_of, plain
from tests.pages.measuring import WORDS, Address, look
from tests.pages.shown import Markup, Shown
from tests.unit.data.running import done

DRUGS: Final[Address] = {"harm": "Drugs and alcohol", "from": "Apr 2026"}
RECENT: Final = months.between("2026-03", "2026-08")  # the longest that a cluster lasts
PIN: Final = "Castlebrook Academy"
BUSY: Final = "Eastmoor (Castlebrook 005C)"
ALIKE: Final = 10
STATES: Final = {"lc-hot": "hot", "lc-cold": "cold", "lc-neither": "neither", "lc-unknown": "not known"}


@pytest.fixture(scope="module")
def facts(demo_home: Path) -> Facts:
    return facts_of(demo_home, POLICE)


def heading(shown: Shown, name: str) -> str:
    (piece,) = (piece for piece in shown.markup if f"<h2>{name}</h2>" in piece.html)
    return " ".join(piece.text.split())


def strip(shown: Shown) -> tuple[list[str], list[str], list[str]]:
    """Read the strip of past states: how each step looks, its tooltip, and its words for those who hear the page."""
    (piece,) = (piece for piece in shown.markup if "lc-past" in piece.html)
    of_steps = Markup(piece.html.split('<ol class="lc-past">')[1].split("</ol>")[0])
    items = [attributes for tag, attributes in of_steps.tags if tag == "li"]
    unseen = re.findall(r'<span class="lc-unseen">(.*?)</span>', of_steps.html)
    return [str(item["class"]) for item in items], [str(item["title"]) for item in items], unseen


@pytest.mark.parametrize("measure", list(Measure))
def test_the_profile_says_of_an_area_what_table_and_map_say(
    open_demo: Open, client: TestClient, measure: Measure
) -> None:
    seen = look(open_demo("area_map", {"measure": WORDS[measure], "from": "Sep 2025", "area": BUSY}), client)
    (row,) = (row for row in seen.rows if row["name"] == BUSY)
    told = heading(seen.shown, BUSY)
    rate = f"{float(row['rate']):,.1f}"
    between = f" ({float(row['low']):,.1f} to {float(row['high']):,.1f})" if measure is Measure.RATE else ""
    residents = f"{int(row['residents']):,}"
    assert f"{int(row['n']):,} incidents, Sep 2025 – Aug 2026 · {rate}{between} per 1,000 of its {residents}" in told
    if measure in (Measure.COUNT, Measure.RATE, Measure.SMOOTHED):
        by = WORDS[measure].lower()
        assert f"rank {row['rank']} of 60 by {by}" in told
    if measure is Measure.SMOOTHED:
        share = float(row["own_share"])
        assert (
            f"{float(row['smoothed']):,.1f} per 1,000 residents; weight given to this area’s own rate: {share:.0f} %"
            in told
        )
    if measure is Measure.CHANGE:
        change = change_wording.change(*(float(row[key]) for key in ("ratio", "low", "high")))
        assert f"{row['real']}: {change}" in told.replace(" among so many areas", "")
        assert f"after {row['before']}" in told
    if measure is Measure.HOT:
        assert row["hot"] in told
        assert "the areas beside it" in told
    assert (measure is Measure.PATTERN) == bool([piece for piece in seen.shown.markup if "lc-past" in piece.html])
    if measure is Measure.PATTERN:
        assert re.search(f"{row['pattern']}: (consistently )?hot", told)


@pytest.mark.parametrize("area", [BUSY, "Millbank (Castlebrook 010C)"])
@pytest.mark.parametrize("harm", ["Drugs and alcohol", "Anti-social behaviour"])
def test_the_strip_has_one_step_each_with_words_and_explains_the_pattern(
    open_demo: Open, client: TestClient, area: str, harm: str
) -> None:
    seen = look(open_demo("area_map", {"measure": "Emerging", "harm": harm, "area": area}), client)
    looks, titles, unseen = strip(seen.shown)
    states = [STATES[each] for each in looks]
    length = 3 if harm == "Drugs and alcohol" else 1  # months in a step, as counts are lower
    assert len(states) == 36 // length
    assert [title.split(": ")[1] for title in titles] == states
    assert unseen == [f"{title}. " for title in titles]
    assert len(set(titles)) == len(titles)
    (row,) = (row for row in seen.rows if row["name"] == area)
    assert row["hot_steps"] == f"{states.count('hot')} of {len(states)}"
    hot = [at for at, state in enumerate(states) if state == "hot"]
    last = len(states) - 1
    if row["pattern"] == "New":
        assert hot == [last]
    elif row["pattern"] == "Consecutive":
        assert hot == list(range(hot[0], last + 1))
    elif row["pattern"] == "None":
        assert not hot or "cold" in states
    elif row["pattern"] != "Sporadic":
        assert last in hot
        assert 10 * len(hot) >= 9 * len(states)


def test_the_letters_of_the_strip_are_not_read_out_beside_its_words(open_demo: Open) -> None:
    (piece,) = (
        piece
        for piece in open_demo("area_map", {"measure": "Emerging", "area": BUSY}).markup
        if "lc-past" in piece.html
    )
    assert piece.html.count('<span aria-hidden="true">') == piece.html.count("<li ")


@pytest.mark.parametrize("area", [BUSY, "Castle (Castlebrook 001A)"])
def test_areas_alike_are_those_nearest_in_deprivation_and_density(
    open_demo: Open, client: TestClient, facts: Facts, area: str
) -> None:
    seen = look(open_demo("area_map", {"measure": "Rate", "from": "Sep 2025", "area": area}), client)
    frame = gpd.GeoDataFrame(facts.areas).to_crs(27700)
    features = np.column_stack([frame["residents"] / frame.geometry.area, frame["deprivation"]])
    standard = (features - features.mean(axis=0)) / features.std(axis=0)
    at = frame["name"].tolist().index(area)
    apart = np.hypot(*(standard - standard[at]).T)
    apart[at] = np.inf
    rates = np.array([seen.figures("rate")[code] for code in frame["area"]])
    nearest = np.argsort(apart)[:ALIKE]
    lower = int((rates[nearest] < rates[at]).sum())
    told = heading(seen.shown, area)
    assert f"Of the {ALIKE} areas most like it in deprivation and in how densely people live, {lower} have a" in told
    assert f"{np.median(rates[nearest]):,.1f} per 1,000 residents" in told


def test_clusters_are_outlined_and_listed_as_the_command_tells_them(
    open_demo: Open, demo_home: Path, facts: Facts
) -> None:
    shown = open_demo("area_map", DRUGS | {"clusters": "true"})
    (outline,) = shown.payload["outlines"]
    (listed,) = (piece for piece in shown.markup if "Current clusters" in piece.html)
    assert [tag for tag, _ in listed.tags if tag in ("ol", "li")] == ["ol", "li"]  # numbered, as the badges are
    assert outline["label"] in listed.text
    assert "1 detected cluster, outlined and numbered" in " ".join(piece.text for piece in shown.markup)
    asked = ("findings", "--dataset", facts.dataset.id, "--harm", "substances", "--to", "2026-08")
    cluster = done(demo_home, *asked).out.splitlines()[1]
    told = re.fullmatch(
        r"(.*): (\d+) incidents in (.*?), (where .*); unlikely to be chance \(((?:about|at most) \d+ of 1,000)\)",
        outline["label"],
    )
    assert told is not None, outline["label"]
    where, held, when, usual, chance = told.groups()
    for part in (f"1. {where}: {held} incidents", f" in {when}, {usual}. ", f"in {chance} searches"):
        assert part in cluster
    digest = shown.payload["geometry"].removeprefix("/lc/geometry/").removesuffix(".json")
    codes = [facts.drawn[digest][member] for member in outline["members"]]
    since = next(one for one in RECENT if say_range(months.between(one, RECENT[-1])) == when)
    cells = facts.chosen((since, RECENT[-1]), ("Drugs and alcohol",))
    assert int(held) == cells[cells["area"].isin(codes)]["n"].sum()
    most = cells[cells["area"].isin(codes)].groupby("area")["n"].sum().idxmax()
    assert codes[0] == most
    assert plain(facts.areas.set_index("area")["name"][most]) in where


@pytest.mark.parametrize("measure", [Measure.RATE, Measure.CHANGE, Measure.PATTERN])
def test_clusters_lie_over_any_measure(open_demo: Open, measure: Measure) -> None:
    shown = open_demo("area_map", DRUGS | {"clusters": "true", "measure": WORDS[measure], "from": "Sep 2025"})
    assert shown.failed == []
    assert len(shown.payload["outlines"]) == 1
    shown.app.toggle(key="clusters").set_value(False)
    shown = again(shown)
    assert shown.payload["outlines"] == []
    assert "Current clusters" not in shown.text


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"harm": "Other"}, "No cluster stands out from chance as of Aug 2026."),
        (
            {"level": "MSOA"},
            "We couldn’t check for current clusters, because a search for clusters needs at least 20 areas",
        ),
    ],
)
def test_where_no_cluster_is_outlined_that_is_said(open_demo: Open, asked: Address, reason: str) -> None:
    shown = open_demo("area_map", asked | {"clusters": "true"})
    assert shown.payload["outlines"] == []
    assert reason in shown.text
    assert "Current clusters" not in shown.text


def test_an_address_opens_the_view_that_its_pickers_were_put_to(open_demo: Open) -> None:
    shown = open_demo("area_map", {"dataset": POLICE, "school": PIN})
    shown.app.segmented_control(key="measure").set_value("hot")
    shown = again(shown)
    for key in ("cold", "residents", "clusters"):
        shown.app.toggle(key=key).set_value(True)
    shown.app.selectbox(key="area").set_value(BUSY)
    shown.app.toggle(key="zoom").set_value(True)
    shown = again(shown)
    fresh = open_demo(
        "area_map",
        {
            "dataset": POLICE, "school": PIN, "measure": "Hot spots", "cold": "true", "residents": "true",
            "clusters": "true", "area": BUSY, "zoom": "true",
        },
    )  # fmt: skip
    assert fresh.payload == shown.payload
    assert (fresh.headline, fresh.tables) == (shown.headline, shown.tables)
    assert fresh.payload["fit"] != "areas"


@pytest.mark.parametrize("measure", [Measure.SMOOTHED, Measure.CHANGE, Measure.HOT, Measure.PATTERN])
def test_custodians_see_statistics_of_exact_counts_and_download_none(open_demo: Open, measure: Measure) -> None:
    shown = open_demo("area_map", {"dataset": SCHOOL, "measure": WORDS[measure], "from": "Sep 2024", "area": BUSY})
    assert shown.failed == []
    assert not [link for link in shown.links if "download" in link]
    assert "These figures are exact, so they cannot be downloaded" in shown.text
    assert "Exact: do not share." in shown.text
    assert [word for word in ("about", "fewer than 10 incidents") if f" {word} " in heading(shown, BUSY)] == []
