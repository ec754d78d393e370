"""Parts that papers share: sections without empty headings, lists cut to what fits, and sentences that all carry."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from geo.briefing.facts import Facts
from geo.briefing.paper import Block, Section, Sentences, Table, Told, Words
from geo.wording import how_many

NOT_FOR_LIVE_CASES: Final = Told(
    "Not for live cases. Worried about a child? Follow your school’s procedure. In danger now: 999."
)
NOTHING_DONE: Final = "Nothing is recorded as done or owed."
_NAMED: Final = 3  # places or actions that one sentence names; the rest are "the others"


def section(key: str, heading: str, *blocks: Block | None, appendix: bool = False) -> Section | None:
    """Return a section of the blocks that there are; None where none of them would print anything."""
    there = tuple(one for one in blocks if one is not None)
    if not any(_prints(one) for one in there):
        return None
    return Section(key, heading, tuple(one for one in there if isinstance(one, Words) or _prints(one)), appendix)


def all_of(*sections: Section | None) -> tuple[Section, ...]:
    """Return the sections that there are."""
    return tuple(one for one in sections if one is not None)


def sentences(*told: Told | str | None) -> Sentences:
    """Return sentences, without those that say nothing."""
    listed = (Told(one) if isinstance(one, str) else one for one in told if one)
    return Sentences(tuple(one for one in listed if one.sentence.strip()))


def own(key: str, asked: str, text: str = "") -> Words:
    """Return words that people may write or change."""
    return Words(key, text, asked)


def paragraphs(*texts: str) -> str:
    """Write texts as words hold them: paragraphs with a blank line between, whatever lines a text is wrapped to."""
    every = (" ".join(one.split()) for text in texts for one in text.split("\n\n"))
    return "\n\n".join(one for one in every if one)


def first_of(told: Sequence[Told], most: int, page: str) -> tuple[Told, ...]:
    """Return the first sentences, and where there are more, a last one that says how many and on which page."""
    return and_more(tuple(told[:most]), len(told) - most, page)


def and_more(told: tuple[Told, ...], more: int, page: str) -> tuple[Told, ...]:
    """Return sentences, and where there are ``more``, a last one that says how many and on which page."""
    said = f"{how_many(more, 'more stands', 'more stand')} on the page “{page}”."
    return (*told, Told(said)) if more > 0 else told


def shortened(table: Table | None, most: int) -> Table | None:
    """Return a table of the first rows, whose caption says of how many; None where it has none."""
    if table is None or not table.rows:
        return None
    if len(table.rows) <= most:
        return table
    return replace(table, caption=f"{table.caption} (the first {most} of {len(table.rows)})", rows=table.rows[:most])


def of_all_areas(facts: Facts) -> str:
    """Say that a paper is of all areas together; nothing where it is of one school."""
    return "" if facts.is_school else "This paper is of all areas together, not of one school."


def nothing_changed(facts: Facts) -> Told:
    """Say of how many kinds of harm no change is seen, or that nothing is said to have changed."""
    if facts.unchanged or facts.changes:
        return Told(facts.unchanged, "", facts.source)
    return Told("Nothing is said to have changed: the figures are too few, or there is nothing to compare them with.")


def quoted(names: Sequence[str]) -> str:
    """Name some things in a sentence, three at most, with "and the others" for the rest."""
    named = [f"“{' '.join(name.split())}”" for name in names[:_NAMED]]
    if len(names) > _NAMED:
        return f"{', '.join(named)} and the others"
    return listed(named)


def place_of(facts: Facts) -> str:
    """Say of what place the figures are: "Castlebrook Academy, within 800 m in a straight line"."""
    return f"{facts.name}, {facts.where}"


def source_of(told: Told, facts: Facts) -> str:
    """Say where the figures of a sentence are from and of when; of all facts where it does not say so itself."""
    if told.source or not facts.period or facts.period in facts.source:
        return told.source or facts.source
    return f"{facts.source}; {facts.period}"


def listed(names: Sequence[str]) -> str:
    """Name some things in a sentence, with "and" before the last."""
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def _prints(block: Block) -> bool:
    if isinstance(block, Words):
        return bool(block.text.strip())
    if isinstance(block, Sentences):
        return bool(block.told)
    return not isinstance(block, Table) or bool(block.rows)
