"""Names of people, as distinct from streets, wards, shops and schools that are named after some."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from data.screening import lexicon
from data.screening.identifier_kinds import Confidence, HeaderPattern

_LETTERS: Final = "A-Za-z\u00c0-\u024f\u0370-\u1fff\u3040-\u9fff"
PREFILTER: Final = rf"(?:^|[^\d{_LETTERS}])[{_LETTERS}]{{2,}}(?:$|[^\d{_LETTERS}])"
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|['\-](?=[^\W\d_]))*\.?|[,;:()/&|\d]+|[.!?](?= |$)")
_NAME_CELL: Final = re.compile(r"(?:[^\W\d_]|[ '.,\-])+")
_MAX_NAME_WORDS: Final = 5  # of a cell that is a name and nothing else
_NAME_CELL_WORDS: Final = 3  # words of a cell that may be more than a name
_TITLES: Final = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "rev", "master"))
_AFTER: Final = frozenset(("st", "saint", "st.", "king", "queen", "prince", "princess", "the"))
_SOMEBODY: Final = """
with named called friend friends mother father mum dad brother sister pupil student victim suspect male female boy girl
told saw met asked uncle aunt teacher by
"""
_WITH_SOMEBODY: Final = frozenset(_SOMEBODY.split())
_FAMOUS: Final = frozenset(
    ("ann summers", "george fox", "harvey nichols", "jack jones", "john lewis", "karen millen", "laura ashley",
     "marie curie", "paul smith", "peter jones", "robert dyas", "robin hood", "ted baker", "thomas cook")
)  # fmt: skip
# What stands after a name and is a thing: a Stanley knife, Clare's law.
_THINGS_LIST: Final = """
knife knives blade law laws incident fight bullying style day team group project
"""
_THINGS: Final = frozenset(_THINGS_LIST.split())

_PERSON: Final = (
    r"(?:child(?:ren)?|pupils?|students?|victims?|suspects?|perpetrators?|offenders?|parents?|carers?|mothers?|fathers?|"
    r"staff|teachers?|officers?|witness(?:es)?|complainants?|subjects?|persons?|nominals?|yps?|callers?|informants?|"
    r"siblings?|friends?|learners?|legal|preferred|tutor|social worker)"
)
HEADER_PATTERNS: Final = (
    HeaderPattern(
        re.compile(
            r"\b(?:fore ?names?|sur ?names?|(?:first|last|middle|given|family|full|maiden|christian) ?names?|known as|"
            rf"alias(?:es)?|nick ?names?|initials|{_PERSON}(?:'?s)?(?: full)? names?|"
            rf"names? of (?:the )?(?:young )?{_PERSON})\b"
        ),
        Confidence.SHAPED,
    ),
    HeaderPattern(
        re.compile(
            rf"\b(?:{_PERSON}|(?:reported|recorded|entered|created|logged|raised|submitted) by|author|owner|contact|"
            r"lead|worker|dsl|assigned to|allocated to|involved|names?)\b"
        ),
        Confidence.LIKELY,
    ),
)


def detect_person(text: str) -> Confidence:
    """Return how surely a text is the name of a person, or holds one.

    Likely is a title with a name, or a known first name beside a known surname; bare is half of that, or one known
    name alone; shaped is any other cell of one to five words, none of which marks a place.
    """
    words = _WORD.findall(text)
    within = max(
        _judge_titles(words), _judge_text(text, words) if len(words) > _NAME_CELL_WORDS else Confidence.NOTHING
    )
    if _NAME_CELL.fullmatch(text) and sum(word != "," for word in words) <= _MAX_NAME_WORDS:
        return max(within, _judge_cell(words))
    return within


def _judge_titles(words: list[str]) -> Confidence:
    for at, word in enumerate(words[:-1]):
        if lexicon.key(word) not in _TITLES or (word.islower() and not words[-1].islower()):
            continue
        rest = [each for each in _name_words(words[at + 1 : at + 4], small=word.islower()) if len(each.rstrip(".")) > 1]
        if not rest or (any(lexicon.is_place_word(each) for each in rest) and not _is_family_alone(rest)):
            continue
        if _is_capital(rest[0]) or lexicon.is_surname(rest[0]) or lexicon.is_first_name(rest[0]):
            return Confidence.LIKELY
    return Confidence.NOTHING


def _is_family_alone(words: list[str]) -> bool:
    """Return whether after a title there is nothing but a surname, though it is that of many places: "Mr Wood"."""
    return len(words) == 1 and lexicon.is_surname(words[0])


def _name_words(words: list[str], *, small: bool) -> Iterator[str]:
    """Return the words that go on as a name does: capitalised, unless all is written small."""
    return takewhile(lambda word: word[0].isalpha() and (small or _is_capital(word)), words)


def _judge_cell(words: list[str]) -> Confidence:
    """Judge a cell that is nothing but a few words."""
    if "," in words and words.index(",") not in (0, len(words) - 1):
        at = words.index(",")
        last, first = words[at - 1], words[at + 1]
        if "," in words[at + 1 :] or any(lexicon.is_place_word(word) for word in words[at + 1 :]):
            return Confidence.NOTHING
        return _judge_pair(first, last)
    words = [word for word in words if word not in (",", ".") and lexicon.key(word) not in _TITLES]
    if not words or _is_known_otherwise([lexicon.key(word) for word in words]):
        return Confidence.NOTHING
    if len(words) == 1:
        return _judge_word(words[0])
    first, last = words[0], words[-1]
    if any(lexicon.is_place_word(word) for word in words):
        known = lexicon.is_first_name(first) and lexicon.is_surname(last) and not lexicon.is_ordinary(first)
        return Confidence.SHAPED if known else Confidence.NOTHING
    turned = lexicon.is_surname(first) and lexicon.is_first_name(last) and not lexicon.is_ordinary(first)
    turned = turned or _is_family_in_capitals(first, last)
    return max(_judge_pair(first, last), _judge_pair(last, first) if turned else Confidence.SHAPED)


def _is_family_in_capitals(first: str, last: str) -> bool:
    """Return whether two words are written as registers write them: FEATHERSTONE Reuben."""
    return first.isupper() and len(first) > 2 and not last.isupper() and lexicon.is_first_name(last)


def _is_known_otherwise(keys: list[str]) -> bool:
    """Return whether words stand for nobody, for somebody who is not named, or for a shop or a saint."""
    stand_in = any(word in lexicon.PLACEHOLDERS for word in keys if len(word) > 1)
    return stand_in or keys[0] in _AFTER or " ".join(keys) in _FAMOUS


def _judge_word(word: str) -> Confidence:
    if lexicon.is_place_word(word):
        return Confidence.NOTHING
    known = lexicon.is_first_name(word) or lexicon.is_surname(word)
    return Confidence.BARE if known and not lexicon.is_ordinary(word) else Confidence.SHAPED


def _judge_pair(first: str, last: str) -> Confidence:
    """Judge two words that may be a first name, or an initial, and a surname."""
    given, family = lexicon.is_first_name(first), lexicon.is_surname(last)
    if len(first.rstrip(".")) == 1:
        return Confidence.LIKELY if family and not lexicon.is_ordinary(last) else Confidence.SHAPED
    if given and family:
        return Confidence.BARE if lexicon.is_ordinary(first) and lexicon.is_ordinary(last) else Confidence.LIKELY
    known = (given and not lexicon.is_ordinary(first)) or (family and not lexicon.is_ordinary(last))
    small = first.islower() and last.islower() and given and lexicon.key(last) not in _THINGS
    if (
        known
        and (small or (_is_capital(first) and _is_capital(last)))
        and _could_be_name(first)
        and _could_be_name(last)
    ):
        return Confidence.LIKELY
    return Confidence.BARE if given or (family and not lexicon.is_ordinary(last)) else Confidence.SHAPED


def _could_be_name(word: str) -> bool:
    """Return whether a word may be somebody's name, known or not: it is neither an ordinary word nor one of a place."""
    return len(word) > 2 and "'" not in word[2:] and not lexicon.is_ordinary(word)


