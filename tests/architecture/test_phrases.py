"""What was hard to understand stays gone: from the app, from what commands say of themselves, and from documents."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture import rules
from tests.architecture.phrases import old_phrases
from tests.architecture.test_documents import NAMES, OF_THE_PAST, Help, commands_in, help_of, text_of
from tests.conftest import CHECKOUT

__all__ = ["help_of"]  # the fixture

MODULES = [one for one in rules.read_modules(CHECKOUT) if one.room in rules.ROOMS]


def literals(tree: ast.AST) -> Iterator[str]:
    """Return every text of a module but its docstrings; ``{}`` stands where a text is filled in."""
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not {id(node)} & (inner | said):
            yield node.value


@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.path)
def test_no_text_of_the_app_holds_an_old_phrase(module: rules.Module) -> None:
    assert [phrase for text in literals(module.tree) for phrase in old_phrases(text)] == []


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(OF_THE_PAST)))
def test_no_document_holds_an_old_phrase(name: str) -> None:
    assert old_phrases(text_of(name)) == []


def test_no_command_says_an_old_phrase_of_itself(help_of: Help) -> None:
    told = [help_of(), *(help_of(name) for name in commands_in(help_of()))]
    assert len(told) > 10
    assert [phrase for text in told for phrase in old_phrases(text)] == []


def test_old_phrases_are_seen_where_texts_are_filled_in_and_lines_break() -> None:
    source = 'x = f"{n} of {name} ({ratio:.1f} times as many; 95% sure of {low})"\ny = "Clusters of" " now"'
    assert [old_phrases(text) for text in literals(ast.parse(source))] != [[], []]
    assert old_phrases("with the clusters\nof now outlined") == ["clusters of now"]
    assert old_phrases("about 3 times as many (could be anywhere from 80 % up)") == []
