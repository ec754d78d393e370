"""Files too large to hold, as streams of bytes: unpacked as they are read, and never more of them than a bound."""

import io
import zipfile
import zlib
from contextlib import closing, suppress
from typing import IO, Final

from isal import igzip, igzip_lib

from data.formats.sources import GZIP, MB, Source
from geo.errors import InputError

MAX_STREAMED: Final = 2_000 * MB  # unpacked; the national list of postcodes has about 1,000 MB
_START: Final = 65_536
_DAMAGE: Final = (OSError, EOFError, igzip_lib.IsalError, zipfile.BadZipFile, zlib.error, RuntimeError, ValueError)


class ByteStream(io.RawIOBase):
    """The bytes of a source, unpacked as they are read, and no more of them than ``MAX_STREAMED``."""

    def __init__(self, source: Source) -> None:
        """Open it; raises InputError for a file that cannot be opened or is damaged."""
        self._name = source.name
        self._left = MAX_STREAMED
        self._raw = _opened(source)
        self._file = self._raw
        if self.read(len(GZIP)) == GZIP:
            self._file = igzip.open(self._raw)  # type: ignore[no-untyped-call]
        self._raw.seek(0)
        self._left = MAX_STREAMED

    def readable(self) -> bool:
        """Return true, as what reads it asks."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; raises InputError for a damaged file, and past the bound."""
        try:
            found = self._file.read(self._left + 1 if size < 0 else size)
        except _DAMAGE:  # type: ignore[misc]  # the stub of one of them declares an object
            raise InputError(
                f"“{self._name}” must be whole, and it is damaged or cut short; download or save it again."
            ) from None
        self._left -= len(found)
        if self._left < 0:
            raise InputError(
                f"“{self._name}” must be at most {MAX_STREAMED // MB:,} MB when unpacked, and it is larger; bring a "
                "list of fewer places."
            )
        return found

    def close(self) -> None:
        """Close the file, and what it is packed in."""
        self._file.close()
        self._raw.close()
        super().close()


def start_of(source: Source, size: int = _START) -> bytes:
    """Return the first bytes of a file, unpacked; all of a smaller one.

    Raises InputError for a file that cannot be opened or is damaged.
    """
    with closing(ByteStream(source)) as stream:
        found = b""
        while len(found) < size and (more := stream.read(size - len(found))):
            found += more
    return found


def _opened(source: Source) -> IO[bytes]:
    with suppress(OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        if source.entry is not None:
            return source.entry.archive.open(source.entry.info)
        if source.content is not None:
            return io.BytesIO(source.content)
        if source.path is not None:
            return source.path.open("rb")
    raise InputError(
        f"“{source.name}” must be a file that can be read, and it cannot be opened; check its permissions."
    )
