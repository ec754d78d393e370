from itertools import pairwise

import numpy as np
import pytest

from geo.maps import classes
from geo.maps.classes import NO_DATA, classify, shown


def of(*values):
    return np.array(values, dtype=float)


def test_zero_and_no_data_are_never_a_few():
    found = classify(of(0, np.nan, 1, 2), how="quantile")
    assert found.index.tolist() == [0, NO_DATA, 1, 2]
    assert found.marks == "0-12"
    assert found.without_data == 1
    assert found.areas == (1, 1, 1)


def test_five_classes_hold_about_as_many_areas_each():
    found = classify(np.arange(1.0, 101.0), how="quantile")
    assert found.areas == (0, 20, 20, 20, 20, 20)
    assert found.labels == ("0", "1–20", "21–40", "41–60", "61–80", "81–100")
    assert found.breaks == (20, 40, 60, 80, 100)
    assert found.method == "Five classes with about as many areas in each (quantiles)"


def test_one_value_shared_by_most_areas_does_not_swallow_the_others():
    found = classify(of(*[1] * 800, *range(2, 55)), how="quantile")
    assert len(found.breaks) == 5
    assert found.areas[1] == 800
    assert max(found.areas[2:]) - min(found.areas[2:]) <= 1


def test_equal_values_make_one_class():
    found = classify(of(7, 7, 7), how="quantile")
    assert found.labels == ("0", "7")
    assert found.method == "One class, for every area above zero"


def test_only_zeros_make_only_the_zero_class():
    found = classify(of(0, 0, np.nan), how="quantile")
    assert (found.labels, found.breaks, found.marks) == (("0",), (), "00-")
    assert found.method == "Every area with data has none"


def test_nothing_known_is_all_no_data():
    assert classify(of(np.nan, np.nan), how="quantile").marks == "--"
    assert classify(of(), how="quantile").marks == ""


def test_fewer_values_than_classes_make_fewer_classes():
    found = classify(of(3, 9, 9, 3000), how="quantile")
    assert found.labels == ("0", "3", "4–9", "10–3,000")


def test_rates_are_classed_as_they_are_shown():
    # 0.35 is stored a little below: formatting writes 0.3, so it belongs with 0.3 and not with 0.4.
    found = classify(of(0.3, 0.35, 0.4, 12.04), how="quantile", decimals=1)
    assert shown(0.35, 1) == "0.3"
    assert found.labels == ("0", "0.3", "0.4", "0.5–12.0")
    assert found.marks == "1123"


def test_no_label_names_an_end_that_no_value_can_have():
    values = of(0, 10, 15, 15, 40, 1205)
    assert classify(values, how="quantile", k=3, multiples=5).labels == ("0", "10", "15", "20–1,205")
    assert classify(values, how="quantile", k=3).labels == ("0", "10", "11–15", "16–1,205")


def test_fixed_classes_stay_the_same_when_empty():
    found = classify(of(0, 5, 6, 500), how="fixed", breaks=(5, 20, 1000))
    assert found.labels == ("0", "1–5", "6–20", "21–1,000", "1,001 or more")
    assert found.index.tolist() == [0, 1, 2, 3]
    assert found.areas == (1, 1, 1, 1, 0)
    assert found.breaks == (5, 20, 1000, np.inf)
    assert found.method == "Four fixed classes, the same on every map"


@pytest.mark.parametrize("values", [of(-1), of(np.inf), of(1, -np.inf)])
def test_values_that_have_no_class_are_refused(values):
    with pytest.raises(ValueError, match="zero or more"):
        classify(values, how="quantile")


@pytest.mark.parametrize(
    ("breaks", "told"),
    [
        (None, "one to eight"),
        ((), "one to eight"),
        (range(1, 10), "one to eight"),
        ((5, 5), "ascending"),
        ((0, 5), "above zero"),
    ],
)
def test_breaks_that_make_no_classes_are_refused(breaks, told):
    with pytest.raises(ValueError, match=told):
        classify(of(1), how="fixed", breaks=breaks)


@pytest.mark.parametrize("k", [0, 10])
def test_number_of_classes_has_limits(k):
    with pytest.raises(ValueError, match="1 to 9"):
        classify(of(1), how="quantile", k=k)


def luminance(colour):
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour):
    """CIE L*."""
    return 116 * luminance(colour) ** (1 / 3) - 16


def test_each_colour_is_clearly_darker_than_the_one_before():
    steps = [lightness(colour) for colour in (classes.ZERO_FILL, *classes.RAMP)]
    assert all(light - dark >= 8 for light, dark in pairwise(steps))


@pytest.mark.parametrize(("fill", "text"), list(zip(classes.RAMP, classes.TEXT_ON_RAMP, strict=True)))
def test_text_reads_and_the_selected_outline_shows_on_each_colour(fill, text):
    assert contrast(fill, text) >= 4.5
    assert max(contrast(fill, classes.INK), contrast(fill, classes.CASING)) >= 3
    assert contrast(classes.INK, classes.CASING) >= 3


def test_zero_and_no_data_have_outlines_that_show():
    assert contrast(classes.ZERO_LINE, classes.ZERO_FILL) >= 3
    assert contrast(classes.NO_DATA_LINE, classes.NO_DATA_FILL) >= 3
