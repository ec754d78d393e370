"""Letters of papers: what is shown as it is, and what a box stands for."""

import pytest

from data.papers.letters import legible


@pytest.mark.parametrize(
    "text",
    [
        "Don’t – “quote” £5 ≥ 20 % −3",
        "Łódź, Ynys Môn, Beyoğlu",
        "e\u0301",
        "Ελλάδα Київ",
        "مرحبا",
        "שלום",
        "a\u00adb\u200dc",
    ],
)
def test_letters_of_many_scripts_stay_as_they_are(text: str) -> None:
    assert legible(text) == text


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "中", "\ud800", "\uffff", "\U0001f3fd", "\uf400"])
def test_a_character_that_shows_nothing_becomes_a_box(character: str) -> None:
    assert legible(f"a{character}b") == "a□b"


@pytest.mark.parametrize("character", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_what_turns_the_direction_becomes_a_box(character: str) -> None:
    assert legible(f"{character}120") == "□120"


def test_ends_of_lines_are_one_and_the_same() -> None:
    assert legible("a\r\nb\rc\u2028d\n\ne\tf") == "a\nb\nc\nd\n\ne f"


def test_a_mark_of_byte_order_is_no_box() -> None:
    assert legible("\ufeffA") == "\u2060A"
