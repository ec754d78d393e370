"""Papers for tests of their forms: one with every kind of block, filled with any words."""

from dataclasses import replace
from typing import Final

from geo.briefing.paper import Audience, Paper, PaperColumn, Picture, Section, Sentences, Table, Told, Words
from tests.unit.geo.briefing.sample import PICTURE, RISE, TABLE, sample_paper

HOSTILE: Final = (
    "{{ 7 * 7 }} {% for x in y %} {# note #} {_{ title }_} {{p body }} ${7*7}",
    "</w:t></w:r></w:p><w:p/> <![CDATA[x]]> &lt;b&gt; &#65; &amp; <!-- x -->",
    "<script>alert(1)</script><img src=x onerror=alert(1)> </style></title>' \"",
    "#set page(fill: red) $x$ *a* _b_ `c` \\ @d <e> [f] // g",
    "שלום עולם and then English",
    "مرحبا بالعالم 12 %",
    "\x00\x07\x0b\x0c\x1b\ufffe\uffff\ud800 end",
    "\u202eback\u202c \u2028 \u00ad \U0001f600 ﷽",
    "=cmd|' /C calc'!A0",
    "- one\n- two\n\nthree\tfour\r\nfive",
    "long " * 2_000,
    "x" * 10_000,
)


def paper_with(text: str) -> Paper:
    """Return a paper of every kind of block, with a text wherever one can stand."""
    told = Told(text, text, text)
    sections = (
        Section("words", text or "Words", (Words("a", text, ""), Words("b", text, "", spoken=True))),
        Section("told", "Told", (Sentences((told, told, Told(text))), Sentences((RISE,)))),
        Section("seen", "Seen", (Table(text, TABLE.columns, ((text, "1", "2"), ("b", text, text)), text),)),
        Section("none", "Nothing said", (Words("c", " \n ", ""), Sentences(()))),
        Section("more", text or "More", (Picture(text, f"{text} alt", PICTURE.svg, text), TABLE), appendix=True),
    )
    whole = replace(sample_paper(), sections=sections, minutes=(told, told, RISE))
    return replace(whole, title=f"Title {text}", place=text, period=text, for_whom=text, source=f"Source {text}")


def whole_paper(audience: Audience = Audience.BOARD) -> Paper:
    """Return a paper as a board gets it, with every kind of block."""
    wide = Table("Months", tuple(PaperColumn(f"Month {one}", True) for one in range(12)), (("1",) * 12,) * 8, "Source")
    plain = paper_with("Plain words.")
    months = Section("months", "Months", (wide,), appendix=True)
    return replace(plain, audience=audience, sections=(*plain.sections, months))
