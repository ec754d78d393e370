"""Identifiers to plant: 21 kinds in ten spellings each, in columns as people keep them. All are made up."""

import random
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tests.screening.more_spellings import MORE_SPELLINGS
from tests.screening.vocabulary import FORENAMES, SURNAMES

NBSP, THIN, ZERO_WIDTH, DASH = "\u00a0", "\u2009", "\u200b", "\u2013"

_NEUTRAL: Final = ("Field 7", "Other", "Column1", "Value", "X", "Extra", "Misc", "User field 2", "Unnamed: 9", "Tag")
_STREETS: Final = ("London Road", "Abbeydale Road", "the Moor", "the bus station", "Norfolk Park", "the takeaway")
_ORDINARY: Final = ("Weapons", "Robbery", "Drugs", "No further action", "Bus stop", "Evening", "Low", "Ongoing", "Park")
_AREAS: Final = ("S", "LS", "DN", "B", "M", "E", "SW", "CF", "EH", "BT", "NE", "HU", "WF", "BD", "OL", "PO", "TN", "G")

Draw = random.Random


@dataclass(frozen=True)
class Planted:
    """A column that holds identifiers of one kind in one spelling; ``days`` are its rows' incident days, ISO."""

    what: str
    spelling: int
    header: str
    cells: tuple[str, ...]
    days: tuple[str, ...]


def _digits(draw: Draw, count: int) -> str:
    return "".join(draw.choices(string.digits, k=count))


def _nhs(draw: Draw) -> str:
    while True:
        nine = draw.choice("4567") + _digits(draw, 8)
        check = (11 - sum(int(digit) * (10 - at) for at, digit in enumerate(nine)) % 11) % 11
        if check < 10:
            return f"{nine}{check}"


def _upn(draw: Draw) -> str:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    council = draw.choice(("373", "372", "370", "383", "380", "201", "839", "941", "352", "925"))
    body = f"{council}{_digits(draw, 4)}{draw.randint(5, 24):02}{_digits(draw, 3)}"
    return letters[sum(int(digit) * at for at, digit in enumerate(body, 2)) % 23] + body


def _nino(draw: Draw) -> str:
    while True:
        two = draw.choice("ABCEGHJKLMNOPRSTWXYZ") + draw.choice("ABCEGHJKLMNPRSTWXYZ")
        if two not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"):
            return f"{two}{_digits(draw, 6)}{draw.choice('ABCD')}"


def _postcode(draw: Draw) -> tuple[str, str]:
    outward = f"{draw.choice(_AREAS)}{draw.randint(1, 29)}"
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    if outward in ("E1", "SW1"):
        outward += "W"
    return outward, f"{draw.randint(0, 9)}{draw.choice(letters)}{draw.choice(letters)}"


def _mobile(draw: Draw) -> str:
    return f"7{draw.choice(('700', '911', '812', '534', '456', '946'))}{_digits(draw, 6)}"


def _mark(draw: Draw) -> tuple[str, str]:
    letters = "ABCDEFGHJKLMNOPRSTUVWXY"
    age = draw.choice((2, 5, 9, 12, 15, 19, 21, 24, 51, 54, 58, 61, 66, 70, 73))
    return f"{draw.choice(letters)}{draw.choice(letters)}{age:02}", "".join(draw.choices("ABCDEFGHJKLNPRSTUVWXYZ", k=3))


def _old_mark(draw: Draw) -> tuple[str, str]:
    return f"{draw.choice('ABCDEFGHJKLMNPRSTVWXY')}{draw.randint(1, 999)}", "".join(
        draw.choices("ABCDEFGHJKLNPRSTUVWXY", k=3)
    )


def _person(draw: Draw) -> tuple[str, str]:
    return draw.choice(FORENAMES), draw.choice(SURNAMES)


def _three(text: str, gap: str, *cuts: int) -> str:
    ends = (*cuts, len(text))
    return gap.join(text[start:end] for start, end in zip((0, *cuts), ends, strict=True))


def _full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in text)


