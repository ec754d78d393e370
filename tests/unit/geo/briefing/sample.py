"""Facts of a place that does not exist, for tests of papers."""

from geo.briefing.facts import Decision, Facts, LastPaper, Trend
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience, Edits, Paper, PaperColumn, Picture, Table, Told

NO_EDITS = Edits({})
SOURCE = "Police recorded crime (open data), Sep 2024 to Aug 2025"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80" viewBox="0 0 200 80">'
    '<rect width="200" height="80" fill="#ffffff"/><path d="M10 60 L100 20 L190 40" fill="none" stroke="#2b7ab1"/>'
    '<text x="10" y="75" font-size="11" font-family="DejaVu Sans">Sep 2024</text></svg>'
)
RISE = Told("Violence: 120, 90 a year before, a rise of 33 %, 5 to 70 %.", "Unlikely to be chance.", SOURCE)
PICTURE = Picture("Violence within 800 m", "Violence rose from 7 a month to 10 a month.", SVG, SOURCE)
TABLE = Table(
    "Incidents by kind of harm",
    (PaperColumn("Kind"), PaperColumn("Now", figures=True), PaperColumn("A year before", figures=True)),
    (("Violence", "120", "90"), ("Robbery", "fewer than 10", "12")),
    SOURCE,
)
TREND = Trend("Violence", RISE, 1, PICTURE, TABLE)


def sample_facts() -> Facts:
    """Return facts with something in every part."""
    return Facts(
        name="Castlebrook Academy",
        is_school=True,
        where="within 800 m in a straight line",
        period="Sep 2024 to Aug 2025",
        year_before="Sep 2023 to Aug 2024",
        today="2025-10-01",
        source=f"{SOURCE} · open figures",
        headline=Told("350 incidents, 300 a year before: a rise of 17 %, 2 to 34 %.", "Unlikely to be chance.", SOURCE),
        changes=(RISE,),
        unchanged="No real change in 4 harm groups. Too few to say of 3 harm groups.",
        compared=(Told("Castlebrook district: no clear change, −4 to 6 %.", "Could be chance.", SOURCE),),
        trends=(TREND,),
        kinds=TABLE,
        area_map=PICTURE,
        areas=TABLE,
        places=Table(
            "Busiest places",
            (PaperColumn("Place"), PaperColumn("Incidents", figures=True)),
            (("Mill Lane", "31"),),
            SOURCE,
        ),
        clusters=(Told("Robbery clusters around Mill Lane; not on the register.", "Unlikely to be chance.", SOURCE),),
        hotspots=Table(
            "Known hotspots", (PaperColumn("Place"), PaperColumn("Review")), (("Bus station", "Overdue by 12 days"),)
        ),
        hotspots_told=Told("3 known hotspots within 1.6 km; 1 review is overdue."),
        when=Told("Most often 15:00 to 16:00 on school days.", "", SOURCE),
        clock=PICTURE,
        young_people=(
            Told("Young people marked the underpass unsafe more than other places.", "", "Session, Jun 2025"),
        ),
        done=(Told("Assembly on robbery, done 2 Sep 2025."),),
        owed=(Told("Lighting at Mill Lane, late by 12 days; the council leads."),),
        followed=(Told("After the patrol: a fall of 20 %, 45 % less to 15 % more.", "Could be chance.", SOURCE),),
        teaching=(("Robbery", "Keep phones out of sight is advice that blames; teach instead whom to tell."),),
        contacts=Table("Who to tell", (PaperColumn("Who"), PaperColumn("Telephone")), (("Neighbourhood team", "101"),)),
        limits=("More recorded may mean more reporting.",),
        methods=("A change is set against the same months a year before.",),
        before=LastPaper(
            "Paper for the board", "2025-06-01", (Decision("Ask the council for lighting", "DSL", "2025-09-01"),)
        ),
        overdue=("Bus station",),
        late=("Lighting at Mill Lane",),
        unregistered=("Mill Lane",),
    )


def empty_facts() -> Facts:
    """Return facts of a place of which nothing is known but that nothing is."""
    return Facts(
        name="Castlebrook Academy",
        is_school=True,
        where="within 800 m in a straight line",
        period="",
        year_before="",
        today="2025-10-01",
        source="Police recorded crime (open data) · open figures",
        headline=Told("No figures are released for this place yet."),
        changes=(),
        unchanged="",
        compared=(),
        trends=(),
        kinds=Table("Incidents by kind of harm", (PaperColumn("Kind"),), ()),
        area_map=None,
        areas=None,
        places=None,
        clusters=(),
        hotspots=None,
        hotspots_told=Told(""),
        when=None,
        clock=None,
        young_people=(),
        done=(),
        owed=(),
        followed=(),
        teaching=(),
        contacts=None,
        limits=(),
        methods=(),
    )


def sample_paper(audience: Audience = Audience.BOARD) -> Paper:
    """Return the paper of these facts for an audience."""
    return outline(sample_facts(), audience)
