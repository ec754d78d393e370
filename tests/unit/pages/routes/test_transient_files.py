"""What pages hand out for a while, to the session they were run for: the newest are held, and for an hour."""

import pytest
import streamlit as st

from access.sessions import SESSION_HEADER
from pages.routes import transient_files
from pages.routes.transient_files import made, offer, offer_unmade, offered


@pytest.fixture
def as_session(monkeypatch):
    """Say whose page is run, as the gate does."""
    return lambda name: monkeypatch.setattr(type(st.context), "headers", {SESSION_HEADER: name})


def test_what_is_offered_is_had_by_its_name_until_newer_things_take_its_place():
    name = offer(b"rows")
    assert offered(name) == b"rows"
    assert offered("0" * 32) is None
    for at in range(30):
        offer(b"%d" % at)
    assert offered(name) is None


def test_drawings_never_push_out_a_list():
    name = offer(b"rows")
    for at in range(200):
        offer(b"drawing", f"{at:032x}")
    assert offered(name) == b"rows"
    assert offered(f"{199:032x}") == b"drawing"
    assert offered(f"{0:032x}") is None


def test_a_drawing_that_is_offered_again_stays():
    for at in range(100):
        offer(b"kept", "f" * 32)
        offer(b"other", f"{at:032x}")
    assert offered("f" * 32) == b"kept"


def test_what_one_session_is_offered_another_does_not_get(as_session):
    as_session("first")
    listed, drawn, unmade = offer(b"rows"), offer(b"drawing", "e" * 32), offer_unmade(lambda: b"chart", "told")
    assert (offered(listed, "first"), offered(drawn, "first"), made(unmade, "first")) == (b"rows", b"drawing", b"chart")
    for other in ("second", transient_files.WITHOUT_GATE):
        assert (offered(listed, other), offered(drawn, other), made(unmade, other)) == (None, None, None)


def test_a_chart_that_two_sessions_are_shown_has_one_name_and_is_for_both(as_session):
    names = set()
    for session in ("first", "second"):
        as_session(session)
        names.add(offer_unmade(lambda: b"chart", "the same"))
    (name,) = names
    assert made(name, "first") == made(name, "second") == b"chart"


def test_an_hour_after_it_was_offered_last_it_is_gone(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(transient_files.time, "monotonic", lambda: now)
    name, unmade = offer(b"rows"), offer_unmade(lambda: b"chart", "for an hour")
    now += transient_files.LONGEST - 1
    assert (offered(name), made(unmade)) == (b"rows", b"chart")
    offer(b"rows", name)
    now += 2
    assert (offered(name), made(unmade)) == (b"rows", None)
    now += transient_files.LONGEST
    assert offered(name) is None
