"""Names of places in street files: kept as published where they are asked for, and no word of any other text."""

import pyarrow as pa
import pytest

from data.formats.sources import from_upload
from data.records.police import STREET_COLUMNS
from data.records.rows import EDITION_FIELD, FORCE_FIELD, PLACE_FIELD, REQUIRED_FIELDS, Rows
from geo import columns as c
from tests.unit.data.records.test_police import HEADER, read, row, street


def places(rows: Rows) -> list[str | None]:
    return [None if name is None else str(name) for name in rows.table[c.PLACE].to_pylist()]


def test_names_of_places_are_kept_where_they_are_asked_for_only() -> None:
    source = street(row("a"), row("b", location="On or near Hospital"), row("b", location="On or near Hospital"))
    assert not read(source).has_place_names
    rows = read(source, place_names=True)
    assert rows.table.schema == pa.schema([*REQUIRED_FIELDS, PLACE_FIELD, FORCE_FIELD, EDITION_FIELD])
    assert places(rows) == ["On or near Kent Close", "On or near Hospital", "On or near Hospital"]


@pytest.mark.parametrize(
    "text",
    ["No Location", "On or near ", "", "Flat 3, near the park", "  ", "On or near A\nB", f"On or near {'x' * 300}"],
)
def test_a_place_that_is_not_as_published_has_no_name_and_no_word_of_it_is_kept(text: str) -> None:
    rows = read(street(row("a", location=f'"{text}"'), row("b")), place_names=True)
    assert places(rows) == [None, "On or near Kent Close"]
    assert rows.table[c.PLACE].chunk(0).dictionary.to_pylist() == ["On or near Kent Close"]


def test_files_of_which_none_names_a_place_have_no_names() -> None:
    assert not read(street(row("a", location="")), place_names=True).has_place_names
    bare = from_upload("2021-01-a-street.csv", (",".join(STREET_COLUMNS) + "\n,2021-01,-1.5,53.5,E1,Drugs\n").encode())
    assert not read(bare, place_names=True).has_place_names
    mixed = read(bare, street(row("a", month="2021-02"), month="2021-02"), place_names=True)
    assert places(mixed) == [None, "On or near Kent Close"]


def test_a_file_that_is_read_with_care_keeps_its_names_of_places() -> None:
    careful = street(row("a", category=" Drugs ", location="On or near Hospital"), row("b", location="No Location"))
    assert places(read(careful, place_names=True)) == ["On or near Hospital", None]
    assert not read(careful).has_place_names


def test_names_of_places_in_months_not_asked_for_are_left_out() -> None:
    both = from_upload(
        "street.csv", (HEADER + row("a", location="On or near Low Road") + row("b", month="2021-02")).encode()
    )
    rows = read(both, first="2021-02", place_names=True)
    assert rows.table[c.PLACE].chunk(0).dictionary.to_pylist() == ["On or near Kent Close"]
