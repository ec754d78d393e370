"""Hands the tests out to the workers: those that share something costly stay together."""

from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling, Scheduling

# Files of which each shares what is costly to make, such as a server, a store, or towns that were searched.
BY_FILE: Final = (
    "tests/attack/",
    "tests/browser/",
    "tests/doors/",
    "tests/pages/",
    "tests/screening/test_bars.py",
    "tests/unit/data/store/test_damage.py",
    "tests/unit/data/store/test_failpoints.py",
    "tests/unit/geo/findings/test_null_findings.py",
    "tests/unit/geo/findings/test_planted_findings.py",
    "tests/unit/geo/statistics/test_planted_emerging.py",
    "tests/unit/pages/routes/",
    "tests/validate/test_told_rates.py",
)
# Files that share it with each other.
TOGETHER: Final = {
    "tests/acceptance/": "real places",
    "tests/browser/test_checking.py": "uploads",  # both write to the same store
    "tests/browser/test_uploading.py": "uploads",
    "tests/unit/data/demo/": "demonstration town",
}


class ByFile(LoadGroupScheduling):
    """Gives a worker some files whole and all other tests one by one."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid) or str(super()._split_scope(nodeid))


def group_of(nodeid: str) -> str | None:
    """Return the name of the group of tests that one worker runs, one after the other; None for a test of no group."""
    file = nodeid.partition("::")[0]
    shared = next((name for start, name in TOGETHER.items() if file.startswith(start)), None)
    return shared or (file if file.startswith(BY_FILE) else None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """Schedule by file; xdist's marks of groups, which are meant for this, have no effect with pytest 9.2.

    Files keep their order, so that a worker goes from one file of a folder to the next, and what they share stands.
    """
    if config.getvalue("dist") != "loadgroup":
        return None
    config.option.loadscopereorder = False
    return ByFile(config, log)
