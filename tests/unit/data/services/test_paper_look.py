"""An organisation's look is checked on its way in, and what is refused leaves the one before."""

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from data.papers.look import PLAIN
from data.services import paper_look
from data.store.organisation_looks import LookKind
from data.store.store import Store
from geo.errors import InputError
from tests.unit.data.persons import BOARD, DSL


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(f"sqlite:///{tmp_path / 'store.sqlite'}")) as opened:
        yield opened


def logo() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "#0b5966").save(made, "PNG")
    return made.getvalue()


def test_a_logo_and_a_name_are_put_on_and_taken_off(store: Store) -> None:
    assert paper_look.look_of(store, DSL) == PLAIN
    paper_look.put_logo(store, DSL, logo())
    paper_look.put_name(store, DSL, " Castlebrook   Trust ")
    found = paper_look.look_of(store, BOARD)
    assert (found.organisation, found.template) == ("Castlebrook Trust", None)
    assert Image.open(io.BytesIO(found.logo or b"")).size == (60, 40)
    paper_look.take_out(store, DSL, LookKind.LOGO)
    paper_look.put_name(store, DSL, "")
    assert paper_look.look_of(store, DSL) == PLAIN


def test_what_is_refused_leaves_the_look_as_it_was(store: Store) -> None:
    paper_look.put_logo(store, DSL, logo())
    before = paper_look.look_of(store, DSL)
    with pytest.raises(InputError, match=r"1 MB, and this one has 1\.0 MB"):
        paper_look.put_logo(store, DSL, b"x" * 1_000_001)
    with pytest.raises(InputError, match="PNG or JPEG"):
        paper_look.put_logo(store, DSL, b"no picture")
    with pytest.raises(InputError):
        paper_look.put_template(store, DSL, b"no document")
    with pytest.raises(InputError, match="5 MB"):
        paper_look.put_template(store, DSL, b"x" * 5_000_001)
    with pytest.raises(InputError, match="100 characters"):
        paper_look.put_name(store, DSL, "x" * 101)
    assert paper_look.look_of(store, DSL) == before
