"""The Guide opens at each part, by its control and by its address, and tells of figures and methods what is so."""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pytest

from data.services import one_release, secret
from geo import disclosure
from geo.findings import changes, clusters, nearby, patterns, report, search
from geo.harms import HARM_GROUPS
from geo.maps import peer_rates as similar_areas
from geo.maps.map_words import MEASURE_WORDS
from geo.release import deniable_zeros, ledger, released_again, zones
from geo.release.balancing import STEP
from geo.release.ledger import DAYS_OVER
from geo.statistics import (
    density,
    emerging,
    empirical_bayes,
    gi_star,
    near_repeats,
    permutation,
    rate_interval,
    rate_ratio,
    scan,
    time_steps,
)
from geo.statistics.control import g_chart, limits, rules
from geo.statistics.emerging import Pattern
from geo.statistics.hit_rates import HitRates, hit_rates, verdict
from geo.trends import control_charts, overview
from geo.views import scene
from pages.components.context import findings_view
from pages.components.guide.hit_rate_view import Outcome
from pages.routes.assets import asset_url
from tests.attack.worlds import SIZES
from tests.conftest import CHECKOUT
from tests.pages.conftest import Open, again
from tests.pages.facts import POLICE, SCHOOL, USUAL_GROUPS, facts_of
from tests.pages.shown import Shown, number

READING: Final = "Reading the pages"
PROTECTION: Final = "How counts are protected"
BRINGING: Final = "Bringing your own incidents"
DETECTED: Final = "What was detected"
TRENDS: Final = "Trends and the clock"
ACTING: Final = "Acting on what you see"
WAY_HOME: Final = "The way home"
PREDICTING: Final = "Does the map predict?"
FILES: Final = {
    READING: "reading-the-pages.md",
    BRINGING: "bringing-your-own-incidents.md",
    DETECTED: "what-was-detected.md",
    TRENDS: "trends-and-the-clock.md",
    ACTING: "acting-on-what-you-see.md",
    "Papers": "papers.md",
    WAY_HOME: "way-home.md",
    PREDICTING: "does-the-map-predict.md",
    "Files of known hotspots": "register-files.md",
    "Duties and documents": "duties-and-documents.md",
    PROTECTION: "how-counts-are-protected.md",
}


def written(part: str) -> str:
    return (CHECKOUT / "docs" / "guide" / FILES[part]).read_text(encoding="utf-8")


def plainly(part: str) -> str:
    """Return a part of the Guide without its line breaks."""
    return " ".join(written(part).split())


def parts_on(shown: Shown) -> list[str]:
    """Return the parts whose words are on the page."""
    told = [each.value for each in shown.app.markdown]
    return [part for part in FILES if written(part).strip() in [text.strip() for text in told]]


def pictures_on(shown: Shown) -> list[dict[str, str | None]]:
    return [attributes for piece in shown.markup for tag, attributes in piece.tags if tag == "img"]


def test_the_guide_opens_with_how_to_read_the_pages(open_demo: Open) -> None:
    shown = open_demo("guide")
    assert shown.failed == []
    assert parts_on(shown) == [READING]
    assert pictures_on(shown) == []


@pytest.mark.parametrize("part", FILES)
def test_a_part_of_the_guide_has_an_address(open_demo: Open, part: str) -> None:
    shown = open_demo("guide", {"part": part})
    assert shown.failed == []
    assert parts_on(shown) == [part]
    assert shown.headline.endswith(".")


def test_a_part_that_does_not_exist_opens_the_first(open_demo: Open) -> None:
    assert parts_on(open_demo("guide", {"part": "How to guess"})) == [READING]


def test_one_part_leads_to_the_others_and_back(open_demo: Open) -> None:
    shown = open_demo("guide")
    for part in (PROTECTION, PREDICTING, TRENDS, DETECTED, READING):
        shown.app.segmented_control(key="part").set_value(part)
        shown = again(shown)
        assert shown.failed == []
        assert parts_on(shown) == [part]


def test_the_picture_comes_from_our_own_route_and_can_be_read_aloud(open_demo: Open) -> None:
    (picture,) = pictures_on(open_demo("guide", {"part": PROTECTION}))
    assert picture["src"] == asset_url("protection.svg")
    told = picture["alt"] or ""
    assert all(f"{step}: " in told for step in (1, 2, 3, 4))
    drawn = (CHECKOUT / "pages" / "assets" / "protection.svg").read_text(encoding="utf-8")
    figures = re.findall(r"<text[^>]*>((?:about )?\d+)</text>", drawn)
    assert len(figures) == 7
    assert [figure for figure in figures if figure not in told] == []