def _judge_text(text: str, words: list[str]) -> Confidence:
    """Return how surely a longer text holds a first name beside a surname."""
    best = Confidence.NOTHING
    has_capitals = not (text.islower() or text.isupper())
    for at in range(len(words) - 1):
        first, last, before = words[at], words[at + 1], words[at - 1] if at else ""
        if last == "," and lexicon.is_surname(first) and lexicon.is_first_name(words[min(at + 2, len(words) - 1)]):
            best = max(best, _judge_neighbours(words[at + 2], first, before, has_capitals))
        elif _is_place(words[at + 1 : at + 5], has_capitals):
            continue
        elif _follows_somebody(before, first, last) and _judge_pair(first, last) >= Confidence.BARE:
            best = Confidence.LIKELY
        elif lexicon.is_surname(last):
            best = max(best, _judge_neighbours(first, last, before, has_capitals))
    return best


def _follows_somebody(before: str, first: str, last: str) -> bool:
    """Return whether two capitalised words stand after one that a person follows: then half a name is enough."""
    return lexicon.key(before) in _WITH_SOMEBODY and _is_capital(first) and _is_capital(last)


def _is_place(words: list[str], has_capitals: bool) -> bool:
    """Return whether a name goes on to be one of a place: the School of "Samuel Rhodes MLD School"."""
    return any(lexicon.is_place_word(word) for word in (_name_words(words, small=False) if has_capitals else words[:2]))


def _judge_neighbours(first: str, last: str, before: str, has_capitals: bool) -> Confidence:
    if lexicon.key(before) in _AFTER or lexicon.is_place_word(last):
        return Confidence.NOTHING
    if has_capitals and not (_is_capital(first) and _is_capital(last)):
        return Confidence.NOTHING
    if not has_capitals and (lexicon.is_ordinary(first) or lexicon.is_ordinary(last)):
        return Confidence.NOTHING
    if len(first.rstrip(".")) == 1:
        return Confidence.LIKELY if first.endswith(".") and not lexicon.is_ordinary(last) else Confidence.NOTHING
    return (
        Confidence.LIKELY
        if lexicon.is_first_name(first) and _judge_pair(first, last) == Confidence.LIKELY
        else Confidence.NOTHING
    )


def _is_capital(word: str) -> bool:
    return word[:1].isupper()
