"""What an entry says in sentences: how it stands, and what may be shared of it."""

from dataclasses import replace
from datetime import date

import pandas as pd
import shapely

from geo.register.concern import Concern
from geo.register.entry_sentences import entry_concern, say_standing
from geo.register.hotspot import Hotspot
from geo.register.proposals import proposed_entry
from geo.register.register_list import list_register

TODAY = date(2026, 11, 29)
STEPS = Hotspot(
    "A", "Mill steps", "alleyway or route", "asb", "active", shapely.Point(0, 53), next_review="2026-06-30",
    last_reported="2026-05-02",
)  # fmt: skip


def test_a_standing_says_status_review_and_what_data_say() -> None:
    states = pd.DataFrame({"reference": ["A"], "state": ["quiet"], "sentence": ["Quiet."]})
    (one,) = list_register([STEPS], TODAY, states)
    assert (
        say_standing(one) == "Mill steps is active; its review is overdue by 152 days; recent data are quiet about it."
    )


def test_a_closed_place_says_why() -> None:
    (one,) = list_register([replace(STEPS, status="closed", closing_reason="Lit and gated")], TODAY)
    assert say_standing(one) == "Mill steps is closed: Lit and gated."


def test_a_sentence_that_may_be_shared_holds_no_free_text() -> None:
    concern = entry_concern(replace(STEPS, unsafe_because="Secret", watched_by="Secret"), TODAY)
    assert concern.reference == "A"
    assert concern.sentence == (
        "Mill steps is known for anti-social behaviour, last reported 2 May 2026. It is active; its review is overdue "
        "by 152 days. Source: the hotspot register, 29 Nov 2026."
    )


def test_a_concern_is_proposed_with_its_harms_its_days_and_nothing_that_is_not_known() -> None:
    shape = shapely.box(0, 53, 0.01, 53.01)
    when = ("2026-06-01", "2026-08-31")
    concern = Concern("Millbank", ("substances", "asb"), "38 there.", shape, None, ("police",), *when)
    entry = proposed_entry(concern)
    assert (entry.reference, entry.status, entry.harm, entry.other_harms) == ("", "proposed", "substances", ("asb",))
    assert (entry.sources, entry.first_reported, entry.last_reported) == (("police",), "2026-06-01", "2026-08-31")
    assert entry.rag is None
