"""Tables as files to hand out: CSV, or an Excel workbook that says on a second sheet what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from data.formats.csv_output import frame_csv
from data.formats.workbook_output import XLSX, frame_workbook
from data.store.datasets import Access, Dataset
from geo.register.markers import say_day

FORMS: Final = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
_PROTECTION: Final = {
    Access.OPEN: "Open data: figures as they were published.",
    Access.PROTECTED: "Protected: every count is a sum of multiples of 5, and under 10 none is given. Safe to share.",
}
_OWN: Final = "The organisation’s own list. It may name places: share it only with those who need it."
_SHEET: Final = "Table"


@dataclass(frozen=True)
class TableFile:
    """A table with the name of its file, without an ending, and what a workbook says about it."""

    name: str
    frame: pd.DataFrame
    about: Mapping[str, str]

    def written(self, form: str, today: date) -> bytes:
        """Return the table in one of ``FORMS``, as made on a day.

        Raises InputError for a text that is longer than a cell of a workbook holds.
        """
        if form == "csv":
            return frame_csv(self.frame).encode()
        return frame_workbook(self.frame, _SHEET, {**self.about, "Made on": say_day(today)})


def of_dataset(name: str, frame: pd.DataFrame, what: str, dataset: Dataset, period: str) -> TableFile:
    """Return a table of what is released of a dataset; ``what`` it shows and its ``period`` are in words."""
    protection = _PROTECTION[dataset.access]
    return TableFile(name, frame, {"Shows": what, "Source": dataset.source, "Period": period, "Protection": protection})


def own_list(name: str, frame: pd.DataFrame, what: str) -> TableFile:
    """Return a table of a list that the organisation keeps itself, which holds no figures of any dataset."""
    about = {"Shows": what, "Source": "Kept in Local Context", "Period": "As it stands", "Protection": _OWN}
    return TableFile(name, frame, about)
