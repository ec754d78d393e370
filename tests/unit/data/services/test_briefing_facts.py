"""Facts of papers: released figures alone, the same for whoever asks, and honest where there is little to tell."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.principal import LOCAL_USER, as_board
from data.services import visibility
from data.services.briefing_facts import facts
from data.store import actions, datasets
from data.store.datasets import Access
from data.store.store import Store
from geo.areas.proximity import Place
from geo.areas.reach import on_foot
from geo.briefing.facts import Facts
from geo.briefing.paper import Told
from geo.disclosure import THRESHOLD
from geo.errors import InputError, RefusedError
from geo.harms import HARM_GROUPS
from geo.register.action import Action
from geo.release.balancing import STEP
from geo.release.kinds import Exact
from tests.pages.stores import TEMPLATE, add_hamlet
from tests.unit.data.persons import BOARD, DSL, STRANGER, welcome
from tests.unit.data.running import copied
from tests.unit.data.services.briefing_of import ACADEMY, OPEN, PROTECTED, TODAY, request_of, told, words_in

FIGURE = re.compile(r"fewer than 10|about (\d[\d,]*)$")
EVERY_HARM = tuple(HARM_GROUPS)


@pytest.fixture(scope="module")
def town(demo_home: Path) -> Iterator[Store]:
    """The store of the demonstration town."""
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        yield store


@pytest.fixture(scope="module")
def of_police(town: Store) -> Facts:
    return told(town, OPEN)


@pytest.fixture(scope="module")
def protected(town: Store) -> Facts:
    return told(town, PROTECTED, harms=EVERY_HARM)


def hamlet(home: Path) -> Iterator[Store]:
    add_hamlet(home)
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        yield store


@pytest.fixture
def own_town(demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A copy of the town that a test may change."""
    home = copied(demo_home, tmp_path / "town")
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(home))
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        yield store


def test_every_part_of_the_town_is_told(of_police: Facts) -> None:
    assert of_police.name == ACADEMY
    assert of_police.where == "within 800 m in a straight line"
    assert of_police.year_before
    assert of_police.headline.certainty == "Could be chance."
    for part in ("kinds", "areas", "places", "hotspots", "contacts", "trends", "compared", "clusters", "young_people"):
        assert getattr(of_police, part), part
    for part in ("done", "owed", "teaching", "limits", "methods", "overdue", "late", "unregistered"):
        assert getattr(of_police, part), part
    assert of_police.when is None  # police files know months only


def test_a_protected_clock_is_told_and_drawn(protected: Facts) -> None:
    assert protected.when is not None
    assert protected.clock is not None
    assert protected.when.sentence.startswith("Most")
    assert protected.when.sentence in protected.clock.alt


@pytest.mark.parametrize("who", [DSL, BOARD, LOCAL_USER, as_board(LOCAL_USER)], ids=lambda one: str(one.role))
def test_custodians_get_the_facts_of_a_board(town: Store, protected: Facts, who: object) -> None:
    assert told(town, PROTECTED, who=who, harms=EVERY_HARM) == protected


def test_protected_figures_are_multiples_of_five_or_not_given(protected: Facts) -> None:
    tables = (protected.kinds, protected.areas)
    cells = [cell for table in tables if table for row in table.rows for cell in row[1:2]]
    assert len(cells) > len(HARM_GROUPS) - 1
    for cell in cells:
        found = FIGURE.fullmatch(cell)
        assert found is not None, cell
        assert found[1] is None or (int(found[1]) % STEP == 0 and int(found[1]) >= THRESHOLD)
    assert protected.places is None
    assert "protected" in protected.source


def test_no_exact_figure_of_a_protected_dataset_is_told(town: Store, protected: Facts) -> None:
    dataset = datasets.load_dataset(town, LOCAL_USER, PROTECTED)
    exact = (dataset.rows_read, dataset.placed, dataset.by_code, dataset.by_point, dataset.no_location)
    text = " ".join(words_in(protected))
    assert [n for n in exact if n > 99 and re.search(rf"(?<![\d,]){n:,}(?![\d,])", text)] == []
    assert dataset.first_month not in text
    figures = " | ".join(words_in(replace(protected, limits=(), methods=(), teaching=(), hotspots_told=Told(""))))
    assert re.findall(r"(?<!about )(?<!than )\b(\d[\d,]*) incidents", figures.lower()) == []


