"""The rules of the rooms, each a function from one module to the places where it breaks the rule."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOMS: Final = ("dashboard", "pages", "access", "data", "geo")  # from the top down
# The folders inside each room, from the bottom up, its loose files below them all: a folder imports what stands before
# it. The tables of docs/architecture.md are made from these lines.
ORDER: Final[dict[str, tuple[str, ...]]] = {
    "geo": (
        "calendar", "areas", "basemap", "walking", "register", "counts", "statistics", "release", "views", "maps",
        "charts", "safety_marks", "findings", "evidence", "trends", "clock", "briefing",
    ),
    "data": ("formats", "screening", "records", "recognition", "sandbox", "papers", "store", "services", "demo", "cli"),
    "access": (),
    "pages": ("routes", "components"),
    "pages/components": (
        "cached", "frame", "charts", "maps", "trends", "clock", "actions", "next_steps", "area_map", "context",
        "datasets", "guide", "upload", "setup", "partners", "hotspots", "way_home", "marks", "briefing",
    ),
}  # fmt: skip
# Loose files that start a program stand above the folders of their room.
ENTRIES: Final = frozenset(("data/__main__.py",))
LONGEST_FILE: Final = 350
LONGEST_FUNCTION: Final = 60

EXACT: Final = frozenset(("load_cells", "load_rows"))
DOORS: Final = frozenset(
    (
        "data/services/visibility.py",
        "data/services/verifying.py",
        "data/services/releasing.py",
        "data/services/importing.py",
        "data/services/restored_releases.py",
        "data/services/adding_months.py",
        "data/services/open_points.py",
        "data/services/incident_times.py",
        "data/services/completeness.py",
    )
)
TABLES_MODULES: Final = (
    "data/store/tables.py",
    "data/store/table_parts.py",
    "data/store/register_tables.py",
    "data/store/paper_tables.py",
    "data/store/unversioned.py",
)
MIGRATIONS: Final = "data/store/migrations/"
OUTSIDE: Final = frozenset(
    (
        "fiona",
        "ftplib",
        "glob",
        "http",
        "httpx",
        "io",
        "os",
        "pathlib",
        "pyogrio",
        "requests",
        "shutil",
        "socket",
        "sqlite3",
        "subprocess",
        "tempfile",
        "urllib",
        "urllib3",
    )
)
FILE_METHODS: Final = frozenset(
    ("read_csv", "read_excel", "read_feather", "read_file", "read_parquet", "to_file", "to_parquet")
)
HEAVY: Final = frozenset(("geopandas", "numpy", "pandas", "pyarrow", "pyproj", "scipy", "shapely", "sqlalchemy"))
COMPUTING: Final = frozenset(
    ("agg", "apply", "groupby", "mean", "merge", "pivot_table", "query", "read_sql", "sort_values", "sum")
)
UNFINISHED: Final = re.compile(r"\b(TOD[O]|FIXM[E])\b")


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the top of the project, its text and its syntax tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The file's syntax tree."""
        return ast.parse(self.text)

    @property
    def room(self) -> str:
        """The room that the file is in: its first folder, or its name when it is at the top."""
        return Path(self.path).parts[0].removesuffix(".py")

    def imports(self) -> Iterator[tuple[int, str]]:
        """Return line and full name of everything imported, in type-checking blocks and functions too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                source = f"{self.room}." if node.level else f"{node.module}."
                yield from ((node.lineno, source + alias.name) for alias in node.names)

    def calls(self) -> Iterator[tuple[int, str]]:
        """Return line and dotted name of everything called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, _dotted(node.func)


def read_modules(top: Path) -> list[Module]:
    """Read every Python file of the rooms and of the tests."""
    files = [top / "dashboard.py", *(file for room in (*ROOMS, "tests") for file in sorted((top / room).rglob("*.py")))]
    return [
        Module(file.relative_to(top).as_posix(), file.read_text(encoding="utf-8")) for file in files if file.is_file()
    ]


def imports_go_down(module: Module) -> Iterator[str]:
    """A room imports itself and the rooms below it."""
    if module.room in ROOMS:
        above = ROOMS[: ROOMS.index(module.room)]
        yield from _imported(module, frozenset((*above, "tests")))


def folders_go_down(module: Module) -> Iterator[str]:
    """Inside a room, a folder imports itself, the folders before it, and loose files; a loose file no folder."""
    for room, order in ORDER.items():
        if not module.path.startswith(f"{room}/") or module.path in ENTRIES:
            continue
        here = _floor(module.path.removesuffix(".py"), room, order)
        if room == "pages" and here == 0:  # a page stands above the parts that it shows
            continue
        for line, full in module.imports():
            there = _floor(full.replace(".", "/"), room, order)
            if there > here:
                yield f"{module.path}:{line} imports {full}, which stands above it"


def folders_are_in_the_order(module: Module) -> Iterator[str]:
    """Every folder of a room that has an order stands in it, and says in its docstring what lives there."""
    for room, order in ORDER.items():
        inner = module.path.removeprefix(f"{room}/").split("/")
        if module.path.startswith(f"{room}/") and len(inner) > 1 and inner[0] not in order:
            yield f"{module.path}:1 is in a folder that ORDER does not name"


