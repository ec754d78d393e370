"""What pages hand out for a while: lists and drawings, of which the newest are held."""

from pages.routes.transient_files import offer, offered


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