def _nhs_spellings(draw: Draw) -> tuple[str, ...]:
    n = _nhs(draw)
    return (
        n,
        _three(n, " ", 3, 6),
        _three(n, "-", 3, 6),
        _three(n, NBSP, 3, 6),
        _three(n, DASH, 3, 6),
        f"NHS no {n}",
        f"seen at {draw.choice(_STREETS)}, NHS {_three(n, ' ', 3, 6)}, collected",
        _full_width(n),
        f"{n}.0",
        _three(n, ".", 3, 6),
    )


def _upn_spellings(draw: Draw) -> tuple[str, ...]:
    u = _upn(draw)
    return (
        u,
        u.lower(),
        _three(u, " ", 1),
        _three(u, " ", 1, 4, 8, 10),
        _three(u, "-", 1, 4, 8, 10),
        f"UPN {u}",
        f"UPN: {_three(u, NBSP, 4, 8)}",
        f"pupil {u} was late",
        f"{u[:5]}{ZERO_WIDTH}{u[5:]}",
        _full_width(u),
    )


def _nino_spellings(draw: Draw) -> tuple[str, ...]:
    n = _nino(draw)
    return (
        n,
        n.lower(),
        _three(n, " ", 2, 4, 6, 8),
        _three(n, " ", 2, 8),
        _three(n, "-", 2, 4, 6, 8),
        _three(n, NBSP, 2, 4, 6, 8),
        f"NI number {n}",
        f"mother's NINO is {n.lower()} (checked)",
        f"ref {_three(n, ' ', 2, 4, 6, 8)}, see file",
        _three(n, DASH, 2, 4, 6, 8),
    )


def _postcode_spellings(draw: Draw) -> tuple[str, ...]:
    out, inn = _postcode(draw)
    if inn[1:] in ("ST", "ND", "RD", "TH", "HR", "XL"):
        inn = inn[0] + "AB"
    return (
        f"{out} {inn}",
        f"{out}{inn}",
        f"{out} {inn}".lower(),
        f"{out}{inn}".lower(),
        f"{out}{NBSP}{inn}",
        f"{out}  {inn}",
        f"{draw.randint(1, 90)} {draw.choice(('High', 'Cross', 'Mill'))} Street, {out} {inn}",
        f"lives near {out} {inn} with an aunt",
        f"Postcode: {out}{inn}",
        f"({out} {inn})",
    )


def _phone_spellings(draw: Draw) -> tuple[str, ...]:
    m, land = (
        _mobile(draw),
        draw.choice((f"0114 2{_digits(draw, 6)}", f"01226 7{_digits(draw, 5)}", f"020 7946 {_digits(draw, 4)}")),
    )
    return (
        f"0{m}",
        f"0{m[:4]} {m[4:]}",
        f"0{m[:4]} {m[4:7]} {m[7:]}",
        f"+44 {m[:4]} {m[4:]}",
        f"+44{m}",
        f"0044 {m[:4]} {m[4:]}",
        f"+44 (0){m[:4]} {m[4:]}",
        land,
        f"call 0{m[:4]}{NBSP}{m[4:]} re {draw.choice(_STREETS)}",
        f"0{m[:4]}-{m[4:7]}-{m[7:]}",
    )


def _email_spellings(draw: Draw) -> tuple[str, ...]:
    first, last = (name.casefold().replace("'", "") for name in _person(draw))
    host = draw.choice(("example.com", "school.example.sch.uk", "mail.example.org", "sub.example.co.uk"))
    e = f"{first}.{last}@{host}"
    return (
        e,
        e.upper(),
        f"{first[0]}{last}{draw.randint(1, 99)}@{host}",
        f"<{e}>",
        f"mailto:{e}",
        f"write to {e}, not the office",
        e.replace("@", " @ "),
        e.replace("@", "(at)"),
        e.replace("@", "＠"),
        f"{first}_{last}+x@{host};",
    )


def _mark_spellings(draw: Draw) -> tuple[str, ...]:
    (a, b), (p, q) = _mark(draw), _old_mark(draw)
    s = f"{''.join(draw.choices('ABCDEFGHJKLMNP', k=3))} {draw.randint(1, 999)}{draw.choice('ABCDEFGHJKLMNPRSTVWXY')}"
    return (
        f"{a} {b}",
        f"{a}{b}",
        f"{a} {b}".lower(),
        f"{a}{b}".lower(),
        f"{a}-{b}",
        f"{a}{NBSP}{b}",
        f"{p} {q}",
        s,
        f"silver car, reg {a} {b}, left at once",
        f"grey van {a}{b} parked outside",
    )


