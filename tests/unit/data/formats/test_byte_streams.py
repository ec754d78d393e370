"""Files are read piece by piece from wherever they lie, and what is damaged or lies about its size is refused."""

import gzip
import io
import struct
import zipfile
from contextlib import closing

import pytest

from data.formats import byte_streams
from data.formats.byte_streams import ByteStream, start_of
from data.formats.sources import Source, members
from tests.unit.data.records.refusals import refusal

TEXT = b"postcode,lat,long\n" + b"S60 2UH,53.4,-1.3\n" * 1_000


def zipped(text: bytes = TEXT) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Data/list.csv", text)
    return content.getvalue()


def all_of(source: Source) -> bytes:
    with closing(ByteStream(source)) as stream:
        return b"".join(iter(lambda: stream.read(1_000), b""))


def inside(content: bytes) -> Source:
    return members(Source("a.zip", content=content), streamed=True)[0]


@pytest.mark.parametrize(
    "source", [Source("a.csv", content=TEXT), Source("a.csv.gz", content=gzip.compress(TEXT)), inside(zipped())]
)
def test_a_file_is_read_wherever_it_lies(source: Source) -> None:
    assert all_of(source) == TEXT
    assert start_of(source, 20) == TEXT[:20]
    assert start_of(source) == TEXT


@pytest.mark.parametrize("stated", [100, len(TEXT) - 1])
def test_a_file_in_a_zip_that_lies_about_its_size_is_damaged(stated: int) -> None:
    content = zipped().replace(struct.pack("<L", len(TEXT)), struct.pack("<L", stated))
    assert "damaged" in refusal(lambda: all_of(inside(content)), "list.csv")


def test_no_more_is_unpacked_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(byte_streams, "MAX_STREAMED", 5_000)
    assert "is larger" in refusal(lambda: all_of(Source("a.csv.gz", content=gzip.compress(TEXT))), "a.csv.gz")


def test_a_large_file_in_a_zip_may_be_streamed_though_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.formats.sources.MAX_UNPACKED", 5_000)
    source = Source("a.zip", content=zipped())
    assert all_of(members(source, streamed=True)[0]) == TEXT
    assert "is larger" in refusal(lambda: members(source), "list.csv")