def test_exact_counts_do_not_fit(town: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = datasets.load_dataset(town, LOCAL_USER, PROTECTED)
    request, exact = request_of(town, PROTECTED), visibility.counts_of(town, DSL, dataset)
    assert isinstance(exact, Exact)
    monkeypatch.setattr(visibility, "released_counts", lambda *_: exact)
    with pytest.raises(TypeError, match="Only released counts"):
        facts(town, LOCAL_USER, request, TODAY)


def test_months_that_only_custodians_see_are_refused(town: Store) -> None:
    dataset = datasets.load_dataset(town, LOCAL_USER, PROTECTED)
    for periods in ((dataset.last_month,), ()):
        with pytest.raises(InputError, match="which may be shared"):
            facts(town, LOCAL_USER, replace(request_of(town, PROTECTED), periods=periods), TODAY)


def test_without_a_school_all_areas_are_told_together(town: Store) -> None:
    whole = told(town, PROTECTED, None)
    assert (whole.is_school, whole.where, whole.compared) == (False, "in all areas", ())
    assert whole.name == "Castlebrook"
    assert "all areas" in whole.headline.sentence
    assert whole.hotspots is not None
    assert len(whole.hotspots.rows) > 4


def test_every_picture_is_described_and_drawn(of_police: Facts, protected: Facts) -> None:
    pictures = [one.picture for each in (of_police, protected) for one in each.trends]
    assert pictures
    for one in pictures:
        assert one.svg.startswith("<svg")
        assert len(one.alt) > len(one.title)
        assert one.source


def test_every_change_stands_with_its_uncertainty(of_police: Facts) -> None:
    for one in (of_police.headline, *of_police.compared[:-1]):
        assert "could be anywhere from" in one.sentence
        assert one.certainty in ("Could be chance.", "Unlikely to be chance.")
    percent = [text for text in words_in(replace(of_police, limits=(), methods=(), young_people=())) if " %" in text]
    assert all("could be anywhere" in text or "usual" in text for text in percent), percent


def test_schools_are_not_ranked_or_named_beside_each_other(of_police: Facts) -> None:
    text = " ".join(words_in(of_police))
    assert "rank" not in text.replace("not ranked", "")
    for other in ("Brookfield School", "Eastmoor High School"):
        assert other not in text


def test_work_is_told_of_as_it_goes_on(town: Store) -> None:
    said: list[tuple[float, str]] = []
    facts(town, LOCAL_USER, request_of(town, PROTECTED), TODAY, lambda done, what: said.append((done, what)))
    assert [done for done, _ in said] == sorted(done for done, _ in said)
    assert all(what for _, what in said)
    assert 0 == said[0][0] < said[-1][0] <= 1


def test_what_followed_an_action_is_told_with_its_uncertainty(own_town: Store) -> None:
    lit = Action("Lamps", place="Mill Lane", done_on="2025-06-10", harm="asb", lon=-1.2, lat=53.6)
    near = request_of(own_town, OPEN).school
    assert near is not None
    actions.record(own_town, LOCAL_USER, replace(lit, lon=near.lon, lat=near.lat))
    found = facts(own_town, LOCAL_USER, request_of(own_town, OPEN, periods=("2025-06", "2025-07")), TODAY)
    (one,) = [one for one in found.followed if one.sentence.startswith("Lamps, Mill Lane (10 Jun 2025)")]
    assert re.search(r"(followed: \d+ incidents|needs)", one.sentence)
    assert one.certainty in ("Could be chance.", "Unlikely to be chance.")
    assert any("This cannot show why" in limit for limit in found.limits)


def test_a_walk_without_a_map_of_ways_is_refused(own_town: Store, tmp_path: Path) -> None:
    for store in hamlet(tmp_path):
        with pytest.raises((InputError, RefusedError)):
            told(store, 1, TEMPLATE, reach=on_foot(10))


def test_little_data_is_said_to_be_little(tmp_path: Path) -> None:
    for store in hamlet(tmp_path):
        found = told(store, 1, TEMPLATE)
        assert found.name == TEMPLATE
        assert found.year_before == ""
        assert found.changes == ()
        assert "A year before cannot be compared" in found.unchanged
        assert {one.side for one in found.trends} == {0}
        assert "no answer yet" in found.clusters[0].sentence
        assert any("couldn’t check" in one for one in found.limits)
        assert told(store, 1, None).name


def test_where_nothing_is_released_nothing_is_told(
    demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    add_hamlet(home, Access.PROTECTED)
    monkeypatch.setattr("data.services.releasing.ledger_of", lambda *_: None)
    with closing(Store(f"sqlite:///{home / 'local-context.sqlite'}")) as store:
        dataset = datasets.load_dataset(store, LOCAL_USER, 1)
        asked = replace(_any_request(demo_home), dataset=dataset)
        with pytest.raises(RefusedError, match="no half-term"):
            facts(store, LOCAL_USER, asked, TODAY)


def _any_request(demo_home: Path):  # type: ignore[no-untyped-def]
    with closing(Store(f"sqlite:///{demo_home / 'local-context.sqlite'}")) as store:
        return request_of(store, OPEN)


def test_a_stranger_gets_nothing_of_the_organisation(own_town: Store) -> None:
    welcome(own_town)
    found = facts(own_town, STRANGER, request_of(own_town, OPEN), date(2026, 11, 29))
    assert (found.hotspots, found.contacts, found.owed, found.done, found.young_people) == (None, None, (), (), ())
    assert found.places is None


def test_far_from_all_areas_there_is_no_map(town: Store) -> None:
    request = replace(request_of(town, OPEN), school=Place("Far School", -5.0, 50.1, "999999"))
    assert facts(town, LOCAL_USER, request, TODAY).area_map is None
