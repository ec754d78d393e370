"""The words of documents for duties, from files beside their template, filled with facts.

A file is Markdown of few forms: a title, a line below it, headings, paragraphs, lists, and tables below a bold name. A
name in braces is a fact; in a paragraph of its own it is a table of facts. Words are parsed before facts are filled in,
so that a fact is text, whatever it holds.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from data.papers.duty_facts import DatasetFact, DutyFacts
from data.papers.duty_paper import DutyPaper
from geo.briefing.paper import Block, PaperColumn, Section, Sentences, Table, Told, Words

FOLDER: Final = Path(__file__).parent / "templates" / "duties"
_FACT: Final = re.compile(r"\{(\w+)\}")


def duty_paper(name: str, facts: DutyFacts, made_on: str) -> DutyPaper:
    """Fill the document of a name with facts; ``made_on`` is their day, ISO 8601."""
    title, subject, *chunks = (FOLDER / f"{name}.md").read_text(encoding="utf-8").strip().split("\n\n")
    words = {"database": facts.database, "months_kept": str(facts.months_kept)}
    tables = {"roles": _roles(facts), "datasets": _datasets(facts), "kept": _kept(facts)}
    headed: list[tuple[str, list[Block]]] = []
    for chunk in chunks:
        if chunk.startswith("## "):
            headed.append((chunk.removeprefix("## "), []))
        else:
            headed[-1][1].extend(_blocks(chunk, words, tables))
    sections = (Section(str(at), heading, tuple(blocks)) for at, (heading, blocks) in enumerate(headed, 1))
    return DutyPaper(title.removeprefix("# "), subject, made_on, facts.day, tuple(sections))


def _blocks(chunk: str, words: Mapping[str, str], tables: Mapping[str, tuple[Block, ...]]) -> tuple[Block, ...]:
    alone = _FACT.fullmatch(chunk)
    if alone:
        return tables[alone[1]]
    if chunk.startswith("**"):
        name, heads, *rows = chunk.split("\n")
        cells = [[_filled(cell, words) for cell in row.strip("| ").split(" | ")] for row in rows]
        return (_table(name.strip("*"), heads.strip("| ").split(" | "), cells),)
    if chunk.startswith("- "):
        return (Sentences(tuple(Told(_filled(one, words)) for one in chunk.removeprefix("- ").split("\n- "))),)
    return (Words("", _filled(chunk, words), ""),)


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _FACT.sub(lambda found: words[found[1]], " ".join(text.split()))


def _table(caption: str, heads: list[str], rows: list[list[str]]) -> Table:
    return Table(caption, tuple(map(PaperColumn, heads)), tuple(map(tuple, rows)))


def _roles(facts: DutyFacts) -> tuple[Block, ...]:
    return (_table("Who sees what of protected data", ["Role", "Sees"], [list(row) for row in facts.roles]),)


def _datasets(facts: DutyFacts) -> tuple[Block, ...]:
    if not facts.datasets:
        return (Words("", "Nothing is loaded yet.", ""),)
    heads = ["Dataset", "What it is", "Source", "Period and rows"]
    rounded = "Of protected datasets only the school years are told, and no rows: this paper may be read by anybody."
    return _table("Datasets", heads, [_row(one) for one in facts.datasets]), Words("", rounded, "")


def _row(one: DatasetFact) -> list[str]:
    return [
        one.title,
        f"{one.kind}; {one.access}",
        one.source,
        one.period if one.rows is None else f"{one.period}; {one.rows} rows",
    ]


def _kept(facts: DutyFacts) -> tuple[Block, ...]:
    rows = [
        ["A protected dataset", facts.datasets_kept],
        ["A version of it that another has superseded", facts.versions_kept],
        ["Open data", facts.open_kept],
        ["Log of who was shown exact figures and what was exported", f"{facts.log_months} months"],
        ["Damaged files that were set aside", f"{facts.damaged_days} days"],
        ["Layers from partners", f"{facts.layer_days} days after their last day, which is at most a year ahead"],
        ["Backups", "until somebody deletes them: [to fill in]"],
    ]
    return (_table("How long things are kept", ["What", "How long"], rows),)
