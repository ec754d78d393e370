"""All hostile files."""

from tests.hostile import archives, databases, lists, maps, parquets, shapes, texts, workbooks
from tests.hostile.making import CASES

__all__ = ["CASES", "MAKERS"]

MAKERS = (archives, databases, lists, maps, parquets, shapes, texts, workbooks)
