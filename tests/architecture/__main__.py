"""The shape of the code in figures: ``python -m tests.architecture [FOLDER]``, of this checkout or of another one.

``python -m tests.architecture --write`` draws the picture of the rooms in docs/architecture.md anew.
"""

import sys
from collections import Counter
from pathlib import Path
from statistics import median

from tests.architecture import arrows, picture, rules
from tests.architecture.rules import Module

SHORT = 60
TOP = Path(__file__).parents[2]
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
    found = arrows.inside(modules, room)
    paths = arrows.module_paths(found)
    files = {module.path for module in found}
    loose = [path for path in paths if path.count("/") == room.count("/") + 1 and f"{path}.py" in files]
    between = arrows.arrows(modules, room)
    return (
        f"{room}: loose files {len(loose)}, places at its top {len({arrows.place(path, room) for path in paths})}, "
        f"arrows between them {len(between)}, of those in a circle {len(arrows.in_circles(between))}"
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        (TOP / picture.FILE).write_text(picture.redrawn(TOP), encoding="utf-8")
    else:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TOP
        sys.stdout.write("\n".join(figures(folder)) + "\n")
