"""Provenance: protected figures say that they are, and no exact share of them."""

import pytest

from geo.views.provenance import placed, source


def test_a_protected_source_says_so_and_an_open_one_does_not():
    assert source("Schools", protected=True) == "Schools (protected: about)"
    assert source("Police", protected=False) == "Police"


@pytest.mark.parametrize(
    ("share", "said"),
    [(1.0, "nearly all rows placed in an area"), (0.98, "nearly all rows placed in an area"),
     (0.961, "about 95 % of rows placed"), (0.93, "about 95 % of rows placed"), (0.6, "about 60 % of rows placed")],
)  # fmt: skip
def test_the_share_of_protected_rows_is_told_by_steps(share, said):
    assert placed(share, protected=True) == said


def test_the_share_of_open_rows_is_told_as_it_is():
    assert placed(0.9591, protected=False) == "95.9 % of rows placed in an area"
