"""What is printed equals what is seen and what is downloaded: figures read out of the PDF of a paper."""

import io
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pypdf
import pytest

from data.papers.written import written
from data.principal import LOCAL_USER
from data.services.briefing_facts import facts
from data.store.store import Store
from geo.briefing.facts import Facts
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience
from geo.harms import HARM_GROUPS
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, SCHOOL
from tests.unit.data.running import done
from tests.unit.data.services.briefing_of import ACADEMY, OPEN, PROTECTED, request_of


@pytest.fixture(scope="module")
def town(demo_home: Path) -> Iterator[Store]:
    """The store of the demonstration town."""
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        yield store


@cache
def around_the_school(store: Store, dataset: int) -> Facts:
    return facts(store, LOCAL_USER, request_of(store, dataset), date.today())


def printed(found: Facts, audience: Audience = Audience.BOARD) -> str:
    """Return the text of the PDF of a paper, without spaces: those of a line's end are no part of what is said."""
    reader = pypdf.PdfReader(io.BytesIO(written(outline(found, audience), "pdf")))
    return closely("".join(page.extract_text() for page in reader.pages))


def closely(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def table(home: Path, *asked: object) -> pd.DataFrame:
    """Return what a command writes as CSV."""
    return pd.read_csv(io.StringIO(done(home, *asked).out))


@pytest.mark.parametrize(("title", "dataset"), [(POLICE, OPEN), (SCHOOL, PROTECTED)])
def test_a_pdf_says_what_a_board_reads_on_the_pages(open_demo: Open, town: Store, title: str, dataset: int) -> None:
    found = around_the_school(town, dataset)
    text = printed(found)
    address: dict[str, str | list[str]] = {"school": ACADEMY, "board": "true", "dataset": title}
    shown = open_demo("local_context", address)
    assert closely(shown.headline) in text
    for row in shown.table("Harm group"):
        kind, n = list(row.values())[:2]
        assert closely(f"{kind}{n}") in text
    course = open_demo("trends", address | {"where": "Around my school"}).text
    told = found.trends[0].told.sentence.removeprefix(f"{found.trends[0].harm}: ")
    assert told in course
    assert closely(told) in text


def test_a_pdf_of_open_data_has_the_figures_of_the_download(demo_home: Path, town: Store) -> None:
    found = around_the_school(town, OPEN)
    request = request_of(town, OPEN)
    school, ends = request.school, ("--from", request.periods[0], "--to", request.periods[-1])
    assert school is not None
    listed = table(demo_home, "around", "--dataset", OPEN, "--school", school.urn, "--within", 800, *ends)
    here = listed[(listed["recorded_elsewhere"] == "no") & listed["harm"].isin(request.harms)]
    text = printed(found)
    assert closely(f"{here['n'].sum():,} incidents") in text
    for harm, n in here.groupby("harm")["n"].sum().items():
        assert closely(f"{HARM_GROUPS[harm]}{n:,}") in text


def test_a_pdf_of_protected_data_has_the_figures_of_the_download(demo_home: Path, town: Store) -> None:
    request = request_of(town, PROTECTED, None)
    found = facts(town, LOCAL_USER, request, date.today())
    ends = ("--from", request.periods[0], "--to", request.periods[-1])
    listed = table(demo_home, "counts", "--dataset", PROTECTED, "--by", "harm", *ends).set_index("harm")
    text = printed(found)
    told = [harm for harm in request.harms if listed["n"].get(harm, 0) >= 10]
    assert len(told) > 3
    for harm in told:
        assert closely(f"{HARM_GROUPS[harm]}{listed['shown'][harm]}") in text


@pytest.mark.parametrize("audience", [Audience.GOVERNORS, Audience.STAFF, Audience.PARTNERS], ids=str)
def test_the_other_papers_have_no_headline_of_their_own(town: Store, audience: Audience) -> None:
    found = around_the_school(town, OPEN)
    (n,) = re.findall(r": ([\d,]+) incidents", found.headline.sentence)
    assert closely(f"{n} incidents") in printed(found, audience)
