"""Word documents say their title and language, and have one date."""

from io import BytesIO
from zipfile import ZipFile

from docx import Document

from data.papers import docx_parts


def sample() -> bytes:
    document = Document()
    document.add_heading("Risks", 0)
    docx_parts.set_properties(document, "Risks & “remedies”", "Castlebrook Academy", "2026-11-30")
    written = BytesIO()
    document.save(written)
    return docx_parts.packed(written.getvalue())


def test_no_part_has_a_date_of_its_own() -> None:
    assert sample() == sample()
    with ZipFile(BytesIO(sample())) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_say_title_language_and_one_day() -> None:
    told = Document(BytesIO(sample())).core_properties
    assert (told.title, told.author, told.language) == ("Risks & “remedies”", "Castlebrook Academy", "en-GB")
    assert f"{told.created:%Y-%m-%d}" == f"{told.modified:%Y-%m-%d}" == "2026-11-30"
