import dataclasses
import inspect
import typing

import pytest

from data import exports
from geo.counting import Cube
from geo.released import Exact, Released
from tests.unit.geo.samples import cube

COUNTS = cube([[[1, 2, 3]]])


def test_exact_counts_never_pass_for_released_ones():
    assert not isinstance(Exact(COUNTS), Released)
    assert not isinstance(Released(COUNTS), Exact)
    assert Exact(COUNTS) != Released(COUNTS)


@pytest.mark.parametrize("kind", [Released, Exact])
def test_counts_cannot_be_exchanged_once_they_are_marked(kind):
    marked = kind(COUNTS)
    with pytest.raises(dataclasses.FrozenInstanceError):
        marked.cube = COUNTS


def test_every_export_of_counts_takes_released_ones_only():
    taken = {
        each
        for function in vars(exports).values()
        if inspect.isfunction(function) and function.__module__ == exports.__name__
        for hint in typing.get_type_hints(function).values()
        for each in (hint, *typing.get_args(hint))
    }
    assert Released in taken
    assert taken.isdisjoint({Exact, Cube})
