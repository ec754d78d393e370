"""A dataset as a card: source, period with its gaps, rows read and placed, notes, who brought it and when."""

from collections.abc import Mapping, Sequence
from html import escape

from data.records.rows import DatasetKind
from data.services import harm_grouping
from data.services.harm_grouping import CategorySize
from data.store.datasets import Access, Dataset
from geo.calendar import months
from geo.harms import HARM_GROUPS, category_label
from geo.register.markers import say_day
from geo.wording import how_many

_KINDS = {"police": "Police street data", "incidents": "Incidents", "marks": "Young people’s safety marks"}


def sentence(listed: Sequence[Dataset]) -> str:
    """Say how many datasets there are."""
    rows = sum(dataset.rows_read for dataset in listed)
    return f"{how_many(len(listed), 'dataset is', 'datasets are')} loaded, {rows:,} rows in all."


def card(dataset: Dataset, sizes: Sequence[CategorySize]) -> str:
    """Write one dataset's card as HTML, with its categories as they may be seen; every text is escaped."""
    parts = [
        f"<h2>{escape(dataset.title)}</h2>",
        f'<p class="lc-quiet">{escape(_origin(dataset))}</p>',
        _strip(dataset),
        _facts(dataset),
        _list("Not saved", [f"{how_many(n, 'row', 'rows')} with {reason}" for reason, n in dataset.not_kept.items()]),
        _list("What to know", dataset.notes),
        "" if dataset.kind == DatasetKind.MARKS else _grouping(dataset, sizes),
    ]
    return f'<section class="lc-block lc-card">{"".join(parts)}</section>'


def facts(counted: Mapping[str, int]) -> str:
    """Write figures with what they count, side by side, as HTML."""
    items = "".join(f"<li><b>{n:,}</b>{escape(what)}</li>" for what, n in counted.items())
    return f'<ul class="lc-facts">{items}</ul>'


def _origin(dataset: Dataset) -> str:
    shared = "open: published already" if dataset.access is Access.OPEN else "protected: exact figures stay here"
    number = f"dataset {dataset.id}" + (f", version {dataset.number}" if dataset.number > 1 else "")
    added = f"added {say_day(dataset.added_at[:10])} by {dataset.added_by}"
    return f"{_KINDS[dataset.kind]} · {dataset.source} · {shared} · {added} · {number}"


def _strip(dataset: Dataset) -> str:
    marks = "".join(
        f'<span class="lc-gap" title="{months.say(month)}: missing"></span>'
        if month in dataset.gaps
        else f'<span title="{months.say(month)}"></span>'
        for month in dataset.months
    )
    missing = [months.say(month) for month in dataset.gaps]
    coverage = f"{months.say_range(dataset.months)}. " + (
        f"Missing: {', '.join(missing)}." if missing else "No month missing."
    )
    return f'<div class="lc-strip" aria-hidden="true">{marks}</div><p class="lc-quiet">{escape(coverage)}</p>'


def _facts(dataset: Dataset) -> str:
    counted = {
        "rows read": dataset.rows_read,
        "placed in an area": dataset.placed,
        "no location": dataset.no_location,
        "outside the areas": dataset.outside,
        "not saved": sum(dataset.not_kept.values()),
    }
    how = f"{dataset.by_code:,} placed by their area code, {dataset.by_point:,} by their point."
    return f'{facts(counted)}<p class="lc-quiet">{how}</p>'


def _grouping(dataset: Dataset, sizes: Sequence[CategorySize]) -> str:
    """Write which harm group each category counts in, and what is left to “Other”."""
    exact = dataset.access is Access.PROTECTED and any(one.n is not None for one in sizes)
    other = harm_grouping.say_other(sizes)
    said = "" if other is None else f"<p>{escape(other)}</p>"
    warning = '<p class="lc-exact">Exact: do not share.</p>' if exact else ""
    rows = [
        f"{category_label(one.category)} → {HARM_GROUPS[one.harm]}" + ("" if one.n is None else f": {one.n:,}")
        for one in sizes
    ]
    items = "".join(f"<li>{escape(row)}</li>" for row in rows)
    listed = f"<details><summary>Which harm group each category is grouped under</summary><ul>{items}</ul></details>"
    return f"<h3>Harm groups</h3>{warning}{said}{listed}"


def _list(heading: str, sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<h3>{escape(heading)}</h3><ul>{items}</ul>" if items else ""
