"""What the town's register says further is read as it stands, and holds no wording that blames children."""

from data.demo.town_hotspots import register
from data.demo.town_register_words import REGISTER_WORDS
from geo.register.closed_lists import code_of
from geo.register.fields import BY_COLUMN
from geo.register.wording_advice import advise


def test_every_word_is_one_of_its_list_and_blames_nobody() -> None:
    assert REGISTER_WORDS.keys() == {one.reference for one in register()}
    for said in REGISTER_WORDS.values():
        for column, value in said.items():
            field = BY_COLUMN[column]
            parts = str(value).split("; ") if field.several else [str(value)]
            assert not field.words or all(code_of(part, field.words) for part in parts), column
            assert advise(str(value)) == []
