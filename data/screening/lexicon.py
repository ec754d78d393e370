"""Which words are names of people, which are ordinary words too, and which mark a place: lists beside this file."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_STAND_INS: Final = """
a adult adults agency anon anonymised anonymous blank boy child children confidential external family female girl group
health internal male member members n na nil no none not nurse officer other others parent parents person police
professional public pupil pupils redacted removed resident security self staff student students support teacher
teaching unknown visitor withheld worker y yes
"""
PLACEHOLDERS: Final = frozenset(_STAND_INS.split())


@cache
def first_names() -> frozenset[str]:
    """Return the first names common in the United Kingdom, of all its communities, as ``key`` writes them."""
    return _words("first_names.txt")


@cache
def surnames() -> frozenset[str]:
    """Return the surnames common in the United Kingdom, of all its communities, as ``key`` writes them."""
    return _words("surnames.txt")


@cache
def ordinary_words() -> frozenset[str]:
    """Return the names that are as often a word, a town, a month or a public house."""
    return _words("ordinary.txt")


@cache
def place_words() -> frozenset[str]:
    """Return the words that make a place of a name before them: the Road of "Victoria Road"."""
    return _words("places.txt")


def key(word: str) -> str:
    """Return a word as the lists write it: lower case, without accents, apostrophes and full stops."""
    if word.isascii() and word.isalpha():  # nearly all are, and there are very many
        return word.lower()
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word)
        word = "".join(sign for sign in parts if not unicodedata.combining(sign)).replace("ł", "l").replace("Ł", "L")
    return word.casefold().replace("'", "").rstrip(".")


def is_first_name(word: str) -> bool:
    """Return whether a word, or a part of it between hyphens, is a first name."""
    return any(part in first_names() for part in key(word).split("-"))


def is_surname(word: str) -> bool:
    """Return whether a word, or a part of it between hyphens, is a surname; one in O'- always is."""
    return any(part in surnames() for part in key(word).split("-")) or word[:2] in ("O'", "o'")


def is_ordinary(word: str) -> bool:
    """Return whether a name is as often no name."""
    return key(word) in ordinary_words() or key(word) in place_words()


def is_place_word(word: str) -> bool:
    """Return whether a word marks a place."""
    return key(word) in place_words()


def _words(file: str) -> frozenset[str]:
    return frozenset((_HERE / file).read_text(encoding="utf-8").split())
