"""Set up says what is here and what is missing; files are seen for what they are before any of them is kept."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime.scriptrunner_utils.exceptions import StopException

from data.demo import example_files
from data.formats.sources import Source
from data.recognition.file_role import FileRole, Recognised
from data.records.locality import Locality
from data.services import bringing_in, undoing
from data.services.setup_checklist import ChecklistRow
from data.services.setup_plan import LeftOut, SetupPlan, SetupStep, StepDone
from pages.components.setup.official_files import WORDS
from pages.routes import examples
from tests.pages.conftest import Open, again, turn_to
from tests.pages.shown import Shown
from tests.pages.uploading import buttons, pressed, stamp

SAVE: Final = "Save these 2 things"
WRONG: Final = "“odd.csv” is none of the files of the list below; compare it with the examples there."
COUNCILS: Final = ("Castlebrook North", "Castlebrook South")


class Recogniser:
    """A recogniser that goes by names alone, and keeps nothing."""

    def __init__(self) -> None:
        self.asked: list[Locality | None] = []
        self.stops_after: int | None = None

    def plan(
        self,
        _store: object,
        _person: object,
        sources: Sequence[Source],
        locality: Locality | None,
        tell: Callable[..., None],
    ) -> SetupPlan:
        """Plan by the names of files: areas, schools, incidents, and whatever else is wrong."""
        tell(0.5, "Looking")
        self.asked.append(locality)
        known = {"areas": FileRole.AREAS, "schools": FileRole.SCHOOLS, "log": FileRole.INCIDENTS}
        found = [
            Recognised(
                one.name, known.get(one.name.split(".")[0], FileRole.UNKNOWN), one.name.split(".")[0], "its columns"
            )
            for one in sources
        ]
        steps = [
            SetupStep(row, (one.file,), f"{one.rows or 60} rows will be saved.")
            for one in found
            for row, role in (("Areas", FileRole.AREAS), ("Schools", FileRole.SCHOOLS))
            if one.role is role
        ]
        return SetupPlan(
            tuple(found),
            tuple(steps),
            tuple(LeftOut(one.file, WRONG) for one in found if one.role is FileRole.UNKNOWN),
            COUNCILS,
            locality or Locality(),
            tuple(one.file for one in found if one.role is FileRole.INCIDENTS),
            {one.name: one for one in sources},
        )

    def carry_out(
        self, _store: object, _person: object, plan: SetupPlan, _tell: Callable[..., None]
    ) -> Iterator[StepDone]:
        """Say that each step is done, or end as a click on Cancel ends it."""
        for number, step in enumerate(plan.steps):
            if number == self.stops_after:
                raise StopException
            yield StepDone(step.row, f"{step.row} are saved.", saved=True, delivery=number + 1)


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> Recogniser:
    """Stand in for what reads files, so that the page alone is tried."""
    made = Recogniser()
    monkeypatch.setattr(bringing_in, "plan", made.plan)
    monkeypatch.setattr(bringing_in, "carry_out", made.carry_out)
    return made


def dropped(shown: Shown, *names: str) -> Shown:
    shown.app.file_uploader[0].set_value([(name, b"a,b\n1,2\n", "text/csv") for name in names])
    return again(shown)


def rows(shown: Shown) -> list[str]:
    """Return each row of the checklist as it is headed."""
    return [" ".join(piece.text.split()) for piece in shown.markup if "lc-row" in piece.html]


def test_an_empty_store_says_what_comes_first_and_where_to_find_it(open_page: Open, tmp_path: Path) -> None:
    shown = open_page(tmp_path, "set_up")
    assert shown.failed == []
    assert shown.headline == "Nothing is here yet. Areas come first: incidents are counted in them."
    listed = rows(shown)
    assert len(listed) == len(ChecklistRow)
    assert all(f"{row} missing" in said for row, said in zip(ChecklistRow, listed, strict=True))
    assert ["<details open>" in piece.html for piece in shown.markup if "lc-row" in piece.html].index(True) == 0
    assert sum("<details open>" in piece.html for piece in shown.markup) == 1
    assert "geoportal.statistics.gov.uk → Boundaries" in listed[0]
    assert buttons(shown) == ["Build the demonstration town"]


def test_every_row_of_a_place_says_what_is_here(open_demo: Open) -> None:
    shown = open_demo("set_up")
    assert shown.failed == []
    assert shown.headline == "Everything is here: all pages work."
    said = dict(zip(ChecklistRow, rows(shown), strict=True))
    assert "here · 60 LSOAs" in said[ChecklistRow.AREAS]
    assert "here · 6 schools" in said[ChecklistRow.SCHOOLS]
    assert "36 months, to Aug 2026" in said[ChecklistRow.POLICE]
    assert "14,693 rows" in said[ChecklistRow.POLICE]
    assert "Castlebrook streets (fictional)" in said[ChecklistRow.BASE_MAP]
    assert all(WORDS[row].why in text for row, text in said.items())


def test_the_plan_is_shown_before_anything_is_kept(open_page: Open, home: Path, recogniser: Recogniser) -> None:
    before = stamp(home)
    shown = dropped(open_page(home, "set_up"), "areas.geojson", "schools.csv", "odd.csv")
    assert shown.failed == []
    listed = {row["File"]: row for row in shown.table("Taken for")}
    assert listed["areas.geojson"]["Goes to"] == "Areas"
    assert "Areas. 60 rows will be saved. From 1 file." in shown.text
    assert listed["odd.csv"]["Goes to"] == "Nothing: see below"
    assert WRONG in shown.text
    assert stamp(home) == before
    shown = pressed(shown, SAVE)
    assert "Areas. Areas are saved." in shown.text
    assert "Schools. Schools are saved." in shown.text
    assert not shown.app.file_uploader[0].value
    assert "_setup_plan" not in shown.app.session_state


def test_cancel_keeps_what_is_done_and_nothing_else(open_page: Open, home: Path, recogniser: Recogniser) -> None:
    recogniser.stops_after = 1
    shown = pressed(dropped(open_page(home, "set_up"), "areas.geojson", "schools.csv"), SAVE)
    shown = pressed(shown, "Cancel")
    assert shown.failed == []
    assert "Areas. Areas are saved." in shown.text
    assert "Schools are saved." not in shown.text
    assert "Stopped. What is listed above is saved, and nothing else" in shown.text
    assert not shown.app.file_uploader[0].value


def test_what_was_saved_can_be_undone_at_once(
    open_page: Open, home: Path, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    undone: list[int] = []
    monkeypatch.setattr(
        undoing, "undo", lambda _store, _person, number: undone.append(number) or "No schools are here."
    )
    shown = pressed(dropped(open_page(home, "set_up"), "areas.geojson", "schools.csv"), SAVE)
    shown = pressed(shown, "Undo Schools")
    assert undone == [2]
    assert "Schools. No schools are here." in shown.text
    assert "Undo Areas" in buttons(shown)
    assert "Undo Schools" not in buttons(shown)


def test_another_choice_of_councils_makes_another_plan(open_page: Open, home: Path, recogniser: Recogniser) -> None:
    shown = dropped(open_page(home, "set_up"), "areas.geojson", "schools.csv")
    shown.app.multiselect[0].set_value([COUNCILS[1]])
    shown = again(shown)
    assert shown.failed == []
    assert recogniser.asked == [Locality(), Locality(councils=(COUNCILS[1],))]
    assert SAVE in buttons(again(shown))
    assert len(recogniser.asked) == 2


def test_own_incidents_are_handed_to_upload(open_page: Open, home: Path, recogniser: Recogniser) -> None:
    shown = pressed(dropped(open_page(home, "set_up"), "log.csv", "areas.geojson"), "Save this")
    (link,) = (each for each in shown.app.main.get("page_link") if "log.csv" in each.label)
    assert link.label == "Match the columns of log.csv on Upload"
    shown = turn_to(shown, "upload")
    assert shown.failed == []
    assert "From Set up: **log.csv**" in shown.text
    assert shown.app.radio[0].value == "incidents"
    assert pressed(shown, "Choose other files").app.file_uploader


@pytest.fixture
def asking() -> Iterator[TestClient]:
    """A browser of sorts that asks for example files."""
    with TestClient(Starlette(routes=examples.routes())) as client:
        yield client


@pytest.mark.parametrize("kind", example_files.kinds())
def test_each_official_file_has_an_example_to_download(asking: TestClient, kind: str) -> None:
    answer = asking.get(examples.example_url(kind))
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{example_files.example(kind).name}"'
    assert answer.content == example_files.example(kind).content


def test_an_example_of_anything_else_is_not_found(asking: TestClient) -> None:
    assert asking.get("/lc/example/passwords").status_code == 404
