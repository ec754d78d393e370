"""What is written down of the files of a delivery: their digests, and their names where they may be kept."""

from collections.abc import Sequence

from data.formats.sources import Source
from data.store.deliveries import Brought, BroughtFile


def of(
    title: str,
    sources: Sequence[Source],
    *,
    edition: str | None = None,
    source: str | None = None,
    named: bool = True,
) -> Brought:
    """Return what is written down of files; ``named`` is False for files of incidents, whose names may tell of people.

    ``edition`` is what the files say they are of ("mid-2022"), ``source`` who publishes them. Raises InputError for a
    file that is not there any more.
    """
    files = tuple(BroughtFile(one.fingerprint(), one.name if named else None) for one in sources)
    return Brought(title, files, sum(map(_size, sources)), edition, source)


def _size(source: Source) -> int:
    """Return the bytes of a file as it was given, still packed."""
    if source.content is not None:
        return len(source.content)
    if source.entry is not None:
        return source.entry.info.file_size
    return 0 if source.path is None else source.path.stat().st_size
