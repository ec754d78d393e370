"""A process that reads where none can be forked safely: a new interpreter for each reading, as Windows and macOS need.

It has no limit of memory (neither system keeps one), only those of time, and no filter in the kernel.
"""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import spawn
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Final

from data.sandbox.child import answer
from data.sandbox.ends import End
from data.sandbox.resource_limits import ResourceLimits

_lock: Final = Lock()


class SpawnedChild:
    """A new process; see ``ends.Child``."""

    def __init__(self, limits: ResourceLimits) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._folder = TemporaryDirectory(prefix="local-context-", ignore_cleanup_errors=True)
        given = (theirs, limits, Path(self._folder.name), None)
        self._process = context.Process(target=answer, args=given, daemon=True)
        with _without_main():
            self._process.start()
        theirs.close()
        self._end: End | None = None

    def kill(self) -> None:
        """End it at once."""
        if self._end is None:
            self._process.kill()

    def ended(self) -> End:
        """Wait for its end, and remove its folder."""
        if self._end is None:
            self._process.join()
            self._end = End(self._process.exitcode)
            self._process.close()
            self._folder.cleanup()
        return self._end


@contextmanager
def _without_main() -> Iterator[None]:
    """Let no new process run this one's main module, as it usually does: under Streamlit that is a page."""
    with _lock:
        usual = spawn.get_preparation_data

        def prepared(name: str) -> dict[str, Any]:
            return {key: value for key, value in usual(name).items() if not key.startswith("init_main_from_")}

        spawn.get_preparation_data = prepared
        try:
            yield
        finally:
            spawn.get_preparation_data = usual
