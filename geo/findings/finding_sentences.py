"""Finding sentences: each finding in one sentence, with how sure it is and what else could explain it."""

from dataclasses import dataclass
from typing import Final

from geo.calendar import periods as p
from geo.change_wording import UNCERTAIN, amount_against, change
from geo.disclosure import THRESHOLD
from geo.findings.finding import Finding, FindingKind
from geo.harms import HARM_GROUPS
from geo.maps.hot_spots import FALSE_ALARMS
from geo.statistics.emerging import Pattern
from geo.wording import count


@dataclass(frozen=True)
class FindingSentences:
    """A finding in words: what and where and since when; how sure; and what else it could be.

    ``places`` says how many of its incidents are at which places, "" where that tells little or no place is known.
    """

    sentence: str
    sure: str
    doubt: str
    places: str = ""

    @property
    def whole(self) -> str:
        """All of it, to be read aloud."""
        return " ".join(filter(None, (self.sentence, self.places, self.sure, self.doubt)))


_SINCE: Final = {
    Pattern.NEW: "a hot spot for {harm} in {when}, for the first time in these data",
    Pattern.CONSECUTIVE: "a hot spot for {harm} all through {when}, and not before in these data",
    Pattern.INTENSIFYING: "consistently high for {harm}, and getting higher",
    Pattern.PERSISTENT: "consistently high for {harm}",
    Pattern.HISTORICAL: "consistently high for {harm} before, and no longer",
}
_LATELY: Final = (Pattern.NEW, Pattern.CONSECUTIVE)


def describe(
    found: Finding, where: str, doubts: tuple[str, ...], *, protected: bool, places: str = ""
) -> FindingSentences:
    """Return a finding in words. ``where`` names its place, with its distance from the school.

    ``places`` says which points hold a telling share of it (``geo.findings.place_sentences.of_these``).
    """
    said = {
        FindingKind.CLUSTER: _cluster,
        FindingKind.PATTERN: _pattern,
        FindingKind.RISE: _change,
        FindingKind.FALL: _change,
    }[found.kind]
    sentence, sure = said(found, where, protected)
    *others, last = doubts
    listed = f"{'; '.join(others)}; or {last}" if others else last
    return FindingSentences(sentence, sure, f"It could also be {listed}.", places)


def one_line(found: Finding, where: str, *, protected: bool) -> str:
    """Say a cluster in a line, for a map."""
    held = f"{count(found.observed, protected=protected)} in {p.say_range(found.periods)}"
    ratio = "" if _hidden(protected, found.observed) else f", {found.ratio:.1f} times what is usual there"
    return f"{where}: {held}{ratio}; unlikely to be chance ({chance(found.p)})"


def chance(p_value: float) -> str:
    """Say how seldom chance alone does as much: "about 4 in 1,000"."""
    times_in_1000 = max(1, round(1000 * p_value))
    return f"{'at most' if times_in_1000 == 1 else 'about'} {times_in_1000} in 1,000"


def _unlikely(p_value: float) -> str:
    return f"Unlikely to be chance ({chance(p_value)})"


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


def _harm(found: Finding) -> str:
    return " and ".join(HARM_GROUPS[code].lower() for code in found.harms)


def _cluster(found: Finding, where: str, protected: bool) -> tuple[str, str]:
    expected = found.expected
    few = f"fewer than {THRESHOLD if protected else 1}"
    usual = few if expected < (THRESHOLD if protected else 0.5) else f"about {expected:,.0f}"
    ratio = "" if _hidden(protected, found.observed) else f" ({found.ratio:.1f} times as many)"
    sentence = (
        f"{where}: {count(found.observed, protected=protected)} of {_harm(found)} in {p.say_range(found.periods)}, "
        f"where {usual} would be usual there{ratio}."
    )
    return sentence, f"{_unlikely(found.p)}."


def _pattern(found: Finding, where: str, protected: bool) -> tuple[str, str]:
    when = p.say_range(found.periods)
    said = _SINCE[found.pattern].format(harm=_harm(found), when=when)
    ratio = f", {found.ratio:.1f} times as many as average areas hold"
    held = f"{count(found.observed, protected=protected)}{'' if _hidden(protected, found.observed) else ratio}"
    sentences = f"{said}: {held}" if found.pattern in _LATELY else f"{said} ({when}: {held})"
    return f"{where}: {sentences}.", FALSE_ALARMS


def _change(found: Finding, where: str, protected: bool) -> tuple[str, str]:
    now, then = (count(n, protected=protected) for n in (found.observed, found.expected))
    hidden = _hidden(protected, found.observed, found.expected)
    size = "" if hidden else f", {_size(found)}"
    sentence = (
        f"{where}: {_harm(found)} {_went(found)} {now} in {p.say_range(found.periods)} from {then} a year before"
        f"{size}, while everywhere else there were {amount_against(found.elsewhere, 'then')}."
    )
    return sentence, f"{_unlikely(found.p)}, after allowing for normal ups and downs."


def _size(found: Finding) -> str:
    size = change(found.ratio, found.low, found.high)
    return f"by how much is {UNCERTAIN}" if size == UNCERTAIN else size
