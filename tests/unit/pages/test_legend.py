import re
from pathlib import Path

import numpy as np

from geo.classes import NO_DATA_FILL, NO_DATA_LINE, RAMP, classify
from pages.components.legend import areas_text, legend

FACTS = {"unit": "incidents", "period": "Jul–Sep 2021", "source": "data.police.uk"}


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def legend_of(*values, **more):
    return legend(classify(np.array(values, dtype=float), how="quantile"), **FACTS | more)


def test_the_legend_says_unit_classes_method_period_and_source():
    assert words(legend_of(0, 1, 2, 2, np.nan)) == (
        "Incidents 0 (1 area) 1 (1 area) 2 (2 areas) No data (1 area) "
        "Two classes with about as many areas in each (quantiles). Jul–Sep 2021. Source: data.police.uk."
    )


def test_each_class_has_its_colour():
    html = legend_of(1, 2, 3, 4, 5)
    assert [html.index(colour) for colour in RAMP] == sorted(html.index(colour) for colour in RAMP)


def test_zero_and_no_data_are_listed_only_where_the_map_has_them():
    html = legend_of(1, 2)
    assert "No data" not in html
    assert "0 (0 areas)" not in words(html)


def test_the_legend_can_say_what_zero_and_areas_without_a_value_stand_for():
    told = words(legend_of(0, 0, 15, np.nan, zero="Fewer than 10", aside="Too few to show apart"))
    assert "Fewer than 10 (2 areas) 15 (1 area) Too few to show apart (1 area)" in told
    assert "No data" not in told


def test_no_data_is_hatched_and_not_a_plain_grey():
    html = legend_of(np.nan, 1)
    assert "repeating-linear-gradient" in html
    hatch = (Path(__file__).parents[3] / "pages" / "assets" / "signs.js").read_text(encoding="utf-8")
    for colour in (NO_DATA_FILL, NO_DATA_LINE):  # the map hatches in the same colours
        assert colour in html
        assert colour in hatch


def test_statuses_on_the_map_are_explained_once():
    told = words(legend_of(1, statuses=["closed", "active", "closed"]))
    assert told.count("Known hotspot") == 2
    assert told.index("Known hotspot, active") < told.index("Known hotspot, closed")


def test_every_text_is_escaped():
    html = legend_of(1, unit="<b>", period="<i>", source="<script>")
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_numbers_of_areas_read_as_words():
    assert [areas_text(number) for number in (0, 1, 1204)] == ["0 areas", "1 area", "1,204 areas"]
