"""A paper as a Word document, from a template."""

from data.papers.look import Look
from geo.briefing.paper import Paper


def word(paper: Paper, look: Look) -> bytes:
    """Write a paper as a Word document, from a template."""
    raise NotImplementedError
