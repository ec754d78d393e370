"""A map for print says all that it shows, needs nothing else, and takes every name for what it is: words."""

import io
import subprocess
import sys

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from data.papers.print_frame import WIDTH, frame_of
from data.papers.print_ground import hatching
from data.papers.print_map import print_map, print_map_png
from data.papers.print_sheet import plain, width_of, wrapped
from geo.maps.categories import change
from geo.maps.classes import NO_DATA_LINE, RAMP
from geo.maps.hotspot_signs import SIGNS
from tests.unit.data.papers.maps import ground, spec

SVG = "{http://www.w3.org/2000/svg}"
MOST = 700_000
HOSTILE = (
    "<script>alert(1)</script>",
    "]]><svg onload=x>",
    "$\\frac{1}{2}$ & $100",
    "#eval(read('/etc/passwd'))",
    "{{ 7 * 7 }}",
    "a\u202eb\u0000c\nd",
    "مدرسة التل",
    "x" * 10_000,
)


def words_of(svg: str) -> str:
    return " ".join(element.text or "" for element in etree.fromstring(svg).iter(f"{SVG}text"))


def test_it_says_every_class_with_its_areas_and_where_all_is_from() -> None:
    said = words_of(print_map(spec()))
    for words in (
        "Incidents by area around Hill School",
        "Incidents, Sep 2021",
        "0 (1 area)",
        "4 (1 area)",
        "31 (1 area)",
        "No data (1 area)",
        "Areas touching 800 m around Hill School",
        "Known hotspot, active",
        "On or near High Street: 31 incidents",
        "400 and 800 m in a straight line",
        "All harm groups.",
        "Source: data.police.uk (Open Government Licence v3.0) · Sep 2021 · made 30 Nov 2026",
        "© OpenStreetMap contributors, ODbL",
        "Areas: Squares",
    ):
        assert words in said
    assert "Protected figures" not in said


def test_it_has_a_scale_and_north_and_the_names_that_people_find_their_way_by() -> None:
    said = words_of(print_map(spec())).split()
    assert {"N", "1", "km", "High", "Street"} <= set(said)


def test_protected_figures_say_so_and_none_is_none() -> None:
    said = words_of(print_map(spec((0.0, 15.0, 20.0), protected=True)))
    assert "Fewer than 10 (1 area)" in said
    assert "Incidents, about, Sep 2021" in said
    assert "Protected figures: each is “about”, by steps of 5" in said


def test_what_is_detected_looks_otherwise_than_what_is_known() -> None:
    squares = spec().shapes
    detected = print_map(spec(clusters=[shapely.union_all(squares[2:])], signs=()))
    assert "1 detected cluster, outlined and numbered" in words_of(detected)
    assert "Known hotspot" not in words_of(detected)
    assert "detected" not in words_of(print_map(spec()))
    assert SIGNS["active"]["fill"] in print_map(spec())
    assert SIGNS["active"]["fill"] not in detected


def test_kinds_bear_their_letters_and_those_that_no_area_is_are_left_out() -> None:
    painted = change(np.array([0.3, 1.0, 3.0]), np.array([True, False, True]))
    made = spec(
        (1.0, 2.0, 3.0),
        classes=painted.classes,
        colours=painted.colours,
        letters=painted.letters,
        are_kinds=True,
        texts=(),
        counted=None,
        unit="Change",
    )
    said = words_of(print_map(made))
    assert "No real change (1 area)" in said
    assert "Fell by more than half (1 area)" in said
    assert "Rose to double or less" not in said
    assert said.split().count("↑↑") == 2  # in the legend, and on the area


def test_without_a_base_map_it_says_so() -> None:
    bare = ground()
    bare = type(bare)(bare.features.iloc[:0], note="No base map is loaded for this ground.")
    said = words_of(print_map(spec(ground=bare)))
    assert "No base map is loaded for this ground." in said
    assert "Base map:" not in said


def test_its_title_is_left_to_the_paper_that_holds_it() -> None:
    svg = print_map(spec(), headed=False)
    assert "Incidents by area around Hill School" not in words_of(svg)
    assert etree.fromstring(svg).findtext(f"{SVG}title") == "Incidents by area around Hill School"


def test_the_same_map_is_the_same_bytes_in_another_process() -> None:
    made = "from tests.unit.data.papers.maps import spec; from data.papers.print_map import print_map;"
    other = subprocess.run(
        [sys.executable, "-c", f"{made} import sys; sys.stdout.buffer.write(print_map(spec()).encode())"],
        capture_output=True,
        check=True,
    )
    assert other.stdout.decode() == print_map(spec())
    assert print_map_png(spec()) == print_map_png(spec())


