"""What the statements on security and accessibility say in figures is so."""

from access import sessions
from data.papers import duty_words
from data.services import access_log, duties
from geo.release import deniable_zeros
from tests.conftest import CHECKOUT


def plainly(name: str) -> str:
    return " ".join((CHECKOUT / "docs" / name).read_text(encoding="utf-8").split())


def test_the_security_page_says_how_long_the_access_log_is_kept() -> None:
    assert f"the folder `access-log`, for {access_log.MONTHS_KEPT} months" in plainly("security.md")


def test_the_accessibility_statement_says_when_a_session_ends() -> None:
    assert f"ends after {sessions.LONGEST_IDLE / 3600:.0f} hours without use" in plainly("accessibility.md")


def test_the_impact_assessment_says_how_many_fives_stand_for_nothing() -> None:
    assert deniable_zeros.SHARE == 1 / 4
    assert "about one five in four stands for nothing" in (duty_words.FOLDER / "dpia.md").read_text(encoding="utf-8")


def test_the_statement_that_a_duty_names_is_there() -> None:
    (named,) = (one.helps for one in duties.duties() if "docs/accessibility.md" in one.helps)
    assert (CHECKOUT / "docs" / "accessibility.md").is_file(), named
