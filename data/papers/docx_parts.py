"""What every Word document written here has: properties, in British English, and one date for all its parts."""

from datetime import datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument

from data.papers.plain_text import legal

LANGUAGE: Final = "en-GB"
_LONGEST: Final = 255  # characters of a property
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the earliest date that a ZIP file can hold


def set_properties(document: WordDocument, title: str, author: str, day: str, subject: str = "") -> None:
    """Set the properties of a document: its title, who made it, its language, and one day (ISO 8601) for all dates."""
    properties = document.core_properties
    title, author, subject = (legal(said)[:_LONGEST] for said in (title, author, subject))
    properties.title, properties.author, properties.subject, properties.language = title, author, subject, LANGUAGE
    properties.last_modified_by, properties.comments, properties.revision = author, "", 1
    properties.created = properties.modified = datetime.fromisoformat(day)


def packed(content: bytes) -> bytes:
    """Return a document with one date for all its parts, so that the same words always give the same bytes."""
    written = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(written, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = ZipInfo(name, _FIRST_DAY)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0  # the same on every system
            after.writestr(part, before.read(name))
    return written.getvalue()
