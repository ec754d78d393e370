"""A locality knows its councils however they are written, and what lies near its points."""

import numpy as np
import pytest
import shapely

from data.records.locality import Locality

NEAR = Locality(points=((-1.35, 53.43), (-1.5, 53.5)), metres=1_000)


@pytest.mark.parametrize(
    ("council", "said"),
    [
        ("Bristol", "Bristol, City of"), ("leeds city council", "LEEDS"), ("Bath & North East Somerset",
        "Bath and North East Somerset"), ("E08000038", "E08000016"), ("E08000019", "e08000039"),
    ],
)  # fmt: skip
def test_a_council_is_known_however_it_is_written(council: str, said: str) -> None:
    assert Locality(councils=(council,)).names(said)
    assert not Locality(councils=(council,)).names("Rotherham")
    assert not Locality(councils=(council,)).names(None)


def test_what_lies_within_the_distance_of_a_point_is_near() -> None:
    lon, lat = np.array([-1.35, -1.364, -1.366, -1.5, np.nan]), np.array([53.43, 53.43, 53.43, 53.509, 53.43])
    assert NEAR.near(lon, lat).tolist() == [True, True, False, False, False]
    shapes = np.array([shapely.box(-1.4, 53.42, -1.364, 53.44), shapely.box(-1.4, 53.42, -1.37, 53.44), None])
    assert NEAR.meets(shapes).tolist() == [True, False, False]
    assert NEAR.bounds == pytest.approx((-1.515, 53.421, -1.335, 53.509), abs=1e-3)


def test_nowhere_is_everywhere() -> None:
    assert Locality().is_everywhere
    assert not Locality().near(np.array([-1.35]), np.array([53.43])).any()
    assert not NEAR.is_everywhere
