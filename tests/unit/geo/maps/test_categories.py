import re
from itertools import combinations

import numpy as np
import pytest

from geo.maps import categories
from geo.maps.classes import CASING, INK, ZERO_FILL
from geo.statistics.emerging import Pattern
from tests.unit.geo.maps.test_classes import contrast, lightness

# Machado, Oliveira and Fernandes (2009), severity 1.0: what a colour looks like without one kind of cone.
VISIONS = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
FEW = np.array([], dtype=np.int8)
PAINTED = {
    "hot": categories.hot_spots(FEW, cold=False),
    "hot and cold": categories.hot_spots(FEW, cold=True),
    "change": categories.change(np.array([]), np.array([], dtype=bool)),
    "patterns": categories.patterns(FEW, cold=False),
    "patterns and cold": categories.patterns(FEW, cold=True),
}


def view(colour, vision):
    """CIELAB of a colour as one kind of vision sees it."""
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(XYZ @ np.clip(VISIONS[vision] @ light, 0.001, 1) / XYZ.sum(axis=1))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one, other, vision):
    return float(np.linalg.norm(view(one, vision) - view(other, vision)))


def signs(painted):
    return painted.letters or ("",) * len(painted.colours)


def bins(*values):
    return np.array(values, dtype=np.int8)


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("scheme", PAINTED)
def test_every_two_classes_are_told_apart_by_every_common_vision(scheme, vision):
    painted = PAINTED[scheme]
    for (one, sign), (other, its) in combinations(zip(painted.colours, signs(painted), strict=True), 2):
        assert apart(one, other, vision) >= (24 if sign == its else 11)
    assert min(apart(colour, ZERO_FILL, vision) for colour in painted.colours) >= 11


@pytest.mark.parametrize("scheme", PAINTED)
def test_grey_print_tells_classes_apart_by_lightness_or_by_their_sign(scheme):
    painted = PAINTED[scheme]
    for (one, sign), (other, its) in combinations(zip(painted.colours, signs(painted), strict=True), 2):
        assert sign != its or abs(lightness(one) - lightness(other)) >= 15


def test_patterns_grow_lighter_from_what_is_new_to_what_is_over():
    steps = [lightness(colour) for colour in PAINTED["patterns"].colours]
    assert steps == sorted(steps)
    assert all(contrast(colour, ZERO_FILL) >= 3 for colour in PAINTED["patterns"].colours[:4])  # those hot now


@pytest.mark.parametrize("scheme", PAINTED)
def test_outlines_and_the_strongest_classes_stand_out(scheme):
    for colour in PAINTED[scheme].colours:
        assert max(contrast(colour, INK), contrast(colour, CASING)) >= 3
    assert max(contrast(colour, ZERO_FILL) for colour in PAINTED[scheme].colours) >= 4.5


def test_each_pattern_has_a_letter_of_its_own():
    letters = PAINTED["patterns and cold"].letters
    assert "".join(letters[:8]) == "NCIPDSOH"
    assert len(set(letters)) == len(letters) == 9  # as many classes as a map has


def test_hot_spots_are_classed_by_how_sure_they_are():
    painted = categories.hot_spots(bins(0, 1, 2, 3), cold=False)
    assert painted.classes.marks == "0123"
    assert painted.words == (
        "No hot spot",
        "Hot spot, about 1 in 10 a false alarm",
        "Hot spot, about 1 in 20 a false alarm",
        "Hot spot, about 1 in 100 a false alarm",
    )
    assert painted.letters == ()


def test_cold_spots_show_only_when_asked_for():
    assert categories.hot_spots(bins(-3, -1, 0, 3), cold=False).classes.marks == "0003"
    painted = categories.hot_spots(bins(-3, -1, 0, 3), cold=True)
    assert painted.classes.marks == "6403"
    assert painted.words == (
        "Cold spot, about 1 in 100 a false alarm",
        "Cold spot, about 1 in 10 a false alarm",
        "Neither hot nor cold",
        "Hot spot, about 1 in 100 a false alarm",
    )


def test_areas_that_were_not_looked_at_have_no_data():
    known = np.array([True, False])
    for painted in (
        categories.hot_spots(bins(0, 3), cold=False, known=known),
        categories.patterns(bins(0, 3), cold=True, known=known),
    ):
        assert painted.classes.marks == "0-"
        assert painted.words[1] == ""
        assert painted.classes.without_data == 1


def test_only_a_real_change_is_coloured():
    ratio = np.array([0.2, 0.5, 0.9, 1.0, 1.4, 2.0, 2.3, 9.0, np.nan])
    real = np.array([True, True, True, True, True, True, True, False, False])
    painted = categories.change(ratio, real)
    assert painted.classes.marks == "12203340-"
    assert painted.words == (
        "Fell by more than half",
        "Fell by half or less",
        "Fell by half or less",
        "No real change",
        "Rose to double or less",
        "Rose to double or less",
        "Rose to more than double",
        "No real change",
        "",
    )


def test_a_change_from_or_to_none_is_one_of_the_largest():
    painted = categories.change(np.array([0.0, np.inf]), np.array([True, True]))
    assert painted.classes.marks == "14"
    assert painted.words == ("Fell by more than half", "Rose to more than double")


def test_no_change_is_told_as_a_figure_without_its_interval():
    painted = categories.change(np.linspace(0, 5, 51), np.full(51, fill_value=True))
    assert len(painted.words) == 51
    assert not any(sign.isdigit() for word in painted.words for sign in word)


def test_every_pattern_is_painted_and_named():
    hot = [pattern for pattern in Pattern if pattern > 0]
    painted = categories.patterns(bins(0, *hot), cold=False)
    assert painted.classes.marks == "012345678"
    for pattern, word, label in zip(hot, painted.words[1:], painted.classes.labels[1:], strict=True):
        assert word == label
        assert re.match(f"{pattern.name.capitalize()}: (consistently )?hot", word)
    assert painted.words[0] == "No hot pattern"


def test_cold_patterns_share_a_class_and_keep_their_names():
    codes = bins(Pattern.COLD_NEW, Pattern.COLD_OSCILLATING, 0)
    assert categories.patterns(codes, cold=False).classes.marks == "000"
    painted = categories.patterns(codes, cold=True)
    assert painted.classes.marks == "990"
    assert painted.words == (
        "Cold, new: cold now, for the first time",
        "Cold, oscillating: cold now, hot at times before",
        "No pattern",
    )


def test_areas_are_counted_by_class():
    painted = categories.hot_spots(bins(0, 0, 3), cold=False)
    assert painted.classes.areas == (2, 0, 0, 1)
    assert len(painted.classes.labels) == len(painted.colours) + 1


def test_no_word_breaks_the_list_that_the_map_is_sent():
    for painted in PAINTED.values():
        assert painted.classes.labels
        assert not any("|" in label for label in painted.classes.labels)
