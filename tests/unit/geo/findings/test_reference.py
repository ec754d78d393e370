"""References: a finding is found again by its name, and by nothing that only resembles it."""

from dataclasses import replace

import pytest

from geo.errors import InputError
from geo.findings.finding import FindingKind
from geo.findings.finding_sentences import FindingSentences
from geo.findings.reference import FindingReference, find_again, read_reference, refer_to
from geo.findings.report import Entry
from tests.unit.geo.findings.making import finding

SEARCHED = ("2024-05", "2024-07")
BESIDE = ("violence", "asb")
URN, TITLE = "123456", "Police ~ Jan 2020 – Sep 2021, 100% (number 3)"
WORDS = FindingSentences("Here: more.", "Sure.", "Or not.")


def entry(area="A1", **changed):
    return Entry(finding(**changed), area, WORDS, 100.0)


def named(one, searched=SEARCHED):
    return refer_to(one, searched, BESIDE, URN, TITLE)


FOUND = [
    entry(),
    entry("A2"),
    entry(kind=FindingKind.RISE),
    entry(harms=("asb",)),
    entry(level="msoa"),
    entry(periods=("2024-05", "2024-07")),
]


@pytest.mark.parametrize("one", FOUND)
def test_what_is_written_is_read_again(one):
    reference = named(one)
    assert read_reference(str(reference)) == reference
    assert (reference.beside, reference.dataset) == (BESIDE, TITLE)


def test_an_older_address_names_no_harm_groups_that_were_looked_at():
    older = str(named(FOUND[0])).replace("violence*violence*asb", "violence")
    assert read_reference(older) == replace(named(FOUND[0]), beside=())


def test_half_terms_can_be_named():
    reference = named(entry(periods=("2024/25-1", "2024/25-2")), ("2024/25-1", "2024/25-6"))
    assert read_reference(str(reference)) == reference


@pytest.mark.parametrize("one", FOUND)
def test_of_many_findings_the_named_one_is_found(one):
    assert find_again(FOUND, named(one)) is one


def test_what_the_data_show_no_longer_is_not_found():
    assert find_again(FOUND[1:], named(FOUND[0])) is None
    assert find_again([], named(FOUND[0])) is None


def test_new_words_and_figures_of_the_same_finding_are_found():
    later = replace(FOUND[0], finding=finding(observed=41.0, ratio=2.1), metres=90.0)
    assert find_again([later], named(FOUND[0])) is later


USUAL = FindingReference(FindingKind.CLUSTER, "asb", BESIDE, "lsoa", "A1", "2024-06", "2024-07", *SEARCHED, URN, TITLE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zzz",
        "~" * 9,
        str(replace(USUAL, harm="all")),
        str(replace(USUAL, beside=("asb", "all"))),
        str(replace(USUAL, first="June")),
        str(replace(USUAL, until="2024-13")),
        str(USUAL).replace("cluster", "hotspot"),
        str(USUAL).rsplit("~", 2)[0],
        str(replace(USUAL, area="A" * 1001)),
    ],
)
def test_anything_else_is_refused_without_a_word_of_it(text):
    with pytest.raises(InputError) as refused:
        read_reference(text)
    assert str(refused.value).endswith("this address names none; go back.")
