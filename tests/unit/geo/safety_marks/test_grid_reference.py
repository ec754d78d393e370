"""Grid references are those of Ordnance Survey's own examples, and others are refused."""

import pytest

from geo.safety_marks.grid_reference import read_reference, write_reference

# Places whose references are published: the Tower of London, Ben Nevis, Land's End and Lerwick.
KNOWN = {"TQ33608050": (533600, 180500), "NN16607120": (216600, 771200), "SW34202510": (134200, 25100),
         "HU47604150": (447600, 1141500)}  # fmt: skip


@pytest.mark.parametrize(("text", "metres"), KNOWN.items())
def test_references_are_those_that_are_published(text: str, metres: tuple[int, int]) -> None:
    assert write_reference(*metres) == text
    assert read_reference(text) == metres


def test_metres_are_told_to_ten() -> None:
    assert write_reference(533609, 180509) == "TQ33608050"


@pytest.mark.parametrize("text", ["", "TQ3360805", "TI33608050", "tq33608050", "TQ33608050 ", "AA00000000"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="grid reference"):
        read_reference(text)


@pytest.mark.parametrize("metres", [(-1, 0), (700_000, 0), (0, 1_300_000)])
def test_places_beyond_the_grid_are_refused(metres: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="grid reference"):
        write_reference(*metres)
