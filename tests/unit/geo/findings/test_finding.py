"""A finding knows whether there is more or less of it."""

import pytest

from geo.findings.finding import FindingKind
from tests.unit.geo.findings.making import finding


@pytest.mark.parametrize(("ratio", "rising"), [(2.0, True), (float("inf"), True), (1.0, False), (0.0, False)])
def test_more_is_rising_and_less_is_not(ratio, rising):
    assert finding(ratio=ratio).rising == rising


def test_kinds_are_words():
    assert [str(kind) for kind in FindingKind] == ["cluster", "pattern", "rise", "fall"]
