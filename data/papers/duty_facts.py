"""What documents for a school's duties are filled with: facts of one store, in words that a board may read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DatasetFact:
    """One dataset as a board may be told of it; ``rows`` is None for a protected one."""

    title: str
    kind: str
    access: str
    source: str
    period: str
    rows: str | None


@dataclass(frozen=True)
class DutyFacts:
    """Facts of one store on one day.

    Attributes
    ----------
    day
        The day, as people write it.
    datasets
        What is loaded, newest first.
    database
        Where everything is kept, without its address.
    versions_kept, datasets_kept
        How long protected data are kept: a version after another took its place, a dataset after its last month.
    months_kept
        The months of ``datasets_kept`` alone.
    open_kept
        How long open data are kept.
    roles
        Each role in words, and what it sees of protected data.
    log_months
        Months for which the access log is kept.
    damaged_days, layer_days
        Days after which damaged files and expired layers from partners go.
    """

    day: str
    datasets: tuple[DatasetFact, ...]
    database: str
    versions_kept: str
    datasets_kept: str
    months_kept: int
    open_kept: str
    roles: tuple[tuple[str, str], ...]
    log_months: int
    damaged_days: int
    layer_days: int
