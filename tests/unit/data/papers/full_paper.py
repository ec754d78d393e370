"""A paper with every kind of block, for tests of what it is written as."""

from collections.abc import Iterator

from geo.briefing.paper import Audience, Block, Paper, Picture, Section, Sentences, Table, Told, Words
from tests.unit.geo.briefing.sample import PICTURE, RISE, SOURCE, TABLE

OPENING = (
    "Members are asked to note the rise.\nIt is real.\n\n- Lighting at Mill Lane\n- A patrol after school\n\nNo more."
)
MAP = Picture("Where incidents were", "Most incidents were around the bus station.", PICTURE.svg, SOURCE)


def full_paper(audience: Audience = Audience.BOARD) -> Paper:
    """Return a paper with every kind of block, in the body and in an appendix."""
    return Paper(
        audience=audience,
        title="Local context: paper for the board",
        place="Castlebrook Academy, within 800 m in a straight line",
        period="Sep 2024 to Aug 2025",
        for_whom="For the governing board of Castlebrook Academy",
        made_on="2025-10-01",
        source=f"{SOURCE} · open figures",
        sections=(
            Section("headline", "Headline", (Sentences((RISE,)), Words("opening", OPENING, "What matters most."))),
            Section("methods", "How these figures were made", (Sentences((RISE,)),), appendix=True),
            Section("trends", "Trends", (PICTURE, MAP, TABLE)),
            Section("said", "What to say", (Words("said", "Good morning.\n\nThank you.", "Say it.", spoken=True),)),
        ),
        minutes=(RISE, Told("3 known hotspots within 1.6 km; 1 review is overdue.")),
    )


def said(paper: Paper) -> Iterator[str]:
    """List what a paper says in the order in which it is read, marks of lists aside."""
    yield from (paper.title, paper.place, paper.period, paper.for_whom, paper.source)
    yield from _sections(section for section in paper.sections if not section.appendix)
    for told in paper.minutes:
        yield from (told.sentence, told.certainty, told.source)
    yield from _sections(section for section in paper.sections if section.appendix)


def _sections(sections: Iterator[Section]) -> Iterator[str]:
    for section in sections:
        said_below = [text for block in section.blocks for text in _block(block)]
        if any(said_below):
            yield from (section.heading, *said_below)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Words():
            yield from (line.removeprefix("- ") for line in block.text.split("\n"))
        case Sentences():
            for told in block.told:
                yield from (told.sentence, told.certainty)
        case Table():
            yield from (block.caption, block.source, *(column.head for column in block.columns))
            yield from (cell for row in block.rows for cell in row)
        case Picture():
            yield from (block.title, block.source)
