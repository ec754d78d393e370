"""Whatever people write, a paper's Word document and its web page say it as it is, and say all else as before."""

from hypothesis import given
from hypothesis import strategies as st

from data.papers.look import Look
from data.papers.web_page import web_page
from data.papers.word import word
from tests.unit.data.papers.papers import paper_with
from tests.unit.data.papers.reading import page_says, said, word_says

MARKS = (
    "{{",
    "}}",
    "{%",
    "%}",
    "{_{",
    "%_}",
    "</w:t>",
    "<",
    "&",
    "]]>",
    "\n",
    "\n\n",
    "\t",
    "\x00",
    "\u202e",
    "a ",
    "ש",
)
written = st.text(max_size=200) | st.lists(st.sampled_from(MARKS) | st.characters(), max_size=12).map("".join)


@given(written)
def test_a_word_document_says_any_words_as_they_are(text: str) -> None:
    paper = paper_with(text)
    assert word_says(word(paper, Look(text))) == said(paper)


@given(written)
def test_a_web_page_says_any_words_as_they_are(text: str) -> None:
    paper = paper_with(text)
    assert page_says(web_page(paper, Look(text))) == said(paper)
