"""Papers as PDF/UA: what a screen reader hears, what a page shows, and what words can do to either."""

import http.server
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pytest

from data.papers import pdf as pdf_module
from data.papers.look import PLAIN, Look
from data.papers.pdf import pdf
from geo.briefing.paper import Audience, Block, Paper, PaperColumn, Picture, Section, Table, Words
from geo.errors import InputError
from tests.unit.data.papers.full_paper import full_paper, said
from tests.unit.data.papers.tagged import solid, tagged
from tests.unit.geo.briefing.sample import PICTURE, sample_paper

LOGO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000"
    "000049454e44ae426082"
)
TRUST = Look("Castlebrook Learning Trust", LOGO)


def _of(*blocks: Block) -> Paper:
    return replace(full_paper(), sections=(Section("one", "One", blocks),))


def _drawn(inner: str) -> Picture:
    return replace(PICTURE, svg=f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">{inner}</svg>')


def _require_in_order(texts: Iterator[str], whole: str) -> None:
    at = 0
    for text in map(solid, texts):
        found = whole.find(text, at)
        assert found >= 0, f"{text!r} is not in its place"
        at = found + len(text)


def _pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


# What PDF/UA asks for


def test_a_pdf_says_that_it_is_accessible_and_in_which_language() -> None:
    data = pdf(full_paper(), TRUST)
    with pikepdf.open(io.BytesIO(data)) as read:
        assert read.Root.MarkInfo.Marked
        assert str(read.Root.Lang) == "en-GB"
        assert read.Root.ViewerPreferences.DisplayDocTitle
        assert str(read.docinfo["/Title"]) == full_paper().title
        told = read.open_metadata()
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == full_paper().title


def test_all_that_a_page_shows_is_tagged_or_an_artifact() -> None:
    read = tagged(pdf(full_paper(), TRUST))
    assert read.unmarked == 0
    assert "Page 2 of" in read.artifacts
    assert full_paper().for_whom in read.artifacts  # the watermark is not read aloud


def test_all_letters_are_embedded() -> None:
    with pikepdf.open(io.BytesIO(pdf(full_paper(), TRUST))) as read:
        told = [
            one for one in read.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert told
        assert all("/FontFile2" in one or "/FontFile3" in one for one in told)
        assert all("DejaVuSans" in str(one.FontName) for one in told)


def test_headings_and_tables_are_what_they_look_like() -> None:
    read = tagged(pdf(full_paper(), TRUST))
    assert read.texts("H1") == [solid(full_paper().title)]
    headings = ["Headline", "Trends", "What to say", "Sentences for the minutes", "How these figures were made"]
    assert read.texts("H2") == [solid(heading) for heading in headings]
    assert read.texts("TH") == ["Kind", "Now", "Ayearbefore"]
    assert read.texts("TD") == ["Violence", "120", "90", "Robbery", "fewerthan10", "12"]


def test_each_picture_has_its_sentence() -> None:
    read = tagged(pdf(full_paper(), TRUST))
    sentences = [one.alt for one in read.elements if one.tag == "Figure"]
    assert sentences == [TRUST.organisation, PICTURE.alt, "Most incidents were around the bus station."]


def test_a_logo_without_a_name_is_still_named() -> None:
    read = tagged(pdf(full_paper(), Look(logo=LOGO)))
    assert next(one.alt for one in read.elements) == "Logo"


@pytest.mark.parametrize("alt", ["", " \n"])
def test_a_picture_without_a_sentence_is_refused(alt: str) -> None:
    with pytest.raises(InputError, match="a sentence for those who do not see it"):
        pdf(_of(replace(PICTURE, alt=alt)), PLAIN)


# What it says


@pytest.mark.parametrize("audience", Audience)
def test_a_reader_hears_all_of_a_paper_in_its_order(audience: Audience) -> None:
    for paper in (full_paper(audience), sample_paper(audience)):
        read = tagged(pdf(paper, TRUST))
        _require_in_order(said(paper), "".join(one.text for one in read.elements))


@pytest.mark.parametrize("audience", Audience)
def test_the_text_of_the_pages_has_all_of_a_paper_in_its_order(audience: Audience) -> None:
    for paper in (full_paper(audience), sample_paper(audience)):
        _require_in_order(said(paper), solid("".join(_pages(pdf(paper, TRUST)))))


def test_figures_stand_in_one_line_and_long_words_beside_them_wrap() -> None:
    columns = (PaperColumn("Place"), PaperColumn("What to say of it"), PaperColumn("Away", figures=True))
    rows = (("Market Square", "One more sentence. " * 30, "1,464 m"), ("Bus station", "Short.", "12 m"))
    text = "".join(_pages(pdf(_of(Table("A table", columns, rows)), PLAIN)))
    assert "1,464 m" in text
    assert "Market Square" in text


def test_a_table_of_many_figures_keeps_all_its_columns() -> None:
    columns = (PaperColumn("Place"), *(PaperColumn(f"Autumn half-term {at}", figures=True) for at in range(9)))
    rows = (("Market Square near the bus station", *(str(at * 1_000) for at in range(9))),)
    read = tagged(pdf(_of(Table("A table", columns, rows)), PLAIN))
    assert read.texts("TD") == [solid(cell) for cell in rows[0]]


def test_words_are_paragraphs_and_lists() -> None:
    read = tagged(pdf(_of(Words("one", "First\nstill first\n\n- A\n- B\nLast", "")), PLAIN))
    below = read.elements[[one.text for one in read.elements].index("One") + 1 :]
    told = [("P", "Firststillfirst"), ("Lbl", "•"), ("LBody", "A"), ("Lbl", "•"), ("LBody", "B"), ("P", "Last")]
    assert [(one.tag, one.text) for one in below][:6] == told


def test_a_heading_with_nothing_below_it_is_left_out() -> None:
    assert "One" not in tagged(pdf(_of(Words("one", " \n", "")), PLAIN)).texts("H2")


def test_each_page_says_what_it_is_of_whom_it_is_for_and_its_number() -> None:
    pages = _pages(pdf(full_paper(), PLAIN))
    for number, text in enumerate(pages, 1):
        assert full_paper().title in text
        assert full_paper().for_whom in text
        assert f"Page {number} of {len(pages)}" in text


def test_an_appendix_begins_on_a_page_of_its_own() -> None:
    last = _pages(pdf(full_paper(), PLAIN))[-1]
    assert "How these figures were made" in last
    assert "Sentences for the minutes" not in last


@pytest.mark.parametrize(("paragraphs", "listed"), [(3, False), (120, True)])
def test_contents_are_listed_where_the_body_is_longer_than_two_pages(paragraphs: int, listed: bool) -> None:
    data = pdf(_of(Words("one", "One more sentence.\n\n" * paragraphs, "")), PLAIN)
    assert ("Contents" in tagged(data).texts("H2")) is listed


def test_the_same_paper_gives_the_same_bytes() -> None:
    pdf_module._fonts.cache_clear()
    first = pdf(full_paper(), TRUST)
    pdf_module._fonts.cache_clear()
    assert pdf(full_paper(), TRUST) == first


def test_words_keep_their_contrast_on_the_watermark() -> None:
    template = Path(pdf_module.__file__).with_name("templates") / "paper.typ"
    inks = dict(re.findall(r'#let (\w+) = rgb\("#(\w{6})"\)', template.read_text(encoding="utf-8")))
    below = _luminance(inks["watermark"])
    for ink in ("ink", "quiet", "accent"):
        assert (below + 0.05) / (_luminance(inks[ink]) + 0.05) >= 4.5


def _luminance(ink: str) -> float:
    parts = [value / 255 for value in bytes.fromhex(ink)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# Characters, words and pictures that nobody expects


def test_a_character_without_a_letter_is_seen_to_be_missing() -> None:
    read = tagged(pdf(_of(Words("one", "\x00中文 \ud800 and \u202e120\u202c", "")), PLAIN))
    assert "□□□□and□120□" in read.texts("P")
    assert "Each□standsforacharacterthatthelettersofthispaperlack." in read.texts("P")


def test_a_box_that_somebody_wrote_stands_for_itself() -> None:
    assert "stands for" not in "".join(_pages(pdf(_of(Words("one", "□ Lighting", "")), PLAIN)))


def test_words_from_the_right_are_set_from_the_right() -> None:
    def at_the_right(text: str) -> int:
        """Count what begins in the right third of the first page."""
        begins: list[float] = []

        def note(operator: bytes, _: object, place: list[float], __: object) -> None:
            if operator in {b"Tj", b"TJ"}:
                begins.append(place[4])

        data = pdf(_of(Words("one", text, "")), PLAIN)
        pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_operand_before=note)
        return sum(left > 400 for left in begins)

    assert at_the_right("שלום") == at_the_right("Left") + 1


@pytest.mark.parametrize(("character", "most"), [("W", 64), ("/", 190), ("ש", 100), ("i", 220)])
def test_long_words_stay_within_the_margins(character: str, most: int) -> None:
    word = character * 10_000
    paper = _of(Words("one", word, ""), replace(PICTURE, title=word[:200]))
    paper = replace(paper, title=word[:200], for_whom=word[:300], place=word[:300])
    lines = [line for text in _pages(pdf(paper, PLAIN)) for line in text.split("\n")]
    assert sum(line.count(character) for line in lines) > 10_000
    assert max(line.count(character) for line in lines) <= most


def test_ten_thousand_characters_all_come_out() -> None:
    text = "".join(chr(97 + at % 26) for at in range(10_000))
    assert text in tagged(pdf(_of(Words("one", text, "")), PLAIN)).texts("P")


def test_names_on_a_picture_do_not_stop_a_paper() -> None:
    drawn = _drawn(
        '<text x="5" y="20" font-family="sans-serif" font-weight="600">Łódź 中文 ≥ \U0001f469\U0001f3fd</text>'
    )
    assert any("Łódź□□≥" in one.text for one in tagged(pdf(_of(drawn), PLAIN)).elements)


@pytest.mark.parametrize("svg", ["", "<svg", "words", '<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'])
def test_a_picture_that_cannot_be_read_is_refused(svg: str) -> None:
    with pytest.raises(InputError, match="one of them cannot be read"):
        pdf(_of(replace(PICTURE, svg=svg)), PLAIN)


def test_a_logo_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputError, match="load another logo"):
        pdf(full_paper(), Look("Castlebrook Learning Trust", b"no picture"))


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "/etc/hostname", "../../../../../../etc/hostname", "paper.typ", "../pdf.py"]
)
def test_a_picture_that_asks_for_a_file_is_refused(address: str) -> None:
    with pytest.raises(InputError):
        pdf(_of(_drawn(f'<image href="{address}" width="9" height="9"/>')), PLAIN)


@pytest.mark.parametrize(
    "inner",
    [
        '<image href="{}" width="9" height="9"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{}" width="9" height="9"/>',
        '<style>@import url("{}"); rect {{fill: url({}#a)}}</style><rect width="9" height="9"/>',
        '<use href="{}#a"/>',
    ],
)
def test_a_picture_that_asks_for_an_address_fetches_nothing(inner: str) -> None:
    with _listening() as (address, asked):
        with suppress(InputError):
            pdf(_of(_drawn(inner.format(address, address))), PLAIN)
        assert asked == []


@contextmanager
def _listening() -> Iterator[tuple[str, list[str]]]:
    """Serve on this machine, and note what is asked for."""
    asked: list[str] = []

    class Noting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Noting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/a.png", asked
        server.shutdown()
