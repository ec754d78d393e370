"""What a board is shown of an entry: nothing that people wrote of it but its name."""

from dataclasses import fields, replace

from shapely import Point

from geo.register.fields import FREE_TEXTS, without_free_texts
from geo.register.hotspot import Hotspot


def test_every_free_text_but_the_name_is_left_out_and_nothing_else() -> None:
    written = {one.attribute: "Some words" for one in FREE_TEXTS}
    entry = Hotspot("H1", "The steps", "alleyway or route", "asb", "active", Point(-1.4, 53.4), reports=3, rag="red")
    shown = without_free_texts(replace(entry, **written))  # type: ignore[arg-type]
    assert shown == entry
    assert {one.name for one in fields(Hotspot)} >= written.keys()
    assert written.keys() == {"watched_by", "unsafe_because", "safer_because", "rag_reason", "closing_reason"}
