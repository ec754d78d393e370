"""Hands the tests out to the workers: those that share something costly stay together."""

from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling, Scheduling

# Files whose tests share a server, a store or the views of a page that were opened before.
BY_FILE: Final = ("tests/browser/", "tests/pages/", "tests/unit/pages/routes/")
ONE_STORE: Final = ("tests/browser/test_checking.py", "tests/browser/test_uploading.py")  # they write to the same one


class ByFile(LoadGroupScheduling):
    """Gives a worker some files whole and all other tests one by one."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid) or str(super()._split_scope(nodeid))


def group_of(nodeid: str) -> str | None:
    """Return the name of the group of tests that one worker runs, one after the other; None for a test of no group."""
    file = nodeid.partition("::")[0]
    if file in ONE_STORE:
        return "uploads"
    return file if file.startswith(BY_FILE) else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Schedule by file; marks of groups, which are meant for this, have no effect with pytest 9.2 and xdist 3.8.

    Files keep their order, so that a worker goes from one file of a folder to the next, and what they share stands.
    """
    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False
    return ByFile(config, log)
