"""By every measure a board sees of a protected dataset what its release tells, and no more."""

import re
from typing import Final

import numpy as np
import pytest
from starlette.testclient import TestClient

from geo.harms import HARM_GROUPS
from geo.maps.measure import Measure
from tests.pages.conftest import Open
from tests.pages.facts import SCHOOL
from tests.pages.measuring import ASIDE, WORDS, Address, Look, Seeing, look
from tests.pages.shown import told

BOARD: Final[Address] = {"dataset": SCHOOL, "board": "true"}
STATISTICS: Final = (Measure.SMOOTHED, Measure.CHANGE, Measure.HOT, Measure.PATTERN)
ASKED: Final[dict[str, Address]] = {
    "zones": {},
    "zones of one group": {"harm": "Harm between children"},
    "msoas of all groups and years": {"level": "MSOA", "from": "Autumn 1, 2024/25", "harm": list(HARM_GROUPS.values())},
}
FEW: Final = "fewer than 10"
NO_COUNTS: Final = (  # columns that hold no count
    "Rank", "Area", "Residents", "About, per 1,000 residents", "At least", "At most", "Smoothed rate, about",
    "Weight given to this area’s own rate, %", "Times as many", "Real or noise", "Harm group", "Half-term",
)  # fmt: skip
every_measure = pytest.mark.parametrize("measure", list(Measure))
every_statistic = pytest.mark.parametrize("measure", STATISTICS)
every_view = pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)


@pytest.fixture(scope="module")
def kept() -> dict[str, Look]:
    """Keep the views that were looked at, for the tests that only read them."""
    return {}


@pytest.fixture
def see(open_demo: Open, client: TestClient, kept: dict[str, Look]) -> Seeing:
    """A function that looks at the board's map at an address; each is opened once."""

    def seen(address: Address) -> Look:
        key = repr(sorted(address.items()))
        if key not in kept:
            kept[key] = look(open_demo("area_map", BOARD | address), client)
        assert kept[key].shown.failed == []
        return kept[key]

    return seen


def by(measure: Measure, asked: Address) -> Address:
    return asked | {"measure": WORDS[measure], "area": "Millbank (Castlebrook 010)"}


@every_view
@every_measure
def test_every_count_is_about_a_multiple_of_five_or_fewer_than_ten(
    see: Seeing, measure: Measure, asked: Address
) -> None:
    seen = see(by(measure, asked))
    counts = [
        cell
        for heading, *rows in seen.shown.tables
        for row in rows
        for name, cell in zip(heading, row, strict=True)
        if name not in NO_COUNTS and cell != "–"
    ]
    assert counts
    for cell in counts:
        told(cell)
    assert seen.rows
    for row in seen.rows:
        assert row["shown"] == (f"about {int(row['n']):,}" if row["n"] else FEW)
        told(row["shown"])
        assert "before" not in row or row["before"] == "–" or told(row["before"]) >= 0
    bare = r"(?<!about )(?<!than )(?<!needs )(?<![\d,.])\b[\d,]+ (?:incidents|in the same)"
    assert not re.findall(bare, seen.shown.text, re.IGNORECASE)


@every_view
@every_measure
def test_where_a_count_is_not_told_nothing_made_of_it_is(see: Seeing, measure: Measure, asked: Address) -> None:
    rows = see(by(measure, asked)).rows
    assert rows
    for row in rows:
        hidden = row["shown"] == FEW
        assert not (hidden and row["rate"])
        for column in ("low", "high", "smoothed", "own_share"):
            assert not (hidden and row.get(column))
        if "real" in row:
            told_both = not hidden and row["before"] not in (FEW, "–")
            assert (row["real"] != "too few to say") == told_both
            assert bool(row["ratio"]) == bool(row["low"]) == bool(row["high"]) == told_both


