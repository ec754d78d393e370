"""A paper as JSON and back: what is stored of it, so that the same paper comes out again."""

import json
from dataclasses import asdict
from typing import Any, Final

from geo.briefing.paper import Audience, Block, Paper, PaperColumn, Picture, Section, Sentences, Table, Told, Words
from geo.errors import InputError

_KINDS: Final[dict[type[Any], str]] = {Words: "words", Sentences: "sentences", Table: "table", Picture: "picture"}


def paper_json(paper: Paper) -> str:
    """Write a paper as JSON, the same for the same paper."""
    written = asdict(paper)
    for section, made in zip(paper.sections, written["sections"], strict=True):
        for block, of in zip(section.blocks, made["blocks"], strict=True):
            of["kind"] = _KINDS[type(block)]
    return json.dumps(written, ensure_ascii=False, sort_keys=True)


def paper_from_json(text: str) -> Paper:
    """Read a paper that ``paper_json`` wrote. Raises InputError for anything else."""
    try:
        read = json.loads(text)
        sections = tuple(_section(one) for one in read.pop("sections"))
        minutes = tuple(Told(**one) for one in read.pop("minutes"))
        return Paper(**{**read, "audience": Audience(read["audience"])}, sections=sections, minutes=minutes)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise InputError("A stored paper must be as it was written, and this one is not; make it again.") from fault


def _section(read: dict[str, Any]) -> Section:
    return Section(**{**read, "blocks": tuple(_block(one) for one in read["blocks"])})


def _block(read: dict[str, Any]) -> Block:
    held = {name: value for name, value in read.items() if name != "kind"}
    match read["kind"]:
        case "words":
            return Words(**held)
        case "sentences":
            return Sentences(tuple(Told(**one) for one in held["told"]))
        case "table":
            columns = tuple(PaperColumn(**one) for one in held["columns"])
            return Table(**{**held, "columns": columns, "rows": tuple(tuple(row) for row in held["rows"])})
        case "picture":
            return Picture(**held)
        case _:
            raise ValueError("A block must be words, sentences, a table or a picture.")
