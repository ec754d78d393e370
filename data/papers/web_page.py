"""A paper as one web page that needs nothing else: no script, and nothing from elsewhere.

Words go into ``templates/paper.html`` as text. Drawings are shown as pictures, in which a browser runs nothing and
fetches nothing; the page's own policy refuses everything but those and its one style.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from data.papers.look import PLAIN, Look
from data.papers.plain_text import (
    MINUTES_KEY,
    SPOKEN,
    described,
    legal,
    long_day,
    paragraphs,
    printed_sections,
    with_sources,
)
from geo.briefing.paper import Audience, Paper

_TEMPLATES: Final = Path(__file__).with_name("templates")
_SVG: Final = "image/svg+xml"


def web_page(paper: Paper, look: Look = PLAIN) -> bytes:
    """Write a paper as one web page in UTF-8, the same for the same paper and look."""
    style = (_TEMPLATES / "paper.css").read_text(encoding="utf-8")
    page = _template().render(
        paper=paper,
        sections=printed_sections(paper),
        contents=paper.audience is Audience.BOARD,
        minutes=MINUTES_KEY,
        spoken=SPOKEN,
        organisation=look.organisation,
        logo=_address("image/png", look.logo) if look.logo else "",
        style=Markup(style),  # noqa: S704 - a file of ours
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )
    return legal(page).encode()


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        kind=lambda block: type(block).__name__,
        paragraphs=lambda words: [text.split("\n") for text in paragraphs(words)],
        long_day=long_day,
        with_sources=with_sources,
        described=described,
        picture=lambda svg: _address(_SVG, svg.encode()),
    )
    return environment.get_template("paper.html")


def _address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
