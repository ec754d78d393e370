"""Papers in the store: each as it was made, with its figures, and what was decided on it.

What a paper says never changes once it is stored, so that the same paper comes out again. It holds released figures
only, and the words of people, which are screened on their way in.
"""

import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from data.principal import Principal
from data.screening.kept_words import require_clean_kept
from data.screening.short_texts import MIN_LENGTH
from data.store import blobs, organisation_looks, seals
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.store import Store, added_by
from geo.briefing.facts import Decision
from geo.briefing.paper import Audience, Edits, Paper, edited, words_of
from geo.briefing.stored_paper import paper_from_json, paper_json
from geo.errors import InputError
from geo.register.closed_lists import LEADS

LONGEST: Final = 10_000  # characters of one block of words
LONGEST_DECISION: Final = 500
MOST_DECISIONS: Final = 50
PUT: Final = "put paper"  # actions of the audit
DECIDED: Final = "record decisions"
REMOVED: Final = "remove paper"
_OF_PAPERS: Final = (PUT, DECIDED, REMOVED, organisation_looks.PUT, organisation_looks.TAKEN_OUT)


@dataclass(frozen=True)
class NewPaper:
    """A paper to be stored: as it was prepared, what a person changed of it, and which school and periods it is of.

    ``urn`` is None for all areas together; ``first`` and ``last`` are the ends of the periods of its figures.
    """

    paper: Paper
    edits: Edits
    urn: str | None
    first: str
    last: str


@dataclass(frozen=True)
class KeptPaper:
    """A stored paper as a list shows it, with what was decided on it."""

    id: int
    audience: Audience
    urn: str | None
    title: str
    place: str
    made_on: str
    first: str
    last: str
    decisions: tuple[Decision, ...]
    added_at: str
    added_by: str


def put_paper(store: Store, principal: Principal, new: NewPaper) -> int:
    """Store a paper with the words that people gave it; returns its number.

    Words that differ from the prepared ones are screened. Raises InputError, and stores nothing, for words that tell
    who a person is or are too long, and for a paper of which every section is left out.
    """
    _require_clean(new)
    paper = edited(new.paper, new.edits)
    if not paper.sections:
        raise InputError("A paper must say something, and every section of this one is left out; take one back in.")
    values: dict[str, Any] = {
        "owner": principal.organisation,
        "audience": paper.audience.value,
        "urn": new.urn,
        "title": paper.title,
        "place": paper.place,
        "made_on": paper.made_on,
        "first": new.first,
        "last": new.last,
        "decisions": [],
        **added_by(principal),
    }
    content = zlib.compress(paper_json(paper).encode())
    with store.writing(principal, PUT, lambda: f"paper {number}") as connection:
        number = seals.insert(connection, t.paper, {**values, "content": blobs.put(connection, content)})
    return number


def papers(store: Store, principal: Principal) -> list[KeptPaper]:
    """List the papers of the person's organisation, newest first. Raises DamagedError for one that was changed."""
    query = sa.select(t.paper).where(t.paper.c.owner == principal.organisation).order_by(t.paper.c.id.desc())
    with store.reading(principal) as connection:
        rows = connection.execute(query).mappings().all()
        for row in rows:
            seals.require_seal(connection, row, f"paper {row['id']}")
    return [_listed(row) for row in rows]


def load_paper(store: Store, principal: Principal, paper_id: int) -> Paper:
    """Return a paper as it was made.

    Raises InputError where the person's organisation has none of this number, DamagedError for one that was changed.
    """
    with store.reading(principal) as connection:
        row = _row(connection, principal, paper_id)
        content = blobs.get(connection, row["content"], f"paper {paper_id}")
    try:
        return paper_from_json(zlib.decompress(content).decode())
    except (InputError, zlib.error, ValueError):
        raise DamagedError(f"paper {paper_id}") from None


def last_paper(
    store: Store, principal: Principal, audience: Audience, urn: str | None, today: date
) -> KeptPaper | None:
    """Return the paper before one of today: the newest for the same people about the same place, or None.

    One that was made today is a draft of the same meeting, unless something was decided on it.
    """
    same = (one for one in papers(store, principal) if (one.audience, one.urn) == (audience, urn))
    return next((one for one in same if one.made_on < today.isoformat() or one.decisions), None)


