"""Operators: the small faults that are tried, each a few characters of a file replaced.

Numbers go up and down, comparisons lose or gain their boundary or turn round, calculations and logic take another sign,
conditions are turned round or dropped, functions that choose choose the other, statements are left out. Texts stay as
they are: no promise hangs on a word's case, and tests of wording would only repeat the sentence.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from difflib import unified_diff
from typing import Final, NamedTuple

COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
CALCULATED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_CHOOSING: Final = (("min", "max"), ("minimum", "maximum"), ("any", "all"), ("ceil", "floor"), ("argmin", "argmax"))
CHOSEN: Final = {one: other for pair in _CHOOSING for one, other in (pair, pair[::-1])}
LEFT_OUT: Final = (ast.Expr, ast.AugAssign, ast.Raise, ast.Continue, ast.Break)
NO_PROMISE: Final = {"strict"}  # an argument that only says what is so anyway


@dataclass(frozen=True)
class Mutant:
    """One fault: the whole text of a file with it, the function it is in, and the lines that differ."""

    file: str
    place: str
    lines: tuple[str, ...]  # those taken away, each after “- ”, then those put there, each after “+ ”
    text: str
    in_function: bool
    count: int = 1  # which of the same lines in one function

    @property
    def module(self) -> str:
        """The name by which the file is loaded."""
        return self.file.removesuffix(".py").replace("/", ".")

    @property
    def name(self) -> str:
        """What tells it from all others, and stays when lines elsewhere change."""
        return "\n".join((f"{self.file} {self.place}{f' ({self.count})' if self.count > 1 else ''}", *self.lines))


class _Place(NamedTuple):
    """The function that code is in, or the class, or nothing."""

    name: str
    in_function: bool


def mutants(file: str, text: str) -> list[Mutant]:
    """Return every fault that can be put into the text of a file, in the order in which they stand there."""
    starts, raw = _starts(text), text.encode()
    found: list[Mutant] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for place, node, now in _faults(ast.parse(text), ""):
        first = starts[node.lineno - 1] + node.col_offset
        last = starts[node.end_lineno - 1] + node.end_col_offset
        mutated = (raw[:first] + now.encode() + raw[last:]).decode()
        one = Mutant(file, place.name or "of the module", _differing(text, mutated), mutated, place.in_function)
        seen[one.name] += 1
        found.append(replace(one, count=seen[one.name]))
    return found


def _differing(before: str, after: str) -> tuple[str, ...]:
    """Return the lines of two texts that differ, without the spaces before them."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[3:]
    return tuple(f"{line[0]} {line[1:].strip()}" for line in lines)


def _starts(text: str) -> list[int]:
    """Return where each line begins, in bytes, as the parser counts."""
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _faults(node: ast.AST, place: str, in_function: bool = False) -> Iterator[tuple[_Place, ast.expr | ast.stmt, str]]:
    """Go through a tree: where a fault is, what it replaces, and by what. Functions inside others are part of these."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef) and not in_function:
        place = f"{place}.{node.name}".lstrip(".")
        in_function = isinstance(node, ast.FunctionDef)
    here = _Place(place, in_function)
    if isinstance(node, ast.If | ast.While | ast.IfExp) and not isinstance(node.test, ast.Compare | ast.UnaryOp):
        yield here, node.test, f"(not ({ast.unparse(node.test)}))"
    if isinstance(node, ast.expr | ast.stmt):
        yield from ((here, node, now) for now in _replaced(node))
    for child in _children(node):
        yield from _faults(child, place, in_function)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Return what of a node may be mutated: no types, no decorators, and no formatted texts."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg in NO_PROMISE):
        return
    for name, value in ast.iter_fields(node):
        if name not in {"annotation", "returns", "decorator_list", "bases"}:
            yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, ast.AST))


def _replaced(node: ast.expr | ast.stmt) -> Iterator[str]:
    """Return what may stand instead of a node."""
    match node:
        case ast.Constant():
            yield from _figures(node.value)
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp():
            yield _with(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())
        case ast.UnaryOp(ast.Not() | ast.USub() | ast.Invert()):
            yield f"({ast.unparse(node.operand)})"
        case ast.BinOp() if type(node.op) in CALCULATED:
            yield _with(node, op=CALCULATED[type(node.op)]())
        case ast.Name() | ast.Attribute():
            name = node.id if isinstance(node, ast.Name) else node.attr
            if name in CHOSEN and isinstance(node.ctx, ast.Load):
                yield ast.unparse(node).removesuffix(name) + CHOSEN[name]
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _unfiltered(node)
        case ast.stmt():
            yield from _statements(node)


def _figures(value: object) -> Iterator[str]:
    match value:
        case bool():
            yield str(not value)
        case int():
            yield from (str(value + 1), _negative(value - 1))
        case float():
            yield from (f"{value * 1.1:.6g}", f"{value * 0.9:.6g}") if value else ("1.0", "(-1.0)")


def _statements(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Return(ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "return None"
        case ast.AugAssign() if type(node.op) in CALCULATED:
            yield from ("pass", _with(node, op=CALCULATED[type(node.op)]()))
        case ast.Assign() if not all(isinstance(one, ast.Name) for one in node.targets) or _again(node):
            if not any(isinstance(one, ast.Tuple) for one in node.targets):
                yield "pass"
        case ast.Expr(ast.Constant()):
            pass
        case ast.stmt() if isinstance(node, LEFT_OUT):
            yield "pass"


def _again(node: ast.Assign) -> bool:
    """Tell whether a name is given a new value made from its old one, so that without the line it has the old one."""
    names = {one.id for one in node.targets if isinstance(one, ast.Name)}
    return any(isinstance(one, ast.Name) and one.id in names for one in ast.walk(node.value))


def _compared(node: ast.Compare) -> Iterator[str]:
    for at, op in enumerate(node.ops):
        for other in COMPARED[type(op)]:
            yield _with(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def _unfiltered(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[str]:
    for at, loop in enumerate(node.generators):
        if loop.ifs:
            changed = copy(loop)
            changed.ifs = []
            yield _with(node, generators=[*node.generators[:at], changed, *node.generators[at + 1 :]])


def _negative(value: int) -> str:
    return str(value) if value >= 0 else f"({value})"


def _with(node: ast.expr | ast.stmt, **changes: object) -> str:
    """Return the code of a node with some of its parts changed."""
    changed = copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    code = ast.unparse(ast.fix_missing_locations(changed))
    return code if isinstance(node, ast.stmt) else f"({code})"
