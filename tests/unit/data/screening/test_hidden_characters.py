"""What cannot be seen is refused wherever it stands, and pictures, spaces and quotes that can be are not."""

import pyarrow as pa
import pytest

from data.formats.sheets import Annotation, Sheet
from data.screening import require_clean, screen
from data.screening.hidden_characters import WHAT, holds_hidden
from geo.errors import InputError

HIDDEN = ("\u200b", "\u202e", "\u00ad", "\U000e0041", "\x00", "\x07", "\u2066", "\ufeff", "\u3164", "\u2060")


@pytest.mark.parametrize("sign", HIDDEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_cell_a_name_and_a_comment_with_what_cannot_be_seen_are_refused(sign):
    table = pa.table({"Type": ["Drugs", f"Dr{sign}ugs"], f"Wh{sign}ere": ["Park", "Park"]})
    found = screen([Sheet("log.csv", f"Ma{sign}y", table, annotations=[Annotation("a comment at A1", f"see{sign}n")])])
    assert [str(each) for each in found] == [
        f"{WHAT} in the name of the sheet",
        f"{WHAT} in a comment at A1",
        f"{WHAT} in column “Type”, row 3",
        f"{WHAT} in the name of the column “(column 2)”",
    ]
    with pytest.raises(InputError, match=r"only characters that can be seen.*column “Type”, row 3") as caught:
        require_clean([Sheet("log.csv", None, table)])
    assert sign not in str(caught.value)


def test_what_they_hide_is_told_too():
    table = pa.table({"Other": ["Drugs", "zai\u200bnab@exam\u00adple.com"]})
    assert [each.what for each in screen([Sheet("log.csv", None, table)])] == [WHAT, "e-mail addresses"]


@pytest.mark.parametrize(
    "text",
    [
        "a\u00a0b",
        "“so” – it’s",
        "👨‍👩‍👧 family",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag",
        "❤️",
        "1️⃣",
        "👍🏽",
        "two\nlines\tand more\r\n",
        "Zoë café",
        "…",
    ],
)
def test_what_can_be_seen_passes(text):
    assert not holds_hidden(text)


def test_tags_that_make_no_flag_hide_something():
    assert holds_hidden("🏴" + "".join(chr(0xE0000 + ord(letter)) for letter in "kyle") + "\U000e007f")
