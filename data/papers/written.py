"""Papers written as files: PDF, Word document or web page."""

from typing import Final

from data.papers.look import PLAIN, Look
from geo.briefing.paper import Paper
from geo.errors import InputError

MEDIA: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


def written(paper: Paper, form: str, look: Look = PLAIN) -> bytes:
    """Write a paper as one of ``MEDIA``; the same paper gives the same bytes.

    Raises InputError for any other form.
    """
    # Each brings in a library of its own, which commands that write no paper do not wait for.
    if form == "pdf":
        from data.papers.pdf import pdf

        return pdf(paper, look)
    if form == "docx":
        from data.papers.word import word

        return word(paper, look)
    if form == "html":
        from data.papers.web_page import web_page

        return web_page(paper, look)
    raise InputError(f"A paper must be written as {', '.join(MEDIA)}, and “{form}” is none of them; choose one.")
