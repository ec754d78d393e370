"""The register: every change is kept, starts from the newest revision, and can be undone; no word names a person."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from shapely import Point, box

from data.principal import LOCAL_USER, Role
from data.services import setting_up
from data.services.verifying import verify
from data.store import actions, hotspots, integrity
from data.store import tables as t
from data.store.db_errors import DamagedError
from data.store.store import Store
from geo.errors import InputError
from geo.register.action import Action
from geo.register.hotspot import Hotspot
from tests.unit.data.small_place import HOTSPOTS, upload
from tests.unit.data.store.inside import change, rows

STEPS = Hotspot("S1", "Station steps", "alleyway or route", "cce", "active", Point(-1.47, 53.38))
OTHER = replace(LOCAL_USER, who="Ms Deputy", role=Role.DEPUTY)
LATER = (date.today() + timedelta(days=90)).isoformat()
PAST = (date.today() - timedelta(days=1)).isoformat()


@pytest.fixture
def there(store: Store) -> Hotspot:
    """An entry of the register."""
    hotspots.add(store, LOCAL_USER, STEPS, "seen by staff")
    return STEPS


def saved(store: Store) -> Hotspot:
    return hotspots.entry(store, LOCAL_USER, "S1")


def kinds(store: Store, reference: str = "S1") -> list[str]:
    return [one.what for one in hotspots.history(store, LOCAL_USER, reference)]


def test_an_entry_comes_back_with_all_its_words(store: Store) -> None:
    whole = replace(
        STEPS, other_harms=("cse", "asb"), precision="about", watched_by="Station staff", unsafe_because="Dark corner",
        safer_because="Staff at the gate", age_band="14-15", times=("home-time", "evening"), sources=("school",),
        reliability="possible", first_reported="2026-01-05", last_reported="2026-03-01", reports=4, rag="red",
        rag_reason="Two reports in a week", led_by="dsl", next_review=LATER,
    )  # fmt: skip
    assert hotspots.add(store, LOCAL_USER, whole) == "S1"
    assert hotspots.entries(store, LOCAL_USER) == [saved(store)] == [whole]
    row = hotspots.hotspots(store, LOCAL_USER).iloc[0]
    assert row[["times", "reports", "rag", "revision"]].tolist() == ["home-time evening", 4, "red", 1]
    assert row.geometry == STEPS.shape


def test_a_made_reference_is_not_given_again_when_its_entry_is_gone(store: Store) -> None:
    unnamed = replace(STEPS, reference="")
    first = hotspots.add(store, LOCAL_USER, unnamed)
    hotspots.undo_last(store, LOCAL_USER, first, 1)
    assert hotspots.entries(store, LOCAL_USER) == []
    assert hotspots.add(store, LOCAL_USER, unnamed) not in ("", first)
    assert kinds(store, first) == ["removed", "added"]
    with pytest.raises(InputError, match="is on the register or was"):
        hotspots.add(store, LOCAL_USER, replace(STEPS, reference=first))


def test_the_history_says_what_each_field_was_and_became_by_whom_and_why(store: Store, there: Hotspot) -> None:
    changed = replace(there, rag="amber", rag_reason="Fewer reports", times=("lunch", "night"), led_by="site")
    assert hotspots.change(store, OTHER, changed, "edited", "after the walk") == 2
    newest, first = hotspots.history(store, LOCAL_USER, "S1")
    assert (newest.revision, newest.what, newest.by, newest.note) == (2, "edited", "Ms Deputy", "after the walk")
    assert newest.changes == {
        "Times": (None, "Lunch; Night"),
        "RAG": (None, "Amber: act soon"),
        "Reason for the RAG": (None, "Fewer reports"),
        "Led by": (None, "Site manager"),
    }
    assert first.changes["Where it is"] == (None, "A point at 53.38000, -1.47000")
    assert (first.what, first.note) == ("added", "seen by staff")
    assert "walk" not in str(rows(store, t.audit))
    assert verify(store, LOCAL_USER) == []


def test_a_change_from_an_old_revision_is_told_who_was_first_and_changes_nothing(store: Store, there: Hotspot) -> None:
    hotspots.change(store, OTHER, replace(there, name="Lower steps"), "edited")
    for late in (
        lambda: hotspots.change(store, LOCAL_USER, replace(there, name="Upper steps"), "edited"),
        lambda: hotspots.undo_last(store, LOCAL_USER, "S1", 1),
    ):
        with pytest.raises(hotspots.ChangedMeanwhileError, match=r"Ms Deputy changed this one on .* UTC; look at what"):
            late()
    assert saved(store).name == "Lower steps"
    hotspots.change(store, LOCAL_USER, replace(saved(store), name="Upper steps"), "edited")
    assert kinds(store) == ["edited", "edited", "added"]


def at_once(url: str, act: Callable[[Store, int], object]) -> list[object]:
    """Let two stores act at the same moment; give what each was answered."""
    answers: list[object] = [None, None]
    start = threading.Barrier(2)

    def work(mine: int) -> None:
        with closing(Store(url)) as own:
            start.wait()
            try:
                answers[mine] = act(own, mine)
            except InputError as told:
                answers[mine] = told

    threads = [threading.Thread(target=work, args=(mine,)) for mine in (0, 1)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def test_of_two_who_change_an_entry_at_once_one_wins_and_the_other_is_told(
    url: str, store: Store, there: Hotspot
) -> None:
    for turn in range(1, 6):
        before = saved(store)
        answers = at_once(
            url,
            lambda own, mine, was=before: hotspots.change(
                own, LOCAL_USER, replace(was, name=f"By {mine}"), "edited", "seen"
            ),
        )
        (won,) = [mine for mine in (0, 1) if answers[mine] == turn + 1]
        assert isinstance(answers[1 - won], hotspots.ChangedMeanwhileError)
        assert saved(store).name == f"By {won}"
    assert there.revision == 1
    assert kinds(store) == [*["edited"] * 5, "added"]
    assert verify(store, LOCAL_USER) == []


def test_of_two_who_add_the_same_reference_at_once_one_wins_and_the_other_is_told(url: str, store: Store) -> None:
    answers = at_once(url, lambda own, _mine: hotspots.add(own, LOCAL_USER, STEPS))
    assert sorted(isinstance(one, InputError) for one in answers) == [False, True]
    assert kinds(store) == ["added"]


def test_undoing_puts_the_fields_back_as_a_change_of_its_own(store: Store, there: Hotspot) -> None:
    hotspots.change(store, LOCAL_USER, replace(there, shape=box(-1.48, 53.37, -1.47, 53.38), reports=3), "edited")
    assert hotspots.undo_last(store, LOCAL_USER, "S1", 2) == 3
    assert saved(store) == replace(there, revision=3)
    assert hotspots.undo_last(store, LOCAL_USER, "S1", 3) == 4  # what was undone is there again
    assert saved(store).reports == 3
    assert kinds(store) == ["undone", "undone", "edited", "added"]


def test_what_hangs_on_other_things_is_not_undone_here(store: Store, there: Hotspot) -> None:
    actions.record(store, LOCAL_USER, Action("Patrol", there.reference))
    with pytest.raises(InputError, match="while no action is recorded at it"):
        hotspots.undo_last(store, LOCAL_USER, "S1", 1)
    setting_up.add_hotspots(store, LOCAL_USER, [upload("a.csv", HOTSPOTS)])
    with pytest.raises(InputError, match="undo the file"):
        hotspots.undo_last(store, LOCAL_USER, "P1", 1)
    assert len(hotspots.entries(store, LOCAL_USER)) == 3


def test_reviews_closings_and_openings_are_written_down_as_such(store: Store, there: Hotspot) -> None:
    hotspots.change(store, LOCAL_USER, replace(there, next_review=LATER), "reviewed")
    hotspots.change(store, LOCAL_USER, saved(store), "reviewed", "nothing new")  # the same day again
    hotspots.change(store, LOCAL_USER, replace(saved(store), closing_reason="Gated and lit"), "closed")
    assert saved(store).status == "closed"
    hotspots.change(store, LOCAL_USER, replace(saved(store), status="monitoring"), "edited")
    assert saved(store).closing_reason is None
    assert kinds(store) == ["reopened", "closed", "reviewed", "reviewed", "added"]


@pytest.mark.parametrize(
    ("changed", "what", "said"),
    [
        ({}, "edited", "nothing is"),
        ({}, "reviewed", "A review sets the day of the next one"),
        ({"next_review": PAST}, "reviewed", "must be today or later"),
        ({"next_review": PAST}, "edited", "must be today or later"),
        ({}, "closed", "Closing a hotspot needs a reason"),
        ({"status": "closed"}, "edited", "Closing a hotspot needs a reason"),
        ({}, "reopened", "must be closed"),
        ({"rag": "red"}, "edited", "A RAG needs its reason"),
        ({"rag": "purple"}, "edited", "chosen from its list"),
        ({"times": ("lunch", "lunch")}, "edited", "chosen from its list"),
        ({"name": " "}, "edited", "it is blank"),
        ({"next_review": "2099-02-30"}, "edited", "must be a day"),
        ({"reports": -1}, "edited", "whole number"),
        ({"first_reported": "2026-02-02", "last_reported": "2026-02-01"}, "edited", "must not be later"),
        ({"place_type": "residential address"}, "edited", "kept as an area only"),
        ({"shape": Point()}, "edited", "nothing is drawn"),
        ({"shape": Point(400000, 500000)}, "edited", "nothing is drawn"),
        ({}, "removed", "choose one"),
        ({"reference": "S2"}, "edited", "none has this reference"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence_and_changes_nothing(
    sqlite_store: Store, changed: dict[str, object], what: str, said: str
) -> None:
    hotspots.add(sqlite_store, LOCAL_USER, STEPS)
    with pytest.raises(InputError, match=said):
        hotspots.change(sqlite_store, LOCAL_USER, replace(STEPS, **changed), what)
    assert saved(sqlite_store) == STEPS


@pytest.mark.parametrize(
    "field", ["unsafe_because", "safer_because", "watched_by", "rag_reason", "closing_reason", "note", "reference"]
)
@pytest.mark.parametrize(
    "text",
    [
        "Ask Sarah Whittaker about it",
        "Ring 07700 900123 at night",
        "born 03/04/2011",
        "mail anna@example.org",
        "a\u200bb c",
    ],
)
def test_a_text_that_tells_of_a_person_is_refused_and_not_repeated(sqlite_store: Store, field: str, text: str) -> None:
    own = {"status": "closed", "closing_reason": "Gated"} | ({} if field == "note" else {field: text})
    with pytest.raises(InputError) as refused:
        hotspots.add(sqlite_store, LOCAL_USER, replace(STEPS, **own), text if field == "note" else None)
    assert not any(word in str(refused.value) for word in ("Sarah", "900123", "2011", "anna", "\u200b"))
    assert hotspots.entries(sqlite_store, LOCAL_USER) == []


def test_a_history_that_was_changed_or_cut_on_disk_is_noticed(store: Store, there: Hotspot) -> None:
    for name in ("Lower steps", "Upper steps"):
        hotspots.change(store, LOCAL_USER, replace(saved(store), name=name), "edited")
    change(store, t.hotspot_change.update().where(t.hotspot_change.c.revision == 1).values(note="forged"))
    with pytest.raises(DamagedError, match="the history of a hotspot"):
        hotspots.history(store, LOCAL_USER, there.reference)
    assert integrity.find_damage(store, LOCAL_USER)
    for cut in (2, 3):
        change(store, t.hotspot_change.delete().where(t.hotspot_change.c.revision == cut))
        assert "The history of 1 of" in " ".join(integrity.find_damage(store, LOCAL_USER))
