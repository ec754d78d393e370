"""What a version of a dataset changes by month beside the one before it, in words, and what it would lose."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from geo import disclosure
from geo.calendar import months
from geo.errors import InputError
from geo.wording import how_many

BESIDE: Final = "Beside version "  # how the note of what a version changed begins
_SHARE_OF_ROWS: Final = 0.05  # that a version may hold fewer than the one before without being asked
_WORTH_ASKING: Final = 20  # rows of a month from which on losing most of them is asked about
_FEW: Final = 6  # months that are listed one by one
_FEW_RUNS: Final = 4


@dataclass(frozen=True)
class MonthChange:
    """Months of a version beside those of version ``version``, which was shown when it was prepared.

    ``stay`` have the same rows in both, ``added`` are in the new one only, ``replaced`` differ, ``set_back`` differ and
    came in with newer files before (month → the newest month of those), ``lost`` are in the old one only. ``named`` are
    months that stay and gain names of places. ``before`` and ``after`` count the rows of every month. ``edition`` is
    the newest month of the files that were brought; None where files have no edition. ``about`` says that sentences
    tell rounded rows, and no months.
    """

    version: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    stay: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    set_back: Mapping[str, str] | None = None
    lost: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    edition: str | None = None
    about: bool = False

    def rounded(self) -> "MonthChange":
        """Return the same change, whose sentences tell rounded rows and no months."""
        return replace(self, about=True)

    @property
    def is_nothing(self) -> bool:
        """Whether every row is as it was."""
        return not (self.added or self.replaced or self.set_back or self.lost or self.named)

    @property
    def rows_before(self) -> int:
        """The number of rows of the version before."""
        return sum(self.before.values())

    @property
    def rows_after(self) -> int:
        """The number of rows of the new version."""
        return sum(self.after.values())

    @property
    def loss(self) -> str | None:
        """What would be lost, to follow "would" or "Yes,"; None when nothing is that has to be asked about."""
        phrases = []
        if self.lost:
            gone = sum(self.before.get(month, 0) for month in self.lost)
            phrases.append(f"lose {self._say_which(self.lost)} ({self._say_of_before(gone)})")
        elif self.rows_before - self.rows_after > _SHARE_OF_ROWS * self.rows_before:
            phrases.append(f"lose {self._say_of_before(self.rows_before - self.rows_after)}")
        elif self._hollowed:
            listed = [f"{months.say(month)} ({self._say_rows(month)})" for month in self._hollowed]
            phrases.append(f"lose most rows of {'some months' if self.about else ', '.join(listed)}")
        if self.set_back:
            phrases.append(f"set back to older figures {self._say_which(self.set_back)}")
        return " and ".join(phrases) or None

    @property
    def _hollowed(self) -> list[str]:
        changed = (*self.replaced, *(self.set_back or ()))
        return [
            month
            for month in sorted(changed)
            if self.before.get(month, 0) >= _WORTH_ASKING and 2 * self.after.get(month, 0) < self.before[month]
        ]

    def _say_which(self, listed: Collection[str]) -> str:
        return "months" if self.about else f"{how_many(len(listed), 'month', 'months')}: {_say_from_to(listed)}"

    def _say_of_before(self, gone: int) -> str:
        if self.about:
            return f"{disclosure.about_rows(gone)} of {disclosure.about_rows(self.rows_before)} rows"
        return f"{gone:,} of {how_many(self.rows_before, 'row', 'rows')}"

    def _say_rows(self, month: str) -> str:
        return f"{self.before.get(month, 0):,} → {self.after.get(month, 0):,} rows"

    def sentence(self, *, rows: bool = True) -> str:
        """Say how many months stay, are added and are replaced, and how many rows that comes to unless not wanted."""
        if self.about:
            return f"Rows: {disclosure.about_rows(self.rows_before)} → {disclosure.about_rows(self.rows_after)}."
        counted = (
            (len(self.stay), "stays", "stay"),
            (len(self.added), "is added", "are added"),
            (len(self.replaced), "is replaced by newer figures", "are replaced by newer figures"),
            (len(self.set_back or ()), "is set back to older figures", "are set back to older figures"),
            (len(self.lost), "is lost", "are lost"),
        )
        parts = [f"{n:,} {one if n == 1 else many}" for n, one, many in counted if n]
        n = next((n for n, _, _ in counted if n), 0)
        first, _, rest = parts[0].partition(" ") if parts else ("No", "", "changes")
        parts[:1] = [f"{first} {'month' if n <= 1 else 'months'} {rest}"]
        figures = f" (rows {self.rows_before:,} → {self.rows_after:,})" if rows else ""
        return f"{', '.join(parts)}{figures}."

    def details(self, *, rows: bool = True) -> list[str]:
        """Say which months are added, replaced, set back and lost, with the rows of those that differ."""
        if self.about:
            return []
        changed = (
            ("Added", self.added, False),
            ("Replaced", self.replaced, rows),
            ("Set back", tuple(self.set_back or ()), rows),
            ("Lost", self.lost, False),
            ("Names of places are new in", self.named, False),
        )
        return [f"{what}: {self._say(listed, figures)}." for what, listed, figures in changed if listed]

    def _say(self, listed: Iterable[str], figures: bool) -> str:
        ordered = sorted(listed)
        if not figures or len(ordered) > _FEW:
            return _say_from_to(ordered)
        return ", ".join(f"{months.say(month)} ({self._say_rows(month)})" for month in ordered)

    def note(self, *, rows: bool) -> str:
        """Say all of it in the notes of the version; ``rows`` only where exact figures are published anyway."""
        return " ".join([f"{BESIDE}{self.version}: {self.sentence(rows=rows)}", *self.details(rows=rows)])

    def by_month(self) -> list[dict[str, str | int | None]]:
        """List the months that change: ``month`` in words, ``what`` happens, and its rows ``before`` and ``after``."""
        what = dict.fromkeys(self.added, "added") | dict.fromkeys(self.replaced, "replaced by newer figures")
        what |= dict.fromkeys(self.set_back or (), "set back to older figures") | dict.fromkeys(self.lost, "lost")
        return [
            {
                "month": months.say(month),
                "what": what[month],
                "before": self.before.get(month),
                "after": self.after.get(month),
            }
            for month in sorted(what)
        ]

    def require_nothing_lost(self, remedy: str | None = None) -> None:
        """Raise InputError when anything would be lost; ``remedy`` says how to agree to it."""
        loss = self.loss
        if loss is None:
            return
        newer = f" (files up to {months.say(self.edition)})" if self.set_back and self.edition else ""
        agree = remedy or f"tick “Yes, {loss}” on the Upload page if that is meant"
        raise InputError(
            f"A version must keep what the one before it has, and this one{newer} would {loss}; {agree}, or choose "
            "other files."
        )


def _say_from_to(listed: Iterable[str]) -> str:
    """Write months: "Jan 2018 to Nov 2019, Feb 2020", the last runs counted where there are many."""
    runs = months.runs(listed)
    said = [months.say(run[0]) if len(run) == 1 else f"{months.say(run[0])} to {months.say(run[-1])}" for run in runs]
    if len(runs) <= _FEW_RUNS:
        return ", ".join(said)
    rest = sum(len(run) for run in runs[_FEW_RUNS:])
    return f"{', '.join(said[:_FEW_RUNS])} and {rest:,} more"
