"""Spellings of more kinds of identifiers to plant, beside those of ``planting``. All are made up."""

import random
from collections.abc import Callable
from typing import Final

from stdnum import luhn

from tests.screening.vocabulary import PLAIN_WORDS, STREET_KINDS, STREET_NAMES

Draw = random.Random
_UNUSUAL: Final = ("AM", "PM", "PE", "RE", "IT", "IN", "ON", "UP", "US", "MY", "ME", "SO", "NO", "OR", "AS", "AT", "BY")


def _digits(draw: Draw, count: int) -> str:
    return "".join(draw.choices("0123456789", k=count))


def _two_letters(draw: Draw) -> tuple[str, str]:
    """Draw initials that are no subject, no direction and no word."""
    return draw.choice("JKLMHZCD"), draw.choice("JKVWXZBF")


def _initials(draw: Draw) -> tuple[str, ...]:
    (a, b), year = _two_letters(draw), draw.randint(7, 11)
    born = f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/20{draw.randint(8, 14):02}"
    return (
        f"{a}{b} Y{year}",
        f"{a}.{b}., Year {year}",
        f"{a}.{b}. Yr {year}",
        f"Vaping - {a}{b} Y{year} - CSE",
        f"Year {year} {a}{b}",
        f"{a}{b} ({born})",
        f"{a}. {b}. dob {born}",
        f"y{year} {a.lower()}{b.lower()}",
        f"{draw.choice(('Kyle', 'Aisha', 'Chantelle', 'Zainab', 'Kacper'))} Y{year}",
        f"{a}.{b}. aged {draw.randint(11, 17)}",
    )


def _kin(draw: Draw) -> tuple[str, ...]:
    name = draw.choice(("Kyle", "Tia", "Aisha", "Zainab", "Callum", "Niamh", "Kacper", "Chantelle", "Dylan", "Priya"))
    kin = draw.choice(("mum", "dad", "older brother", "sister", "uncle", "nan", "step-dad", "cousin"))
    plain = draw.choice(("mother", "brother", "sister", "father", "uncle"))
    return (
        f"{name}'s {kin}",
        f"{name}’s {kin}",
        f"{plain} of {name}",
        f"{plain.capitalize()} of {name} rang",
        f"Seen with {name}'s {kin}",
        f"{name}s {kin}",
        f"{name.lower()}'s {kin}",
        f"{name.upper()}'S {kin.upper()}",
        f"{draw.choice(('Jaxxon', 'Tiarna', 'Zyra', 'Kaelo'))}'s {kin}",
        f"{plain} {name} collected",
    )


def _address(draw: Draw) -> tuple[str, ...]:
    street = f"{draw.choice(STREET_NAMES)} {draw.choice(STREET_KINDS[:12])}"
    number = draw.randint(1, 240)
    return (
        f"{number} {street}",
        f"{number}{draw.choice('abc')} {street}",
        f"{number}, {street}",
        f"Flat {draw.randint(1, 60)}, {number} {street}",
        f"Flat {draw.randint(1, 60)}",
        f"At {number} {street}, back door",
        f"{number} {street}".lower(),
        f"{number} {street}".upper(),
        f"lives at {number} {street}",
        f"Apt {draw.randint(1, 60)}{draw.choice('AB')}",
    )


def _handle(draw: Draw) -> tuple[str, ...]:
    name = f"{draw.choice(('kyle', 'tia', 'jxs', 'mo', 'lil.k'))}{draw.choice(('_', '.'))}{draw.randint(1, 999)}"
    return (
        f"@{name}",
        f"@{name.upper()}",
        f"snap: {name}",
        f"Snapchat {name}",
        f"insta = {name}",
        f"seen on @{name} last week",
        f"(@{name})",
        f"＠{name}",
        f"tiktok name {name}",
        f"Discord: {name}",
    )


def _imei(draw: Draw) -> tuple[str, ...]:
    body = f"35{_digits(draw, 12)}"
    n = body + luhn.calc_check_digit(body)
    return (
        n,
        f"{n[:2]}-{n[2:8]}-{n[8:14]}-{n[14]}",
        f"{n[:2]} {n[2:8]} {n[8:14]} {n[14]}",
        f"IMEI {n}",
        f"IMEI: {n}",
        f"{n[:6]}-{n[6:8]}-{n[8:14]}-{n[14]}",
        f"phone {n} seized",
        f"{n[:2]}/{n[2:8]}/{n[8:14]}/{n[14]}",
        "".join(chr(ord(sign) + 0xFEE0) for sign in n),
        f"handset imei {n}",
    )


