"""The law of words in a PDF: whatever they look like, they change nothing but themselves."""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.papers.letters import legible
from data.papers.look import Look
from data.papers.pdf import pdf
from geo.briefing.paper import Block, Paper, PaperColumn, Section, Sentences, Table, Told, Words
from tests.unit.data.papers.full_paper import full_paper
from tests.unit.data.papers.tagged import Element, solid, tagged
from tests.unit.geo.briefing.sample import PICTURE

TYPST = '#import "@preview/a:0.1.0": *|#panic()|#{1 + 1}|$x^2$|*b*|_i_|= Heading|@ref|<label>|\\|\\u{41}|`raw`|// gone'
OTHERS = (
    "https://example.org/a|<b>b</b>|<script>alert(1)</script>|&amp;|{{ paper }}|{% for a in b %}|{#|\"|'|- one|+ one"
)
ODD = "\u202e|\u2066|\x00|\ud800|\ufeff|\u00ad|中文|\U0001f469\U0001f3fd\u200d\U0001f393|e\u0301\u0302|\r\n|\t|fi ffl|□"
MARKUP = st.sampled_from([*TYPST.split("|"), *OTHERS.split("|"), *ODD.split("|"), "שלום", "مرحبا 120", "W" * 300])
ANY = st.text(st.characters(), max_size=30)
HOSTILE = st.lists(MARKUP | ANY, min_size=1, max_size=6).map(" ".join)
# What is written from the left, letter for letter: nothing that joins, leans or turns.
FROM_THE_LEFT = st.text(st.sampled_from("abcXYZ019 .,;:!?#$*_=@<>\\\"'`/[]{}~-+&%(|)^£–’é"), min_size=1, max_size=200)
LACKING = "standsforacharacterthat"
LAST = "The last sentence of all."


def _paper(words: str, cell: str, sentence: str) -> Paper:
    columns = (PaperColumn("Place"), PaperColumn("Now", figures=True))
    blocks: tuple[Block, ...] = (
        Sentences((Told("Before the words."),)),
        Words("words", words, ""),
        Sentences((Told("After the words."),)),
        Table("A table", columns, ((cell, "31"), ("Mill Lane", "12"))),
        Sentences((Told(sentence, "Could be chance."), Told(LAST))),
    )
    return replace(full_paper(), sections=(Section("one", "One", blocks),), minutes=())


def _heard(paper: Paper) -> list[tuple[str, str]]:
    """Return what a reader hears, without the contents, which long papers have, and what is said of a □."""
    heard = [(one.tag, one.text) for one in tagged(pdf(paper, Look())).elements]
    return [one for one in heard if one != ("H2", "Contents") and one[0] != "Reference" and LACKING not in one[1]]


def _outside(heard: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what is heard before and after the words."""
    after = heard.index(("P", "Afterthewords."))
    return heard[: heard.index(("P", "Beforethewords.")) + 1], heard[after:]


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
@example("#import " * 1_250)
@example("\u202e" * 10_000)
def test_words_change_nothing_but_themselves(text: str) -> None:
    plain = _outside(_heard(_paper("", "Bus station", "A fall.")))
    before, after = _outside(_heard(_paper(text, "Bus station", "A fall.")))
    assert before == plain[0]
    assert after == plain[1]


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE)
def test_a_cell_and_a_sentence_change_nothing_but_themselves(cell: str, sentence: str) -> None:
    plain = _heard(_paper("Words.", "Bus station", "A fall."))
    heard = _heard(_paper("Words.", f"x{cell}", f"x{sentence}"))
    assert [tag for tag, _ in heard] == [tag for tag, _ in plain]
    changed = {text for (_, text), (_, was) in zip(heard, plain, strict=True) if text != was}
    assert len(changed) <= 2


@settings(max_examples=60, deadline=None)
@given(FROM_THE_LEFT, FROM_THE_LEFT, FROM_THE_LEFT)
def test_what_is_written_is_what_is_read(words: str, cell: str, sentence: str) -> None:
    heard = _heard(_paper(f"x{words}", cell, sentence))
    assert ("P", solid(f"x{words}")) in heard
    assert not solid(cell) or ("TD", solid(cell)) in heard
    assert ("P", solid(f"{sentence}Could be chance.")) in heard


@settings(max_examples=40, deadline=None)
@given(HOSTILE)
def test_no_text_anywhere_stops_a_paper(text: str) -> None:
    told = Told(text, text, text)
    table = Table(text, (PaperColumn(text), PaperColumn(text, figures=True)), ((text, text),), text)
    picture = replace(PICTURE, title=text, alt=f"x{text}", source=text)
    blocks: tuple[Block, ...] = (Words("one", text, "", spoken=True), Sentences((told,)), table, picture, picture)
    paper = replace(
        full_paper(),
        title=f"x{text}",
        place=text,
        period=text,
        for_whom=text,
        source=text,
        sections=(Section("one", f"x{text}", blocks), Section("two", f"x{text}", blocks, appendix=True)),
        minutes=(told,),
    )
    read = tagged(pdf(paper, Look(organisation=text)))
    assert read.unmarked == 0
    assert [one.alt for one in read.elements if one.tag == "Figure"] == [legible(f"x{text}")] * 4


def test_a_paper_with_all_marks_of_markup_reads_as_it_is_written() -> None:
    text = " ".join(
        ['#import "@preview/a:0.1.0"', "$x$", "*b*", "@ref", "<label>", "\\", "{{ b }}", "<i>", "// c", "= d"]
    )
    assert Element("P", solid(text)) in tagged(pdf(_paper(text, "", ""), Look())).elements
