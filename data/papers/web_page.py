"""A paper as one web page that needs nothing else."""

from data.papers.look import Look
from geo.briefing.paper import Paper


def web_page(paper: Paper, look: Look) -> bytes:
    """Write a paper as one web page that needs nothing else."""
    raise NotImplementedError