def test_what_the_picture_adds_up_is_what_it_shows() -> None:
    drawn = (CHECKOUT / "pages" / "assets" / "protection.svg").read_text(encoding="utf-8")
    *counts, whole = (int(figure) for figure in re.findall(r"<text[^>]*>(?:about )?(\d+)</text>", drawn))
    exact, protected = counts[:3], counts[3:]
    assert drawn.count("h0") == sum(exact)  # one dot for each incident
    assert all(shown % 5 == 0 and -5 < shown - n < 5 for n, shown in zip(exact, protected, strict=True))
    assert whole == sum(protected)


WORDS: Final = {3: "three", 4: "four", 5: "five", 6: "six"}
LIMITS: Final = (
    "not *differential privacy*",
    "knows every other incident",
    "The same incidents in two datasets could be taken from one another, so they are refused",
    "cannot be known again. **Never bring the same incidents in twice**",
    f"more than {WORDS[released_again.FEW_ROWS]} of its incidents are there already",
    "tell when the data begin and end",
    "Of several schools, each knows its own rows",
    f"there were {STEP} or more",
)


@pytest.mark.parametrize("limit", LIMITS)
def test_the_guide_says_what_protection_does_not_do(limit: str) -> None:
    _, limits = plainly(PROTECTION).split("## What this does not do")
    assert limit in limits


def test_the_guide_tells_the_figures_that_the_release_keeps_to() -> None:
    told = plainly(PROTECTION)
    assert f"**About 15** was {15 - STEP} to {15 + STEP - 1}." in told
    assert f"**{disclosure.FEWER_THAN.capitalize()}** was anything from 0 to {disclosure.THRESHOLD - 1}." in told
    assert f"held {zones.MIN_INCIDENTS} incidents or more" in told
    assert f"stays from year to year while {zones.MIN_SHOWN_TO_STAY} or more are shown of it" in told
    assert deniable_zeros.SHARE == 1 / 4
    assert "**about one five in four stands for nothing at all**" in told
    assert f"have {zones.MIN_RESIDENTS:,} residents or more" in told
    assert f"it has been over for {DAYS_OVER} days" in told
    assert f"only when {ledger.MIN_ROWS_CHANGED} or more of its rows have changed, and at most once a year" in told
    assert ledger.DAYS_BETWEEN == 365
    assert "are marked “First edition”. They stay as they are and are never corrected" in told
    assert (zones.MIN_CONTRIBUTORS, zones.LARGEST_TWO) == (3, 90)
    assert "three schools or more, of which the two largest bring at most nine tenths" in told
    assert ", ".join(f"{size:,}" for size in SIZES[:-1]) + f" and {SIZES[-1]:,} incidents" in told


def test_the_guide_says_that_a_row_is_released_once() -> None:
    told = plainly(PROTECTION).split("## One row, one release")[1].split(" ## ")[0]
    assert "the same incidents as another dataset are refused" in told
    assert "a dataset that was removed goes on with its release when it is brought in again" in told
    assert "after a backup is restored, what was released since stays as it was" in told
    assert f"opened only for a reason, by typing {one_release.WORD}, and both are kept for good" in told


def test_the_guide_says_where_the_secret_lies_and_what_losing_it_means() -> None:
    told = plainly(PROTECTION)
    assert f"the file `{secret.NAME}`" in told
    assert "**Keep a copy**" in told
    assert "**If it is lost**" in told


def test_every_measure_of_the_map_and_every_word_for_a_past_is_explained() -> None:
    map_part, words = plainly(DETECTED).split("## Eight words for the past of a hot spot")
    assert [word for word in MEASURE_WORDS.values() if f"- **{word}**:" not in map_part] == []
    assert "- **Current clusters**" in map_part
    told = [pattern.name.capitalize() for pattern in Pattern if pattern > 0]
    assert len(told) == 8
    assert [word for word in told if f"| {word} |" not in words] == []


