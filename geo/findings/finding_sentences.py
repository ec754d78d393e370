"""Finding sentences: each finding in one sentence, with how sure it is and what else could explain it."""

import math
from dataclasses import dataclass
from typing import Final

from geo.calendar import periods as p
from geo.change_wording import UNCERTAIN, amount_against, change
from geo.disclosure import THRESHOLD
from geo.findings.finding import Finding, FindingKind
from geo.harms import OTHER, counted_of, spoken_groups
from geo.statistics.emerging import Pattern
from geo.views.reference_names import Reference
from geo.wording import count, figure

REPLICATIONS: Final = 999  # searches where nothing is going on, by which it is seen how often chance does as much
_CLOSE: Final = 0.1  # of what is usual, up to which it and what the general course made of it are one figure


@dataclass(frozen=True)
class FindingSentences:
    """A finding in words: what and where and since when; how sure; and what else it could be.

    ``places`` says how many of its incidents are at which places, "" where that tells little or no place is known.
    ``areas`` are the names of its areas, the one that stands out most first.
    """

    sentence: str
    sure: str
    doubt: str
    places: str = ""
    areas: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All of it, to be read aloud."""
        return " ".join(filter(None, (self.sentence, self.places, self.sure, self.doubt)))


_SINCE: Final = {
    Pattern.NEW: "a hot spot for {harm} in {when}, for the first time in these data",
    Pattern.CONSECUTIVE: "a hot spot for {harm} all through {when}, and not before in these data",
    Pattern.INTENSIFYING: "consistently high for {harm}, and more so in {when}",
    Pattern.PERSISTENT: "consistently high for {harm}",
    Pattern.HISTORICAL: "consistently high for {harm} before, and no longer",
}
_LATELY: Final = (Pattern.NEW, Pattern.CONSECUTIVE, Pattern.INTENSIFYING)


def describe(
    found: Finding,
    where: str,
    doubts: tuple[str, ...],
    reference: Reference,
    *,
    protected: bool,
    places: str = "",
    areas: tuple[str, ...] = (),
) -> FindingSentences:
    """Return a finding in words. ``where`` names its place, with its distance from the school.

    ``reference`` names what it is compared with. ``places`` says which points hold a telling share of it
    (``geo.findings.place_sentences.of_these``), and ``areas`` are the names of its areas.
    """
    said = {
        FindingKind.CLUSTER: _cluster,
        FindingKind.PATTERN: _pattern,
        FindingKind.RISE: _change,
        FindingKind.FALL: _change,
    }[found.kind]
    sentence = said(found, where, reference, protected)
    *others, last = doubts
    listed = f"{'; '.join(others)}; or {last}" if others else last
    return FindingSentences(sentence, unlikely(found.p), f"It could also be {listed}.", places, areas)


def one_line(found: Finding, where: str, reference: Reference, *, protected: bool) -> str:
    """Say a cluster in a line, for a map."""
    held = f"{count(found.observed, protected=protected)} in {_when(found)}"
    return f"{where}: {held}, {_usual(found, reference, protected)}; unlikely to be chance ({chance(found.p)})"


def unlikely(p_value: float) -> str:
    """Say how sure a finding is: how often a search of its kind tells as much anywhere where nothing is going on."""
    return f"Unlikely to be chance: in {chance(p_value)} searches like this one, chance alone shows as much somewhere."


def chance(p_value: float, replications: int = REPLICATIONS) -> str:
    """Say how seldom chance alone does as much: "about 4 of 1,000".

    ``replications`` were made to see it, of which none did as much where ``p_value`` is the least there can be: then it
    is "at most" that.
    """
    least = 1 / (replications + 1)
    seldom = p_value < 1.5 * least
    times_in_1000 = max(1, math.ceil(1000 * least - 1e-9) if seldom else round(1000 * p_value))
    return f"{'at most' if seldom else 'about'} {times_in_1000} of 1,000"


def _hidden(protected: bool, *counts: float) -> bool:
    """Return whether a ratio to one of these counts would disclose more of it than "fewer than 10" does."""
    return protected and min(counts) < THRESHOLD


def _went(found: Finding) -> str:
    """Say which way a count went; one that stands out from all others may have gone the way they went."""
    now, then = found.observed, found.expected
    if now == then:
        return "stayed at"
    rose = now > then
    alone = rose == (found.kind is FindingKind.RISE)
    return f"{'rose' if rose else 'fell'}{'' if alone else ' less than elsewhere,'} to"


def _when(found: Finding) -> str:
    """Say the periods of a finding, without those between them that it does not count, as figures are missing."""
    runs: list[list[str]] = []
    for period in found.periods:
        if runs and p.between(runs[-1][-1], period)[1:] == [period]:
            runs[-1].append(period)
        else:
            runs.append([period])
    *others, last = map(p.say_range, runs)
    return f"{', '.join(others)} and {last}" if others else last


def _cluster(found: Finding, where: str, reference: Reference, protected: bool) -> str:
    held = counted_of(count(found.observed, protected=protected), found.harms)
    return f"{where}: {held} in {_when(found)}, {_usual(found, reference, protected)}."


def _usual(found: Finding, reference: Reference, protected: bool) -> str:
    """Say what a cluster's place held in as many periods before, and what the general course would have made of it.

    Where that is about the same, one figure is enough.
    """
    before, moved = (_level(n, protected) for n in (found.usual, found.expected))
    unsaid = _hidden(protected, found.observed) or math.isinf(found.ratio)
    ratio = "" if unsaid else f" ({found.ratio:.1f} times as many{{}})"
    if before == moved or not abs(found.expected - found.usual) > max(1.0, _CLOSE * found.usual):
        return f"where {moved} would be usual there{ratio.format('')}"
    way = "risen" if found.expected > found.usual else "fallen"
    return (
        f"where {before} was usual there before; {moved} if it had {way} as {reference.rest}{ratio.format(' as that')}"
    )


def _level(n: float, protected: bool) -> str:
    least, few = (THRESHOLD, THRESHOLD) if protected else (0.5, 1)
    return f"fewer than {few}" if n < least else f"about {n:,.0f}"


def _pattern(found: Finding, where: str, reference: Reference, protected: bool) -> str:
    when = _when(found)
    said = _SINCE[found.pattern].format(harm=spoken_groups(found.harms), when=when)
    ratio = f", {found.ratio:.1f} times the average of {reference.every}"
    if found.pattern is Pattern.INTENSIFYING:
        ratio += f", and {found.growth:.1f} times its own share of all before"
    held = f"{count(found.observed, protected=protected)}{'' if _hidden(protected, found.observed) else ratio}"
    sentences = f"{said}: {held}" if found.pattern in _LATELY else f"{said} ({when}: {held})"
    return f"{where}: {sentences}."


def _change(found: Finding, where: str, reference: Reference, protected: bool) -> str:
    say = figure if found.harms == (OTHER,) else count  # "other incidents rose to 60"
    now, then = (say(n, protected=protected) for n in (found.observed, found.expected))
    hidden = _hidden(protected, found.observed, found.expected)
    size = "" if hidden else f", {_size(found)}"
    return (
        f"{where}: {spoken_groups(found.harms)} {_went(found)} {now} in {_when(found)} "
        f"from {then} a year before{size}, while {reference.rest} there were {_others(found.elsewhere)}."
    )


def _others(ratio: float) -> str:
    """Say how many all others have beside a year before, of which no ratio can be said where either is none."""
    if math.isnan(ratio):
        return "none in either year"
    if math.isinf(ratio):
        return "some, and none then"
    return amount_against(ratio, "then") if ratio else "none left"


def _size(found: Finding) -> str:
    size = change(found.ratio, found.low, found.high)
    return f"by how much is {UNCERTAIN}" if size == UNCERTAIN else size
