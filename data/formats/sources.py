"""Where bytes come from: a file on disk, an upload, or a file inside a .zip.

Whoever reads gets unpacked bytes within a bound and never meets a path. Messages name a file by its name alone.
"""

import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from isal import igzip_lib

from geo.errors import InputError

MB: Final = 1_000_000
MAX_UNPACKED: Final = 500 * MB  # one file; a month of the largest police force is about 25 MB
MAX_TOTAL: Final = 2_000 * MB  # all files taken from one .zip; three years of a large force are about 1,000 MB
MAX_RATIO: Final = 100  # unpacked to packed; police files are about 5 : 1, and a bomb about 1,000 : 1
MAX_PARTS: Final = 1_000  # of one gzip file, each costing a copy of what follows; joined months are a few dozen
RATIO_FROM: Final = MB  # below this size no ratio does harm, and small repetitive files are common

GZIP: Final = b"\x1f\x8b"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_SIGNATURES: Final = (
    (b"\xd0\xcf\x11\xe0", "looks like an old Excel workbook; save it as CSV"),
    (b"%PDF", "looks like a PDF; ask for the data as CSV"),
    (b"\x89PNG", "looks like a picture; ask for the data as CSV"),
    (b"\xff\xd8\xff", "looks like a picture; ask for the data as CSV"),
    (b"SQLite format 3", "looks like a database; export the table as CSV"),
    (b"PAR1", "looks like a Parquet file; save it as CSV"),
)
_ZIP: Final = b"PK\x03\x04"
_UNPRINTABLE: Final = re.compile(r"[^\w .,()'&+@#~=\-]")


@dataclass(frozen=True)
class _Entry:
    """A file inside an opened .zip."""

    archive: zipfile.ZipFile
    info: zipfile.ZipInfo


@dataclass(frozen=True)
class Source:
    """One file to read. ``name`` is what people are shown, never a full path."""

    name: str
    path: Path | None = field(default=None, repr=False)
    content: bytes | None = field(default=None, repr=False)
    entry: _Entry | None = field(default=None, repr=False, compare=False)

    @property
    def is_zip(self) -> bool:
        """Whether the file is named as a .zip archive, whose files ``members`` lists."""
        return self.name.lower().endswith(".zip")

    @property
    def size(self) -> int:
        """The bytes of the file as given, still packed; of a file inside a .zip those it says it unpacks to."""
        if self.entry is not None:
            return self.entry.info.file_size
        if self.content is not None:
            return len(self.content)
        try:
            return self.path.stat().st_size if self.path is not None else 0
        except OSError:
            raise _cannot_open(self.name) from None

    def read(self) -> bytes:
        """Return the bytes, unpacked when they are gzip (whatever the name).

        Raises InputError when the file is damaged, cannot be opened, or is larger than ``MAX_UNPACKED``.
        """
        packed = self._as_given()
        return _gunzipped(self.name, packed) if packed.startswith(GZIP) else packed

    def fingerprint(self) -> str:
        """Return the SHA-256 of the bytes as given (still packed), so that the same file is known again cheaply."""
        if self.path is None:
            return hashlib.sha256(self._as_given()).hexdigest()
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            raise _cannot_open(self.name) from None

    def _as_given(self) -> bytes:
        if self.entry is not None:
            return _member_bytes(self.name, self.entry)
        if self.content is not None:
            _require_size(self.name, len(self.content))
            return self.content
        if self.path is None:
            raise _cannot_open(self.name)
        try:
            _require_size(self.name, self.path.stat().st_size)
            return self.path.read_bytes()
        except OSError:
            raise _cannot_open(self.name) from None


def from_paths(paths: Sequence[Path]) -> list[Source]:
    """Return a source for each path, in the order given; nothing is opened yet.

    Raises InputError for a missing file, for a folder, and for what is no file at all: a pipe, a device or a socket,
    at which a reader could wait for ever.
    """
    for path in paths:
        require_file(path)
    return [Source(path.name, path=path) for path in paths]


