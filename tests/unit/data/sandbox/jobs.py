"""Jobs to run in the sandbox. Each is a function of this module, as a job must be."""

import ctypes
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely

from data.formats.sources import Source
from geo.errors import InputError, RefusedError

Progress = Callable[[float, str], None]
VALUE = "9434765919"


def double(number: int, _progress: Progress) -> int:
    return 2 * number


def length(source: Source, _progress: Progress) -> int:
    return len(source.read())


def frames(_progress: Progress) -> tuple[pa.Table, gpd.GeoDataFrame]:
    table = pa.table({"word": pa.array(["a", None]).dictionary_encode(), "at": pa.array([1, 2], pa.timestamp("s"))})
    plain = pd.DataFrame({"day": pd.to_datetime(["2024-01-01", None]), "text": ["a", None], "n": [1, 2]})
    return table, gpd.GeoDataFrame(plain, geometry=[shapely.Point(0, 1), shapely.Point(2, 3)], crs="EPSG:4326")


def refuse_input(_progress: Progress) -> None:
    raise InputError("A file must have rows, and it has none; export it again.")


def refuse_unprintably(_progress: Progress) -> None:
    raise InputError("A file must have rows, and “a\u202e\nb” has none.")


def refuse_endlessly(_progress: Progress) -> None:
    raise InputError("a" * 1_000_000)


def talk_nonsense(progress: Progress) -> None:
    """Write to whatever is open, as a reader that was taken over could."""
    progress(0.5, "Half")
    for descriptor in range(3, 64):
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, b'\0\0\0\x0c["progress"]')
    threading.Event().wait()


def refuse(_progress: Progress) -> None:
    raise RefusedError("This needs another role, and yours is viewer; ask an administrator.")


def fail(_progress: Progress) -> None:
    raise KeyError(VALUE)


def leave(_progress: Progress) -> None:
    os._exit(3)


def crash(_progress: Progress) -> None:
    ctypes.string_at(8)


def abort(_progress: Progress) -> None:
    os.abort()


def take_memory(_progress: Progress) -> int:
    return len(bytearray(400_000_000))


def take_memory_in_arrow(_progress: Progress) -> int:
    return pa.allocate_buffer(400_000_000).size


def work(_progress: Progress) -> None:
    while True:
        pass


def wait(_progress: Progress) -> None:
    threading.Event().wait()


def say_and_wait(folder: Path, progress: Progress) -> None:
    (Path(tempfile.gettempdir()) / "half-read").write_text("half", encoding="utf-8")
    progress(0.5, f"{os.getpid()} {folder} {tempfile.gettempdir()}")
    threading.Event().wait()


def tell_much(number: int, progress: Progress) -> int:
    for step in range(number):
        progress(step / number, f"Step {step}")
    return number


def in_threads(_progress: Progress) -> int:
    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(len, ["ab"] * 100)) + pa.table({"n": list(range(1000))})["n"].to_pandas().size


def other_type(_progress: Progress) -> object:
    return time.struct_time(range(9))


def claim_to_call(_progress: Progress) -> object:
    return _Call()


class _Call:
    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("true",)


def large_result(size: int, _progress: Progress) -> bytes:
    return bytes(size)


def print_value(_progress: Progress) -> None:
    print(VALUE)  # noqa: T201
    print(VALUE, file=sys.stderr)  # noqa: T201
    os.write(1, VALUE.encode())
    os.write(2, VALUE.encode())


def error_of(what: str, argument: object, _progress: Progress) -> str:
    """Try something, and say what the error was, or that there was none."""
    try:
        _TRIED[what](argument)
    except BaseException as error:
        return f"{type(error).__name__} {getattr(error, 'errno', None)}"
    return "done"


def _libc(name: str, *arguments: object) -> None:
    """Call the C library, past whatever Python itself looks at."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)


def _fopen(path: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.fopen.restype = ctypes.c_void_p
    if not libc.fopen(os.fsencode(str(path)), b"r"):
        raise OSError(ctypes.get_errno(), "fopen")


_TRIED: dict[str, Callable[[object], object]] = {
    "socket": lambda _: __import__("socket").socket(),
    "socket in C": lambda _: _libc("socket", 2, 1, 0),
    "io_uring in C": lambda _: _libc("syscall", 425, 1, None),
    "run": lambda _: subprocess.run(["true"], check=True),
    "execv in C": lambda _: _libc("execv", b"/bin/true", (ctypes.c_char_p * 2)(b"true", None)),
    "fork in C": lambda _: _libc("fork"),
    "kill parent": lambda _: os.kill(os.getppid(), signal.SIGTERM),
    "kill parent in C": lambda _: _libc("kill", os.getppid(), 0),
    "kill itself with nothing in C": lambda _: _libc("kill", os.getpid(), 0),
    "read": lambda path: Path(str(path)).read_text(encoding="utf-8"),
    "read in C": _fopen,
    "read in arrow": lambda path: pa.OSFile(str(path)),
    "list": lambda path: list(Path(str(path)).iterdir()),
    "write": lambda path: Path(str(path)).write_text("x", encoding="utf-8"),
    "write in arrow": lambda path: pa.OSFile(str(path), "wb"),
    "remove": lambda path: Path(str(path)).unlink(),
    "remove in C": lambda path: _libc("unlink", os.fsencode(str(path))),
    "write in its folder": lambda _: (Path(tempfile.gettempdir()) / "x").write_text("x", encoding="utf-8"),
    "write much": lambda _: (Path(tempfile.gettempdir()) / "x").write_bytes(bytes(2_000_000)),
    "sqlite": lambda path: __import__("sqlite3").connect(str(path)).execute("create table t (x)"),
    "sqlite in memory": lambda _: __import__("sqlite3").connect(":memory:").execute("create table t (x)"),
}


def names_in_environment(_progress: Progress) -> list[str]:
    return [*os.environ]
