"""What completeness may have to do with a finding stands in its doubt, where it has anything to do with it."""

import pytest

from geo.findings.completeness_doubt import completeness_doubt, with_completeness
from geo.findings.finding import FindingKind
from geo.findings.finding_sentences import FindingSentences
from geo.findings.report import Entry
from tests.unit.geo.counts.test_completeness import FELL, LAST, made
from tests.unit.geo.findings import making

SHARE = "16 % of these rows had no location a year before, 7 % now"
SAID = f"{SHARE}: that alone would show about 11 % more, here as elsewhere"


def finding(kind):
    return making.finding(kind, periods=LAST, harms=("violence",))


@pytest.mark.parametrize("kind", [FindingKind.CLUSTER, FindingKind.RISE, FindingKind.FALL])
def test_what_is_told_beside_earlier_months_says_what_the_share_alone_would_show(kind):
    assert completeness_doubt(finding(kind), FELL).startswith(SAID)


def test_areas_compared_with_each_other_in_the_same_months_are_free_of_it():
    assert completeness_doubt(finding(FindingKind.PATTERN), FELL) == ""
    in_part = made([0.16] * 12 + [0.07] * 12, partly={LAST[2]: "12 % of the usual rows"})
    assert completeness_doubt(finding(FindingKind.PATTERN), in_part).startswith("Supplied only in part: Nov 2019")


def test_it_is_added_to_the_doubt_of_an_entry_and_all_else_stays():
    entry = Entry(finding(FindingKind.RISE), "A0", FindingSentences("It rose.", "Sure.", "It could also be this."), 0.0)
    [told] = with_completeness([entry], FELL)
    assert told.sentences.doubt == f"It could also be this. {SAID} if it moved alike in all areas."
    assert told.sentences.whole.startswith("It rose. Sure. It could also be this.")
    assert with_completeness([entry], None) == with_completeness([entry], made([0.05] * 24)) == [entry]
