"""Change: each area's count over that of the same periods a year before, as a ratio with its interval."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from geo import change_wording, disclosure
from geo.arrays import Floats
from geo.calendar import periods as p
from geo.change_wording import UNCERTAIN
from geo.counts.filters import Choice, not_supplied, totals
from geo.errors import ThinDataError
from geo.maps import categories
from geo.maps.measure_result import Fact, MeasureResult
from geo.release.balancing import STEP
from geo.statistics.change_permutation import Changes, changes_since_year_before
from geo.statistics.rate_ratio import MIN_EVENTS, Ratios
from geo.views.scene import ROUNDING, Scene
from geo.views.view import View
from geo.wording import capital, how_many

_MANY: Final = 1e6  # times as many: more than any ratio
METHOD: Final = (
    "Ratio of the two counts, with an interval that allows for normal ups and downs; real where that leaves out no "
    "change, and where the areas hardly ever change as much with their months in another order, at a false discovery "
    "rate of 5 % across all (Benjamini and Hochberg); nothing is said of fewer than 10 in both together"
)
ROUNDED: Final = "; real only if it would be so were each count off by 5"
MEANING: Final = (
    "Small numbers move by chance: 4 after 2 is no doubling. A change is coloured only where chance alone would hardly "
    "make it, and where so many areas are looked at together that the few which move by chance are allowed for. The "
    "figures in brackets say between what the true change lies, 95 times in 100; where they lie too far apart, the "
    "change is too uncertain to say. A real change in what is recorded can be more reporting, a police operation or a "
    "new way of recording, and not more harm."
)


def change_result(scene: Scene, choice: Choice) -> MeasureResult:
    """Return the change of each unit's count from a year before, as a map shows it.

    Raises ThinDataError where a period of either is missing.
    """
    view, earlier = scene.view, choice.of(p.year_before(choice.periods))
    lacking = [*not_supplied(view.cube, earlier), *not_supplied(view.cube, choice)]
    if lacking:
        raise ThinDataError(
            f"A change needs the same {p.unit_of(choice.periods)}s a year before, and {p.say(lacking[0])} has no "
            "figures; choose a later or a shorter period."
        )
    protected = view.cube.protected
    then = np.where(view.elsewhere, np.nan, totals(view.cube, earlier))
    found = _changes(scene, choice)
    ratios, real = found.ratios, found.real
    painted = categories.change(np.where(view.elsewhere, np.nan, ratios.ratio), real)
    year_before = capital(p.say_range(earlier.periods))
    facts = (
        Fact("before", year_before, _shown(then, protected=protected), None if protected else 0),
        Fact("ratio", "Times as many", _finite(ratios.ratio), 2),
        Fact("low", "At least", _finite(ratios.low), 2),
        Fact("high", "At most", _finite(ratios.high), 2),
        Fact("real", "Real or noise", [_verdict(ratio, sure) for ratio, sure in zip(ratios.ratio, real, strict=True)]),
    )
    headline = _headline(view, choice, ratios, real)
    method = METHOD + (ROUNDED if protected else "")
    words = _words(then, ratios, real, protected=protected)
    return MeasureResult(
        _order(ratios.ratio, real), words, _texts(ratios, real), facts, headline, method, MEANING, painted
    )


def _order(ratio: Floats, real: npt.NDArray[np.bool_]) -> Floats:
    """Return what ranks units: real rises first, then what may be noise, then real falls; within these by ratio."""
    above = np.minimum(ratio, _MANY)
    return np.where(real & (ratio > 1), _MANY + above, np.where(real, above - _MANY, above))


def _changes(scene: Scene, choice: Choice) -> Changes:
    """Return the change of each unit of the view; those that are no place of their own have none."""
    until = scene.periods.index(choice.periods[-1]) + 1
    protected = scene.view.cube.protected
    found = changes_since_year_before(
        scene.history(choice.harms, choice.category)[:, :until],
        len(choice.periods),
        len(p.HALVES) if p.is_half_term(choice.periods[0]) else 12,
        off_by=STEP if protected else 0.0,
        rounding=ROUNDING if protected else 0.0,
        # A sum under 10 is shown as 0, and a ratio to it would disclose more than that.
        least=disclosure.THRESHOLD if protected else 0.0,
    )
    each = vars(found.ratios).items()
    ratios = Ratios(**{name: np.array(scene.spread(figures.tolist(), float("nan"))) for name, figures in each})
    return Changes(ratios, np.array(scene.spread(found.real.tolist(), False)))


def _verdict(ratio: float, sure: np.bool_) -> str:
    if np.isnan(ratio):
        return "too few to say"
    return ("rose" if ratio > 1 else "fell") if sure else "no real change"


def _finite(figures: Floats) -> list[float]:
    """Return figures as a table may hold them, without infinity: after none, a ratio and its upper end have none."""
    return np.where(np.isfinite(figures), figures, np.nan).tolist()


def _shown(counts: Floats, *, protected: bool) -> list[float] | list[str]:
    if not protected:
        return counts.tolist()
    return ["–" if np.isnan(n) else disclosure.say(n) for n in counts.tolist()]


def _words(then: Floats, ratios: Ratios, real: npt.NDArray[np.bool_], *, protected: bool) -> Sequence[str]:
    words = []
    for before, ratio, low, high, sure in zip(then, ratios.ratio, ratios.low, ratios.high, real, strict=True):
        if np.isnan(before):
            words.append("")
        elif np.isnan(ratio):
            words.append("too few to say")
        else:
            was = disclosure.say(before) if protected else f"{before:,.0f}"
            words.append(f"{_said(ratio, low, high, sure)}, after {was}")
    return words


def _texts(ratios: Ratios, real: npt.NDArray[np.bool_]) -> Sequence[str]:
    """Return the sizes of real changes; what may be noise has no figure on a map, where it would be read as one."""
    each = zip(ratios.ratio.tolist(), ratios.low.tolist(), ratios.high.tolist(), real, strict=True)
    return [_short(ratio, low, high, sure) if sure else "" for ratio, low, high, sure in each]


def _short(ratio: float, low: float, high: float, sure: np.bool_) -> str:
    size = change_wording.brief(ratio, low, high)
    return f"{_verdict(ratio, sure)}, {size} by how much" if size == UNCERTAIN else size


def _said(ratio: float, low: float, high: float, sure: np.bool_) -> str:
    size = change_wording.change(ratio, low, high)
    if size == UNCERTAIN:
        return f"{_verdict(ratio, sure)}, by how much is {UNCERTAIN}" if sure else UNCERTAIN
    # By itself it would be a change, and of so many areas some come that far by chance.
    among = "" if sure or low <= 1 <= high else " among so many areas"
    return f"{_verdict(ratio, sure)}{among}: {size}"


def _headline(view: View, choice: Choice, ratios: Ratios, real: npt.NDArray[np.bool_]) -> str:
    when, tested = p.say_range(choice.periods), int(np.count_nonzero(~np.isnan(ratios.p)))
    if not tested:
        few = f"each has fewer than {MIN_EVENTS} in both years"
        return f"Too few incidents to say whether any area changed, {when}: {few}."
    rose = np.flatnonzero(real & (ratios.ratio > 1))
    fell = np.flatnonzero(real & (ratios.ratio < 1))
    if not len(rose) and not len(fell):
        return f"No area changed beyond noise since a year before, {when}; {tested:,} of {len(real):,} could be tested."
    went = ((len(rose), "rose"), (len(fell), "fell"))
    parts = [f"{how_many(number, 'area', 'areas')} {word}" for number, word in went if number]
    largest = f", {view.units.names[rose[np.argmax(ratios.ratio[rose])]]} the most" if len(rose) else ""
    return f"{' and '.join(parts)} beyond noise since a year before{largest}, {when}; {tested:,} could be tested."
