"""People who are not named in full: initials or a first name with a year group or an age, and somebody's relatives."""

import re
from collections.abc import Iterator
from typing import Final

from data.screening import lexicon
from data.screening.identifier_kinds import Confidence

_YEAR_GROUP: Final = r"(?:(?:nc ?)?(?:y(?:ear|r)?s?)\.?[ \-]?(?:1[0-4]|[1-9]|r)\b(?! ?olds?\b))"
_AGE: Final = r"(?:(?:aged?|age:) ?\d{1,2}\b|\d{1,2} ?(?:y/?o|yrs?|years? old)\b|\(\d{1,2}\))"
_DAY: Final = r"(?:\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)"
_BIRTH: Final = rf"(?:(?:d\.?o\.?b\.?|born|b\.)[ :]*{_DAY}|{_DAY})"
_TOLD: Final = rf"(?:{_YEAR_GROUP}|{_AGE}|{_BIRTH})"
_GAP: Final = r"[ ,;:\-(/–]{1,3}"
_DOTTED: Final = r"[a-z]\. ?(?:[a-z]\. ?)?[a-z]\.?"  # J.S., J. S., J.A.S.
_PLAIN: Final = r"[a-z]{2}"
INITIALS_PREFILTER: Final = (
    r"(?i)(?:^|[^a-z])(?:[a-z]\. ?(?:[a-z]\. ?)?[a-z]\.?|[a-z]{2,})[ ,;:\-(/]{1,3}(?:nc ?)?"
    r"(?:y|age|d\.?o\.?b|born|b\.|\(?\d)"
    r"|(?:y(?:ear|r)?s?\.?[ \-]?(?:\d|r\b)|age|\d).{0,14}[ ,;:\-(/](?:[a-z]\. ?[a-z]\b|[a-z]{2,})(?:$|[^a-z])"
)
_BEFORE: Final = re.compile(rf"(?i)(?<![a-z.'])({_DOTTED}|{_PLAIN}){_GAP}{_TOLD}")
_AFTER: Final = re.compile(rf"(?i)\b{_YEAR_GROUP}{_GAP}({_DOTTED}|{_PLAIN})(?![a-z'])")
_NAMED: Final = re.compile(rf"(?<![\w'.])([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?i:{_GAP}(?:{_YEAR_GROUP}|{_AGE}))")
_NAMED_AFTER: Final = re.compile(rf"(?i:\b{_YEAR_GROUP}{_GAP})([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?![\w'])")
# Two letters that are a subject, a time, a direction or a word.
_NOBODY_LIST: Final = """
ad ah al am an as at be bm by ca cd cs dt do dr ea ed ep eg er et eu ex fe ft gb go ha he hi hq hr ht id ie if in is
it ks la me mi mr ms my na ne no np nr nt nw of oh ok on op or ox pa pe pm pt ra re rd rs se sen so st sw ta td tb
to tv uk un up us vs we wk yr yo sc hl dj cc ta ti ma ba vi rm fm ny aa ac dc nd rd th pp px xl xs mm cm km kg hz gp
"""
_NOBODY: Final = frozenset(_NOBODY_LIST.split())


def detect_initials(text: str) -> Confidence:
    """Return how surely a text holds initials, or a first name, with a year group, an age or a date of birth.

    Two letters without full stops are initials where they are capitals, or where nothing else stands there. So "JS Y9"
    and "J.S., Year 10" are somebody, and "PE Y9", "Year 9" and "Red 9" are nobody.
    """
    for pattern in (_BEFORE, _AFTER):
        for found in pattern.finditer(text):
            if _are_initials(found.group(1), alone=len(found.group()) >= len(text) - 1):
                return Confidence.SURE if "." in found.group(1) else Confidence.LIKELY
    for pattern in (_NAMED, _NAMED_AFTER):
        for found in pattern.finditer(text):
            if lexicon.is_first_name(found.group(1)) and not lexicon.is_ordinary(found.group(1)):
                return Confidence.LIKELY
    return Confidence.NOTHING


def _are_initials(letters: str, *, alone: bool) -> bool:
    plain = re.sub(r"[. ]", "", letters)
    if "." in letters:
        return plain.casefold() not in ("am", "pm", "eg", "ie", "pe", "re", "uk", "us")
    return plain.casefold() not in _NOBODY and (plain.isupper() or (alone and plain.islower()))


