import pyarrow as pa
import pytest

from data.formats.sheets import SAVED_BY, Annotation, Sheet
from data.screening import require_clean, screen
from geo.errors import InputError

DAYS = [f"2021-09-{day:02}" for day in range(1, 11)]


def sheet(columns, *, name=None, annotations=(), first=2, word="row"):
    table = pa.table({header: pa.array(cells, pa.string()) for header, cells in columns.items()})
    return Sheet("log.csv", name, table, first=first, word=word, annotations=annotations)


def kinds(columns, **options):
    return [(found.what, found.column, found.row, found.rows) for found in screen([sheet(columns)], **options)]


def test_a_clean_sheet_has_no_findings():
    require_clean(
        [sheet({"Date": DAYS, "Type": ["Weapons", "Drugs"] * 5, "Street": ["On or near Victoria Street"] * 10})]
    )


def test_the_first_row_is_numbered_as_people_see_it():
    cells = [None, "Drugs", None, "a.person@example.com", "b.person@example.com"]
    assert kinds({"Type": cells}) == [("e-mail addresses", "Type", 5, 2)]
    found = screen([sheet({"Type": cells}, first=1, word="feature")])
    assert str(found[0]) == "e-mail addresses in column “Type”, 2 features (the first is feature 4)"


def test_unmapped_columns_are_screened():
    assert kinds({"Date": DAYS[:1], "Zz": ["call 07700 900123 re the park"]}, dates=["Date"]) == [
        ("telephone numbers", "Zz", 2, 1)
    ]


def test_a_message_is_one_sentence_without_values():
    columns = {"Date": DAYS[:2], "Who": ["Jamie Walker", "Aisha Khan"], "Home": ["S10 2TN", "S1 2AB"]}
    with pytest.raises(InputError) as caught:
        require_clean([sheet(columns, name="May")])
    said = str(caught.value)
    assert said == (
        "“log.csv”, sheet “May”: a file must hold nothing that tells who a person is, but this one seems to hold "
        "names of people in column “Who”, 2 rows "
        "(the first is row 2) and full postcodes in column “Home”, 2 rows (the first is "
        "row 2); remove those columns, or those rows and bring the file again."
    )


def test_a_message_names_three_findings_and_counts_the_others():
    columns = {header: ["x@example.com"] for header in "ABCDE"}
    with pytest.raises(InputError, match=r"“C”, row 2 and 2 more; remove"):
        require_clean([sheet(columns)])


def test_a_column_name_that_is_an_identifier_is_called_by_its_position():
    with pytest.raises(InputError) as caught:
        require_clean([sheet({"Date": DAYS[:1], "jamie.walker@example.com": ["07700 900123"]})])
    assert "jamie" not in str(caught.value)
    assert "e-mail addresses in the name of the column “(column 2)”" in str(caught.value)
    assert "telephone numbers in column “(column 2)”, row 2" in str(caught.value)


def test_a_sheet_name_that_is_an_identifier_is_not_repeated():
    found = screen([sheet({"A": ["x"]}), sheet({"A": ["x@example.com"]}, name="Jamie Walker")])
    assert [str(each) for each in found] == [
        "names of people in the name of the sheet",
        "e-mail addresses in column “A”, row 2",
    ]
    assert {each.where for each in found} == {"“log.csv”, sheet “(sheet 2)”"}


def test_comments_and_properties_are_screened():
    annotations = [
        Annotation("a comment at C7", "ask 0114 273 4567"),
        Annotation("a property of the document", "Aisha Khan"),
        Annotation("x", "openpyxl"),
    ]
    found = screen([sheet({"A": ["x"]}, annotations=annotations)])
    assert [(each.what, each.annotation, each.column, each.row) for each in found] == [
        ("telephone numbers", "a comment at C7", None, None),
        ("names of people", "a property of the document", None, None),
    ]
    with pytest.raises(InputError, match="Inspect Document"):
        require_clean([sheet({"A": ["x"]}, annotations=annotations)])


def test_who_saved_a_document_may_have_a_name_and_nothing_else():
    assert screen([sheet({"A": ["x"]}, annotations=[Annotation(SAVED_BY, "Aisha Khan")])]) == []
    assert len(screen([sheet({"A": ["x"]}, annotations=[Annotation(SAVED_BY, "aisha@example.com")])])) == 1


def test_places_are_not_asked_for_names_but_for_everything_else():
    columns = {"Name": ["Stanley Matthews", "Jamie Clarke", "Grace Darling", "lane behind S10 2TN"]}
    assert ("full postcodes", "Name", 5, 1) in kinds(columns, places=["Name"])
    assert "names of people" not in [what for what, *_ in kinds(columns, places=["Name"])]


def test_days_a_childhood_before_the_incident_are_births():
    births = [f"{day}/3/2008" for day in range(1, 11)]
    assert kinds({"When": DAYS, "Date 2": births}, dates=["When"]) == [("dates of birth", "Date 2", 2, 10)]


def test_months_of_incidents_serve_to_tell_births():
    assert kinds({"Month": ["2021-09"] * 3, "D": ["1 May 2010", "2/5/11", "2012-01-30"]}, dates=["Month"]) == [
        ("dates of birth", "D", 2, 3)
    ]


def test_the_incidents_own_days_are_no_births():
    columns = {"From": ["2011-09-01"] * 4, "To": ["2021-09-01"] * 4}
    assert kinds(columns, dates=["From", "To"]) == []


def test_two_days_long_before_are_not_enough():
    assert kinds({"When": DAYS, "Other": [*DAYS[:8], "2009-01-01", "2009-02-01"]}, dates=["When"]) == []


def test_a_telling_name_makes_one_date_enough():
    assert kinds({"When": DAYS, "D.O.B.": [None] * 9 + ["03/05/2011"]}, dates=["When"]) == [
        ("dates of birth", "D.O.B.", 11, 1)
    ]


def test_blank_columns_and_sheets_without_rows_pass():
    assert kinds({"A": [None, None], "B": ["", " "]}) == []
    assert kinds({"A": []}) == []


@pytest.mark.parametrize(
    "notes",
    [
        [
            "He told staff he was approached by an older man",
            "She left with her friend and came back late",
            "They met him at the shop",
        ],
        [
            "upset after lesson, mum called",
            "seen smoking with older lad again",
            "his phone was taken by them",
            "went home early, she was ill",
        ],
    ],
)
def test_what_somebody_wrote_is_free_text(notes):
    assert [what for what, *_ in kinds({"Field 9": notes})] == ["free text"]


def test_one_story_is_free_text_among_blanks():
    story = "word " * 30
    assert kinds({"A": [None] * 50 + [story]}) == [("free text", "A", 52, 1)]


def test_a_long_category_on_many_rows_is_no_free_text():
    assert kinds({"A": ["word " * 30] * 20}) == []