def record_decisions(
    store: Store, principal: Principal, paper_id: int, was: Sequence[Decision], decisions: Sequence[Decision]
) -> None:
    """Write down what was decided on a paper, and what of it is done, in the place of what ``was`` there.

    Raises InputError for words that tell who a person is, a lead that is not on the list of roles, a day that is none,
    a paper that the organisation has not, and where somebody else has recorded something since.
    """
    kept = [_clean(one) for one in decisions]
    if len(kept) > MOST_DECISIONS:
        raise InputError(f"A paper can have {MOST_DECISIONS} decisions, and these are {len(kept)}; leave some out.")
    with store.writing(principal, DECIDED, f"paper {paper_id}") as connection:
        row = _row(connection, principal, paper_id)
        if _decisions(row) != tuple(was):
            raise InputError(
                "What was decided must be changed from what stands there now, and somebody has changed it since you "
                "opened it; look at it again, and record yours if it still lacks."
            )
        values = {**row, "decisions": kept}
        connection.execute(t.paper.update().where(t.paper.c.id == paper_id).values(seals.sealed(connection, values)))


def remove_paper(store: Store, principal: Principal, paper_id: int) -> None:
    """Remove a paper and what was decided on it, for good. Raises InputError where the organisation has no such one."""
    with store.writing(principal, REMOVED, f"paper {paper_id}") as connection:
        if not connection.execute(t.paper.delete().where(_this(principal, paper_id))).rowcount:
            raise _not_there(paper_id)
        blobs.remove_unheld(connection)
    store.free_pages(principal)


def other_writes(store: Store, principal: Principal) -> int:
    """Return the number of the last write that was about no paper: what papers are written from is as it was then."""
    query = sa.select(sa.func.max(t.audit.c.id)).where(t.audit.c.action.not_in(_OF_PAPERS))
    with store.reading(principal) as connection:
        return int(connection.scalar(query) or 0)


def _require_clean(new: NewPaper) -> None:
    prepared = {words.key: words.text for words in words_of(new.paper)}
    for key, text in new.edits.words.items():
        if key not in prepared or text == prepared[key]:
            continue
        if len(text) > LONGEST:
            raise InputError(
                f"Words of a paper can have {LONGEST:,} characters, and some have {len(text):,}; shorten them."
            )
        require_clean_kept("What you wrote", [text], is_guidance=True)


def _clean(one: Decision) -> dict[str, Any]:
    """Return what is stored of a decision; raises InputError for what may not be."""
    what = " ".join(one.what.split())
    if not MIN_LENGTH <= len(what) <= LONGEST_DECISION:
        raise InputError(
            f"A decision must have from {MIN_LENGTH} to {LONGEST_DECISION} characters, and this one has {len(what)}; "
            "say it in a few words."
        )
    require_clean_kept("A decision", [what], is_guidance=True)
    if one.lead and one.lead not in LEADS.values():
        raise InputError(f"Who leads must be one of {len(LEADS)} roles, and this is none; choose one from the list.")
    try:
        due = date.fromisoformat(one.due_on).isoformat() if one.due_on else ""
    except ValueError:
        raise InputError("The day of a decision must be a day, and this is none; choose it again.") from None
    return asdict(Decision(what, one.lead, due, one.done))


def _decisions(row: sa.RowMapping) -> tuple[Decision, ...]:
    return tuple(Decision(**one) for one in row["decisions"])


def _listed(row: sa.RowMapping) -> KeptPaper:
    told = ("id", "urn", "title", "place", "made_on", "first", "last", "added_at", "added_by")
    return KeptPaper(
        **{name: row[name] for name in told}, audience=Audience(row["audience"]), decisions=_decisions(row)
    )


def _row(connection: sa.Connection, principal: Principal, paper_id: int) -> sa.RowMapping:
    row = connection.execute(sa.select(t.paper).where(_this(principal, paper_id))).mappings().one_or_none()
    if row is None:
        raise _not_there(paper_id)
    seals.require_seal(connection, row, f"paper {paper_id}")
    return row


def _this(principal: Principal, paper_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(t.paper.c.id == paper_id, t.paper.c.owner == principal.organisation)


def _not_there(paper_id: int) -> InputError:
    return InputError(
        f"A paper must be one of your own organisation’s, and there is no paper {paper_id}; choose another."
    )
