"""Files, uploads and archives: what is unpacked, what is refused, and what is never shown."""

import gzip
import io
import os
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from data.formats import sources
from data.formats.sources import Source, entry_names, from_paths, from_upload, members, require_text
from geo.errors import InputError

TEXT = b"area,n\nE01007645,3\n"
ONE_SENTENCE = 300


def zipped(files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_file_reads_as_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_bytes(TEXT)
    (source,) = from_paths([path])
    assert source.read() == TEXT
    assert source.name == "areas.csv"


def test_an_upload_is_known_as_the_same_file_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_bytes(TEXT)
    assert from_paths([path])[0].fingerprint() == from_upload("renamed.csv", TEXT).fingerprint()
    assert from_upload("areas.csv", TEXT).fingerprint() != from_upload("areas.csv", TEXT + b" ").fingerprint()


def test_the_fingerprint_is_of_the_packed_bytes() -> None:
    packed = gzip.compress(TEXT, mtime=0)
    assert from_upload("a.csv.gz", packed).fingerprint() != from_upload("a.csv", TEXT).fingerprint()


def test_neither_path_nor_content_shows_when_a_source_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_bytes(TEXT)
    assert str(tmp_path) not in repr(from_paths([path]))
    assert "E01007645" not in repr(from_upload("areas.csv", TEXT))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\someone\\areas.csv", "areas.csv"),
        ("../../etc/areas.csv", "areas.csv"),
        ("areas\n<b>.csv", "areasb.csv"),
        ("", "unnamed file"),
    ],
)
def test_an_upload_is_shown_by_the_last_part_of_its_name(given: str, shown: str) -> None:
    assert from_upload(given, TEXT).name == shown


def test_a_missing_file_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"“none\.csv” must be a file, and there is none") as refusal:
        from_paths([tmp_path / "none.csv"])
    assert str(tmp_path) not in str(refusal.value)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "months").mkdir()
    with pytest.raises(InputError, match="“months” must be a file, and it is a folder"):
        from_paths([tmp_path / "months"])


def test_a_file_that_vanishes_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_bytes(TEXT)
    (source,) = from_paths([path])
    path.unlink()
    with pytest.raises(InputError, match="cannot be opened"):
        source.read()
    with pytest.raises(InputError, match="cannot be opened"):
        source.fingerprint()


@pytest.mark.parametrize("name", ["areas.csv.gz", "areas.csv"])
def test_gzip_is_unpacked_whatever_the_name(name: str) -> None:
    assert from_upload(name, gzip.compress(TEXT)).read() == TEXT


def test_text_named_gz_is_read_as_it_is() -> None:
    assert from_upload("areas.csv.gz", TEXT).read() == TEXT


@pytest.mark.parametrize("second", [TEXT, b"", TEXT * 3])
def test_gzip_of_several_parts_is_unpacked_whole(second: bytes) -> None:
    packed = gzip.compress(TEXT) + gzip.compress(second)
    assert from_upload("areas.csv.gz", packed).read() == TEXT + second


def test_zeros_after_gzip_are_padding() -> None:
    for zeros in range(1, 9):
        assert from_upload("areas.csv.gz", gzip.compress(TEXT) + bytes(zeros)).read() == TEXT


@pytest.mark.parametrize(
    "harm", [lambda b: b[:-9], lambda b: b[:-3], lambda b: b + b"more", lambda b: b[:20] + b"x" * 20]
)
def test_damaged_gzip_is_refused(harm: Callable[[bytes], bytes]) -> None:
    with pytest.raises(InputError, match=r"“areas\.csv\.gz” must be whole, and it is damaged"):
        from_upload("areas.csv.gz", harm(gzip.compress(TEXT))).read()


def test_gzip_with_a_wrong_checksum_is_refused() -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[-6] ^= 1
    with pytest.raises(InputError, match="damaged"):
        from_upload("areas.csv.gz", bytes(packed)).read()


