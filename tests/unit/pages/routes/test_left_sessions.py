"""Sessions that were left are let go of, with what they uploaded, though nobody else comes."""

import weakref
from types import SimpleNamespace

from streamlit.runtime.memory_session_storage import MemorySessionStorage

from pages.routes.left_sessions import let_go


class _Visit:
    """A session that names itself, as Streamlit's do by their parts."""

    def __init__(self) -> None:
        self.id = "visit"
        self.upload = bytes(1000)
        self.itself = self


def test_a_session_whose_time_is_over_is_let_go_of_and_another_is_kept() -> None:
    over, lasting = MemorySessionStorage(ttl_seconds=0), MemorySessionStorage(ttl_seconds=100)
    left = []
    for storage in (over, lasting):
        visit = _Visit()
        left.append(weakref.ref(visit))
        storage.save(SimpleNamespace(session=visit))  # type: ignore[arg-type]
        del visit
    assert [let_go(over), let_go(lasting)] == [1, 0]
    assert left[0]() is None
    assert left[1]() is not None
