"""Handling markings: a closed list, from which nobody is let in by a slip."""

from datetime import date, timedelta

import pytest

from data.principal import Role
from geo.errors import InputError
from geo.register.handling import HANDLINGS, LONGEST_DAYS, handling_of, may_see, require_expiry

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize("label", ["OFFICIAL-SENSITIVE", "official sensitive", " Official_Sensitive "])
def test_a_marking_is_known_by_its_words_whatever_their_case(label: str) -> None:
    assert handling_of(label) == "official-sensitive"


@pytest.mark.parametrize("label", ["", "secret", "OFFICIAL - TOP", "officialsensitive"])
def test_another_marking_is_refused_and_not_repeated(label: str) -> None:
    with pytest.raises(InputError, match="must be one of OFFICIAL, OFFICIAL-SENSITIVE, Partnership only"):
        handling_of(label)


def test_a_board_sees_only_what_may_be_printed_and_an_unknown_marking_is_for_nobody() -> None:
    for code, marking in HANDLINGS.items():
        assert may_see(code, Role.BOARD) == marking.printed
        assert all(may_see(code, role) for role in (Role.DSL, Role.DEPUTY, Role.ANALYST))
    assert not any(may_see(code, role) for code in ("secret", "") for role in Role)
    assert not may_see("official", "somebody")


def test_a_last_day_is_from_today_to_a_year_ahead() -> None:
    longest = TODAY + timedelta(days=LONGEST_DAYS)
    require_expiry(TODAY, TODAY)
    require_expiry(longest, TODAY)
    for wrong in (TODAY - timedelta(days=1), longest + timedelta(days=1)):
        with pytest.raises(InputError, match="last day from today to"):
            require_expiry(wrong, TODAY)
