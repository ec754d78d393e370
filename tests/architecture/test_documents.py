"""The documents say what is so: the rooms as they are, commands and make targets that exist, and links that lead on."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from data.cli import commands
from tests.architecture import picture, rules
from tests.conftest import CHECKOUT

TOP: Final = CHECKOUT
DOCUMENTS: Final = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])
NAMES: Final = [file.relative_to(TOP).as_posix() for file in DOCUMENTS]
# Documents that tell of the past name what was there then.
OF_THE_PAST: Final = (
    "CHANGELOG.md",
    "docs/decisions/0015-rooms-and-names.md",
    "docs/decisions/0021-words-as-said-aloud.md",
)
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
CODE: Final = re.compile(r"`([^`\n]+)`")
PATH: Final = re.compile(r"(?:geo|data|access|pages|tests|docs|scripts)(?:/[\w.-]+)+/?|\.ci/run|dashboard\.py")
TARGETS: Final = re.findall(r"^([a-z]+):.*## ", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def text_of(name: str) -> str:
    return (TOP / name).read_text(encoding="utf-8")


def anchors(name: str) -> set[str]:
    """Return the anchors of a document's headings, as a web page of it has them."""
    plain = (re.sub(r"[^\w\s-]", "", line.lower()) for line in re.findall(r"^#+ (.+)$", text_of(name), re.MULTILINE))
    return {re.sub(r"\s", "-", line.strip()) for line in plain}


def links(name: str) -> Iterator[tuple[Path, str]]:
    """Return the files and anchors that a document's links inside the project lead to."""
    for link in LINK.findall(text_of(name)):
        parts = urlsplit(link)
        if not parts.scheme:
            target = (TOP / name).parent / parts.path if parts.path else TOP / name
            yield target.resolve(), parts.fragment


def test_the_rooms_are_drawn_as_they_are() -> None:
    assert picture.written(TOP) == picture.redrawn(TOP), "python -m tests.architecture --write draws them anew"


def test_every_folder_of_every_room_is_drawn_with_what_it_says_of_itself() -> None:
    rows = picture.picture(TOP).splitlines()
    for room, order in rules.ORDER.items():
        for folder in order:
            (row,) = (each for each in rows if each.startswith(f"| [`{folder}/`](../{room}/{folder})"))
            assert row.split(" | ")[1].endswith(".")


def test_a_document_without_the_markers_is_refused(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / picture.FILE).write_text(f"{picture.END}\n{picture.BEGIN}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="two markers"):
        picture.written(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    for file, anchor in links(name):
        assert file.exists(), f"{name} links to {file}"
        if anchor:
            assert anchor in anchors(file.relative_to(TOP).as_posix()), f"{name} links to #{anchor}"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_THE_PAST])
def test_paths_in_a_document_are_there(name: str) -> None:
    paths = [code for code in CODE.findall(text_of(name)) if PATH.fullmatch(code)]
    assert [path for path in paths if not (TOP / path).exists()] == []


Help = Callable[..., str]


@pytest.fixture
def help_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Help:
    """Return what ``python -m data … --help`` writes."""

    def written(*words: str) -> str:
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setattr(sys, "argv", ["data", *words, "--help"])
        with pytest.raises(SystemExit) as end:
            commands.main()
        assert not end.value.code
        return capsys.readouterr().out

    return written


def commands_in(told: str) -> list[str]:
    found = re.findall(r"^│ ([a-z][a-z-]*) ", told, re.MULTILINE)
    assert {"import", "counts", "backup"} < set(found)
    return found


def test_every_command_and_its_options_are_documented(help_of: Help) -> None:
    for name in commands_in(help_of()):
        _, _, part = text_of("docs/commands.md").partition(f"\n### `{name}`\n")
        part = re.split(r"\n##+ ", part)[0]
        assert f"-m data {name}" in part
        options = set(re.findall(r"│\s*\*?\s+(--[a-z-]+)", help_of(name))) - {"--help"}
        assert [option for option in sorted(options) if not re.search(rf"`{option}\b", part)] == [], name


def test_no_command_is_documented_that_is_not_there(help_of: Help) -> None:
    told = {name for document in NAMES for name in re.findall(r"-m data ([a-z][a-z-]*)", text_of(document))}
    assert sorted(told - set(commands_in(help_of()))) == []


@pytest.mark.parametrize("target", [target for target in TARGETS if target != "help"])
def test_every_make_target_is_documented(target: str) -> None:
    assert f"make {target}" in text_of("CONTRIBUTING.md")


def test_what_is_said_of_the_rules_is_what_they_are() -> None:
    told = text_of("CONTRIBUTING.md")
    assert f"in {rules.LONGEST_FUNCTION} lines at most; files have {rules.LONGEST_FILE} at most" in told
    below = rules.ORDER["geo"][: rules.ORDER["geo"].index("statistics")]
    assert f"may import {', '.join(f'`geo.{folder}`' for folder in below)} and loose files" in told


def test_every_decision_says_its_status_context_decision_and_consequences() -> None:
    decisions = [name for name in NAMES if name.startswith("docs/decisions/")]
    numbers = [int(Path(name).name[:4]) for name in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
    for name in decisions:
        told = text_of(name)
        assert told.startswith(f"# {int(Path(name).name[:4])}. ")
        assert "\nStatus: " in told
        assert [part for part in ("## Context\n", "## Decision\n", "## Consequences\n") if part not in told] == []
