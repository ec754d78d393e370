"""Files of known hotspots: what they bring in and what is undone of them is in the history, and nothing else is."""

from dataclasses import replace
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.services import setting_up, undoing
from data.services.verifying import verify
from data.store import actions, deliveries, hotspots, snapshot
from data.store import tables as t
from data.store.store import Store
from geo.errors import InputError
from geo.register.action import Action
from tests.unit.data.small_place import HOTSPOTS, upload
from tests.unit.data.store.early_deliveries import write_as_before
from tests.unit.data.store.inside import change, rows

LISTED = HOTSPOTS.replace("Status,", "Status,RAG,Reason for the RAG,").replace("active,", "active,red,Two reports,")
LISTED = LISTED.replace("proposed,", "proposed,,,")


def bring(store: Store, text: str, name: str = "spots.csv") -> int:
    """Bring a file in; give the number of its delivery."""
    setting_up.add_hotspots(store, LOCAL_USER, [upload(name, text)])
    return deliveries.deliveries(store, LOCAL_USER)[0].id


def kinds(store: Store, reference: str) -> list[str]:
    return [one.what for one in hotspots.history(store, LOCAL_USER, reference)]


def test_a_file_changes_only_what_differs_and_says_so(store: Store) -> None:
    bring(store, LISTED)
    bring(store, LISTED, "again.csv")
    assert [kinds(store, name) for name in ("P1", "P2")] == [["imported"], ["imported"]]
    bring(store, LISTED.replace("The Bandstand", "Bandstand"), "renamed.csv")
    newest = hotspots.history(store, LOCAL_USER, "P1")[0]
    assert (newest.revision, newest.changes) == (2, {"Name": ("The Bandstand", "Bandstand")})
    assert kinds(store, "P2") == ["imported"]


def test_a_place_with_other_decimals_is_the_same_place(store: Store) -> None:
    bring(store, LISTED)
    bring(store, LISTED.replace("-1.475,", "-1.47500000001,"), "digits.csv")
    assert kinds(store, "P1") == ["imported"]
    bring(store, LISTED.replace("-1.475,", "-1.4751,"), "moved.csv")
    assert hotspots.history(store, LOCAL_USER, "P1")[0].changes.keys() == {"Where it is"}


def test_fields_that_a_file_does_not_have_keep_what_they_say_and_blank_ones_are_cleared(store: Store) -> None:
    bring(store, LISTED)
    before = hotspots.entry(store, LOCAL_USER, "P1")
    hotspots.change(store, LOCAL_USER, replace(before, led_by="site", times=("lunch",)), "edited")
    bring(store, HOTSPOTS, "narrow.csv")
    assert hotspots.entry(store, LOCAL_USER, "P1") == replace(before, led_by="site", times=("lunch",), revision=2)
    bring(store, LISTED.replace("red,Two reports,", ",,"), "cleared.csv")
    assert hotspots.entry(store, LOCAL_USER, "P1").rag is None


def test_files_of_different_columns_brought_together_keep_what_each_does_not_have(store: Store) -> None:
    bring(store, LISTED)
    head, first, second = HOTSPOTS.splitlines()
    wide = upload("wide.csv", f"{head},Led by\n{second},Site manager\n")
    setting_up.add_hotspots(store, LOCAL_USER, [upload("narrow.csv", f"{head}\n{first}\n"), wide])
    assert hotspots.entry(store, LOCAL_USER, "P1").rag == "red"
    assert hotspots.entry(store, LOCAL_USER, "P2").led_by == "site"


def test_undoing_a_file_is_written_down_and_the_next_file_goes_on_from_there(store: Store) -> None:
    first = bring(store, LISTED)
    second = bring(store, LISTED.replace("red,Two", "amber,Fewer"), "calmer.csv")
    undoing.undo(store, LOCAL_USER, second)
    assert hotspots.entry(store, LOCAL_USER, "P1").rag == "red"
    assert hotspots.history(store, LOCAL_USER, "P1")[0].changes["RAG"] == ("Amber: act soon", "Red: act now")
    undoing.undo(store, LOCAL_USER, first)  # that it is now of another revision is no later change
    assert hotspots.entries(store, LOCAL_USER) == []
    assert kinds(store, "P1") == ["removed", "undone", "imported", "imported"]
    bring(store, LISTED)
    assert hotspots.entry(store, LOCAL_USER, "P1").revision == 5  # as that of nobody who saw it before
    assert verify(store, LOCAL_USER) == []


def test_a_file_is_not_undone_over_a_later_change(store: Store) -> None:
    number = bring(store, LISTED)
    hotspots.change(store, LOCAL_USER, replace(hotspots.entry(store, LOCAL_USER, "P1"), led_by="dsl"), "edited")
    with pytest.raises(InputError, match="1 known hotspot of this list was changed since"):
        undoing.undo(store, LOCAL_USER, number)
    hotspots.undo_last(store, LOCAL_USER, "P1", 2)
    undoing.undo(store, LOCAL_USER, number)
    assert hotspots.entries(store, LOCAL_USER) == []


@pytest.mark.parametrize("acted", [False, True])
def test_what_an_earlier_edition_wrote_down_of_a_file_can_still_be_undone(store: Store, acted: bool) -> None:
    bring(store, HOTSPOTS)
    actions.record(store, LOCAL_USER, Action("Patrol", "P1"))
    second = bring(store, HOTSPOTS.replace("active", "monitoring"), "later.csv")
    write_as_before(store, second)
    if acted:
        before = hotspots.entry(store, LOCAL_USER, "P1")
        hotspots.change(store, LOCAL_USER, replace(before, led_by="dsl"), "edited")
        with pytest.raises(InputError, match="changed since"):
            undoing.undo(store, LOCAL_USER, second)
        return
    undoing.undo(store, LOCAL_USER, second)
    assert hotspots.entry(store, LOCAL_USER, "P1").status == "active"
    assert kinds(store, "P1") == ["undone", "imported", "imported"]
    assert verify(store, LOCAL_USER) == []


def test_the_history_comes_back_with_a_backup(store: Store, tmp_path: Path) -> None:
    bring(store, LISTED)
    snapshot.write_backup(store, LOCAL_USER, tmp_path / "a.backup")
    before = hotspots.entry(store, LOCAL_USER, "P1")
    hotspots.change(store, LOCAL_USER, replace(before, led_by="dsl"), "edited")
    snapshot.restore_backup(store, LOCAL_USER, tmp_path / "a.backup")
    assert (hotspots.entry(store, LOCAL_USER, "P1"), kinds(store, "P1")) == (before, ["imported"])
    hotspots.change(store, LOCAL_USER, replace(before, led_by="site"), "edited")
    assert kinds(store, "P1") == ["edited", "imported"]
    assert verify(store, LOCAL_USER) == []


def test_a_hotspot_that_changed_on_disk_is_neither_changed_nor_imported_over(store: Store) -> None:
    bring(store, LISTED)
    change(store, t.hotspot.update().where(t.hotspot.c.reference == "P1").values(name="forged"))
    before = rows(store, t.hotspot)
    for act in (
        lambda: hotspots.undo_last(store, LOCAL_USER, "P1", 1),
        lambda: bring(store, LISTED.replace("The Bandstand", "Bandstand"), "renamed.csv"),
    ):
        with pytest.raises(InputError, match="has changed on disk"):
            act()
    assert rows(store, t.hotspot) == before
