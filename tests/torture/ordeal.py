"""The ordeal of one store: kill what writes to it, look, and go on from what is there."""

import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from data.principal import LOCAL_USER
from data.services import secret
from data.services.setting_up import add_areas, add_hotspots, add_schools
from data.services.verifying import verify
from data.store import integrity
from data.store.snapshot import restore_backup, write_backup
from data.store.store import Store
from tests.torture import killing
from tests.torture.choosing import Chooser, different
from tests.torture.deeds import Deed, Everything, RestoreBackup, everything
from tests.torture.hotspot_deeds import known
from tests.torture.killing import Say
from tests.torture.looking import others, say_transactions
from tests.torture.register_deeds import SCHOOL
from tests.unit.data import small_place

DEEDS_A_LIFE = 3
PREPARED = 24
ROUNDS = 25  # kills between two backups, each with a look at whether all counts still follow from their rows
# What starts the killer's clock, and within which share of a life it strikes: half of all kills are to hit a write.
OPENING, OPENED, BEGUN = "opening", "opened", "begun"
STARTS = (OPENING, *[OPENED] * 4, *[BEGUN] * 5)
SPAN = {OPENING: 0.25, OPENED: 1.0, BEGUN: 0.25}
OUTSIDE, WRITING, COMMIT = "between transactions", "while writing", "at the commit or just after"
Settled = Callable[[], None]  # returns when nothing that was killed is still at work
Planned = Sequence[tuple[Deed, Everything]]


@dataclass
class Tally:
    """How many kills fell where."""

    kills: int = 0
    where: Counter[str] = field(default_factory=Counter)
    inside: Counter[str] = field(default_factory=Counter)  # by the deed that was cut short
    kept: int = 0  # deeds that were done although nobody was told so
    done: int = 0
    backups: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Say it for people."""
        where, inside, backups = (
            ", ".join(f"{number} {what}" for what, number in counted.most_common()) or "none"
            for counted in (self.where, self.inside, self.backups)
        )
        return [
            f"{self.kills} kills of a writer: {where}.",
            f"Cut short inside a transaction: {inside}; kept all the same: {self.kept}.",
            f"{sum(self.backups.values())} kills of one who takes a backup: {backups}.",
            f"{self.done} deeds were done; after every kill the store held them whole and nothing else.",
        ]


class Ordeal:
    """One store and what it must hold."""

    def __init__(self, url: str, seed: int, folder: Path, settled: Settled = lambda: None) -> None:
        self.tally = Tally()
        self._url, self._folder, self._settled = url, folder, settled
        self._random = random = Random(seed)  # noqa: S311
        store = Store(url)
        add_areas(store, LOCAL_USER, small_place.area_files())
        add_hotspots(store, LOCAL_USER, [small_place.upload("spots.csv", small_place.HOTSPOTS)])
        add_schools(store, LOCAL_USER, small_place.upload("schools.csv", small_place.SCHOOLS))
        self._chooser = Chooser(random, different(store, random, PREPARED))
        secret.begin(store)
        self._others = others(store)
        self._stamp = store.stamp(LOCAL_USER)
        self._held = Everything(hotspots=known(store))
        store.close()
        self._seconds = statistics.median(self._uncut() for _ in range(5))

    def undergo(self, kills: int) -> None:
        """Kill this often, at random moments, and look at what is left each time."""
        for number in range(kills):
            if number % ROUNDS == 0:
                self._back_up()
                self._kill_a_backup()
            self._kill()
        self._verify()

    def _kill(self) -> None:
        planned = self._plan()
        start = self._random.choice(STARTS)
        after = self._random.uniform(0, self._seconds * SPAN[start])
        ended = killing.kill(lambda say: self._live(planned, say, start), after)
        self._settled()
        self._count(ended.said, self._look(planned, ended.said), planned)

    def _uncut(self) -> float:
        """Let one life go to its end; give the seconds it took once the store was open."""
        planned = self._plan()
        ended = killing.run(lambda say: self._live(planned, say, OPENED))
        self._look(planned, ended.said[:-1])
        return float(ended.said[-1])

    def _plan(self) -> Planned:
        return list(self._chooser.several(self._held, DEEDS_A_LIFE))

    def _live(self, planned: Planned, say: Say, start: str) -> None:
        """Do what is planned, saying at each step how far it came; what is said first starts the killer's clock."""
        tempfile.tempdir = str(self._folder)  # what a killed process leaves there goes with the folder
        if start == OPENING:
            say("ready")
        store = Store(self._url)
        say_transactions(store, say)
        if start == OPENED:
            say("ready")
        begun = time.perf_counter()
        for deed, _ in planned:
            deed.do(store)
            say("done")
        say(str(time.perf_counter() - begun))

    def _look(self, planned: Planned, said: Sequence[str]) -> int:
        """Return how many deeds were done; all that were acknowledged must be, and the one cut short may be."""
        done = said.count("done")
        told = [self._held, *(after for _, after in planned)]
        store = Store(self._url)
        try:
            steps = store.stamp(LOCAL_USER) - self._stamp
            assert steps in (done, done + 1), f"{done} deeds were acknowledged and {steps} are in the audit"
            assert everything(store, SCHOOL, known(store)) == told[steps], (
                f"after {planned[:steps]} the store holds something else"
            )
            assert others(store) == self._others
            assert integrity.find_damage(store, LOCAL_USER) == []
        finally:
            store.close()
        self._held, self._stamp = told[steps], self._stamp + steps
        return steps

    def _count(self, said: Sequence[str], steps: int, planned: Planned) -> None:
        where = {"begin": WRITING, "commit": COMMIT}.get(said[-1], OUTSIDE)
        self.tally.kills += 1
        self.tally.where[where] += 1
        self.tally.done += steps
        if where != OUTSIDE:
            done = said.count("done")
            self.tally.inside[type(planned[done][0]).__name__] += 1
            self.tally.kept += steps - done

    def _back_up(self) -> None:
        path = self._folder / f"backup-{self.tally.kills}"
        store = Store(self._url)
        begun = time.perf_counter()
        write_backup(store, LOCAL_USER, path)
        self._backup_seconds = time.perf_counter() - begun
        store.close()
        self._chooser.backup = RestoreBackup(path, self._held)
        self._verify()

    def _kill_a_backup(self) -> None:
        """Kill one who takes a backup: its file is there whole or not at all, and the store is untouched."""
        path = self._folder / f"cut-{self.tally.kills}"

        def work(say: Say) -> None:
            store = Store(self._url)
            say("ready")
            write_backup(store, LOCAL_USER, path)

        killing.kill(work, self._random.uniform(0, 1.2 * self._backup_seconds))
        self._settled()
        self._look([], [])
        self.tally.backups["whole" if path.exists() else "absent"] += 1
        if path.exists():
            other = Store(f"sqlite:///{self._folder / path.name}.sqlite")
            restore_backup(other, LOCAL_USER, path)
            assert everything(other, SCHOOL, known(other)) == self._held
            other.close()

    def _verify(self) -> None:
        store = Store(self._url)
        assert verify(store, LOCAL_USER) == []
        store.close()
