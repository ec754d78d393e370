"""What may be told of a dataset or a delivery: every row to those who see exact counts, rounded figures to all others.

Of a protected dataset others are told how many rows there are to the nearest ten, and in which school years they lie.
They are told no month, no gap, no category and no note, each of which could say that something happened, or when.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from data.store.datasets import Access, Dataset
from data.store.deliveries import Delivery, DeliveryKind
from geo import disclosure
from geo.calendar import months, periods


@dataclass(frozen=True)
class DatasetSummary:
    """One version of a dataset in words; ``figures`` are numbers of rows by what they count.

    ``about`` says that figures are rounded; there are then no ``gaps``, no reasons in ``not_kept`` and no ``notes``.
    """

    about: bool
    period: str
    figures: Mapping[str, str]
    gaps: tuple[str, ...] = ()
    how_placed: str | None = None
    not_kept: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def summary(dataset: Dataset, *, exact: bool) -> DatasetSummary:
    """Return what may be told of a dataset; an open one is told as it is, whether or not it is to be ``exact``."""
    if not exact and dataset.access is Access.PROTECTED:
        figures = {
            "rows read": disclosure.about_rows(dataset.rows_read),
            "placed in an area": disclosure.about_rows(dataset.placed),
        }
        return DatasetSummary(True, school_years(dataset), figures)
    counted = {
        "rows read": dataset.rows_read,
        "placed in an area": dataset.placed,
        "no location": dataset.no_location,
        "outside the areas": dataset.outside,
        "not saved": sum(dataset.not_kept.values()),
    }
    return DatasetSummary(
        about=False,
        period=months.say_range(dataset.months),
        figures={what: f"{n:,}" for what, n in counted.items()},
        gaps=dataset.gaps,
        how_placed=f"{dataset.by_code:,} placed by their area code, {dataset.by_point:,} by their point.",
        not_kept=dataset.not_kept,
        notes=dataset.notes,
    )


def school_years(dataset: Dataset) -> str:
    """Write the school years that the rows of a dataset lie in: "school years 2023/24 – 2025/26"."""
    ends = (dataset.first_month, dataset.last_month)
    return periods.say_range([periods.school_year_of_month(month) for month in ends])


def rows_in_all(listed: Collection[Dataset]) -> str:
    """Write the rows of several datasets together, for anybody; those of protected ones are rounded before."""
    protected = [one for one in listed if one.access is Access.PROTECTED]
    n = sum(disclosure.round_rows(one.rows_read) if one in protected else one.rows_read for one in listed)
    return disclosure.about_rows(n) if protected else f"{n:,}"


def is_rounded(delivery: Delivery, exact: Collection[int]) -> bool:
    """Return whether the rows of a delivery are told rounded: incidents of a dataset that is not ``exact``.

    Those of a dataset that is not here any more are: nothing says whether it was open.
    """
    return delivery.kind is DeliveryKind.INCIDENTS and delivery.number not in exact


def delivery_rows(delivery: Delivery, exact: Collection[int]) -> str:
    """Write the rows of a delivery; ``exact`` are the datasets that are open, or exact to whoever is told."""
    return disclosure.about_rows(delivery.rows) if is_rounded(delivery, exact) else f"{delivery.rows:,}"
