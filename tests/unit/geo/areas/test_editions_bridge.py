"""Figures of one edition of areas are carried to another: kept, added up, shared out, inherited or averaged."""

import numpy as np
import pytest

from geo.areas.editions_bridge import EditionLinks, bridged_counts, bridged_ratings

# One unchanged, two merged into M, one split into S1 and S2, and two redrawn as R1 and R2.
LINKS = EditionLinks(
    np.array(["u", "m1", "m2", "s", "s", "r1", "r1", "r2", "u"], dtype=object),
    np.array(["u", "M", "M", "S1", "S2", "R1", "R2", "R2", "u"], dtype=object),
)
WANTED = ["u", "M", "S1", "S2", "R1", "R2", "elsewhere"]


def test_what_became_of_each_area() -> None:
    assert LINKS.kinds() == {
        "u": "unchanged", "M": "merged", "S1": "split", "S2": "split", "R1": "split", "R2": "redrawn",
    }  # fmt: skip


def test_counts_are_added_up_or_shared_equally() -> None:
    counts = {"u": 5, "m1": 10, "m2": 20, "s": 30, "r1": 40, "r2": 7}
    assert bridged_counts(LINKS, counts, WANTED).fillna(-1).tolist() == [5, 30, 15, 15, 20, 27, -1]
    del counts["m2"]
    assert np.isnan(bridged_counts(LINKS, counts, ["M"])["M"])


def test_ratings_are_inherited_or_averaged_by_residents() -> None:
    ratings = {"u": 0.1 + 0.2, "m1": 10, "m2": 40, "s": 30, "r1": 40, "r2": 10}
    assert bridged_ratings(LINKS, ratings, None, WANTED).fillna(-1).tolist() == [0.1 + 0.2, 25, 30, 30, 40, 20, -1]
    weighed = bridged_ratings(LINKS, ratings, {"m1": 300, "m2": 100, "r1": 200, "r2": 100}, WANTED)
    assert weighed["M"] == pytest.approx(17.5)
    assert weighed["R2"] == pytest.approx(25)  # half of r1, all of r2
    assert weighed[["u", "S1"]].tolist() == [0.1 + 0.2, 30]
    assert np.isnan(bridged_ratings(LINKS, ratings, {"m1": 1}, ["M"])["M"])
