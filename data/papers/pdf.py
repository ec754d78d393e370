"""A paper as PDF/UA, by Typst: tagged, titled, with text beside each picture, and the same bytes for the same paper."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import typst

from data.papers import letters
from data.papers.look import Look
from data.papers.template_values import template_values
from geo.briefing.paper import Paper
from geo.errors import InputError

_TEMPLATE: Final = Path(__file__).parent / "templates" / "paper.typ"


def pdf(paper: Paper, look: Look) -> bytes:
    """Write a paper as PDF/UA-1 on A4.

    Raises InputError for a picture without a sentence for those who do not see it, and for a picture or a logo that
    cannot be read.
    """
    values = template_values(paper, look)
    try:
        return typst.compile(
            _TEMPLATE,
            # Typst opens no file outside of this folder, and the template names none and no package.
            root=_TEMPLATE.parent,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(values, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=datetime.fromisoformat(paper.made_on).replace(tzinfo=UTC),
        )
    except typst.TypstError as fault:
        # Words cannot fail: they are strings, and of letters that the font has.
        raise InputError(
            "The pictures of a paper must be SVG and its logo PNG, and one of them cannot be read; load another logo "
            "or leave the picture out."
        ) from fault


@cache
def _fonts() -> typst.Fonts:
    """Return the letters of papers, and none of the machine's own: a paper looks the same wherever it is made."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[letters.folder()])