def _birth_spellings(draw: Draw) -> tuple[str, ...]:
    d = date(2022, 3, 1) - timedelta(days=draw.randint(int(4.5 * 366), 17 * 365))
    long = f"{d.day} {d:%B} {d.year}"
    return (
        f"{d:%d/%m/%Y}",
        f"{d:%Y-%m-%d}",
        f"{d.day}/{d.month}/{d:%y}",
        f"{d:%d-%m-%Y}",
        f"{d:%d.%m.%Y}",
        long,
        f"{d.day} {d:%b} {d.year}",
        f"DOB {d:%d/%m/%Y}",
        f"pupil born {long}, Year 9",
        f"d.o.b. {d:%d.%m.%y}",
    )


def _url_spellings(draw: Draw) -> tuple[str, ...]:
    first, last = (name.casefold().replace("'", "") for name in _person(draw))
    return (
        f"https://example.com/{first}",
        f"http://example.org/p?id={_digits(draw, 6)}",
        f"www.example.co.uk/{last}",
        f"WWW.EXAMPLE.COM/{first.upper()}",
        f"instagram.com/{first}.{last}",
        f"https://www.facebook.com/{first}{last}",
        f"profile at tiktok.com/@{first}{last} shown to staff",
        f"hxxps://example.net/{last}",
        f"<https://t.me/{first}{last}>",
        f"snapchat.com/add/{first}{draw.randint(1, 99)}",
    )


def _person_spellings(draw: Draw) -> tuple[str, ...]:
    first, last = _person(draw)
    title = draw.choice(("Mr", "Mrs", "Ms", "Miss", "Dr"))
    return (
        f"{first} {last}",
        f"{last}, {first}",
        f"{first} {last}".lower(),
        f"{last}, {first}".upper(),
        f"{first}{NBSP}{last}",
        f"{title} {last}",
        f"{title}. {first[0]}. {last}",
        f"{first} {draw.choice('ABCDEJLMRST')}. {last}",
        f"seen with {first} {last} near {draw.choice(_STREETS)}",
        f"{last.upper()} {first}",
    )


SPELLINGS: Final[dict[str, Callable[[Draw], tuple[str, ...]]]] = {
    "NHS numbers": _nhs_spellings,
    "unique pupil numbers": _upn_spellings,
    "National Insurance numbers": _nino_spellings,
    "full postcodes": _postcode_spellings,
    "telephone numbers": _phone_spellings,
    "e-mail addresses": _email_spellings,
    "vehicle marks": _mark_spellings,
    "dates of birth": _birth_spellings,
    "web addresses": _url_spellings,
    "names of people": _person_spellings,
    **MORE_SPELLINGS,
}
STRONG: Final = ("National Insurance numbers", "full postcodes", "e-mail addresses", "web addresses")


def plant(seed: int, each: int = 100) -> Iterator[Planted]:
    """Return ``each`` columns for every kind and spelling, under names that tell nothing.

    A column has 3 to 9 identifiers, and up to a third as many ordinary texts. Of the kinds of which one is enough,
    every other column has one alone among ordinary texts.
    """
    draw = random.Random(seed)  # noqa: S311
    for what, spell in SPELLINGS.items():
        for spelling in range(10):
            for number in range(each):
                single = what in STRONG and number % 2 == 1
                count = 1 if single else draw.randint(3, 9)
                fill = draw.randint(8, 40) if single else draw.randint(0, count // 3)
                found = [spell(draw)[spelling] for _ in range(count)]
                yield _column(draw, what, spelling, [*found, *draw.choices(_ORDINARY, k=fill)])


def _column(draw: Draw, what: str, spelling: int, cells: Sequence[str]) -> Planted:
    days = [(date(2022, 3, 1) + timedelta(days=draw.randint(0, 300))).isoformat() for _ in cells]
    return Planted(what, spelling, draw.choice(_NEUTRAL), tuple(draw.sample(cells, len(cells))), tuple(days))
