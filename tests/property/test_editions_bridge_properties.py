"""Laws of carrying figures between editions: totals are kept, and ratings stay among those they come from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.areas.editions_bridge import EditionLinks, bridged_counts, bridged_ratings

CODES = st.sampled_from("abcdef")
PAIRS = st.lists(st.tuples(CODES, CODES.map(str.upper)), min_size=1, max_size=20)
FIGURES = st.fixed_dictionaries({code: st.integers(0, 5_000) for code in "abcdef"})


def links_of(pairs: list[tuple[str, str]]) -> EditionLinks:
    given_codes, wanted = zip(*pairs, strict=True)
    return EditionLinks(np.array(given_codes, dtype=object), np.array(wanted, dtype=object))


@given(PAIRS, FIGURES)
def test_totals_are_kept(pairs: list[tuple[str, str]], counts: dict[str, int]) -> None:
    wanted = sorted({there for _, there in pairs})
    total = sum(counts[code] for code in {here for here, _ in pairs})
    assert bridged_counts(links_of(pairs), counts, wanted).sum() == pytest.approx(total)


@given(PAIRS, FIGURES, st.none() | FIGURES)
def test_a_rating_lies_among_those_it_comes_from(
    pairs: list[tuple[str, str]], ratings: dict[str, int], weights: dict[str, int] | None
) -> None:
    wanted = sorted({there for _, there in pairs})
    found = bridged_ratings(links_of(pairs), ratings, weights, wanted)
    for code in wanted:
        own = [ratings[here] for here, there in pairs if there == code]
        assert np.isnan(found[code]) or min(own) - 1e-9 <= found[code] <= max(own) + 1e-9
        assert len(set(pairs)) > 1 or found[code] == own[0]
