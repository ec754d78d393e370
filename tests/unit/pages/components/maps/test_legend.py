import re
from pathlib import Path

import numpy as np
import pytest

from geo.maps.categories import change, hot_spots, patterns
from geo.maps.classes import NO_DATA_FILL, NO_DATA_LINE, RAMP, classify
from pages.components.maps.legend import Legend, Overlays, areas_text, legend
from tests.unit.geo.maps.test_classes import contrast

NOTHING = Overlays()
FACTS = {"unit": "incidents", "period": "Jul–Sep 2021", "source": "data.police.uk"}


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def legend_of(*values, over=NOTHING, **more):
    return legend(Legend(classify(np.array(values, dtype=float), how="quantile"), **FACTS | more), over)


def test_the_legend_says_unit_classes_method_period_and_source():
    assert words(legend_of(0, 1, 2, 2, np.nan)) == (
        "Incidents 1 (1 area) 2 (2 areas) 0 (1 area) No data (1 area) How the classes are made "
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
    told = words(legend_of(0, 0, 15, np.nan, zero="Fewer than 10", aside="Too few to show separately"))
    assert "15 (1 area) Fewer than 10 (2 areas) Too few to show separately (1 area)" in told
    assert "No data" not in told


def legend_of_kinds(painted, over=NOTHING, **more):
    looks = {"colours": painted.colours, "letters": painted.letters}
    return legend(Legend(painted.classes, **FACTS | looks | more), over)


def test_a_map_of_kinds_says_what_white_stands_for_and_how_it_came_about():
    painted = hot_spots(np.array([0, 0, 3], dtype=np.int8), cold=False)
    told = words(legend_of_kinds(painted, unit="hot spots", method="Tested against 999 shuffles of the map."))
    assert told.startswith("Hot spots Hot spot, about 1 in 10 a false alarm (0 areas)")
    assert "No hot spot (2 areas)" in told
    assert "Tested against 999 shuffles of the map. Jul–Sep 2021." in told
    assert painted.classes.method not in told


def test_kinds_that_no_area_is_can_be_left_out():
    few = legend_of_kinds(patterns(np.array([0, 4, -1], dtype=np.int8), cold=True), are_kinds=True)
    assert words(few).startswith(
        "Incidents P Persistent: consistently hot, no trend (1 area) "
        "− Cold, in any of these patterns (1 area) No pattern (1 area) How the classes are made When and how often"
    )
    every = patterns(np.array([4], dtype=np.int8), cold=False, known=np.array([False]))
    assert words(legend_of_kinds(every, are_kinds=True)).startswith("Incidents No data (1 area) How")


def test_a_swatch_bears_the_letter_of_its_class():
    told = words(legend_of_kinds(patterns(np.array([2], dtype=np.int8), cold=False)))
    assert "N New: hot now, for the first time (0 areas) C Consecutive: hot" in told


@pytest.mark.parametrize(
    "painted",
    [
        hot_spots(np.array([], dtype=np.int8), cold=True),
        patterns(np.array([], dtype=np.int8), cold=True),
        change(np.array([]), np.array([], dtype=bool)),
    ],
    ids=["hot spots", "patterns", "change"],
)
def test_letters_read_on_their_swatches(painted):
    looks = re.findall(r"background:(#\w{6});color:(#\w{6})", legend_of_kinds(painted))
    assert [fill for fill, _ in looks] == list(painted.colours)
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in looks)


def test_detected_clusters_are_explained_where_there_are_any():
    assert "cluster" not in words(legend_of(1))
    assert "1 detected cluster, outlined and numbered" in words(legend_of(1, over=Overlays(clusters=1)))
    told = words(legend_of(1, over=Overlays(clusters=3, statuses=["active"])))
    assert "Known hotspots: active 1 3 detected clusters, outlined and numbered" in told


def test_a_legend_has_six_rows_at_most_and_folds_the_rest():
    everything = Overlays(["active", "monitoring"], clusters=2, chosen=True, places=True, walk=True)
    many = patterns(np.array([0, 1, 2, 3, 4, 5, 6, 7, -1]), cold=False, known=np.arange(9) > 0)
    html = legend_of_kinds(many, everything, are_kinds=True)
    number, folded = re.search(r'<summary class="lc-row">(\d) more</summary>(<ul.*?</ul>)', html).groups()
    assert folded.count("<li") == int(number) > 1
    assert html.replace(folded, "").count('"lc-row') == 6
    assert words(html).count(" area)") == words(legend_of_kinds(many, are_kinds=True)).count(" area)")
    assert legend_of(0, 1, 2, 3, 4, 5, np.nan, over=everything).count('"lc-row') <= 6


def test_whose_the_base_map_is_stands_with_the_source():
    told = words(legend_of(1, over=Overlays(attribution="© <b> contributors")))
    assert told.endswith("Source: data.police.uk. Base map: © &lt;b&gt; contributors.")


def test_no_data_is_hatched_and_not_a_plain_grey():
    html = legend_of(np.nan, 1)
    assert "repeating-linear-gradient" in html
    hatch = (Path(__file__).parents[5] / "pages" / "assets" / "signs.js").read_text(encoding="utf-8")
    for colour in (NO_DATA_FILL, NO_DATA_LINE):  # the map hatches in the same colours
        assert colour in html
        assert colour in hatch


def test_statuses_on_the_map_are_explained_once():
    told = words(legend_of(1, over=Overlays(["closed", "active", "closed"])))
    assert "Known hotspots: active closed" in told


def test_every_text_is_escaped():
    html = legend_of(1, unit="<b>", lead="<b>", period="<i>", source="<script>", letters=["<u>"], method="<s>")
    assert "<b>" not in html
    assert "<u>" not in html
    assert "<s>" not in html
    assert "<i>" not in html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_numbers_of_areas_read_as_words():
    assert [areas_text(number) for number in (0, 1, 1204)] == ["0 areas", "1 area", "1,204 areas"]


def test_a_chosen_area_a_cluster_and_missing_data_look_different():
    html = legend_of(1, np.nan, over=Overlays(chosen=True, clusters=2))
    looks = re.findall(r'<span aria-hidden="true" class="lc-class" style="([^"]*)"', html)
    assert len(set(looks)) == len(looks) == 4
    told = words(html)
    assert "The chosen area, outlined" in told
    assert "1 2 detected clusters, outlined and numbered" in told
    (missing,) = (look for look in looks if "repeating-linear-gradient" in look)
    assert NO_DATA_LINE in missing
    assert "chosen" not in words(legend_of(1, 2))
