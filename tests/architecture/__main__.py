"""The shape of the code in figures: ``python -m tests.architecture [FOLDER]``, of this checkout or of another one."""

import ast
import sys
from collections import Counter
from pathlib import Path
from statistics import median

from tests.architecture import rules
from tests.architecture.rules import Module

SHORT = 60
ROOMS = ("geo", "data", "pages/components")


def figures(top: Path) -> list[str]:
    """Write the figures of the checkout at ``top``, one a line."""
    modules = [module for module in rules.read_modules(top) if module.room in rules.ROOMS]
    lengths = [len(module.text.splitlines()) for module in modules]
    short = sum(length < SHORT for length in lengths)
    stems = Counter(Path(module.path).stem for module in modules if not module.path.endswith("__init__.py"))
    return [
        f"files {len(modules)}, lines {sum(lengths):,}, median {median(lengths):g}, under {SHORT} lines {short}",
        f"names of files that occur more than once {sum(n > 1 for n in stems.values())}",
        f"names of public classes that occur more than once {len(rules.repeated_classes(modules))}",
        *(_of_room(modules, room) for room in ROOMS),
    ]


def _of_room(modules: list[Module], room: str) -> str:
    inside = [module for module in modules if module.path.startswith(f"{room}/")]
    paths = {module.path.removesuffix(".py").removesuffix("/__init__") for module in inside}
    loose = [path for path in paths if path.count("/") == room.count("/") + 1 and f"{path}.py" in _files(inside)]
    arrows = {
        (_place(module.path, room), _place(there, room))
        for module in inside
        for there in _imported(module, paths)
        if _place(module.path, room) != _place(there, room)
    }
    return (
        f"{room}: loose files {len(loose)}, places at its top {len({_place(path, room) for path in paths})}, "
        f"arrows between them {len(arrows)}, of those in a circle {len(_in_circles(arrows))}"
    )


def _files(modules: list[Module]) -> set[str]:
    return {module.path for module in modules}


def _place(path: str, room: str) -> str:
    """Name the file or folder at the top of a room that a path is in."""
    return path.removesuffix(".py").removeprefix(f"{room}/").split("/")[0]


def _imported(module: Module, paths: set[str]) -> set[str]:
    """List the modules of a room that one imports."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            base = node.module.replace(".", "/")
            found |= {inner if (inner := f"{base}/{alias.name}") in paths else base for alias in node.names}
    return found & paths


def _in_circles(arrows: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Find the arrows by which one can come back to where one began."""
    return {(one, other) for one, other in arrows if one in _reached(other, arrows)}


def _reached(start: str, arrows: set[tuple[str, str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        further = {other for one, other in arrows if one == here} - found
        found |= further
        waiting += further
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2]
    sys.stdout.write("\n".join(figures(folder)) + "\n")
