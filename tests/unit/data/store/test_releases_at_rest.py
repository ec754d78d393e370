"""A ledger at rest comes back as it was, and the same ledger is always the same bytes."""

import gzip
import json
from dataclasses import replace
from datetime import date

import numpy as np

from data.store.releases_at_rest import from_bytes, to_bytes
from geo.release.ledger import Ledger
from tests.unit.geo.release.making import more, over, release, release_rows, rows, usual

LEDGER = release_rows(rows(usual(contributors=3)))


def test_a_ledger_comes_back_as_it_was_written() -> None:
    back = from_bytes(to_bytes(LEDGER))
    assert back.tiles == LEDGER.tiles
    for found, written in zip(back.zones, LEDGER.zones, strict=True):
        assert (found.year, found.codes, found.names) == (written.year, written.codes, written.names)
        assert found.elsewhere == written.elsewhere
        assert found.member.dtype == np.int64
        assert np.array_equal(found.member, written.member)
    for one, kept in zip(back.frozen, LEDGER.frozen, strict=True):
        told = (one.period, one.frozen_on, one.corrected_on, one.secret, one.edition)
        assert told == (kept.period, kept.frozen_on, kept.corrected_on, kept.secret, 2)
        assert one.shown.dtype == one.exact.dtype == np.int64
        assert np.array_equal(one.shown, kept.shown)
        assert np.array_equal(one.exact, kept.exact)
    assert len(back.clocks) == 2
    for clock, written_clock in zip(back.clocks, LEDGER.clocks, strict=True):
        assert clock.year == written_clock.year
        assert np.array_equal(clock.n, written_clock.n)


def test_the_same_ledger_is_the_same_bytes_each_time() -> None:
    assert to_bytes(LEDGER) == to_bytes(LEDGER) == to_bytes(from_bytes(to_bytes(LEDGER)))
    assert to_bytes(release_rows(rows(usual(contributors=3)))) == to_bytes(LEDGER)


def test_a_correction_keeps_its_day() -> None:
    n = usual()
    corrected = release(more(n, 10), on=over(11), after=release(n))
    back = from_bytes(to_bytes(corrected))
    assert [one.corrected_on for one in back.frozen] == [over(11)] + [None] * 11


def test_the_groups_that_were_released_by_come_back() -> None:
    known = LEDGER.grouped_by({"Knife crime": "violence", "Hänseleien": "peer"})
    assert len(known.groupings) == 1
    assert from_bytes(to_bytes(known)).groupings == known.groupings


def test_half_terms_kept_before_there_were_editions_are_of_the_first_and_stay_as_they_are() -> None:
    kept = json.loads(gzip.decompress(to_bytes(LEDGER)))
    for one in kept["frozen"]:
        del one["edition"]
    earlier = from_bytes(gzip.compress(json.dumps({**kept, "edition": 1}).encode()))
    assert {one.edition for one in earlier.frozen} == {1}
    first = replace(earlier, frozen=earlier.frozen[:7], zones=earlier.zones[:2])
    later = release_rows(rows(more(usual(contributors=3), 30)), after=first)
    assert [one.edition for one in later.frozen] == [1] * 7 + [2] * (len(earlier.frozen) - 7)
    for one, before in zip(later.frozen, first.frozen, strict=False):
        assert np.array_equal(one.shown, before.shown)


def test_a_ledger_of_nothing_comes_back() -> None:
    assert from_bytes(to_bytes(Ledger())) == Ledger()


def test_names_in_any_script_come_back() -> None:
    [zones, *others] = LEDGER.zones
    named = replace(zones, names=("Ynys Môn 「一」", *zones.names[1:]))
    back = from_bytes(to_bytes(replace(LEDGER, zones=(named, *others))))
    assert back.zones[0].names == named.names


def test_a_release_goes_on_from_what_was_read_back() -> None:
    n = usual()
    early = release(n, on=over(4))
    assert to_bytes(release(n, after=from_bytes(to_bytes(early)))) == to_bytes(release(n, after=early))


def test_what_is_at_rest_is_small_and_says_its_edition_and_no_secret() -> None:
    content = to_bytes(LEDGER)
    assert len(content) < 10_000
    text = gzip.decompress(content).decode()
    assert json.loads(text)["edition"] == 2
    assert "secret of these tests" not in text
    assert date.fromisoformat(json.loads(text)["frozen"][0]["frozen_on"]) == over(11)
