"""Utility: the figures by which a custodian judges a release are those counted by hand."""

from dataclasses import replace
from datetime import date

import numpy as np

from geo.release import utility
from geo.release.ledger import FrozenPeriod, Ledger
from geo.release.zones import Zones
from tests.unit.geo.release.making import TILES, YEARS, over, release, usual

DAY = date(2024, 1, 1)


def frozen(period, exact, shown):
    """Return a released half-term of three zones, all of it in one harm group."""
    exact, shown = (np.pad(np.array([counts]).T, ((0, 0), (0, 6))) for counts in (exact, shown))
    return FrozenPeriod(TILES[period], shown, exact, DAY, None, "secret", 2)


LEDGER = Ledger(
    tiles=TILES[:6],
    zones=(Zones(YEARS[0], ("A", "B", "C"), ("A", "B", "C"), np.array([0, 1, 1, 2, 2, 2]), (False, False, True)),),
    frozen=(frozen(0, [7, 12, 0], [5, 15, 0]), frozen(1, [8, 1, 1], [5, 0, 5])),
)


def test_the_figures_of_a_year_are_those_counted_by_hand():
    [found] = utility.by_year(LEDGER)
    assert (found.year, found.half_terms) == (YEARS[0], 2)
    assert (found.exact, found.shown) == (29, 30)
    assert (found.zones, found.elsewhere) == (2, 3)  # zones, and areas that are in none
    assert found.told == 2  # A with 10 and B with 15; what is elsewhere has 5
    assert (found.mean_error, found.largest_error) == ((5 + 2 + 4) / 3, 5)


def test_the_sentences_say_the_figures_and_which_term_dates_were_assumed():
    year, collecting, assumed = utility.sentences(LEDGER)
    assert year == (
        "2023/24: 2 half-terms released in 2 zones (3 areas elsewhere); 30 incidents shown, 1 off in all. Average "
        "rounding error of a zone’s year: 3.7, and 5 at most (for custodians: do not share)."
    )
    assert collecting.startswith("Released up to Autumn 2, 2023/24; ")
    assert "2023/24, so the national pattern is assumed" in assumed


def test_half_terms_that_earlier_rules_released_are_named():
    first, second = LEDGER.frozen
    told = utility.notes(replace(LEDGER, frozen=(replace(first, edition=1), second)))
    assert any(
        one.startswith("First edition: 1 half-term up to Autumn 1, 2023/24, released by earlier rules") for one in told
    )
    assert not any("First edition" in one for one in utility.notes(LEDGER))


def test_each_school_year_has_a_line_of_its_own():
    ledger = release(usual(), on=over(8))
    assert [(one.year, one.half_terms) for one in utility.by_year(ledger)] == [(YEARS[0], 6), (YEARS[1], 3)]
    assert [sentence[:7] for sentence in utility.sentences(ledger)[:2]] == list(YEARS)
    assert utility.collecting(ledger).startswith(f"Released up to {TILES[8].label}; ")


def test_nothing_released_has_no_figures_and_says_when_there_will_be():
    assert utility.by_year(Ledger()) == []
    [sentence] = utility.sentences(Ledger())
    assert sentence.startswith("Nothing is released yet: a half-term is released")
