"""Archives and packed files: bombs, lies, and names that lead elsewhere."""

import gzip
import io
import random
import zipfile
import zlib

from tests.hostile.making import (
    HEAD,
    ROW,
    STREET_HEAD,
    STREET_NAME,
    STREET_ROW,
    Lures,
    hostile,
    raw_entry,
    raw_zip,
    zeros,
    zipped,
)

STREET = STREET_HEAD + STREET_ROW
ENTRY = STREET_NAME.encode()
_deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
PACKED = _deflate.compress(STREET.encode()) + _deflate.flush()


@hostile("2024-03.zip")
def a_zip_bomb(_: Lures) -> bytes:
    return raw_zip([raw_entry(ENTRY, zeros(150_000_000), 150_000_000)])


@hostile("2024-03.zip")
def a_zip_bomb_of_many_small_ones(_: Lures) -> bytes:
    packed = zeros(90_000_000)
    return raw_zip([raw_entry(f"20{n:02}-01-a-street.csv".encode(), packed, 90_000_000) for n in range(11, 25)])


@hostile("2024-03.zip", "2024-03.csv")
def a_zip_in_a_zip_in_a_zip(_: Lures) -> bytes:
    packed = b"x" * 1000
    for depth in range(20):
        packed = zipped({f"{depth}.zip": packed})
    return packed


@hostile("2024-03.zip")
def overlapping_entries(_: Lures) -> bytes:
    """As Fifield's bomb does: a thousand lines of the directory for one content."""
    packed = zeros(50_000_000)
    local, _central = raw_entry(ENTRY, packed, 50_000_000)
    lines = [raw_entry(f"20{n % 89 + 10}-01-a{n}-street.csv".encode(), packed, 50_000_000)[1] for n in range(1000)]
    return raw_zip([(local, lines[0])] + [(b"", line) for line in lines[1:]])


@hostile("2024-03.zip")
def a_size_that_lies_small(_: Lures) -> bytes:
    return raw_zip([raw_entry(ENTRY, zeros(150_000_000), 500)])


@hostile("2024-03.zip")
def a_size_that_lies_large(_: Lures) -> bytes:
    return raw_zip([raw_entry(ENTRY, PACKED, 4_000_000_000)])


@hostile("2024-03.zip")
def an_encrypted_entry(_: Lures) -> bytes:
    return raw_zip([raw_entry(ENTRY, PACKED, len(STREET), flags=1)])


@hostile("2024-03.zip")
def an_entry_packed_in_a_way_of_its_own(_: Lures) -> bytes:
    return raw_zip([raw_entry(ENTRY, PACKED, len(STREET), method=99)])


@hostile("2024-03.zip")
def an_entry_packed_by_lzma(_: Lures) -> bytes:
    return zipped({STREET_NAME: "0" * 20_000_000}, zipfile.ZIP_LZMA)


@hostile("2024-03.zip")
def names_that_climb(lures: Lures) -> bytes:
    up = "../" * 20
    return zipped(
        {
            f"{up}tmp/{STREET_NAME}": STREET,
            f"{up}{lures.secret}": "x",
            f"..\\..\\{STREET_NAME[:6]}1-a-street.csv": STREET,
        }
    )


@hostile("2024-03.zip")
def names_that_are_absolute(lures: Lures) -> bytes:
    return zipped({str(lures.secret): "x", f"/{STREET_NAME}": STREET, "C:\\Windows\\2024-01-a-street.csv": STREET})


@hostile("2024-03.zip")
def an_entry_that_is_a_link(lures: Lures) -> bytes:
    target = str(lures.secret).encode()
    return raw_zip([raw_entry(ENTRY, target, len(target), method=0, attributes=0o120777 << 16)])


@hostile("2024-03.zip")
def two_entries_of_one_name(_: Lures) -> bytes:
    other = STREET_HEAD.encode()
    return raw_zip([raw_entry(ENTRY, other, len(other), method=0), raw_entry(ENTRY, PACKED, len(STREET))])


@hostile("2024-03.zip")
def a_hundred_thousand_entries(_: Lures) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"{number}.csv", b"")
    return packed.getvalue()


@hostile("2024-03.zip")
def a_directory_cut_short(_: Lures) -> bytes:
    return zipped({STREET_NAME: STREET})[:-30]


@hostile("2024-03.zip")
def names_with_nul_and_new_lines(_: Lures) -> bytes:
    return raw_zip([raw_entry(b"2024-03-a\0b\nc<script>-street.csv", PACKED, len(STREET))])


@hostile("2024-03.csv.gz", "2024-03-south-yorkshire-street.csv.gz")
def a_gzip_bomb(_: Lures) -> bytes:
    return gzip.compress(HEAD.encode())[:10] + zeros(150_000_000) + b"\0\0\0\0\0\0\0\0"


@hostile("2024-03-south-yorkshire-street.csv.gz")
def a_gzip_bomb_of_many_parts(_: Lures) -> bytes:
    return gzip.compress(b"0" * 1_000_000) * 1000


@hostile("2024-03-south-yorkshire-street.csv.gz")
def a_gzip_in_a_gzip(_: Lures) -> bytes:
    packed = STREET.encode()
    for _depth in range(30):
        packed = gzip.compress(packed)
    return packed


@hostile("2024-03-south-yorkshire-street.csv.gz")
def a_gzip_cut_short(_: Lures) -> bytes:
    return gzip.compress((STREET_HEAD + STREET_ROW * 1000).encode())[:-40]


@hostile("2024-03-south-yorkshire-street.csv.gz")
def a_gzip_with_a_tail_of_noise(_: Lures) -> bytes:
    return gzip.compress(STREET.encode()) + random.Random(1).randbytes(1000)  # noqa: S311 - noise that repeats


@hostile("2024-03-south-yorkshire-street.csv.gz")
def fifty_thousand_empty_parts_of_gzip(_: Lures) -> bytes:
    return gzip.compress((HEAD + ROW).encode()) + gzip.compress(b"") * 50_000


@hostile("log.csv", "log.xlsx", "log.zip")
def a_pdf_that_is_a_zip_too(_: Lures) -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n" + zipped({STREET_NAME: STREET})


@hostile("log.csv", "log.zip")
def a_gif_that_is_a_zip_too(_: Lures) -> bytes:
    return b"GIF89a\1\0\1\0\0\0\0;" + zipped({STREET_NAME: STREET})


@hostile("log.csv", "log.geojson")
def a_page_that_is_a_csv_too(lures: Lures) -> bytes:
    return f'<!doctype html><img src="{lures.url}/page">,a,b,c\n'.encode() + (HEAD + ROW).encode()