def require_file(path: Path) -> None:
    """Raise InputError unless there is an ordinary file at a path, or a link to one; it is not opened."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        raise InputError(f"“{path.name}” must be a file, and there is none of that name; check the path.") from None
    if stat.S_ISDIR(mode):
        raise InputError(f"“{path.name}” must be a file, and it is a folder; name the files inside it.")
    if not stat.S_ISREG(mode):
        raise InputError(f"“{path.name}” must be a file, and it is a pipe, a device or a socket; save it as one first.")


def from_upload(name: str, content: bytes) -> Source:
    """Return the source of an uploaded file. Of its name, folders and characters that cannot be shown are left out."""
    return Source(printable_name(name), content=content)


def members(source: Source, keep: Callable[[str], bool] | None = None, *, streamed: bool = False) -> list[Source]:
    """List the files of a .zip, by name; nothing is unpacked yet, and nothing is ever written to disk.

    ``keep`` chooses among the names inside the archive; the bounds apply to what is chosen, so that a few months can
    be taken from a large national archive. Folders and the system files of macOS are left out. ``streamed`` is for
    files that are read piece by piece (``byte_streams``) and never held: each may have all of ``MAX_TOTAL``. Raises
    InputError for an archive that is damaged, empty, encrypted or packed in an unusual way, that holds another .zip, or
    whose files exceed ``MAX_UNPACKED`` each, ``MAX_TOTAL`` together or the ratio ``MAX_RATIO``.
    """
    archive = _opened(source)
    chosen = [info for info in _inside(source.name, archive, nested=streamed) if keep is None or keep(info.filename)]
    for info in chosen:
        _require_member(source.name, info, MAX_TOTAL if streamed else MAX_UNPACKED)
    total = sum(info.file_size for info in chosen)
    if total > MAX_TOTAL:
        raise InputError(
            f"“{source.name}” must unpack to at most {MAX_TOTAL // MB:,} MB in all, and it would unpack to "
            f"{total // MB:,} MB; bring fewer months or areas at a time."
        )
    return [Source(printable_name(info.filename), entry=_Entry(archive, info)) for info in chosen]


def entry_names(source: Source, *, nested: bool = False) -> list[str]:
    """List the names inside a .zip, folders and all, for choosing among them; raises InputError as ``members`` does.

    ``nested`` lets another .zip be among them, as official downloads can have one beside their data.
    """
    with _opened(source) as archive:
        return [info.filename for info in _inside(source.name, archive, nested=nested)]


def printable_name(name: str) -> str:
    """Return of a name what a sentence can show: its last part, without control or markup characters."""
    last = re.split(r"[/\\]", name)[-1]
    return _UNPRINTABLE.sub("", last).strip()[:120] or "unnamed file"


def require_text(name: str, data: bytes) -> None:
    """Raise InputError when ``data`` is not text: a workbook, a picture, an archive, or any bytes with NUL."""
    found = next((found for signature, found in _SIGNATURES if data.startswith(signature)), None)
    if data.startswith(_ZIP):
        workbook = b"[Content_Types].xml" in data[:4096] or b"xl/" in data[:4096]
        found = "looks like an Excel workbook; save it as CSV" if workbook else "looks like a .zip; name it so"
    elif found is None and b"\0" in data:
        found = "holds bytes that no text has; save it as CSV"
    if found is not None:
        raise InputError(f"“{name}” must be a text file with columns (CSV), and it {found}.")


def _opened(source: Source) -> zipfile.ZipFile:
    if source.path is None:
        file: Path | io.BytesIO = io.BytesIO(source.read())
    else:
        file = source.path
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        error = _damaged(source.name)
    except OSError:
        error = _cannot_open(source.name)
    raise error


def _inside(name: str, archive: zipfile.ZipFile, *, nested: bool = False) -> list[zipfile.ZipInfo]:
    """Return what an archive holds; another .zip inside is passed over only where ``nested`` says so."""
    inside = [info for info in archive.infolist() if not info.is_dir() and not _is_system_file(info.filename)]
    if not inside:
        raise InputError(f"“{name}” must hold at least one file, and it is empty; download or pack it again.")
    if not nested and any(info.filename.lower().endswith(".zip") for info in inside):
        raise InputError(
            f"“{name}” must hold data files only, and it holds another .zip; unpack it and bring the inner one."
        )
    return inside


def _is_system_file(entry: str) -> bool:
    return entry.startswith("__MACOSX/") or entry.rsplit("/", 1)[-1].startswith(".")


def _require_member(archive: str, info: zipfile.ZipInfo, most: int) -> None:
    name = printable_name(info.filename)
    if info.flag_bits & 0x1:
        raise InputError(
            f"“{archive}” must not be encrypted, and “{name}” in it is; unpack it with its password first."
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError(
            f"“{archive}” must be an ordinary .zip, and “{name}” in it is packed in another way; pack it again."
        )
    _require_size(name, info.file_size, most)
    if info.file_size > max(RATIO_FROM, MAX_RATIO * info.compress_size):
        raise _unpacks_too_far(name)


def _member_bytes(name: str, entry: _Entry) -> bytes:
    """Return one file of a .zip: at most its declared size, whatever its packed bytes would unpack to."""
    try:
        with entry.archive.open(entry.info) as file:
            return file.read(entry.info.file_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        error = _damaged(name)
    raise error


def _gunzipped(name: str, packed: bytes) -> bytes:
    """Unpack gzip of any number of parts, never making more than the bound."""
    limit = min(MAX_UNPACKED, max(RATIO_FROM, MAX_RATIO * len(packed)))
    # The last four bytes state the unpacked size: not to be trusted, but with room for that much it takes a third less.
    stated = int.from_bytes(packed[-4:], "little")
    parts: list[bytes] = []
    size = 0
    while packed.startswith(GZIP):
        unpacker = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
        room = min(stated, limit - size) + 1
        try:
            part = unpacker.decompress(packed, room)
            if not unpacker.eof and len(part) == room:
                part += unpacker.decompress(b"", limit - size + 1 - room)
        except igzip_lib.IsalError:  # type: ignore[misc]  # its stub declares an object, not a class
            raise _damaged(name) from None
        parts.append(part)
        size += len(part)
        if len(parts) > MAX_PARTS:
            raise InputError(
                f"“{name}” must be packed in at most {MAX_PARTS:,} parts, and it is packed in more, as harmful files "
                "are; bring it unpacked."
            )
        if size > limit:
            _require_size(name, size)
            raise _unpacks_too_far(name)
        if not unpacker.eof:
            raise _damaged(name)
        packed = unpacker.unused_data
    if packed.strip(b"\0"):
        raise _damaged(name)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _require_size(name: str, size: int, most: int | None = None) -> None:
    most = most or MAX_UNPACKED
    if size > most:
        raise InputError(
            f"“{name}” must be at most {most // MB:,} MB when unpacked, and it is larger; "
            "split it, for example by month."
        )


def _unpacks_too_far(name: str) -> InputError:
    return InputError(
        f"“{name}” must unpack to at most {MAX_RATIO} times its packed size, and it would unpack to more, as harmful "
        "files do; bring it unpacked."
    )


def _damaged(name: str) -> InputError:
    return InputError(f"“{name}” must be whole, and it is damaged or cut short; download or save it again.")


def _cannot_open(name: str) -> InputError:
    return InputError(f"“{name}” must be a file that can be read, and it cannot be opened; check its permissions.")
