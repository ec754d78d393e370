"""Fields of the register in words: what an entry holds is what its fields list, and each value can be read aloud."""

from dataclasses import fields

import pytest
import shapely

from geo.register import closed_lists
from geo.register.closed_lists import code_of
from geo.register.fields import BY_COLUMN, FIELDS, say, say_shape
from geo.register.hotspot import Hotspot


def test_every_field_of_an_entry_has_its_column_and_label() -> None:
    assert {one.attribute for one in FIELDS} == {one.name for one in fields(Hotspot)} - {"reference", "revision"}
    assert len({one.label for one in FIELDS}) == len(BY_COLUMN) == len(FIELDS)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("harm", "cce", "Child criminal exploitation"),
        ("times", "home-time evening", "Home time; Evening"),
        ("status", "proposed", "Proposed"),
        ("next_review", "2026-09-03", "3 Sep 2026"),
        ("reports", 4, "4"),
        ("rag", None, None),
        ("other_harms", "", None),
        ("shape", shapely.Point(-1.47, 53.38).wkb_hex, "A point at 53.38000, -1.47000"),
    ],
)
def test_a_value_is_said_as_a_reader_knows_it(column: str, value: str | int | None, said: str | None) -> None:
    assert say(column, value) == said


def test_lines_and_areas_are_said_with_their_size() -> None:
    line = shapely.LineString([(-1.47, 53.38), (-1.47, 53.39)])
    assert say_shape(line) == "A line of 1,113 m around 53.38500, -1.47000"
    assert say_shape(shapely.box(-1.48, 53.38, -1.47, 53.39)).startswith("An area of 73.9 hectares around 53.385")
    assert say_shape(shapely.MultiPoint([(0, 51), (0, 52)])).startswith("2 points around")


@pytest.mark.parametrize("words", [one.words for one in FIELDS if one.words], ids=lambda words: next(iter(words)))
def test_codes_and_words_lead_back_to_the_code_and_hold_nothing_that_parts_several(
    words: dict[str, str],
) -> None:
    assert [code_of(said, words) for said in words.values()] == list(words)
    assert [code_of(code.upper(), words) for code in words] == list(words)
    assert code_of("what is on no list", words) is None
    if words in (closed_lists.TIMES, closed_lists.SOURCES):
        assert not any(sign in said for said in words.values() for sign in ",;")
