"""A paper as a web page says what the paper says, and holds nothing that runs or comes from elsewhere."""

import base64
import re
from dataclasses import replace

import pytest
from lxml import html

from data.papers.look import PLAIN, Look
from data.papers.web_page import web_page
from geo.briefing.paper import Audience, Section
from geo.errors import InputError
from tests.unit.data.papers.papers import HOSTILE, paper_with, whole_paper
from tests.unit.data.papers.reading import flat, page_says, said
from tests.unit.data.papers.word_templates import LOGO
from tests.unit.geo.briefing.sample import PICTURE, sample_paper

USED = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "img", "p", "span", "h1", "nav", "ol", "ul", "li",
    "main", "section", "h2", "div", "br", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure",
    "figcaption", "footer",
}  # fmt: skip


def read(data: bytes) -> html.HtmlElement:
    return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize("audience", list(Audience))
def test_a_page_says_all_that_its_paper_says_in_its_order(audience: Audience) -> None:
    for paper in (whole_paper(audience), sample_paper(audience)):
        assert page_says(web_page(paper, PLAIN)) == said(paper)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_change_nothing_but_themselves(text: str) -> None:
    paper = paper_with(text)
    made = web_page(paper, Look(text))
    assert page_says(made) == said(paper)
    page = read(made)
    assert flat(page.findtext(".//title")) == flat(f"{paper.title} – {paper.place}")
    assert {element.tag for element in page.iter(html.etree.Element)} <= USED
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert made.count(b"</style>") == 1


def test_the_same_paper_gives_the_same_page() -> None:
    assert web_page(whole_paper(), PLAIN) == web_page(whole_paper(), PLAIN)


def test_a_page_may_show_its_own_pictures_and_nothing_else() -> None:
    made = web_page(whole_paper(), Look("Castle Trust", LOGO))
    page = read(made)
    policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    addresses = [element.get(name) for element in page.iter() for name in ("src", "href") if element.get(name)]
    assert all(re.match(r"data:image/(png|svg\+xml);base64,|#", address) for address in addresses)
    assert "url(" not in page.findtext(".//style")
    drawn = page.find(".//figure/img").get("src").partition(",")[2]
    assert base64.b64decode(drawn).decode() == PICTURE.svg


def test_the_addresses_within_a_page_are_all_there_and_each_once() -> None:
    page = read(web_page(whole_paper(), PLAIN))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    links = {element.get("href").removeprefix("#") for element in page.iter("a")}
    named = {element.get("aria-labelledby") for element in page.iter() if element.get("aria-labelledby")}
    assert links | named <= set(ids)
    headings = [flat(one.text_content()) for one in page.iter("h2")]
    assert [flat(one.text_content()) for one in page.findall(".//nav//a")] == headings


def test_a_picture_without_words_is_refused() -> None:
    section = Section("s", "S", (replace(PICTURE, alt=""),))
    with pytest.raises(InputError, match="for those who do not see it"):
        web_page(replace(whole_paper(), sections=(section,)), PLAIN)
