"""Grafting: a module that is loaded already does what another text of it says.

Modules that took a function from it hold that very function, so its code is exchanged in place. A value that others
took is put in their namespaces too. What they worked out from such a value when they were loaded stays as it was.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import FunctionType, ModuleType
from typing import Any


def graft(module: ModuleType, text: str) -> None:
    """Make a module behave as ``text``, the text that it was loaded from but for a small fault."""
    # With the module's name, so that dataclasses are made as they were; the module itself stays as it is.
    fresh: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(text, str(module.__file__), "exec"), fresh)  # noqa: S102
    old = vars(module)
    for name, function in _functions(old, module.__name__):
        other = dict(_functions(fresh, module.__name__))[name]
        function.__code__ = other.__code__
        function.__defaults__, function.__kwdefaults__ = other.__defaults__, other.__kwdefaults__
    for name in old.keys() & fresh.keys():
        if _is_figure(old[name]) and old[name] != fresh[name]:
            _rebind(module.__name__, name, old[name], fresh[name])


def _is_figure(value: object) -> bool:
    return isinstance(value, bool | int | float | str | tuple | frozenset)


def _functions(names: Mapping[str, Any], module: str) -> Iterator[tuple[str, FunctionType]]:
    """Return the functions that a module defines, those of its classes included."""
    for name, value in names.items():
        if isinstance(value, property | cached_property | classmethod | staticmethod):
            value = getattr(value, "fget", None) or getattr(value, "func", None) or value.__func__
        if isinstance(value, FunctionType) and value.__globals__["__name__"] == module:
            yield name, value
        elif isinstance(value, type) and value.__module__ == module:
            yield from ((f"{name}.{inner}", function) for inner, function in _functions(vars(value), module))


def _rebind(module: str, name: str, old: object, new: object) -> None:
    """Put a new value where modules of the project know the old one by this name."""
    room = module.partition(".")[0]
    for other in list(sys.modules.values()):
        known = vars(other) if isinstance(other, ModuleType) else {}
        if known.get(name) is old and str(known.get("__name__")).partition(".")[0] in {room, "geo", "data", "tests"}:
            known[name] = new
