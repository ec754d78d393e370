"""Briefing: a paper prepared from released figures, made with the words of a person, kept, and written as a file.

What is made is stored with its figures, so that the same paper comes out again whatever the data say by then.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from data.papers.look import Look
from data.papers.written import written
from data.principal import Principal
from data.services import paper_look
from data.services.briefing_request import BriefingRequest
from data.store import papers
from data.store.papers import NewPaper
from data.store.store import Store
from geo.briefing.facts import Facts, LastPaper
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience, Edits, Paper

Tell = Callable[[float, str], None]


def prepare(
    store: Store,
    principal: Principal,
    request: BriefingRequest,
    audience: Audience,
    today: date,
    tell: Tell = lambda *_: None,
) -> Paper:
    """Return the paper for an audience as it stands before anybody has edited it; nothing is stored.

    ``tell`` is called with the part done (0 to 1) and what is being done. Raises RefusedError where nothing of the
    dataset may be shared.
    """
    from data.services import briefing_facts  # what draws charts and maps, which a paper that is made needs no more

    found = briefing_facts.facts(store, principal, request, today, tell)
    return outlined(store, principal, found, request, audience, today)


def outlined(
    store: Store, principal: Principal, found: Facts, request: BriefingRequest, audience: Audience, today: date
) -> Paper:
    """Return the paper for an audience from facts that are gathered, with what was decided on the one before."""
    urn = None if request.school is None else request.school.urn
    last = papers.last_paper(store, principal, audience, urn, today)
    before = None if last is None else LastPaper(last.title, last.made_on, last.decisions)
    return outline(replace(found, before=before), audience)


def make(store: Store, principal: Principal, request: BriefingRequest, paper: Paper, edits: Edits) -> int:
    """Store a prepared paper with its figures and the words that a person gave it; returns its number.

    Raises InputError, and stores nothing, for words that tell who a person is.
    """
    urn = None if request.school is None else request.school.urn
    return papers.put_paper(store, principal, NewPaper(paper, edits, urn, request.periods[0], request.periods[-1]))


def paper_file(store: Store, principal: Principal, paper_id: int, form: str) -> bytes:
    """Return a stored paper as a file in one of ``data.papers.written.MEDIA``, with the organisation's look.

    Raises InputError for any other form and where the organisation has no such paper, DamagedError for one that was
    changed.
    """
    return _written(papers.load_paper(store, principal, paper_id), form, paper_look.look_of(store, principal))


# Written once and then often asked for: by the page that makes it, by its links, and again by whoever prints it. The
# bytes are the same each time, so none is kept longer than there is room for a few.
@lru_cache(maxsize=8)
def _written(paper: Paper, form: str, look: Look) -> bytes:
    return written(paper, form, look)
