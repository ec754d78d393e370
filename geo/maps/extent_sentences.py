"""Extent sentences: what a map says of the part of it that is looked at, and how that compares with its district."""

import math
from collections import Counter
from collections.abc import Sequence

from geo import wording
from geo.calendar import periods
from geo.counts import filters
from geo.counts.filters import Choice
from geo.maps.categories import Painted
from geo.maps.classes import shown
from geo.maps.map_sentences import where_most
from geo.maps.measure import Measured
from geo.views.extent import Extent, Where
from geo.views.view import View


def said_of_map(measured: Measured, extent: Extent, inside: Sequence[int], choice: Choice) -> str:
    """Say in one sentence what a map answers of the part of it that is looked at; ``inside`` are its units."""
    everywhere, result = extent.where is Where.EVERYWHERE, measured.result
    near = measured if everywhere else measured.within(inside)
    if result is None:
        return where_most(near, choice.periods, choice.category)
    if everywhere:
        return result.headline
    where = f"{wording.how_many(len(inside), 'area', 'areas')} {extent.said}"
    if result.painted is None:
        return highest_within(near, where, choice.periods)
    return kinds_within(result.painted, inside, where, choice.periods)


def kinds_within(painted: Painted, positions: Sequence[int], where: str, period: Sequence[str]) -> str:
    """Say how many of some units (positions) are of each kind on a map, most last; ``where`` names them."""
    said = [painted.words[at] for at in positions if painted.words[at]]
    if not said:
        return f"Nothing can be said of {where}, {periods.say_range(period)}: there are too few incidents."
    when, kinds = periods.say_range(period), Counter(said).most_common()
    if len(kinds) == 1:
        every = f"{wording.capital(where)} is" if len(said) == 1 else f"All {where} are"
        return f"{every} “{kinds[0][0][:1].lower()}{kinds[0][0][1:]}”, {when}."
    *rare, most = (
        f"{number:,} {'is' if number == 1 else 'are'} “{kind[:1].lower()}{kind[1:]}”"
        for kind, number in reversed(kinds)
    )
    return f"Of {where}, {', '.join(rare)} and {most}, {when}."


def highest_within(near: Measured, where: str, period: Sequence[str]) -> str:
    """Say which of the units that are looked at has the highest figure of a statistic; ``where`` names them all."""
    if not near.ranked or near.result is None:
        return f"Nothing can be said of {where}, {periods.say_range(period)}: there are too few incidents."
    top = int(near.order[0])
    return f"Highest: {near.units.names[top]}, {near.result.words[top]}, {periods.say_range(period)}."


def share_of_district(
    view: View, choice: Choice, inside: Sequence[int], district: Sequence[int], name: str
) -> str | None:
    """Say what some units hold of their district's incidents and of its residents, both as lists of positions.

    Units that lie outside the district are left out, which is said. None where there is nothing to compare, or nothing
    that may be said of protected counts.
    """
    both = [unit for unit in inside if unit in set(district)]
    part, whole = (filters.total(view.cube, choice, units) for units in (both, district))
    if not part or not whole or math.isnan(part + whole):
        return None
    residents = view.units.residents[both].sum() / view.units.residents[list(district)].sum()
    about = "about " if view.cube.protected else ""
    which = "These areas hold" if len(both) == len(inside) else f"Those of these areas that lie in {name} hold"
    whose = f"the incidents of {name}" if len(both) == len(inside) else "its incidents"
    said = f"{which} {about}{shown(100 * part / whole, 1)} % of {whose}"
    return f"{said}." if math.isnan(residents) else f"{said}, and {shown(100 * residents, 1)} % of its residents."
