import sys
from types import ModuleType

import pytest

from tests.mutants.grafting import graft

TEXT = """
from dataclasses import dataclass
from functools import cached_property

BAR = 10
HALF = BAR / 2

@dataclass(frozen=True)
class Part:
    n: int = BAR

    @property
    def meets(self):
        return self.n >= BAR

    @cached_property
    def double(self):
        return 2 * self.n

    @classmethod
    def fresh(cls):
        return cls(0)

def meets(n, bar=BAR):
    return n >= bar
"""


def loaded(name, text):
    module = ModuleType(name)
    module.__file__ = f"{name}.py"
    sys.modules[name] = module
    exec(text, vars(module))  # noqa: S102
    return module


@pytest.fixture
def modules(monkeypatch):
    """A module, and another of the same room that took its names."""
    for name in ("geo.grafted", "geo.grafting"):
        monkeypatch.setitem(sys.modules, name, None)
    return loaded("geo.grafted", TEXT), loaded("geo.grafting", "from geo.grafted import BAR, Part, meets")


def test_the_same_text_changes_nothing(modules):
    module, other = modules
    graft(module, TEXT)
    assert (other.BAR, other.Part().meets, other.Part(3).double, other.meets(9)) == (10, True, 6, False)


def test_a_function_is_changed_wherever_it_was_taken(modules):
    module, other = modules
    graft(module, TEXT.replace("n >= bar", "n > bar"))
    assert not module.meets(10)
    assert not other.meets(10)


def test_methods_of_all_kinds_are_changed(modules):
    module, other = modules
    part = other.Part(10)
    graft(
        module, TEXT.replace("self.n >= BAR", "self.n > BAR").replace("2 * self.n", "3 * self.n").replace("(0)", "(1)")
    )
    assert (part.meets, part.double, part.fresh().n) == (False, 30, 1)


def test_a_value_is_changed_wherever_it_was_taken_and_what_it_is_a_default_of(modules):
    module, other = modules
    graft(module, TEXT.replace("BAR = 10", "BAR = 12"))
    assert (module.BAR, other.BAR, module.HALF) == (12, 12, 6)
    assert (other.meets(11), other.Part().n, other.Part(11).meets) == (False, 12, False)


def test_a_text_that_cannot_be_loaded_is_refused(modules):
    with pytest.raises(NameError):
        graft(modules[0], TEXT.replace("BAR / 2", "BAT / 2"))
