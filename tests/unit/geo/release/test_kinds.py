import dataclasses
import inspect
import typing

import pytest

from data.services import exports
from geo.counts.cube import Cube
from geo.release.kinds import Exact, Open, Protected, Released
from geo.release.zoning import Zoning
from tests.unit.geo.samples import cube

COUNTS = cube([[[1, 2, 3]]])
NOTHING_YET = Protected(Zoning(()), (), ())


def test_exact_counts_never_pass_for_released_ones():
    assert not isinstance(Exact(COUNTS), Released)
    assert not any(isinstance(released, Exact) for released in (Open(COUNTS), NOTHING_YET))
    assert Exact(COUNTS) != Open(COUNTS)


def test_what_is_released_is_of_one_kind_or_the_other():
    assert set(typing.get_args(Released)) == {Open, Protected}
    assert not isinstance(NOTHING_YET, Open)


@pytest.mark.parametrize("marked", [Open(COUNTS), Exact(COUNTS), NOTHING_YET], ids=lambda one: type(one).__name__)
def test_counts_cannot_be_exchanged_once_they_are_marked(marked):
    for field in dataclasses.fields(marked):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(marked, field.name, COUNTS)


def test_every_export_of_counts_takes_released_ones_only():
    taken = {
        each
        for function in vars(exports).values()
        if inspect.isfunction(function) and function.__module__ == exports.__name__
        for hint in typing.get_type_hints(function).values()
        for each in (hint, *typing.get_args(hint))
    }
    assert Released in taken
    assert {Open, Protected} <= taken
    assert taken.isdisjoint({Exact, Cube})
