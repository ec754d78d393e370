"""Facts: all that papers about one place are written from, in words with their figures, released ones only."""

from dataclasses import dataclass

from geo.briefing.paper import Picture, Table, Told


@dataclass(frozen=True)
class Decision:
    """What a meeting decided: in words, the role that leads ("" for nobody yet), and the day it is due (ISO, or "")."""

    what: str
    lead: str = ""
    due_on: str = ""
    done: bool = False

    @property
    def said(self) -> str:
        """What was decided, to stand within a sentence: people end it with a full stop, or not."""
        return self.what.rstrip(" .")


@dataclass(frozen=True)
class LastPaper:
    """The paper before this one, for the same people about the same place, and what was decided on it."""

    title: str
    made_on: str
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Trend:
    """The course of one kind of harm: what it says, the chart, and the table behind it.

    ``side`` is 1 or −1 where the chosen periods hold a signal, else 0.
    """

    harm: str
    told: Told
    side: int
    picture: Picture
    table: Table


@dataclass(frozen=True)
class Facts:
    """What is known of one place, as a board may be told it.

    Attributes
    ----------
    name
        The school's name, or the trust's.
    is_school
        Whether the place is one school.
    where
        What is counted: "within 800 m in a straight line", "in Rotherham".
    period, year_before
        The chosen periods in words, and the ones they are compared with ("" where there are none).
    today
        The day of the paper, ISO 8601.
    source
        Source, and whether figures are open or protected, in one line.
    headline
        How much there is, and whether that is a change.
    changes
        The kinds of harm of which it is said that they changed.
    unchanged
        In how many kinds no change is seen, and of how many too little is known.
    compared
        The change here beside that of the district and of similar surroundings, with its uncertainty; never a rank.
    trends
        Courses over time, signals first.
    kinds
        Incidents by kind of harm now and a year before.
    area_map, areas
        The map for print, and the table of its areas; None where none can be drawn.
    places
        The busiest places by name; None where none may be named.
    clusters
        What was detected around the place, the most useful first; what is not on the register says so.
    hotspots, hotspots_told
        The register near by, and a sentence on what is new, worsening, overdue and closed.
    when, clock
        When it happens, and the school-day clock.
    young_people
        What young people marked, and where marks and records disagree.
    done, owed, followed
        Actions done and owed, and what followed.
    teaching
        What to teach, and what staff should know, for the kinds of harm that matter here: title, which begins with
        whom it is for ("All staff: Sharing information"), and text.
    contacts
        Who to tell; None where no list is kept.
    limits, methods
        What the figures cannot say, and how they were made.
    before
        The last paper of this kind and its decisions.
    overdue, late
        Known hotspots whose review is overdue, by name, and actions that are late, in a few words each.
    unregistered
        What the clusters that are not on the register are called, each as its place is named.
    """

    name: str
    is_school: bool
    where: str
    period: str
    year_before: str
    today: str
    source: str
    headline: Told
    changes: tuple[Told, ...]
    unchanged: str
    compared: tuple[Told, ...]
    trends: tuple[Trend, ...]
    kinds: Table
    area_map: Picture | None
    areas: Table | None
    places: Table | None
    clusters: tuple[Told, ...]
    hotspots: Table | None
    hotspots_told: Told
    when: Told | None
    clock: Picture | None
    young_people: tuple[Told, ...]
    done: tuple[Told, ...]
    owed: tuple[Told, ...]
    followed: tuple[Told, ...]
    teaching: tuple[tuple[str, str], ...]
    contacts: Table | None
    limits: tuple[str, ...]
    methods: tuple[str, ...]
    before: LastPaper | None = None
    overdue: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    unregistered: tuple[str, ...] = ()
