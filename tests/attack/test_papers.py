"""Whoever reads papers and data packages learns of protected data what their release says, and no count besides."""

import re
import shutil
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest

from data.principal import LOCAL_USER, Principal, as_board
from data.services import briefing_facts, visibility
from data.services.briefing_request import BriefingRequest
from data.services.data_package import counts_package
from data.store import area_sets, datasets, places
from data.store.store import Store
from geo.areas import proximity
from geo.areas.reach import USUAL
from geo.briefing.facts import Facts
from geo.briefing.outlines import outline
from geo.briefing.paper import Audience
from geo.briefing.stored_paper import paper_json
from geo.disclosure import THRESHOLD
from geo.views import view
from geo.views.listing import CountsRequest
from tests.attack import retold
from tests.unit.data.running import done

TODAY: Final = date(2026, 11, 29)
MADE_AT: Final = datetime(2026, 11, 29, 9, tzinfo=UTC)
PROTECTED: Final = 1  # dataset of the demonstration town
ABOUT: Final = re.compile(r"\babout (\d[\d,]*\b)(?![.,]\d)(?! (?:of|%|m\b|km|half|month|year|minutes))")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> tuple[Path, Path]:
    """The demonstration town, and the same with other rows and counts behind the same release."""
    folder = tmp_path_factory.mktemp("papers")
    town, other = folder / "town", folder / "other"
    shutil.copytree(demo_home, town)
    shutil.copytree(town, other)
    with closing(opened(other)) as store:
        retold.retell(store, PROTECTED)
    return town, other


def opened(home: Path) -> Store:
    return Store(f"sqlite:///{home / 'local-context.sqlite'}")


def request(store: Store, *, around_school: bool) -> BriefingRequest:
    """Ask for the latest year of the protected dataset, around the town's school or everywhere."""
    dataset = datasets.load_dataset(store, LOCAL_USER, PROTECTED)
    released = visibility.released_counts(store, LOCAL_USER, dataset)
    areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
    schools = proximity.labelled(proximity.inside(areas, places.schools(store, LOCAL_USER)))
    school = schools["Castlebrook Academy"] if around_school else None
    return BriefingRequest(dataset, school, USUAL, view.periods(released)[-6:], view.harms_in(released))


def facts_of(home: Path, person: Principal, *, around_school: bool = True) -> Facts:
    with closing(opened(home)) as store:
        return briefing_facts.facts(store, person, request(store, around_school=around_school), TODAY)


@pytest.fixture(scope="module")
def told(homes: tuple[Path, Path]) -> list[Facts]:
    return [facts_of(home, LOCAL_USER) for home in homes]


@pytest.mark.parametrize("audience", list(Audience), ids=str)
def test_a_paper_is_made_of_the_release_alone(told: list[Facts], audience: Audience) -> None:
    first, second = (paper_json(outline(facts, audience)) for facts in told)
    assert len(first) > 1_000
    assert first == second


def test_a_paper_of_all_areas_is_made_of_the_release_alone(homes: tuple[Path, Path]) -> None:
    first, second = (facts_of(home, LOCAL_USER, around_school=False) for home in homes)
    assert first == second


def test_custodian_and_board_get_the_same_paper(homes: tuple[Path, Path], told: list[Facts]) -> None:
    assert facts_of(homes[0], as_board(LOCAL_USER)) == told[0]


def test_no_figure_under_10_is_in_a_paper(told: list[Facts]) -> None:
    figures = [
        int(figure.replace(",", ""))
        for audience in Audience
        for figure in ABOUT.findall(paper_json(outline(told[0], audience)))
    ]
    assert figures
    assert min(figures) >= THRESHOLD


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_the_command_writes_the_same_paper_from_both(homes: tuple[Path, Path], tmp_path: Path, form: str) -> None:
    files = []
    for at, home in enumerate(homes):
        file = tmp_path / f"{at}.{form}"
        done(home, "briefing", "--dataset", PROTECTED, "--school", "Castlebrook Academy", "--for", "board", file)
        files.append(file.read_bytes())
    assert files[0] == files[1]


def test_the_data_package_is_made_of_the_release_alone(homes: tuple[Path, Path]) -> None:
    packages = []
    for home in homes:
        with closing(opened(home)) as store:
            dataset = datasets.load_dataset(store, LOCAL_USER, PROTECTED)
            released = visibility.released_counts(store, LOCAL_USER, dataset)
            areas = area_sets.load_area_set(store, LOCAL_USER, dataset.area_set_id)
            packages.append(
                counts_package(released, areas, CountsRequest(("area", "period", "harm")), dataset, MADE_AT)
            )
    assert packages[0] == packages[1]