def streamlit_stays_on_the_pages(module: Module) -> Iterator[str]:
    """Only pages and dashboard.py know streamlit."""
    if module.room in ("access", "data", "geo"):
        yield from _imported(module, frozenset(("streamlit", "streamlit_folium")))


def sqlalchemy_stays_in_the_store(module: Module) -> Iterator[str]:
    """Only data/store speaks SQL."""
    if module.room in ROOMS and not module.path.startswith("data/store/"):
        yield from _imported(module, frozenset(("sqlalchemy", "sqlite3")))


def exact_counts_have_one_door(module: Module) -> Iterator[str]:
    """Exact counts and ledgers are loaded where the Principal is looked at, released from, and verified."""
    if module.room not in ROOMS or module.path in DOORS:
        return
    for line, called in module.calls():
        if called.rpartition(".")[2] in EXACT or called in ("releases.load", "releasing.ledger_of"):
            yield f"{module.path}:{line} calls {called}"


def tables_are_defined_once(module: Module) -> Iterator[str]:
    """Tables are made in one module, those beside the store's own in another, earlier ones in migrations."""
    if module.room not in ROOMS or module.path in TABLES_MODULES or module.path.startswith(MIGRATIONS):
        return
    names = {full.rsplit(".", 1)[-1] for _, full in module.imports() if full.startswith("sqlalchemy.")}
    for line, called in module.calls():
        head, _, last = called.rpartition(".")
        if last in ("Table", "MetaData") and (last in names or head in ("sa", "sqlalchemy")):
            yield f"{module.path}:{line} makes a {last}"


def geo_touches_nothing(module: Module) -> Iterator[str]:
    """Geo opens no file and no connection."""
    if module.room != "geo":
        return
    yield from _imported(module, OUTSIDE)
    for line, called in module.calls():
        if called == "open" or called.rpartition(".")[2] in FILE_METHODS:
            yield f"{module.path}:{line} calls {called}"


def pages_do_not_import_computing(module: Module) -> Iterator[str]:
    """Pages show; they know no frame, array, geometry or table library."""
    if module.room == "pages":
        yield from _imported(module, HEAVY)


def pages_do_not_compute(module: Module) -> Iterator[str]:
    """Pages call none of the methods with which frames are computed."""
    if module.room != "pages":
        return
    for line, called in module.calls():
        head, _, last = called.rpartition(".")
        if head and last in COMPUTING:
            yield f"{module.path}:{line} calls .{last}"


def modules_say_what_they_are(module: Module) -> Iterator[str]:
    """Every module of the rooms begins with a docstring."""
    if module.room in ROOMS and not ast.get_docstring(module.tree):
        yield f"{module.path}:1 has no docstring"


def files_are_short(module: Module) -> Iterator[str]:
    """A file is one idea."""
    lines = len(module.text.splitlines())
    if lines > LONGEST_FILE:
        yield f"{module.path}:1 has {lines} lines, over {LONGEST_FILE}"


def functions_are_short(module: Module) -> Iterator[str]:
    """A function does one thing."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{module.path}:{node.lineno} {node.name} has {lines} lines, over {LONGEST_FUNCTION}"


def nothing_is_left_for_later(module: Module) -> Iterator[str]:
    """No note says that something is unfinished."""
    for number, line in enumerate(module.text.splitlines(), start=1):
        if UNFINISHED.search(line):
            yield f"{module.path}:{number} says something is unfinished"


RULES: Final[tuple[Callable[[Module], Iterator[str]], ...]] = (
    imports_go_down,
    folders_go_down,
    folders_are_in_the_order,
    streamlit_stays_on_the_pages,
    sqlalchemy_stays_in_the_store,
    exact_counts_have_one_door,
    tables_are_defined_once,
    geo_touches_nothing,
    pages_do_not_import_computing,
    pages_do_not_compute,
    modules_say_what_they_are,
    files_are_short,
    functions_are_short,
    nothing_is_left_for_later,
)


def importers(modules: list[Module], package: str) -> list[str]:
    """List the modules of the rooms that import ``package``."""
    return [module.path for module in modules if module.room in ROOMS and any(_imported(module, frozenset((package,))))]


def repeated_classes(modules: list[Module]) -> dict[str, list[str]]:
    """Return the public classes of the rooms that share a name, with the modules that define them."""
    found: dict[str, list[str]] = {}
    for module in modules:
        if module.room in ROOMS:
            for node in module.tree.body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found.setdefault(node.name, []).append(module.path)
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def _floor(path: str, room: str, order: Sequence[str]) -> int:
    """Return how high in its room a module stands: 0 for loose files and other rooms, else 1 and more."""
    inner = path.removeprefix(f"{room}/").split("/")
    return order.index(inner[0]) + 1 if path.startswith(f"{room}/") and inner[0] in order else 0


def _imported(module: Module, banned: frozenset[str]) -> Iterator[str]:
    for line, full in module.imports():
        if full.split(".")[0] in banned:
            yield f"{module.path}:{line} imports {full}"


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "…"
