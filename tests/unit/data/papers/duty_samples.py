"""Facts of a made-up store, and reading what a document says."""

from dataclasses import replace
from io import BytesIO
from typing import Final

from docx import Document
from docx.document import Document as WordDocument

from data.papers.duty_facts import DatasetFact, DutyFacts

FACTS: Final = DutyFacts(
    day="30 November 2026",
    datasets=(
        DatasetFact("Street crime", "Police street data", "open", "data.police.uk", "Sep 2021 – Aug 2026", "1,204"),
        DatasetFact("Our log", "Incidents", "protected", "Hill School", "school years 2024/25 – 2025/26", None),
    ),
    database="one SQLite file",
    versions_kept="365 days (the default)",
    datasets_kept="84 months after its last month",
    months_kept=84,
    open_kept="for good",
    roles=(("Analyst", "Exact counts"), ("Board", "Protected counts")),
    log_months=24,
    damaged_days=30,
    layer_days=30,
)


def titled(title: str) -> DutyFacts:
    """Return facts with one dataset of a title."""
    return replace(FACTS, datasets=(replace(FACTS.datasets[1], title=title),))


def opened(content: bytes) -> WordDocument:
    """Open a document."""
    return Document(BytesIO(content))


def words_of(document: WordDocument) -> str:
    """Return all words of a document, a paragraph or a cell a line."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
