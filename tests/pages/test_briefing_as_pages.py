"""A paper says what the pages say: its figures and sentences are those that a board reads there."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from data.principal import LOCAL_USER
from data.services.briefing_facts import facts
from data.store.store import Store
from geo.briefing.facts import Facts
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, SCHOOL
from tests.pages.shown import Shown
from tests.unit.data.services.briefing_of import ACADEMY, OPEN, PROTECTED, request_of

AS_BOARD: Final[dict[str, str | list[str]]] = {"school": ACADEMY, "board": "true"}
DATASETS: Final = {POLICE: OPEN, SCHOOL: PROTECTED}
_KNOWN: Final[dict[str, Facts]] = {}


@pytest.fixture(scope="module")
def town(demo_home: Path) -> Iterator[Store]:
    """The store of the demonstration town."""
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        yield store


@pytest.fixture(params=DATASETS)
def asked(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def found(town: Store, demo_home: Path, asked: str, monkeypatch: pytest.MonkeyPatch) -> Facts:
    """The facts of a dataset, of today: pages know no other day."""
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(demo_home))
    if asked not in _KNOWN:
        _KNOWN[asked] = facts(town, LOCAL_USER, request_of(town, DATASETS[asked]), date.today())
    return _KNOWN[asked]


def opened(open_demo: Open, page: str, dataset: str, **address: str) -> Shown:
    shown = open_demo(page, AS_BOARD | {"dataset": dataset} | address)
    assert shown.failed == []
    return shown


def test_headline_changes_and_places_are_those_of_local_context(open_demo: Open, found: Facts, asked: str) -> None:
    shown = opened(open_demo, "local_context", asked)
    assert shown.headline == found.headline.sentence
    assert found.unchanged in shown.text
    for one in found.changes:
        assert one.sentence in shown.text
    assert found.hotspots is not None
    for row in found.hotspots.rows:
        assert row[0] in shown.text
        assert row[3].lower() in shown.text.lower()
    assert found.source.split(",")[0] in shown.text
    if found.places is not None:
        listed = {row["On or near"]: row for row in shown.table("On or near")}
        assert [row[0] for row in found.places.rows] == list(listed)
        for name, now, before, _ in found.places.rows:
            assert (now, before) == (listed[name][next(key for key in listed[name] if key.startswith("Incidents"))],
                                     listed[name]["A year before"])  # fmt: skip


def test_kinds_and_areas_have_the_figures_of_local_context(open_demo: Open, found: Facts, asked: str) -> None:
    shown = opened(open_demo, "local_context", asked)
    by_harm = dict(table for table in shown.table("Harm group") for table in [tuple(table.values())[:2]])
    assert {row[0]: row[1] for row in found.kinds.rows if row[0] in by_harm} == by_harm
    assert found.areas is not None
    areas = shown.table("Area")
    assert [(row[0], row[1]) for row in found.areas.rows] == [(one["Area"], one["Incidents"]) for one in areas]


def test_clusters_are_those_of_local_context(open_demo: Open, found: Facts, asked: str) -> None:
    text = opened(open_demo, "local_context", asked).text
    for one in found.clusters:
        assert one.sentence.removesuffix(" It is not on the register.") in text
        assert one.certainty in text


def test_the_district_is_said_as_on_local_context(open_demo: Open, found: Facts, asked: str) -> None:
    text = opened(open_demo, "local_context", asked).text
    changed = [one for one in found.compared if "In Castlebrook" in one.sentence and "All of these" not in one.sentence]
    for one in changed:
        said = re.search(r"In (Castlebrook \w+: .*?\.) ", one.sentence)
        assert said is not None
        assert said[1] in text


def test_trends_are_those_of_the_trends_page(open_demo: Open, found: Facts, asked: str) -> None:
    text = opened(open_demo, "trends", asked, where="Around my school").text
    assert found.trends
    for one in found.trends:
        assert one.told.sentence.removeprefix(f"{one.harm}: ") in text
    order = [text.index(one.told.sentence.removeprefix(f"{one.harm}: ")) for one in found.trends if one.side]
    assert order == sorted(order)


def test_the_figures_of_a_trend_are_those_of_its_page(open_demo: Open, found: Facts, asked: str) -> None:
    first = found.trends[0]
    shown = opened(open_demo, "trends", asked, where="Around my school", trend_harm=first.harm)
    rows = shown.table("What stands out")
    unit = first.table.columns[0].head
    told = [(row[unit], row[first.table.columns[1].head], row["Usual range"]) for row in rows]
    assert [row[:3] for row in first.table.rows] == told


def test_when_is_that_of_local_context_and_of_the_clock(open_demo: Open, found: Facts, asked: str) -> None:
    shown = opened(open_demo, "local_context", asked)
    if found.when is None:
        assert "See the clock" not in shown.text
        return
    assert found.when.sentence in shown.text
    assert opened(open_demo, "clock", asked, where="Around my school").headline == found.when.sentence


def test_what_young_people_marked_is_that_of_its_page(open_demo: Open, found: Facts, asked: str) -> None:
    shown = opened(open_demo, "safe_places", asked)
    assert shown.headline == found.young_people[0].sentence
    for one in found.young_people:
        assert one.sentence in shown.text
        assert one.certainty in shown.text


def test_what_is_owed_is_that_of_its_page(open_demo: Open, found: Facts, asked: str) -> None:
    text = opened(open_demo, "did_and_owe", asked).text
    for one in (*found.done, *found.owed):
        what, stand = one.sentence.split(" Led by")[0].split(". ", maxsplit=1)
        assert stand.removesuffix(".") in text
        assert what.split(", ")[0].removeprefix("Review of ") in text
