"""A mapping is what its file says, or what the names of columns tell, and nothing else."""

import json

import pytest

from data.records.mapping import ColumnMapping, guess_mapping, load_mapping, with_columns
from data.records.marks import MarkMapping
from tests.unit.data.records.refusals import CELL, refusal, upload


def load(content: object) -> ColumnMapping:
    return load_mapping(upload(json.dumps(content), "map.json"))


def refused(content: object) -> str:
    return refusal(lambda: load(content), "map.json")


def test_a_mapping_file_names_columns_by_meaning() -> None:
    mapping = load(
        {"date": "Day", "from": "Began", "to": "Ended", "area": "LSOA", "category": "What", "school": "URN",
         "harm": {"a": "cce"}}
    )  # fmt: skip
    assert mapping == ColumnMapping(
        date="Day", start="Began", end="Ended", area="LSOA", category="What", contributor="URN", harm={"a": "cce"}
    )
    assert mapping.columns() == {
        "date": "Day", "start": "Began", "end": "Ended", "area": "LSOA", "category": "What", "contributor": "URN",
    }  # fmt: skip


def test_unknown_keys_are_refused_by_name() -> None:
    message = refused({"date": "Day", "dtae": CELL, "colour": CELL})
    assert "“dtae” and “colour”" in message
    assert "“date”, “from”, “to”, “month”" in message
    assert "“category”, “school”" in message


@pytest.mark.parametrize("content", [{"date": 3}, {"date": [CELL]}, {"date": {"a": CELL}}])
def test_a_meaning_that_is_no_column_name_is_refused(content: object) -> None:
    assert "“date”" in refused(content)


def test_a_school_that_is_no_column_name_is_refused_by_its_key() -> None:
    assert "“school”" in refused({"school": [CELL]})


def test_a_column_is_named_by_the_meaning_that_a_mapping_file_uses() -> None:
    assert with_columns(ColumnMapping(date="Day"), {"school": "URN"}) == ColumnMapping(date="Day", contributor="URN")
    assert "“school”" in refusal(lambda: with_columns(ColumnMapping(), {"contributor": "URN"}), "contributor")


@pytest.mark.parametrize("harm", [{CELL: "zz"}, {"a": CELL}, {"a": 3}, CELL])
def test_harms_outside_the_closed_list_are_refused_without_naming_categories(harm: object) -> None:
    message = refused({"harm": harm})
    assert "“cse”, “cce”, “violence”" in message


@pytest.mark.parametrize("text", ["[1]", "{", f'"{CELL}"', "", "[" * 100_000])
def test_what_is_no_json_object_is_refused(text: str) -> None:
    assert "must be one JSON object" in refusal(lambda: load_mapping(upload(text, "map.json")), "map.json")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            ["Reference", "Date", "From", "To", "Easting", "Northing", "Category", "Severity", "School"],
            {"date": "Date", "start": "From", "end": "To", "easting": "Easting", "northing": "Northing",
             "category": "Category", "contributor": "School"},
        ),
        (["INCIDENT DATE", "lat", "LNG", "Incident type"],
         {"date": "INCIDENT DATE", "longitude": "LNG", "latitude": "lat", "category": "Incident type"}),
        (["Month", "Longitude", "Latitude", "LSOA code", "Crime type"],
         {"month": "Month", "longitude": "Longitude", "latitude": "Latitude", "area": "LSOA code",
          "category": "Crime type"}),
        (["Start_date", "End_date", "X", "Y", "Harm group"],
         {"start": "Start_date", "end": "End_date", "easting": "X", "northing": "Y", "category": "Harm group"}),
        (["Type", "Date", "Latitude", "Longitude", "Object of search"],
         {"date": "Date", "longitude": "Longitude", "latitude": "Latitude", "category": "Type"}),
        (["Date", "Month", "Area code", "Type", "Category"],
         {"date": "Date", "area": "Area code", "category": "Category"}),
        (["Date", "School name", "School URN"], {"date": "Date", "contributor": "School URN"}),
        (["Date", "reporting_school"], {"date": "Date", "contributor": "reporting_school"}),
        (["Month", "Organisation"], {"month": "Month", "contributor": "Organisation"}),
        (["URN", "Nearest school"], {}),  # the reference of the incident, and where it happened
        (["Notes", "Lat"], {}),
    ],
)  # fmt: skip
def test_columns_are_guessed_from_telling_names_whatever_their_case(
    header: list[str], expected: dict[str, str]
) -> None:
    assert guess_mapping(header).columns() == expected


def test_a_mapping_cannot_be_changed_after_it_is_made() -> None:
    with pytest.raises(ValueError, match="frozen"):
        ColumnMapping(date="Day").date = "Other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["name", "time", "type", "longitude", "latitude"],
         {"start": "time", "longitude": "longitude", "latitude": "latitude", "category": "type"}),
        (["X", "Y", "OBJECTID", "date", "category", "longitude", "latitude"],
         {"date": "date", "longitude": "longitude", "latitude": "latitude", "category": "category"}),
    ],
)  # fmt: skip
def test_the_columns_that_formats_of_maps_add_are_guessed(header: list[str], expected: dict[str, str]) -> None:
    assert guess_mapping(header).columns() == expected


def test_a_time_beside_a_date_changes_nothing_of_how_a_file_is_known() -> None:
    guessed = guess_mapping(["Date", "Time", "Area", "Type"])
    assert guessed.columns() == {"date": "Date", "time": "Time", "area": "Area", "category": "Type"}
    before = ColumnMapping(date="Date", start="Time", area="Area", category="Type")
    assert guessed.identity() == before.identity()
    assert before.model_copy(update={"unread": ["Note"]}).identity() == before.identity()


def test_a_postcode_and_a_place_count_only_where_there_are_no_coordinates() -> None:
    assert guess_mapping(["Date", "Type", "Postcode", "Location"]).place == "Location"
    assert guess_mapping(["Date", "Type", "Location", "Longitude", "Latitude"]).place is None


def test_the_json_of_mappings_keeps_its_order_by_which_a_file_brought_again_is_known() -> None:
    places = ["longitude", "latitude", "easting", "northing", "area"]
    assert list(json.loads(ColumnMapping(contributor="School").identity())) == [
        "date", "start", "end", "month", *places, "category", "contributor", "harm"
    ]  # fmt: skip
    assert list(MarkMapping().model_dump()) == ["date", "month", *places, "feeling", "map_code", "cell", "number"]
