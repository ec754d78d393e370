"""Value classes: a map's amounts in classes with their colours and words, the same on screen and on paper."""

from dataclasses import dataclass, replace
from math import isnan
from typing import Final

from geo import disclosure
from geo.arrays import Floats
from geo.maps.classes import Classes, classify, ramp, shown
from geo.release.balancing import STEP
from geo.wording import capital

ASIDE: Final = {True: "Too few to show separately", False: "No data"}  # what areas without a value are, if protected
MULTIPLES: Final = {True: STEP, False: 1}  # what counts on a map are multiples of, if protected
_ALONE: Final = 2  # labels, of zero and of a single class
_METHODS: Final = {
    0: f"Every area has {disclosure.FEWER_THAN}",
    1: f"One class, for every area with {disclosure.THRESHOLD} or more",
}


@dataclass(frozen=True, eq=False)
class ValueClasses:
    """The classes of a map of amounts.

    ``colours`` has one for each class from 1 upwards, ``unit`` says what the numbers are, ``zero`` what the class of
    zero stands for, if not for zero, and ``method`` how the classes came about.
    """

    classes: Classes
    colours: tuple[str, ...]
    unit: str
    zero: str | None
    method: str


def value_classes(
    values: Floats,
    unit: str,
    *,
    decimals: int = 0,
    protected: bool = False,
    multiples: int = 1,
    method: str | None = None,
    of: str = "area",
) -> ValueClasses:
    """Class the values of areas (NaN is no value), and say what the classes are.

    Of ``protected`` values 0 stands for fewer than 10. ``multiples`` is what all values are multiples of, ``method``
    says how values came about where that takes more than the words of their classes, and ``of`` is the word for an
    area.
    """
    classes = classify(values, how="quantile", decimals=decimals, multiples=multiples)
    if protected:  # where 0 stands for fewer than 10, no words may call it none
        classes = replace(classes, method=_METHODS.get(len(classes.labels) - 1, classes.method))
    how = classes.method.replace("areas", f"{of}s")
    if len(classes.labels) > _ALONE:  # maps of several measures must not say the same
        how = f"{capital(unit)}, in {how[0].lower()}{how[1:]}"
    return ValueClasses(
        classes,
        ramp(classes),
        f"{unit}, about" if protected else unit,
        # A rate can be rounded to nothing where its count is told.
        disclosure.FEWER_THAN.capitalize() if protected and (values == 0).any() else None,
        f"{method}. {how}" if method else how,
    )


def value_text(value: float, *, decimals: int = 0, protected: bool = False) -> str:
    """Write a value as a map says it: "31", "about 15", "fewer than 10"; "" for none."""
    if isnan(value):
        return ""
    if not protected:
        return shown(value, decimals)
    return disclosure.FEWER_THAN if value == 0 else f"about {shown(value, decimals)}"
