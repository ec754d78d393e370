"""The look of an organisation's papers: its name, its logo and its own Word template, where it has loaded them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Look:
    """What papers carry of the organisation that makes them.

    ``logo`` is a PNG and ``template`` a DOCX with the tags of ``data.papers.word``; None for the product's own.
    """

    organisation: str = ""
    logo: bytes | None = None
    template: bytes | None = None


PLAIN: Final = Look()
