"""The headline of Set up says what works and what is missing next."""

from collections.abc import Collection
from typing import Final

import pytest

from data.services import setup_advice
from data.services.setup_checklist import ChecklistRow as Row
from data.services.setup_checklist import RowFacts, RowState

ALL: Final = tuple(Row)
SCHOOLS: Final = "Schools are missing: Local context needs them."
TERM_DATES: Final = "Term dates are missing: half-terms and the School-day clock need them."


def facts(here: Collection[Row], look: Collection[Row] = ()) -> dict[Row, RowFacts]:
    states = (
        dict.fromkeys(Row, RowState.MISSING) | dict.fromkeys(here, RowState.HERE) | dict.fromkeys(look, RowState.LOOK)
    )
    return {row: RowFacts(row, state) for row, state in states.items()}


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ((), "Nothing is here yet. Areas come first: incidents are counted in them."),
        ((Row.AREAS,), "Areas are here. Incidents are missing: police data are the quickest to have."),
        ((Row.BASE_MAP,), "Base map is here. Areas are missing: incidents are counted in them, so they come first."),
        (
            (Row.AREAS, Row.SCHOOLS),
            "Areas and schools are here. Incidents are missing: police data are the quickest to have.",
        ),
        (
            (Row.AREAS, Row.POLICE),
            f"Areas and police data are here: the Area map and Trends work. {SCHOOLS}",
        ),
        (
            (Row.AREAS, Row.OWN),
            f"Areas and your own incidents are here: the Area map and Trends work. {SCHOOLS}",
        ),
        (
            tuple(row for row in Row if row is not Row.TERM_DATES),
            f"Local context, the Area map and Trends work. {TERM_DATES}",
        ),
        (ALL, "Everything is here: all pages work."),
    ],
)  # fmt: skip
def test_the_headline_says_what_works_and_what_is_missing_next(here: tuple[Row, ...], said: str) -> None:
    assert setup_advice.headline(facts(here)) == said


def test_what_needs_a_look_is_here_all_the_same() -> None:
    assert setup_advice.headline(facts((), ALL)) == "Everything is here: all pages work."
    assert not setup_advice.is_untouched(facts((), (Row.SCHOOLS,)))


def test_own_incidents_stand_in_for_police_data_until_nothing_else_is_missing() -> None:
    without = tuple(row for row in Row if row not in (Row.POLICE, Row.HOTSPOTS))
    assert setup_advice.next_missing(facts(without)) is Row.HOTSPOTS
    assert setup_advice.next_missing(facts((*without, Row.HOTSPOTS))) is Row.POLICE
