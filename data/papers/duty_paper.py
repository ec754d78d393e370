"""Documents for a school's duties, written as Word documents for its data protection officer to finish."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from data.papers import docx_parts
from data.papers.plain_text import legal
from geo.briefing.paper import Block, Section, Sentences, Table, Words

TEMPLATE: Final = Path(__file__).parent / "templates" / "duties" / "duty.docx"
NOTICE: Final = (
    "This is a draft, and no legal advice. Local Context has filled in what it knows of itself and of what is loaded. "
    "Your data protection officer must check it, complete it and decide."
)


@dataclass(frozen=True)
class DutyPaper:
    """A document: its title, what it is of, the day its facts were taken (ISO 8601, and as people write it)."""

    title: str
    subject: str
    made_on: str
    day: str
    sections: tuple[Section, ...]


def duty_docx(paper: DutyPaper) -> bytes:
    """Write a document as DOCX; the same document gives the same bytes. All its words are text, whatever they hold."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(TEMPLATE)
    sections = [{"heading": one.heading, "blocks": [_block(block) for block in one.blocks]} for one in paper.sections]
    said = {"title": paper.title, "subject": paper.subject, "day": paper.day, "notice": NOTICE, "sections": sections}
    template.render(_legal(said), autoescape=True)
    docx_parts.set_properties(template.docx, paper.title, "Local Context", paper.made_on)
    written = BytesIO()
    template.save(written)
    return docx_parts.packed(written.getvalue())


def _block(block: Block) -> dict[str, Any]:
    """Return a block as the template reads it: ``columns`` is 0 for what is no table."""
    if isinstance(block, Table):
        heads = [column.head for column in block.columns]
        return {"columns": len(heads), "caption": block.caption, "heads": heads, "rows": [list(r) for r in block.rows]}
    if isinstance(block, Sentences):
        return {"columns": 0, "lines": [], "points": [one.sentence for one in block.told]}
    if isinstance(block, Words):
        return {"columns": 0, "lines": block.text.split("\n\n"), "points": []}
    raise TypeError(f"a document for duties holds words, lists and tables, and no {type(block).__name__}")


def _legal(value: Any) -> Any:
    if isinstance(value, str):
        return legal(value)
    if isinstance(value, list):
        return [_legal(one) for one in value]
    if isinstance(value, dict):
        return {key: _legal(one) for key, one in value.items()}
    return value
