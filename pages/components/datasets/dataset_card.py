"""A dataset as a card: source, period with its gaps, rows read and placed, notes, who brought it and when."""

from collections.abc import Mapping, Sequence
from html import escape

from data.records.rows import DatasetKind
from data.services import dataset_summary, harm_grouping
from data.services.dataset_summary import DatasetSummary
from data.services.harm_grouping import CategorySize
from data.store.datasets import Access, Dataset
from geo.calendar import months
from geo.counts.completeness import Completeness, by_year, partly_sentence, years_sentence
from geo.harms import HARM_GROUPS, category_label
from geo.register.markers import say_day
from geo.wording import capital, how_many

_KINDS = {"police": "Police street data", "incidents": "Incidents", "marks": "Young people’s safety marks"}


def sentence(listed: Sequence[Dataset]) -> str:
    """Say how many datasets there are, and how many rows, about as many where any are protected."""
    rows = dataset_summary.rows_in_all(listed)
    return f"{how_many(len(listed), 'dataset is', 'datasets are')} loaded, {rows} rows in all."


def card(
    dataset: Dataset, sizes: Sequence[CategorySize], *, exact: bool, completeness: Completeness | None = None
) -> str:
    """Write one dataset's card as HTML, with its rows and categories as they may be seen; every text is escaped.

    ``completeness`` is None where it may not be told.
    """
    told = dataset_summary.summary(dataset, exact=exact)
    parts = [
        f"<h2>{escape(dataset.title)}</h2>",
        f'<p class="lc-quiet">{escape(_origin(dataset))}</p>',
        _exact_warning(dataset, told),
        f'<p class="lc-quiet">{escape(capital(told.period))}.</p>' if told.about else _strip(dataset),
        _facts(told),
        _supplied(completeness),
        _list("Not saved", [f"{how_many(n, 'row', 'rows')} with {reason}" for reason, n in told.not_kept.items()]),
        _list("What to know", told.notes),
        "" if told.about or dataset.kind == DatasetKind.MARKS else _grouping(sizes),
    ]
    return f'<section class="lc-block lc-card">{"".join(parts)}</section>'


def facts(counted: Mapping[str, str]) -> str:
    """Write figures in words with what they count, side by side, as HTML."""
    items = "".join(f"<li><b>{escape(said)}</b>{escape(what)}</li>" for what, said in counted.items())
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


def _exact_warning(dataset: Dataset, told: DatasetSummary) -> str:
    protected = dataset.access is Access.PROTECTED
    return '<p class="lc-exact">Exact: do not share.</p>' if protected and not told.about else ""


def _facts(told: DatasetSummary) -> str:
    how = "" if told.how_placed is None else f'<p class="lc-quiet">{escape(told.how_placed)}</p>'
    return facts(told.figures) + how


def _supplied(completeness: Completeness | None) -> str:
    """Write which share of rows had no location by school year, and which months were supplied in part (HTML)."""
    if completeness is None:
        return ""
    said = (years_sentence(by_year(completeness)), partly_sentence(completeness.partly))
    return "".join(f'<p class="lc-quiet">{escape(one)}.</p>' for one in said if one)


def _grouping(sizes: Sequence[CategorySize]) -> str:
    """Write which harm group each category counts in, and what is left to “Other”."""
    other = harm_grouping.say_other(sizes)
    said = "" if other is None else f"<p>{escape(other)}</p>"
    rows = [
        f"{category_label(one.category)} → {HARM_GROUPS[one.harm]}" + ("" if one.n is None else f": {one.n:,}")
        for one in sizes
    ]
    items = "".join(f"<li>{escape(row)}</li>" for row in rows)
    listed = f"<details><summary>Which harm group each category is grouped under</summary><ul>{items}</ul></details>"
    return f"<h3>Harm groups</h3>{said}{listed}"


def _list(heading: str, sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<h3>{escape(heading)}</h3><ul>{items}</ul>" if items else ""