def test_it_needs_nothing_else_and_holds_neither_a_day_nor_who_made_it() -> None:
    svg = print_map(spec())
    root = etree.fromstring(svg)
    assert {element.tag for element in root.iter()}.isdisjoint({f"{SVG}image", f"{SVG}script", f"{SVG}style"})
    addresses = [value for element in root.iter() for value in element.attrib.values() if "//" in value]
    assert addresses == []
    assert "Matplotlib" not in svg
    assert "<!DOCTYPE" not in svg
    assert "id=" not in svg
    assert "dc:date" not in svg


def test_it_is_as_wide_as_the_text_of_a_page_and_nothing_lies_beyond_its_edge() -> None:
    root = etree.fromstring(print_map(spec()))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    assert width == pytest.approx(WIDTH, abs=0.01)
    for path in root.iter(f"{SVG}path"):
        numbers = np.array(
            [float(one) for one in path.attrib["d"].replace("M", " ").replace("L", " ").replace("z", " ").split()]
        )
        assert numbers[0::2].min() >= -0.6
        assert numbers[0::2].max() <= width + 0.6
        assert numbers[1::2].max() <= height + 0.6
    for text in root.iter(f"{SVG}text"):
        if "text-anchor: start" in text.attrib["style"]:
            bold = "700" in text.attrib["style"]
            size = float(text.attrib["style"].split("font-size: ")[1].split("px")[0])
            assert float(text.attrib["x"]) + width_of(text.text or "", size, bold=bold) <= width + 1


def test_coordinates_are_no_finer_than_print() -> None:
    svg = print_map(spec())
    paths = [element.attrib["d"] for element in etree.fromstring(svg).iter(f"{SVG}path")]
    numbers = [one for path in paths for one in path.replace("M", " ").replace("L", " ").replace("z", " ").split()]
    assert [one for one in numbers if len(one.partition(".")[2]) > 3] == []


def test_in_grey_classes_go_from_light_to_dark_and_no_data_is_hatched() -> None:
    picture = Image.open(io.BytesIO(print_map_png(spec((2.0, 4.0, 8.0, 16.0, 32.0, np.nan))))).convert("L")
    assert picture.width > 1200
    grey = [0.299 * int(c[1:3], 16) + 0.587 * int(c[3:5], 16) + 0.114 * int(c[5:], 16) for c in RAMP]
    assert grey == sorted(grey, reverse=True)
    assert NO_DATA_LINE in print_map(spec())
    lines = hatching(np.array([shapely.box(0, 0, 40, 20)], dtype=object))
    assert len(lines) > 10
    assert all(one.geom_type == "LineString" for one in lines)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_words(name: str) -> None:
    changed = {"title": f"Incidents around {name}", "school_name": name, "source": name, "what": name}
    svg = print_map(spec(**changed, ground=ground(name), attributions=(name,), period=name, counted_said=name))
    root = etree.fromstring(svg)
    tags = {element.tag for element in root.iter()}
    assert tags == {element.tag for element in etree.fromstring(print_map(spec())).iter()}
    assert len(svg) < MOST
    if len(name) < 100:
        assert plain(name)[:20] in words_of(svg)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_any_name_at_all_gives_a_map_that_can_be_read(name: str) -> None:
    root = etree.fromstring(print_map(spec(school_name=name, source=name)))
    assert root.tag == f"{SVG}svg"


def test_many_areas_stay_small_enough_to_be_sent() -> None:
    rng = np.random.default_rng(1)
    points = shapely.MultiPoint(rng.uniform(0, 60_000, (1_500, 2)))
    cells = np.array(shapely.get_parts(shapely.voronoi_polygons(points)), dtype=object)
    shaken = shapely.segmentize(cells, 200)
    figures = rng.integers(0, 50, len(cells)).astype(float)
    made = spec(figures, shapes=shaken, bounds=(0, 0, 60_000, 60_000), counted=None, school=None, rings=(), signs=())
    assert len(print_map(made)) < MOST


def test_a_frame_holds_what_is_asked_for_and_its_bar_is_a_round_number() -> None:
    frame = frame_of((1_000, 2_000, 4_200, 5_200), 10.0)
    west, south, east, north = frame.bounds
    assert west <= 1_000 < 4_200 <= east
    assert south <= 2_001
    assert north >= 5_199
    assert frame.bar() == (1_000, "1 km")
    assert frame_of((0, 0, 800, 500), 0.0).bar() == (200, "200 m")


def test_words_are_wrapped_and_what_is_too_long_is_cut() -> None:
    assert wrapped("one two three", 8, 1_000) == ["one two three"]
    lines = wrapped(f"short {'x' * 500} end", 8, 100)
    assert all(width_of(line, 8) <= 100 for line in lines)
    assert lines[0] == "short"