def test_the_guide_tells_the_figures_that_the_methods_keep_to() -> None:
    told = plainly(DETECTED)
    shares = [f"{100 * (1 - share):g}" for share in gi_star.FDR_LEVELS]
    assert f"{', '.join(shares[:-1])} and {shares[-1]} % are false discovery rates of 10, 5 and 1 %" in told
    assert f"under {rate_ratio.MIN_EVENTS} incidents in both years together nothing is said" in told
    assert f"exact below {rate_interval.EXACT_BELOW} incidents" in told
    assert f"holds fewer than {gi_star.SPARSE:g}, chance is seen from {permutation.PERMUTATIONS:,} permutations" in told
    assert f"Steps are {', '.join(map(str, time_steps.LENGTHS[:-1]))} or {time_steps.LENGTHS[-1]} months" in told
    assert f"the shortest with {time_steps.MIN_EXPECTED:g} incidents" in told
    assert f"Circles up to {clusters.RADIUS:,.0f} m" in told
    assert f"the last 1 to {scan.WINDOWS} periods, set against those before them, of up to {clusters.PERIODS}." in told
    assert f"p ≤ {clusters.SIGNIFICANCE}" in told
    assert f"where there are {clusters.STRONG} times as many" in told
    assert f"were each of the two counts off by {STEP}" in told
    assert f"the three findings of most use within {report.FAR / 1000:.0f} km" in told
    assert findings_view.SHOWN == 3
    assert (nearby.SIGNIFICANCE, similar_areas.NUMBER, search.MIN_AREAS, patterns.HELD) == (0.05, 10, 20, 2.0)
    assert f"at least {scene.MIN_UNITS} of them" in told


def test_the_guide_tells_what_each_method_needs() -> None:
    told = plainly(DETECTED).split("### What each needs")[1]
    few, least = empirical_bayes.MIN_AREAS, empirical_bayes.MIN_EVENTS
    assert f"| Smoothed rate | {few} areas with residents, {least} incidents |" in told
    assert f"| Change of an area | {rate_ratio.MIN_EVENTS} incidents in both years together;" in told
    assert f"| Rise and fall | the same, in {changes.MIN_AREAS} areas |" in told
    assert f"| Hot spots | {gi_star.MIN_AREAS} areas with neighbours, {gi_star.MIN_INCIDENTS} incidents |" in told
    most = f"{emerging.MIN_AREAS} areas, {time_steps.MIN_STEPS} steps, {emerging.MIN_EXPECTED:g} incidents expected"
    assert f"| Emerging | {most}" in told
    in_all = scan.WINDOWS + scan.MIN_PERIODS_BEFORE
    assert f"{scan.MIN_AREAS} areas, {in_all} periods, {scan.MIN_INCIDENTS} incidents in the last 6 |" in told
    assert f"| Density | {density.MIN_INCIDENTS} incidents at {density.MIN_POINTS} places |" in told
    assert f"| Near repeats | {near_repeats.MIN_INCIDENTS} incidents with their days |" in told


LABELS: Final = {"ours": "This map", "last": "Last month’s map", "year": "Same month last year"} | {
    "long": "Counts of two years",
    "perfect": "Perfect foresight",
}
GROUPS: Final = (*USUAL_GROUPS, "Other")


def foreseen(home: Path, *groups: str) -> HitRates:
    """Test some harm groups on the bare cells of the police's dataset."""
    facts = facts_of(home, POLICE)
    months = facts.dataset.months
    tables = [facts.chosen((months[0], months[-1]), each) for each in (groups, GROUPS)]
    counts, together = (
        cells.pivot_table(index="area", columns="month", values="n", aggfunc="sum")
        .reindex(index=facts.areas["area"], columns=list(months))
        .fillna(0.0)
        .to_numpy()
        for cells in tables
    )
    return hit_rates(counts, together, 12)


def test_each_harm_group_has_its_verdict_and_its_shares(open_demo: Open, demo_home: Path) -> None:
    shown = open_demo("guide", {"part": PREDICTING, "dataset": POLICE})
    rows = {row["Harm group"]: row for row in shown.table("Harm group")}
    assert list(rows) == [*(group for group in HARM_GROUPS.values() if group in GROUPS), "All harm groups together"]
    for label, groups in [*((group, (group,)) for group in GROUPS), ("All harm groups together", GROUPS)]:
        found = foreseen(demo_home, *groups)
        assert {way: number(rows[label][heading]) for way, heading in LABELS.items()} == pytest.approx(
            {way: 100 * mean for way, mean in found.means.items()}, abs=0.0501
        )
        assert rows[label]["Months tested"] == str(len(found.table))
    told = verdict(foreseen(demo_home, "Drugs and alcohol"), "incidents of drugs and alcohol", "month")
    assert f"Drugs and alcohol: {told}" in shown.text


