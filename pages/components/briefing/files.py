"""A paper's files, as links: PDF, Word document and web page, by the app's own route."""

from html import escape
from typing import Final

from data.store.papers import KeptPaper
from pages.routes.papers import paper_url

_FORMS: Final = {"pdf": "PDF", "docx": "Word", "html": "Web page"}


def links(one: KeptPaper, look: str = "lc-download") -> str:
    """Write the links to a paper's files (HTML); each opens beside the page, and its name says which paper it is."""
    of = f'<span class="lc-unseen"> of {escape(one.title)}, paper {one.id}</span>'
    return " ".join(
        f'<a class="{look}" href="{escape(paper_url(one.id, form))}" target="_blank">{words}{of}</a>'
        for form, words in _FORMS.items()
    )