_KIN: Final = (
    r"(?:(?:older|younger|elder|eldest|youngest|big|little|half|step|foster|adoptive|birth|twin|great)[ -]?)*"
    r"(?:step|grand|god|half)?-?(?:mum|mom|mam|mummy|dad|daddy|mother|father|nan|nana|gran|granny|ma|pa|grandma|grandad|"
    r"granddad|brother|sister|bro|sis|sibling|uncle|aunt|aunty|auntie|cousin|carer|guardian|boyfriend|girlfriend|son|"
    r"daughter|twin|niece|nephew|parents?|brothers|sisters|siblings|cousins|uncles|ex)"
)
_OF_WHOM: Final = (
    r"(?:(?:step|grand|god|half|foster|older|younger)[ -]?)*(?:mum|mom|mam|dad|mother|father|nan|nana|gran|"
    r"grandma|grandad|brother|sister|sibling|uncle|aunt|aunty|auntie|cousin|carer|guardian|boyfriend|girlfriend|son|"
    r"daughter|twin|niece|nephew|parents?)"
)
KIN_PREFILTER: Final = (
    r"(?i)(?:mu?o?m|dad|father|mother|nana?\b|gran|brother|sister|\bbro\b|\bsis\b|sibling|uncle|aunt|cousin|carer|"
    r"guardian|friend|\bson\b|daughter|twin|niece|nephew|parent|\bma\b|\bpa\b|\bex\b|mam\b)"
)
_NAME: Final = r"([^\W\d_]{2,}(?:-[^\W\d_]+)?)"
_WHOSE: Final = re.compile(rf"(?i)(?<![\w'.]){_NAME}(?:'s|(?<=s)') {_KIN}\b")
_WHOSE_WITHOUT_MARK: Final = re.compile(rf"(?i)(?<![\w'.]){_NAME}(?<=s) {_KIN}\b")
_OF: Final = re.compile(rf"(?i)\b{_OF_WHOM} ?(?:(?:of|to|is|called|named) |[:(] ?){_NAME}\b")
_BESIDE: Final = re.compile(rf"(?i:\b{_OF_WHOM},? )([A-Z][^\W\d_]+)\b")
_ANYBODY_LIST: Final = """
accused adolescent applicant attacker attendee boyfriend caller caretaker carer class client coach colleague
complainant customer dad daughter day driver everybody everyone family father foster friend gang gentleman
girlfriend god grandad group he head her his host individual informant injured kid lad lady learner man mother mum
nan neighbour nobody offender one other our owner partner passenger patient peer people perpetrator pupil reporter
school shop sibling sister brother somebody someone son student subject suspect teenager their today tomorrow uncle
aunt victim witness woman worker yesterday young youngster youth yp it that there what who let here she men women
mother's father's
"""
_ANYBODY: Final = frozenset(_ANYBODY_LIST.split())


def detect_kin(text: str) -> Confidence:
    """Return how surely a text holds a relative of somebody who is named: "Kyle's mum", "mother of Tia".

    A known first name is sure. Any other capitalised word whose relative is spoken of is likely to be a name, unless it
    is one for anybody: "Victim's mother".
    """
    return max((_judge_name(name, apart) for name, apart in _relatives(text)), default=Confidence.NOTHING)


def _relatives(text: str) -> Iterator[tuple[str, bool]]:
    """Return the words that may name those whose relatives are spoken of, and whether only a name will do."""
    for found in _WHOSE.finditer(text):
        yield found.group(1), False
    for found in _WHOSE_WITHOUT_MARK.finditer(text):
        yield found.group(1)[:-1], True
    for pattern in (_OF, _BESIDE):
        for found in pattern.finditer(text):
            yield found.group(1), True


def _judge_name(word: str, only_names: bool) -> Confidence:
    key = lexicon.key(word)
    if key in _ANYBODY or key in lexicon.PLACEHOLDERS or lexicon.is_place_word(word):
        return Confidence.NOTHING
    if lexicon.is_first_name(word) and (word[:1].isupper() or not lexicon.is_ordinary(word)):
        return Confidence.SURE if not (only_names and lexicon.is_ordinary(word)) else Confidence.BARE
    if only_names or not word[:1].isupper() or len(word) < 3:
        return Confidence.NOTHING
    return Confidence.LIKELY