def test_gzip_that_unpacks_a_thousandfold_is_refused() -> None:
    with pytest.raises(InputError, match="at most 100 times its packed size"):
        from_upload("areas.csv.gz", gzip.compress(bytes(5_000_000))).read()


def test_gzip_that_hides_its_size_is_refused() -> None:
    packed = gzip.compress(bytes(5_000_000))[:-4] + struct.pack("<I", 100)
    with pytest.raises(InputError, match="at most 100 times its packed size"):
        from_upload("areas.csv.gz", packed).read()


def test_small_repetitive_files_are_not_taken_for_bombs() -> None:
    rows = b"E01007645,3\n" * 50_000
    packed = gzip.compress(rows)
    assert len(rows) > 100 * len(packed)
    assert from_upload("areas.csv.gz", packed).read() == rows


@pytest.mark.parametrize("content", [TEXT, gzip.compress(TEXT, mtime=0)], ids=["plain", "packed"])
def test_a_file_above_the_size_limit_is_refused(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_UNPACKED", len(TEXT) - 1)
    with pytest.raises(InputError, match="when unpacked, and it is larger"):
        from_upload("areas.csv", content).read()


def test_a_file_on_disk_above_the_size_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "areas.csv"
    path.write_bytes(TEXT)
    monkeypatch.setattr(sources, "MAX_UNPACKED", len(TEXT) - 1)
    with pytest.raises(InputError, match="when unpacked, and it is larger"):
        from_paths([path])[0].read()


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_files_of_a_zip_are_read_by_name(packing: int, tmp_path: Path) -> None:
    content = zipped({"2021-01/a.csv": TEXT, "2021-01/b.csv.gz": gzip.compress(TEXT * 2), "c.csv": b""}, packing)
    path = tmp_path / "months.zip"
    path.write_bytes(content)
    for source in (*from_paths([path]), from_upload("months.zip", content)):
        assert source.is_zip
        assert {file.name: file.read() for file in members(source)} == {
            "a.csv": TEXT,
            "b.csv.gz": TEXT * 2,
            "c.csv": b"",
        }
    assert [file.name for file in tmp_path.iterdir()] == ["months.zip"]


def test_files_of_a_zip_have_fingerprints_of_their_own() -> None:
    first, second = members(from_upload("m.zip", zipped({"a.csv": TEXT, "b.csv": TEXT + TEXT})))
    assert first.fingerprint() == from_upload("a.csv", TEXT).fingerprint()
    assert first.fingerprint() != second.fingerprint()


def test_only_chosen_files_of_a_zip_are_given() -> None:
    source = from_upload("m.zip", zipped({"x/a.csv": TEXT, "x/b.csv": TEXT}))
    assert [file.name for file in members(source, keep=lambda name: name == "x/b.csv")] == ["b.csv"]
    assert entry_names(source) == ["x/a.csv", "x/b.csv"]


def test_a_zip_name_that_climbs_out_of_its_folder_is_only_a_name() -> None:
    (file,) = members(from_upload("m.zip", zipped({"../../etc/areas.csv": TEXT})))
    assert (file.name, file.path, file.read()) == ("areas.csv", None, TEXT)


def test_folders_and_system_files_in_a_zip_are_left_out() -> None:
    content = zipped({"x/": b"", "x/a.csv": TEXT, "__MACOSX/x/._a.csv": b"\0", "x/.DS_Store": b"\0"})
    assert [file.name for file in members(from_upload("m.zip", content))] == ["a.csv"]


@pytest.mark.parametrize("files", [{}, {"x/": b""}, {".DS_Store": b"\0"}])
def test_an_empty_zip_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(InputError, match=r"“m\.zip” must hold at least one file, and it is empty"):
        members(from_upload("m.zip", zipped(files)))


def test_a_zip_in_a_zip_is_refused() -> None:
    with pytest.raises(InputError, match=r"it holds another \.zip"):
        members(from_upload("m.zip", zipped({"a.csv": TEXT, "inner.ZIP": zipped({"b.csv": TEXT})})))


def test_an_encrypted_zip_is_refused() -> None:
    content = bytearray(zipped({"a.csv": TEXT}))
    content[content.index(b"PK\x01\x02") + 8] |= 1  # the flag in the archive's directory
    with pytest.raises(InputError, match=r"“m\.zip” must not be encrypted, and “a\.csv” in it is"):
        members(from_upload("m.zip", bytes(content)))


def test_a_zip_packed_in_another_way_is_refused() -> None:
    with pytest.raises(InputError, match=r"must be an ordinary \.zip"):
        members(from_upload("m.zip", zipped({"a.csv": TEXT}, zipfile.ZIP_LZMA)))


@pytest.mark.parametrize("content", [b"", TEXT, zipped({"a.csv": TEXT})[:-30]], ids=["empty", "text", "cut short"])
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match=r"“m\.zip” must be whole, and it is damaged"):
        members(from_upload("m.zip", content))


