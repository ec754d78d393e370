"""Ways to publish counts: two that are known to be broken, and ours, asked through the functions that write exports."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple, Protocol

import numpy as np

from data.services import exports
from geo.counts.cube import Counts
from geo.harms import HARM_GROUPS
from geo.release.ledger import Ledger
from geo.views.listing import CountsRequest
from geo.views.view import view_counts
from tests.attack.worlds import town

Slot = tuple[int, ...]
Line = tuple[Slot, Slot, Slot]
DIMENSIONS: Final = ("area", "period", "harm")


class Answer(NamedTuple):
    """What one line of an export says: the figure, None when it is hidden, and what the sum then lies between.

    For our release that is the sum of protected cells, for the others the true sum.
    """

    shown: int | None
    low: int
    high: int


@dataclass(frozen=True)
class Export:
    """One export of counts by one or more of the three dimensions; positions of areas, periods and harms pass."""

    by: tuple[str, ...]
    areas: Slot
    periods: Slot
    harms: Slot

    def lines(self) -> Iterator[Line]:
        """Return the areas, the periods and the harms that each line is the sum of."""
        whole = (self.areas, self.periods, self.harms)
        yield from product(
            *(
                [(one,) for one in asked] if name in self.by else [asked]
                for name, asked in zip(DIMENSIONS, whole, strict=True)
            )
        )


class Design(Protocol):
    """A way to publish. ``truth`` is the exact counts by the units, periods and harms that it publishes."""

    truth: Counts

    def export(self, asked: Export) -> list[Answer]:
        """Return what each line of an export says."""


@dataclass(frozen=True)
class HideAndRound:
    """Sums under 10 are hidden and others rounded to 5, each by itself."""

    truth: Counts

    def export(self, asked: Export) -> list[Answer]:
        return [self._claim(int(self.truth[np.ix_(*line)].sum())) for line in asked.lines()]

    @staticmethod
    def _claim(n: int) -> Answer:
        nearest = (n + 2) // 5 * 5
        return Answer(None, 0, 9) if n < 10 else Answer(nearest, nearest - 2, nearest + 2)


@dataclass(frozen=True)
class SteadyNoise:
    """To every sum −2 to 2 is added: always the same to the same sum, something else to any other."""

    truth: Counts
    key: bytes

    def export(self, asked: Export) -> list[Answer]:
        shown = [int(self.truth[np.ix_(*line)].sum()) + self._noise(line) for line in asked.lines()]
        return [Answer(n, n - 2, n + 2) for n in shown]

    def _noise(self, line: Line) -> int:
        same = repr([sorted(part) for part in line])
        digest = hashlib.blake2b(same.encode(), key=self.key, digest_size=8).digest()
        return int.from_bytes(digest) % 5 - 2


class Ours:
    """One school year of a release, by its zones, half-terms and harm groups."""

    def __init__(self, ledger: Ledger, pooled: Counts, year: str) -> None:
        """``pooled`` is the exact counts by area, half-term of the ledger and harm group."""
        self.released = ledger.released
        of_year = [at for at, one in enumerate(self.released.periods) if one.year == year]
        self.periods = [self.released.periods[at].key for at in of_year]
        seen = view_counts(self.released, town(), "zone", (year,))
        units = seen.units
        self.codes = units.codes
        self.shown = seen.cube.n
        self.truth: Counts = np.zeros((len(units.codes), len(of_year), len(HARM_GROUPS)), dtype=np.int64)
        np.add.at(self.truth, units.member, pooled[:, of_year])

    def export(self, asked: Export) -> list[Answer]:
        text = exports.counts_csv(self.released, town(), self._listing(asked))
        told = {tuple(line[name] for name in asked.by): line for line in csv.DictReader(io.StringIO(text))}
        names = {"area": self.codes, "period": self.periods, "harm": tuple(HARM_GROUPS)}
        return [
            self._claim(told[tuple(names[name][line[DIMENSIONS.index(name)][0]] for name in asked.by)])
            for line in asked.lines()
        ]

    def _listing(self, asked: Export) -> CountsRequest:
        return CountsRequest(
            by=asked.by,
            level="zone",
            areas=tuple(self.codes[at] for at in asked.areas),
            first=self.periods[asked.periods[0]],
            last=self.periods[asked.periods[-1]],
            harms=tuple(tuple(HARM_GROUPS)[at] for at in asked.harms),
        )

    @staticmethod
    def _claim(line: dict[str, str]) -> Answer:
        if not line["n"]:
            assert line["shown"] == "fewer than 10"
            return Answer(None, 0, 5)
        n = int(line["n"])
        assert line["shown"] == f"about {n:,}", line
        assert n >= 10, line
        return Answer(n, n, n)