def _three_words(draw: Draw) -> tuple[str, ...]:
    a, b, c = (word.casefold() for word in draw.sample([word for word in PLAIN_WORDS if len(word) > 3], 3))
    while c in ("info", "online", "site", "club", "shop"):
        c = draw.choice(("lamp", "raft", "mango", "fish"))
    w = f"{a}.{b}.{c}"
    return (
        f"///{w}",
        f"/// {w}",
        f"//{w}",
        f"what3words {w}",
        f"w3w: {w}",
        f"at ///{w} again",
        w,
        f"///{w}".upper(),
        f"///{a}。{b}。{c}",
        f"({'///' + w})",
    )


def _learner(draw: Draw) -> tuple[str, ...]:
    while True:
        nine = str(draw.randint(1, 9)) + _digits(draw, 8)
        rest = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        if rest:
            break
    n = f"{nine}{10 - rest}"
    return (
        n,
        f"ULN {n}",
        f"ULN: {n}",
        f"uln {n}",
        f"{n}.0",
        "".join(chr(ord(sign) + 0xFEE0) for sign in n),
        f"ULN{n}",
        f"unique learner number {n}",
        f"learner no {n}",
        f" {n} ",
    )


def _crime(draw: Draw) -> tuple[str, ...]:
    force, year, n = draw.choice((13, 14, 32, 45, 5)), draw.randint(20, 26), draw.randint(1000, 199_999)
    return (
        f"{force:02}/{n}/{year}",
        f"{force:02}{year}{draw.randint(1, 999_999):07}",
        f"CR/{n}/{year}",
        f"Crime ref {n}",
        f"crime number {force:02}/{n}/{year}",
        f"{force:02}-{n}-{year}",
        f"Crime reference: {force}{year}{n:07}",
        f"CRN {n}",
        f"reported, {force:02}/{n}/{year}",
        f"CR-{n}/{year}",
    )


def _position(draw: Draw) -> tuple[str, ...]:
    lat, lon = f"{draw.uniform(50.1, 55.2):.6f}", f"{draw.uniform(-3.2, -0.1):.7f}"
    return (
        f"{lat}, {lon}",
        f"{lat},{lon}",
        f"{lat} {lon}",
        f"({lat}, {lon})",
        f"{lon}, {lat}",
        f"home {lat},{lon}",
        f"lat {lat} lon {lon}",
        f"POINT ({lon} {lat})",
        f"{draw.uniform(50.1, 55.2):.8f}",
        f"53°22'{draw.randint(10, 59)}.1\"N",
    )


def _ip(draw: Draw) -> tuple[str, ...]:
    four = f"{draw.randint(81, 212)}.{draw.randint(0, 255)}.{draw.randint(0, 255)}.{draw.randint(1, 254)}"
    h = [f"{draw.randint(1, 65_535):x}" for _ in range(4)]
    six = f"2a02:{h[0]}:{h[1]}::{h[2]}"
    return (
        four,
        f"IP {four}",
        f"from {four} at night",
        six,
        six.upper(),
        f"ip: {six}",
        f"2a00:23c6:{h[0]}:{h[1]}:1:{h[2]}:2:{h[3]}",
        f"({four})",
        f"{four}:443",
        f"http from {four}",
    )


def _passport(draw: Draw) -> tuple[str, ...]:
    n = _digits(draw, 9)
    return (
        f"passport {n}",
        f"Passport no {n}",
        f"passport number: {n}",
        f"PASSPORT {n}",
        f"UK passport {n}",
        f"passport no. {n[:8]}",
        f"passport AB{n[:7]}",
        f"{n} (passport)",
        f"Passport: {n}",
        f"passport is {n}",
    )


MORE_SPELLINGS: Final[dict[str, Callable[[Draw], tuple[str, ...]]]] = {
    "initials or first names with a year group or an age": _initials,
    "relatives of people who are named": _kin,
    "house numbers with their street": _address,
    "names of accounts": _handle,
    "numbers of telephones themselves (IMEI)": _imei,
    "what3words addresses": _three_words,
    "unique learner numbers": _learner,
    "police crime references": _crime,
    "exact positions": _position,
    "internet (IP) addresses": _ip,
    "passport numbers": _passport,
}