@every_view
@every_measure
def test_table_download_and_legend_agree(see: Seeing, measure: Measure, asked: Address) -> None:
    seen = see(by(measure, asked))
    assert [(row["Rank"], row["Area"], row["Incidents"]) for row in seen.table] == [
        (row["rank"] or "–", row["name"], row["shown"]) for row in seen.rows
    ]
    texts, marks = seen.shown.payload["texts"].split("|"), seen.shown.payload["marks"]
    assert len(texts) == len(marks) == len(seen.rows) == sum(seen.legend.values())
    assert marks.count("-") == sum(seen.legend.get(label, 0) for label in ASIDE)
    if measure in (Measure.RATE, Measure.SMOOTHED):
        assert all(re.fullmatch(r"(about [\d,]+\.\d)?", text) for text in texts)
        assert marks.count("-") == texts.count("")
    elif measure is Measure.CHANGE:
        assert marks.count("-") == [row["real"] for row in seen.rows].count("too few to say")
        assert all(bool(text) == (mark in "1234") for mark, text in zip(marks, texts, strict=True))
    else:
        assert [told(text) for text in texts if text]


@every_view
@pytest.mark.parametrize("measure", [Measure.HOT, Measure.PATTERN])
def test_a_release_of_few_zones_is_shown_by_counts_and_the_reason_is_said(
    see: Seeing, measure: Measure, asked: Address
) -> None:
    seen, plain = see(by(measure, asked)), see(by(Measure.COUNT, asked))
    assert [notice for notice in seen.notices if notice.startswith("Counts are shown instead. ")]
    assert seen.shown.payload == plain.shown.payload  # its zones too, which depend on the periods that are looked at
    assert (seen.shown.headline, seen.table, seen.rows) == (plain.shown.headline, plain.table, plain.rows)
    assert any("measure=count" in link for link in seen.shown.links)


@every_view
def test_a_smoothed_rate_lies_between_an_areas_own_and_that_of_all(see: Seeing, asked: Address) -> None:
    rows = [row for row in see(by(Measure.SMOOTHED, asked)).rows if row["smoothed"]]
    assert rows
    result, smoothed = (np.array([float(row[column]) for row in rows]) for column in ("rate", "smoothed"))
    share = np.array([float(row["own_share"]) for row in rows]) / 100
    of_all = (smoothed - share * result) / (1 - share)
    assert of_all == pytest.approx(of_all[0])


@every_view
def test_a_change_is_real_only_where_its_interval_leaves_one_out(see: Seeing, asked: Address) -> None:
    known = [row for row in see(by(Measure.CHANGE, asked)).rows if row["ratio"]]
    assert known
    for row in known:
        low, ratio, high = (float(row[column]) for column in ("low", "ratio", "high"))
        assert low < ratio < high
        assert ratio == pytest.approx(told(row["shown"]) / told(row["before"]))
        assert row["real"] == "no real change" or low > 1 or high < 1


@every_statistic
def test_a_board_may_share_what_it_sees(see: Seeing, measure: Measure) -> None:
    seen = see(by(measure, {}))
    assert "Safe to share." in seen.shown.text
    assert "(protected: about)" in seen.legend_text
    assert "exact" not in seen.shown.text.casefold()


@pytest.mark.parametrize("measure", [*STATISTICS, Measure.RATE])
def test_the_profile_of_an_area_that_is_widened_ranks_it_by_what_it_says(see: Seeing, measure: Measure) -> None:
    seen = see({"measure": WORDS[measure], "harm": "Drugs and alcohol", "area": "Castle (Castlebrook 001)"})
    (profile,) = (piece.text for piece in seen.shown.markup if "<h2>Castle (Castlebrook 001)</h2>" in piece.html)
    assert "Widened to " in profile
    by_what = "rate" if measure is Measure.RATE else "count"
    assert re.search(rf"rank \d+ of \d+ by {by_what}\b", profile)
    assert "Elsewhere" not in profile


def test_a_profile_tells_ratios_and_rates_as_about_what_they_are(see: Seeing) -> None:
    smoothed, changed = (
        next(
            piece.text
            for piece in see(by(each, {})).shown.markup
            if "<h2>Millbank (Castlebrook 010)</h2>" in piece.html
        )
        for each in (Measure.SMOOTHED, Measure.CHANGE)
    )
    assert re.search(
        r"About \d+ incidents, .* about \d+\.\d per 1,000 residents; weight given to this area’s own rate: \d+ %",
        smoothed,
    )
    assert re.search(r"too uncertain to say, after about 10\b", changed)
