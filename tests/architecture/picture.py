"""The picture of the rooms in docs/architecture.md, made from the rules and from what each folder says of itself."""

import ast
import re
from pathlib import Path
from typing import Final

from tests.architecture import rules
from tests.architecture.arrows import Arrow, arrows, inside, place
from tests.architecture.rules import Module

FILE: Final = "docs/architecture.md"
BEGIN: Final = "<!-- `python -m tests.architecture --write` makes these tables; do not edit them here. -->"
END: Final = "<!-- The end of the tables. -->"
ABOVE: Final = ("pages",)  # rooms whose loose files stand above their folders: a page shows parts


def written(top: Path) -> str:
    """Return the text of docs/architecture.md as it is.

    Raises
    ------
    ValueError
        If it does not hold each marker once, in order.
    """
    text = (top / FILE).read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ValueError(f"{FILE} must hold the two markers of the picture once each, in order; put them back.")
    return text


def redrawn(top: Path) -> str:
    """Return the text of docs/architecture.md with the picture that the code has now."""
    text = written(top)
    return f"{text[: text.index(BEGIN)]}{BEGIN}\n\n{picture(top)}\n{text[text.index(END) :]}"


def picture(top: Path) -> str:
    """Return a Markdown table for each room that has an order, from the top down."""
    modules = rules.read_modules(top)
    return "\n".join(_room(modules, room) for one in rules.ROOMS for room in rules.ORDER if room.split("/")[0] == one)


def _room(modules: list[Module], room: str) -> str:
    found = arrows(modules, room)
    folders = [_row(modules, room, one, found) for one in reversed(rules.ORDER[room])]
    entries, loose = _loose(modules, room)
    above, below = ([*entries, *loose], []) if room in ABOVE else (entries, loose)
    rows = [
        *(_file_row(each, room, found) for each in above),
        *folders,
        *(_file_row(each, room, found) for each in below),
    ]
    head = [f"### `{room}/`", "", _sentence(modules, room), "", "| | what lives there | imports |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _row(modules: list[Module], room: str, folder: str, found: set[Arrow]) -> str:
    said = _without_name(_sentence(modules, f"{room}/{folder}"), folder)
    return f"| [`{folder}/`](../{room}/{folder}) | {said} | {_uses(room, folder, found)} |"


def _file_row(module: Module, room: str, found: set[Arrow]) -> str:
    name = place(module.path, room)
    return f"| [`{name}.py`](../{module.path}) | {_first_sentence(module)} | {_uses(room, name, found)} |"


def _uses(room: str, one: str, found: set[Arrow]) -> str:
    """Return the folders of a room that one folder or file imports, as the last column says them."""
    return ", ".join(sorted(other for here, other in found if here == one and other in rules.ORDER[room]))


def _loose(modules: list[Module], room: str) -> tuple[list[Module], list[Module]]:
    """Return the loose files of a room: those that start a program, and all others."""
    found = [
        module
        for module in inside(modules, room)
        if module.path.count("/") == room.count("/") + 1 and not module.path.endswith("__init__.py")
    ]
    return (
        [module for module in found if module.path in rules.ENTRIES],
        [module for module in found if module.path not in rules.ENTRIES],
    )


def _sentence(modules: list[Module], folder: str) -> str:
    """Return what a folder says of itself."""
    (module,) = (one for one in modules if one.path == f"{folder}/__init__.py")
    return _first_sentence(module)


def _first_sentence(module: Module) -> str:
    paragraph = (ast.get_docstring(module.tree) or "").split("\n\n")[0]
    sentence = re.split(r"(?<=[.!?])\s", " ".join(paragraph.split()))[0]
    return sentence.replace("``", "`").replace("|", r"\|")


def _without_name(sentence: str, folder: str) -> str:
    """Drop the folder's name from the front of its sentence, where the row begins with it already."""
    head, colon, rest = sentence.partition(": ")
    return rest[:1].upper() + rest[1:] if colon and head.lower().replace(" ", "_") == folder else sentence
