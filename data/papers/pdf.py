"""A paper as PDF/UA, by Typst."""

from data.papers.look import Look
from geo.briefing.paper import Paper


def pdf(paper: Paper, look: Look) -> bytes:
    """Write a paper as PDF/UA, by Typst."""
    raise NotImplementedError
