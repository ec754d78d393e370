"""Looks for texts in the bytes of files, for tests that nothing of a file is left."""

from collections.abc import Iterable
from pathlib import Path


def found(needles: Iterable[str], haystacks: Iterable[bytes]) -> set[str]:
    """Return what of some texts stands in some bytes, in capitals or not, in any of three encodings, spaced or not."""
    looked_in = [haystack.lower() for haystack in haystacks]
    wanted = {(text, form.lower()) for text in needles for form in (text, text.replace(" ", ""))}
    return {
        text
        for text, form in wanted
        for encoding in ("utf-8", "utf-16-le", "utf-32-le")
        if any(form.encode(encoding) in haystack for haystack in looked_in)
    }


def everything(*folders: Path) -> list[bytes]:
    """Read every file below some folders: the database, its write-ahead log and index, and whatever else there is."""
    return [path.read_bytes() for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