def test_a_zip_entry_with_a_wrong_checksum_is_refused() -> None:
    content = zipped({"a.csv": TEXT}, zipfile.ZIP_STORED).replace(b"E01007645,3", b"E01007645,4")
    (file,) = members(from_upload("m.zip", content))
    with pytest.raises(InputError, match=r"“a\.csv” must be whole, and it is damaged"):
        file.read()


def test_a_zip_that_unpacks_a_thousandfold_is_refused() -> None:
    with pytest.raises(InputError, match=r"“a\.csv” must unpack to at most 100 times"):
        members(from_upload("m.zip", zipped({"a.csv": bytes(5_000_000)})))


def test_a_zip_entry_never_unpacks_beyond_its_declared_size() -> None:
    content = zipped({"a.csv": bytes(5_000_000)})
    (file,) = members(from_upload("m.zip", content.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 1000))))
    with pytest.raises(InputError, match="damaged"):
        file.read()


def test_a_zip_too_large_in_all_is_refused_by_what_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_TOTAL", 2 * len(TEXT) - 1)
    source = from_upload("m.zip", zipped({"a.csv": TEXT, "b.csv": TEXT}))
    with pytest.raises(InputError, match="bring fewer months or areas at a time"):
        members(source)
    assert len(members(source, keep=lambda name: name == "a.csv")) == 1


def test_a_zip_entry_above_the_size_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_UNPACKED", 1000)
    with pytest.raises(InputError, match=r"“b\.csv” must be at most"):
        members(from_upload("m.zip", zipped({"a.csv": TEXT, "b.csv": TEXT * 100})))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "looks like an Excel workbook; save it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "looks like an old Excel workbook; save it as CSV"),
        (zipped({"a.csv": TEXT}), "looks like a .zip; name it so"),
        (b"\x89PNG\r\n\x1a\n\0\0", "looks like a picture"),
        (b"%PDF-1.7 text only", "looks like a PDF"),
        (b"a,b\n1,\0\n", "holds bytes that no text has"),
    ],
)
def test_a_file_that_is_not_text_is_named_for_what_it_is(content: bytes, found: str) -> None:
    with pytest.raises(InputError, match=r"“areas\.csv” must be a text file with columns") as refusal:
        require_text("areas.csv", content)
    assert found in str(refusal.value)
    assert len(str(refusal.value)) < ONE_SENTENCE


def test_a_source_of_nothing_cannot_be_opened() -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        Source("ghost.csv").read()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_is_no_file_is_refused_without_being_opened(tmp_path: Path) -> None:
    """Opening a pipe that nobody writes to would wait for ever, and so would this test."""
    pipe, link, folder = tmp_path / "pipe.csv", tmp_path / "link.csv", tmp_path / "folder.csv"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    folder.mkdir()
    with socket.socket(socket.AF_UNIX) as bound:
        place = tmp_path / "socket.csv"
        bound.bind(str(place))
        for path in (pipe, link, place, folder, Path("/dev/null"), Path("/dev/zero"), tmp_path / "none.csv"):
            with pytest.raises(InputError, match=f"^“{path.name}” must be a file, and ") as refused:
                from_paths([path])
            assert str(refused.value).count(".") == 1 + path.name.count(".")