def test_the_table_of_a_harm_group_has_shares_and_no_counts(open_demo: Open, demo_home: Path) -> None:
    shown = open_demo("guide", {"part": PREDICTING, "dataset": POLICE, "foreseen": "Drugs and alcohol"})
    rows, found = shown.table("Month"), foreseen(demo_home, "Drugs and alcohol")
    assert list(rows[0]) == ["Month", *LABELS.values()]
    for way, heading in LABELS.items():
        assert [number(row[heading]) for row in rows] == pytest.approx((100 * found.table[way]).tolist(), abs=0.0501)
    assert len(shown.app.get("vega_lite_chart")) == 1


def test_it_says_better_or_worse_only_beyond_chance() -> None:
    def standing(*leads: float) -> str:
        ours = 0.3 + np.resize(leads, 12)
        table = pd.DataFrame({"ours": ours, "last": 0.1, "year": 0.1, "long": 0.3, "perfect": 0.5})
        return Outcome("Drugs", HitRates(table, 43, 0.05, 12), "").standing

    assert standing(0.02, 0.03) == "better by 2.5 points"
    assert standing(-0.02, -0.03) == "worse by 2.5 points"
    assert standing(0.02, -0.02) == standing(0.0) == "no real difference"


def test_the_dataset_picker_of_the_guide_is_that_of_the_other_pages(open_demo: Open) -> None:
    shown = open_demo("guide", {"part": PREDICTING, "dataset": SCHOOL})
    picker = shown.app.selectbox(key="dataset")
    assert picker.value == SCHOOL
    assert picker.options == open_demo("trends").app.selectbox(key="dataset").options


def test_exact_figures_are_marked_and_thin_ones_refused_with_a_reason(open_demo: Open) -> None:
    shown = open_demo("guide", {"part": PREDICTING, "dataset": SCHOOL})
    assert "Exact: do not share." in shown.text
    (thin,) = re.findall(
        r"We couldn’t check ([^.]*), because testing whether the map predicts needs at least 10", shown.text
    )
    assert "child criminal exploitation" in thin
    assert [row["Harm group"] for row in shown.table("Harm group")] == ["All harm groups together"]


def test_a_board_gets_the_reason_alone_where_a_release_has_too_few_zones(open_demo: Open) -> None:
    shown = open_demo("guide", {"part": PREDICTING, "dataset": SCHOOL, "board": "true"})
    assert "Protected: every figure is “about”" in shown.text
    assert "needs at least 20 areas" in shown.text
    assert shown.tables == []
    assert len(shown.app.get("vega_lite_chart")) == 0


def test_an_empty_store_has_nothing_to_test(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(tmp_path, "guide", {"part": PREDICTING})
    assert shown.failed == []
    assert "No incidents are loaded yet" in shown.text


def test_what_the_guide_says_of_trends_is_what_they_do() -> None:
    told = plainly(TRENDS)
    assert rules.IN_A_ROW == 7
    assert told.count("seven in a row") == 2
    assert f"Its first {limits.BASELINE_POINTS} periods set it" in told
    assert f"Under {limits.MIN_POINTS} periods it is on trial" in told
    assert control_charts.MIN_PHASE_POINTS == 6
    assert "under six there is none" in told
    assert "under two a period" in told
    assert g_chart.RARE == 2
    assert overview.chance_of_a_signal(3) == pytest.approx(0.045, abs=0.005)
    assert "of 100 such charts about 4 show a mark in any three months" in told
    assert similar_areas.NUMBER == 10
    assert "the ten most like it in" in told


def test_what_the_guide_says_of_a_step_is_what_was_simulated() -> None:
    told = plainly(TRENDS)
    assert (
        "is seen within six months in 9 of 10 places that have 20 incidents a month; with 5 a month in fewer than half"
        in told
    )
    assert found_within(20) >= 0.88
    assert found_within(5) < 0.5


def found_within(mean: float) -> float:
    """Return the share of series that rise by half after 24 months in which that is a signal within six months."""
    rng = np.random.default_rng(0)
    counts = np.hstack([rng.poisson(mean, (1000, 24)), rng.poisson(1.5 * mean, (1000, 6))]).astype(np.float64)
    marked = rules.signals(counts, limits.of_counts(counts), 0.5).any[:, 24:] > 0
    return float(marked.any(axis=1).mean())
