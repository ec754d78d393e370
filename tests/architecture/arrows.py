"""Which folders of a room import which, measured from the code."""

import ast

from tests.architecture.rules import Module

Arrow = tuple[str, str]  # who imports, what is imported


def inside(modules: list[Module], room: str) -> list[Module]:
    """Return the modules of a room, folders and loose files alike."""
    return [module for module in modules if module.path.startswith(f"{room}/")]


def place(path: str, room: str) -> str:
    """Return the name of the folder or loose file at the top of a room that a path is in."""
    return path.removesuffix(".py").removeprefix(f"{room}/").split("/")[0]


def arrows(modules: list[Module], room: str) -> set[Arrow]:
    """Return the pairs of places at the top of a room of which the first imports the second."""
    there = inside(modules, room)
    paths = module_paths(there)
    return {
        (place(module.path, room), place(path, room))
        for module in there
        for path in imported(module, paths)
        if place(module.path, room) != place(path, room)
    }


def in_circles(found: set[Arrow]) -> set[Arrow]:
    """Return the arrows by which one can come back to where one began."""
    return {(one, other) for one, other in found if one in _reached(other, found)}


def module_paths(modules: list[Module]) -> set[str]:
    """Return the paths of modules as an import names them: without ``.py`` or ``/__init__``."""
    return {module.path.removesuffix(".py").removesuffix("/__init__") for module in modules}


def imported(module: Module, paths: set[str]) -> set[str]:
    """Return those of ``paths`` that a module imports."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            base = node.module.replace(".", "/")
            found |= {inner if (inner := f"{base}/{alias.name}") in paths else base for alias in node.names}
    return found & paths


def _reached(start: str, found: set[Arrow]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        further = {other for one, other in found if one == here} - reached
        reached |= further
        waiting += further
    return reached
