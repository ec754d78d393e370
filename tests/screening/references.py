"""References of cases as systems make them, many of which look like something else."""

import random
import string
import uuid
from typing import Final

# n counts on through the file, at from nought; p is the file's prefix, y its year, day the incident's; d, c and h are
# digits, capitals with digits, and hexadecimal signs drawn anew for each row.
_FORMS: Final = """
INC-{n:05}|{p}{n:06}|20{y}/{n:06}|{p}/{d5}/{y}|{d10}|40000{n:05}|{n:010}|{d11}|100{d9}|{d12}|{h64}
{c8}|{c7}|{c6}|{h12}|{p}-{c4}|{day:%Y%m%d}-{n:04}|{day:%Y%m%d}{at:02}|{at}|P{at:04}|CR/20{y}/{d4}|{d9}|SG{d6}{late}
Log {d3} of {day:%d/%m/%Y}|{p[0]}{d12}|{p[0]}20{y}{n:08}|{y}{p}{n:05}|#{n}|{d3}-{d4}|0{d5}|{d4} {d4}|16{d8}|{c9}
0{d9}|0{n:010}|{d5} {d5}|{p}{d3} {d3}|{day:%H%M}{d6}|{uuid}|{c13}
"""
REFERENCES: Final = tuple(form.strip() for form in _FORMS.replace("\n", "|").split("|") if form.strip())
_CODE: Final = string.ascii_uppercase + string.digits


def parts(draw: random.Random) -> dict[str, str]:
    """Draw for one row what the forms of ``REFERENCES`` are filled with."""
    digits = {f"d{count}": "".join(draw.choices(string.digits, k=count)) for count in (3, 4, 5, 6, 8, 9, 10, 11, 12)}
    codes = {f"c{count}": "".join(draw.choices(_CODE, k=count)) for count in (4, 6, 7, 8, 9, 13)}
    hexes = {f"h{count}": "".join(draw.choices("0123456789abcdef", k=count)) for count in (12, 64)}
    return {
        **digits, **codes, **hexes, "uuid": str(uuid.UUID(int=draw.getrandbits(128))), "late": draw.choice("EFGHJK"),
    }  # fmt: skip
