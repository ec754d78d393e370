"""A released half-term follows from the counts it was made of, and one that was changed since does not."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from geo.release.release_steps import Basis, differing
from tests.unit.geo.release.making import ALL_OVER, AREAS, KEYS, SECRET, TILES, more, over, release, usual


def found(ledger, n, secret=SECRET, *, one_a_day=True):
    return differing(ledger, Basis(TILES, TILES, n, {}), AREAS, secret, one_a_day=one_a_day)


def forged(ledger, at, field, by):
    """Return a ledger with more in one cell of a half-term."""
    n = getattr(ledger.frozen[at], field).copy()
    n.flat[n.argmax()] += by
    return replace(
        ledger, frozen=(*ledger.frozen[:at], replace(ledger.frozen[at], **{field: n}), *ledger.frozen[at + 1 :])
    )


@pytest.mark.parametrize("contributors", [1, 3])
def test_what_was_released_over_two_years_follows(contributors):
    n = usual(contributors=contributors, rate=2)
    ledger = release(n, on=over(11), after=release(n, on=over(3)))
    assert found(ledger, n) == []
    assert found(ledger, n, one_a_day=False) == []


def test_a_correction_and_what_came_before_it_are_no_alarm():
    n = usual()
    corrected = more(n, 10, period=4)
    once = release(corrected, on=ALL_OVER + timedelta(days=1), after=release(n))
    assert found(once, corrected) == []
    same_day = release(corrected, on=ALL_OVER, after=release(n))
    assert found(same_day, corrected, one_a_day=False) == []
    assert found(release(n), n[..., ::-1]) == []  # of one contributor the ledger knows all that is needed


@pytest.mark.parametrize(("field", "by"), [("shown", 5), ("shown", 1), ("exact", 7)])
@pytest.mark.parametrize("at", [0, 5, 11])
def test_a_changed_half_term_is_named(field, by, at):
    assert KEYS[at] in found(forged(release(usual()), at, field, by), usual())


def test_what_another_secret_or_earlier_rules_rounded_is_passed_over_but_for_its_form():
    ledger = release(usual())
    old = replace(ledger, frozen=tuple(replace(one, edition=1) for one in ledger.frozen))
    for passed, secret in ((forged(ledger, 2, "shown", 5), b"another"), (forged(old, 2, "shown", 5), SECRET)):
        assert found(passed, usual(), secret) == []
    assert found(forged(old, 2, "shown", 1), usual()) == [KEYS[2]]


def test_counts_of_several_contributors_that_have_changed_since_are_passed_over():
    n = usual(contributors=3, rate=2)
    assert found(release(n), np.roll(n, 1, axis=1)) == []
