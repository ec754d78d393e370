"""Figures in a file: what was measured of one state of the code, so that another can be set beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.validate.power import Powers
from tests.validate.told_rates import Rate, Rates

BEFORE: Final = Path(__file__).with_name("before.json")
_SEP: Final = " | "


@dataclass(frozen=True)
class Figures:
    """Told rates and power, and in ``about`` what they are of."""

    about: str = ""
    told: Rates = field(default_factory=dict)
    power: Powers = field(default_factory=dict)


def read(file: Path) -> Figures:
    """Read figures; there are none where there is no file."""
    if not file.is_file():
        return Figures()
    found = json.loads(file.read_text(encoding="utf-8"))
    return Figures(
        found["about"],
        {_key(name): Rate(*numbers) for name, numbers in found["told"].items()},
        {_key(name): (numbers[0], numbers[1]) for name, numbers in found["power"].items()},
    )


def write(file: Path, figures: Figures) -> None:
    """Write figures, a line for each."""
    told = {key: [one.searches, one.telling, one.told] for key, one in figures.told.items()}
    planted = {key: list(one) for key, one in figures.power.items()}
    parts = [f'"about": {json.dumps(figures.about)}', f'"told": {_lines(told)}', f'"power": {_lines(planted)}']
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _key(name: str) -> tuple[str, str, str]:
    null, scope, what = name.split(_SEP)
    return null, scope, what


def _lines(numbers: Mapping[tuple[str, str, str], list[int]]) -> str:
    lines = (f"{json.dumps(_SEP.join(key))}: {json.dumps(one)}" for key, one in sorted(numbers.items()))
    return "{\n" + ",\n".join(lines) + "\n}"
