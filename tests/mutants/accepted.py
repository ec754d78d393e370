"""Accepted survivors: mutants that no test can or need find, each with the reason, as ``survivors.txt`` lists them."""

from pathlib import Path
from typing import Final

LIST: Final = Path(__file__).with_name("survivors.txt")


def accepted() -> dict[str, str]:
    """Return the reason for each accepted survivor by its name, read from paragraphs: its lines, then ``= reason``.

    Raises ValueError for one without a reason.
    """
    reasons = {}
    for paragraph in LIST.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = [line for line in paragraph.splitlines() if not line.startswith("#")]
        if not lines:
            continue
        if not lines[-1].startswith("= "):
            raise ValueError(f"survivors.txt gives no reason for this survivor:\n{paragraph}")
        reasons["\n".join(lines[:-1])] = lines[-1].removeprefix("= ")
    return reasons
