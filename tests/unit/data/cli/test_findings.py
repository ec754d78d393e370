"""Findings by command: sentences on stdout in order of use, what could not be looked for, and one-sentence refusals."""

import re
from pathlib import Path

import pytest

from data.principal import LOCAL_USER
from data.services import status_report
from data.services.opening import open_store
from tests.unit.data.running import Ran, done, dump, run

PROTECTED, OPEN = 1, 2  # of the demonstration town
SCHOOL = "Castlebrook Academy"
MOVED = ("--harm", "violence", "--from", "2024-09", "--to", "2025-08")  # what it was before and after the move
HEADING = "Castlebrook police (fictional): what stands out as of Aug 2026, changes in Sep 2025 – Aug 2026"


def asked(home: Path, *options: object, dataset: int = OPEN) -> Ran:
    return done(home, "findings", "--dataset", dataset, *options)


def told(ran: Ran) -> list[str]:
    """Return the numbered findings."""
    return [line for line in ran.out.splitlines() if re.match(r"\d+\. ", line)]


def refused(home: Path, *options: object, dataset: int = OPEN) -> str:
    """Run the command where it must be refused; give the one sentence that it says."""
    ran = run(home, "findings", "--dataset", dataset, *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    return ran.err


@pytest.fixture(scope="module")
def usual(demo_home: Path) -> Ran:
    return asked(demo_home, "--school", SCHOOL)


def test_what_is_planted_in_the_demonstration_is_told_with_its_place_and_distance(demo_home: Path, usual: Ran) -> None:
    assert usual.out.splitlines()[0] == HEADING
    assert re.search(
        r"Millbank.* \(Castlebrook .* near it\), [\d.]+ k?m [a-z-]+ of Castlebrook Academy: \d+ incidents of drugs",
        usual.out,
    )
    moved = asked(demo_home, "--school", SCHOOL, *MOVED).out
    assert re.search(r"km [a-z-]+ of Castlebrook Academy: violence and weapons fell to 64 incidents", moved)


def test_findings_are_numbered_and_whole_sentences(usual: Ran) -> None:
    lines = told(usual)
    assert [line.split(". ")[0] for line in lines] == [str(number) for number in range(1, len(lines) + 1)]
    assert all(line.endswith(".") and "It could also be " in line for line in lines)


def test_open_data_have_no_note(usual: Ran) -> None:
    assert usual.err == ""


def test_without_a_school_there_is_no_distance(demo_home: Path) -> None:
    ran = asked(demo_home)
    assert told(ran)
    assert not re.search(r" k?m (north|east|south|west)", ran.out)


def test_the_newest_dataset_is_looked_at_where_none_is_named(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCAL_CONTEXT_HOME", str(demo_home))
    store = open_store()
    newest = status_report.newest(store, LOCAL_USER)
    store.close()
    assert done(demo_home, "findings").out.startswith(f"{newest.title}: what stands out as of ")


def test_the_same_counts_give_the_same_words(demo_home: Path, usual: Ran) -> None:
    assert asked(demo_home, "--school", SCHOOL).out == usual.out


def test_harm_groups_are_those_asked_for_each_once(demo_home: Path) -> None:
    once = asked(demo_home, "--harm", "substances")
    assert told(once)
    assert all(" drugs and alcohol" in line for line in told(once))
    assert asked(demo_home, "--harm", "substances", "--harm", "substances").out == once.out


def test_what_is_looked_at_as_now_can_be_chosen(demo_home: Path) -> None:
    ran = asked(demo_home, "--from", "2024-09", "--to", "2025-07")
    assert ran.out.splitlines()[0].endswith("as of Jul 2025, changes in Sep 2024 – Jul 2025")
    assert asked(demo_home, "--to", "2025-07").out == ran.out
    assert not re.search(r"(Aug|Sep|Oct|Nov|Dec) 2025|2026", ran.out)


def test_no_more_are_told_than_asked_for_and_the_rest_are_counted(demo_home: Path) -> None:
    every, ran = (asked(demo_home, "--school", SCHOOL, *MOVED, *most) for most in ((), ("--most", 1)))
    assert told(ran) == told(every)[:1]
    left = len(told(every)) - 1
    assert left
    assert f"And {left} more finding{'s' if left > 1 else ''}." in ran.out


def test_all_areas_of_each_finding_are_named_where_they_are_asked_for(demo_home: Path, usual: Ran) -> None:
    lines = asked(demo_home, "--school", SCHOOL, "--areas").out.splitlines()
    assert [line for line in lines if not line.startswith("   Areas: ")] == usual.out.splitlines()
    for number, line in enumerate(lines):
        if near := re.match(r"\d+\. .*? and (\d+) areas? near it", line):
            assert lines[number + 1].count("; ") == int(near[1])
        if re.match(r"\d+\. ", line):
            assert lines[number + 1].startswith("   Areas: Castlebrook") or "(Castlebrook" in lines[number + 1]


def test_what_a_finding_is_compared_with_is_named(demo_home: Path) -> None:
    around, everywhere = asked(demo_home, "--school", SCHOOL, *MOVED).out, asked(demo_home, *MOVED).out
    assert "everywhere else" not in around + everywhere
    assert " elsewhere within 5 km there were " in around
    assert " in the rest of Castlebrook there were " in everywhere


def test_where_nothing_stands_out_it_is_said(demo_home: Path) -> None:
    ran = asked(demo_home, "--harm", "violence", "--from", "2025-01", "--to", "2025-04")
    assert told(ran) == []
    assert ran.out.splitlines()[1] == (
        "Nothing in violence and weapons stands out from chance as of Apr 2025: a good answer, and no proof of safety."
    )


def test_protected_counts_are_told_as_such_and_what_cannot_be_looked_for_is_no_good_answer(demo_home: Path) -> None:
    ran = asked(demo_home, dataset=PROTECTED)
    assert ran.err.startswith("These counts are protected: ")
    assert ran.err.count("\n") == 1
    assert "We couldn’t check current clusters" in ran.out
    assert "good answer" not in ran.out


def test_protected_counts_are_looked_at_by_half_terms(demo_home: Path) -> None:
    ran = asked(demo_home, "--from", "2025/26-1", "--to", "2025/26-3", dataset=PROTECTED)
    assert "as of Spring 1, 2025/26, changes in Autumn 1 – Spring 1, 2025/26" in ran.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--school", "Nowhere School"), "and “Nowhere School” is none of the 6 there are; write its name as"),
        (("--harm", "theft"), "Each harm group must be one that these counts have, and “theft” is none of them"),
        (("--from", "2019-01"), "must be one that these counts cover (2023-09 to 2026-08), and “2019-01” is none"),
        (("--to", "2030-01"), "must be one that these counts cover (2023-09 to 2026-08), and “2030-01” is none"),
        (("--to", "soon"), "and “soon” is none"),
        (("--from", "2025-06", "--to", "2025-05"), "The first period must not be after the last, and Jun 2025 is"),
        (("--from", "2025/26-1"), "and “2025/26-1” is none"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(demo_home: Path, options: tuple[str, ...], said: str) -> None:
    assert said in refused(demo_home, *options)


def test_a_month_of_protected_counts_is_refused(demo_home: Path) -> None:
    assert "and “2025-05” is none" in refused(demo_home, "--to", "2025-05", dataset=PROTECTED)


def test_an_unknown_dataset_and_an_empty_store_are_refused(demo_home: Path, tmp_path: Path) -> None:
    assert "there is no dataset 99" in refused(demo_home, dataset=99)
    ran = run(tmp_path / "empty", "findings")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")


@pytest.mark.parametrize("options", [("--most", "0"), ("--dataset", "0")], ids=str)
def test_figures_that_make_no_sense_are_refused(demo_home: Path, options: tuple[str, ...]) -> None:
    assert run(demo_home, "findings", *options).code == 2


def test_a_small_place_is_told_what_it_lacks(settled_home: Path) -> None:
    ran = done(settled_home, "findings", "--dataset", 1)
    assert told(ran) == []
    assert "We couldn’t check " in ran.out
    assert "good answer" not in ran.out


def test_a_release_without_a_place_to_show_apart_says_so(settled_home: Path) -> None:
    ran = done(settled_home, "findings", "--dataset", 2)
    assert told(ran) == []
    assert (
        "We couldn’t check clusters, changes and hot spots, because a finding needs places that hold enough" in ran.out
    )
    assert "good answer" not in ran.out


def test_looking_changes_nothing(demo_home: Path) -> None:
    before = dump(demo_home)
    asked(demo_home, "--harm", "asb")
    assert dump(demo_home) == before
