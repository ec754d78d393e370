"""Chooses, by a seed, datasets to import and deeds to do, so that a run can be had again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from data.principal import LOCAL_USER
from data.services import importing, release_log, secret
from data.services.importing import PreparedImport
from data.store.store import Store
from tests.torture.deeds import Deed, Done, Everything, Import, Remove, Restore, RestoreBackup
from tests.torture.hotspot_deeds import NEW, AddHotspot, ChangeHotspot, UndoHotspot
from tests.torture.register_deeds import REFERENCES, AddCalendar, PutActions, Rebase, RemoveAction, Withdraw
from tests.unit.data import small_place

KINDS = ("Knife crime", "Drugs", "Robbery", "Anti-social behaviour", "Bullying")
SIZES = (1, 8, 60, 2500)  # rows; the largest takes many pages of a database
WHAT = (*["import"] * 4, *["next"] * 4, *["restore"] * 2, *["remove"] * 2, "backup")
REGISTERS = ("rebase", "rebase", "withdraw", "actions", "actions", "remove action", "calendar")
HOTSPOTS = ("hotspot", "hotspot")
REVIEWED = "2100-01-01"  # a day that is never past
FEWEST, MOST = 4, 10  # datasets in the store, so that each look at all of them is short


def different(store: Store, random: Random, how_many: int) -> list[PreparedImport]:
    """Prepare datasets of different sizes and figures; the store has the small place's areas."""
    secret.begin(store)
    release_log.begin_anew(store, LOCAL_USER)  # else the first import would begin it, which is one more write
    return [
        importing.prepare(store, LOCAL_USER, small_place.incidents(_text(random, random.choice(SIZES))))
        for _ in range(how_many)
    ]


@dataclass
class Chooser:
    """Chooses deeds that the store can do, each after the ones before."""

    random: Random
    prepared: Sequence[PreparedImport]
    backup: RestoreBackup | None = None
    serial: int = 0

    def several(self, before: Everything, how_many: int) -> Iterator[tuple[Deed, Everything]]:
        """Return deeds, each with what the store must hold when it is done."""
        for _ in range(how_many):
            deed = self._one(before)
            before = deed.on_paper(before)
            yield deed, before

    def _one(self, before: Everything) -> Deed:
        self.serial += 1
        kind = self.random.choice((*WHAT, *REGISTERS, *HOTSPOTS))
        if len(before.datasets) < FEWEST:
            kind = "import"
        elif len(before.datasets) >= MOST:
            kind = "remove"
        if kind in HOTSPOTS:
            return self._of_hotspots(before)
        return self._of_registers(kind, before) if kind in REGISTERS else self._of_datasets(kind, before)

    def _of_datasets(self, kind: str, before: Everything) -> Deed:
        if kind == "backup" and self.backup is not None:
            return self.backup
        if kind == "import":
            return Import(f"Dataset {self.serial}", self.serial, self.random.choice(self.prepared))
        title = self.random.choice(sorted(before.datasets))
        numbers = sorted(before.datasets[title].versions)
        if kind == "restore":
            return Restore(title, self.random.choice(numbers))
        if kind == "remove":
            others = [number for number in numbers if number != before.datasets[title].current]
            return Remove(title, self.random.choice([None, *others]))
        return Import(title, self.serial, self.random.choice(self.prepared))

    def _of_registers(self, kind: str, before: Everything) -> Deed:
        day = date(2020, 1, 1) + timedelta(days=self.serial)
        if kind == "calendar":
            return AddCalendar([(f"Training {self.serial}{part}", day) for part in "ab"])
        if kind == "remove action" and before.actions:
            return RemoveAction(self.random.choice(sorted(before.actions, key=str)))
        if kind in ("actions", "remove action"):
            return self._actions(before, str(day))
        title = self.random.choice(sorted(before.datasets))
        in_force = sorted(one.first_day for one in before.datasets[title].baselines if one.in_force)
        return Withdraw(title, self.random.choice(in_force)) if kind == "withdraw" and in_force else Rebase(title, day)

    def _of_hotspots(self, before: Everything) -> Deed:
        """Add a hotspot, change one, or take the last change of one back that no file brought in."""
        added = sorted(name for name in before.hotspots if name.startswith(NEW))
        what = self.random.choice(("add", "edited", "reviewed", "closed", "undo", "undo")) if added else "add"
        if what == "add":
            return AddHotspot(f"{NEW}{self.serial}")
        reference = self.random.choice(added)
        closed = before.hotspots[reference][-1].told[1] == "Closed"
        if what == "undo" or closed:
            return UndoHotspot(reference)
        day = str(date.fromisoformat(REVIEWED) + timedelta(days=self.serial))
        changed = {
            "edited": {"name": f"Steps {self.serial}"},
            "reviewed": {"next_review": day},
            "closed": {"status": "closed", "closing_reason": f"Lit since change {self.serial}"},
        }
        return ChangeHotspot(reference, what, changed[what])

    def _actions(self, before: Everything, day: str) -> PutActions:
        """Bring several actions, half of them due only, and say of one that was due before that it is done."""
        due = sorted((one for one in before.actions if one.done_on is None), key=str)
        new = [
            Done(self.random.choice(REFERENCES), f"Patrol {self.serial}, part {part}", day, day if part % 2 else None)
            for part in range(6)
        ]
        finished = [replace(one, done_on=day) for one in self.random.sample(due, min(1, len(due)))]
        return PutActions(new, finished)


def _text(random: Random, rows: int) -> str:
    lines = ["Date,From,Area code,Type"]
    for _ in range(rows):
        day, hour, minute = random.randint(1, 28), random.randint(7, 21), random.randint(0, 59)
        date = f"{day:02}/{random.randint(1, 12):02}/{random.randint(2019, 2023)}"
        code = random.choice((*small_place.CODES, "E01999999"))
        lines.append(f"{date},{hour:02}:{minute:02},{code},{random.choice(KINDS)}")
    lines.append(f"01/09/2021,15:10,{small_place.CODES[0]},Drugs")  # so that one is placed
    return "\n".join(lines) + "\n"
