"""What an address calls a school may be old: its label, its URN, or a name that others have come to share."""

import pandas as pd
import pytest

from geo.areas import proximity, school_search
from pages.components.cached.school_lists import Schools

LISTED = pd.DataFrame(
    [("1", "Hill School"), ("2", "Dale School"), ("3", "Dale School"), ("4", "Vale (Lower)"), ("5", "6")],
    columns=["urn", "name"],
).assign(lon=-1.4, lat=53.4, town=None, postcode=None)
BY_LABEL = proximity.labelled(LISTED)
SCHOOLS = Schools(
    {str(place.urn): place for place in BY_LABEL.values()},
    BY_LABEL,
    {str(place.urn): label for label, place in BY_LABEL.items()},
    school_search.ready(LISTED),
)


def named(text: str, *near_by: str) -> str | None:
    found = SCHOOLS.named(text, lambda: near_by)
    return None if found is None else found.urn


@pytest.mark.parametrize(
    ("text", "urn"),
    [
        ("Hill School", "1"),
        ("1", "1"),
        ("Hill School (1)", "1"),
        ("Hill Academy, as it was (1)", "1"),
        ("Dale School (2)", "2"),
        ("Vale (Lower)", "4"),
        ("6", "5"),
        ("", None),
        ("Nowhere", None),
        ("Nowhere (9)", None),
        ("Dale School", None),
    ],
)
def test_an_address_names_a_school_by_its_label_or_its_number(text: str, urn: str | None) -> None:
    assert named(text) == urn


def test_a_shared_name_means_the_only_one_near_by() -> None:
    assert named("Dale School", "1", "3") == "3"
    assert named("Dale School", "2", "3") is None
