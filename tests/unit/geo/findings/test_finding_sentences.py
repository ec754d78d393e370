"""Finding sentences: what, where, when and how many; none shouts, and none discloses a protected count."""

import re
from itertools import product

import pytest

from geo.findings.finding import FindingKind
from geo.findings.finding_sentences import chance, describe, one_line
from geo.harms import HARM_GROUPS
from geo.statistics.emerging import Pattern
from geo.views.reference_names import Reference
from tests.unit.geo.findings.making import finding

WHERE = "Castle (Mill 12 and 1 area near it), 1.1 km west of Hill School"
NEAR = Reference("elsewhere within 5 km", "all areas within 5 km")
BANNED = re.compile(
    r"\b(spike|surge|surging|hotbed|problem|soar|explod|epidemic|crisis|should|unacceptable|worrying|bad|worse|good)",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"(up \d+ %|down \d+ %|as many) \(could be anywhere from [^)]+\)|at least \d+ % (up|down)")
TOLD = (Pattern.NEW, Pattern.CONSECUTIVE, Pattern.INTENSIFYING, Pattern.PERSISTENT, Pattern.HISTORICAL)
KINDS = [(kind, Pattern.NONE) for kind in FindingKind if kind is not FindingKind.PATTERN] + [
    (FindingKind.PATTERN, one) for one in TOLD
]
COUNTS = [(40, 20), (0, 30), (30, 0), (5, 60), (60, 5), (9, 3), (1215, 600), (10, 10)]
MONTHS, HALF_TERMS = ("2024-06", "2024-07"), ("2024/25-5", "2024/25-6")


def sentences(kind=FindingKind.CLUSTER, protected=False, doubts=("fuller reporting",), **changed):
    return describe(finding(kind, **changed), WHERE, doubts, NEAR, protected=protected)


def every(protected):
    for (kind, pattern), harm, (now, then) in product(KINDS, HARM_GROUPS, COUNTS):
        ratio = now / then if then else float("inf")
        if kind is FindingKind.CLUSTER and (not then or now <= then):
            continue
        periods = HALF_TERMS if protected else MONTHS
        yield (
            sentences(
                kind,
                protected,
                harms=(harm,),
                pattern=pattern,
                observed=float(now),
                expected=float(then),
                ratio=ratio,
                high=ratio * 1.5,
                periods=periods,
            ),
            harm,
            now,
            periods,
        )


@pytest.mark.parametrize("protected", [False, True], ids=["open", "protected"])
def test_every_finding_is_one_sentence_with_where_what_when_and_how_many(protected):
    for said, harm, now, periods in every(protected):
        for part in (said.sentence, said.sure, said.doubt):
            assert part.endswith(".")
            assert not re.search(r"\.\s", part)
        assert said.sentence.startswith(WHERE)
        assert (" other incidents" if harm == "other" else HARM_GROUPS[harm].lower()) in said.sentence
        assert "of other" not in said.sentence
        assert ("Jun–Jul 2024" if periods is MONTHS else "Summer 1 – Summer 2, 2024/25") in said.sentence
        shown = ("fewer than 10" if now < 10 else f"about {now:,}") if protected else f"{now:,}"
        held = re.escape(shown)
        assert re.search(rf"\b{held}( other)? incidents?\b|other incidents .*\b{held} in ", said.sentence)


@pytest.mark.parametrize("protected", [False, True], ids=["open", "protected"])
def test_no_sentence_shouts_or_gives_a_bare_percentage(protected):
    for said, *_ in every(protected):
        assert not BANNED.search(said.whole)
        assert not re.search(r"%|100", BRACKETED.sub("", said.whole).split(f", while {NEAR.rest}")[0])


def test_protected_figures_are_about_or_fewer_than_ten():
    for said, *_ in every(protected=True):
        rest = said.sentence.removeprefix(WHERE)
        assert re.search(r"(about [\d,]+|fewer than 10)\b", rest)
        assert not re.search(r"(?<!about )(?<!fewer than )(?<![\d,])[\d,]+( other)? incidents?\b", rest)


@pytest.mark.parametrize(("kind", "pattern"), KINDS, ids=str)
def test_five_and_none_of_protected_counts_are_told_alike(kind, pattern):
    def said(few, other=60.0):
        more_now = kind is FindingKind.RISE
        now, then = (other, few) if more_now else (few, other)
        ratio = now / then if then else float("inf")
        return sentences(
            kind, True, pattern=pattern, observed=now, expected=then, ratio=ratio, low=ratio / 2, high=ratio * 2
        ).sentence

    assert said(0.0) == said(5.0)
    assert "fewer than 10" in said(5.0)
    assert "could be anywhere" not in said(5.0)


def test_five_and_none_look_alike_on_the_map_too():
    lines = {
        one_line(finding(observed=few, ratio=few / 2), WHERE, NEAR, protected=True).split("; unlikely")[0]
        for few in (0.0, 5.0)
    }
    assert lines == {f"{WHERE}: fewer than 10 incidents in Jun–Jul 2024, where about 20 would be usual there"}


@pytest.mark.parametrize(
    ("usual", "expected", "said"),
    [
        (float("nan"), 25.0, "where about 25 would be usual there (2.0 times as many)."),
        (24.0, 25.0, "where about 25 would be usual there (2.0 times as many)."),
        (114.0, 120.0, "where about 120 would be usual there (2.0 times as many)."),
        (114.0, 159.0, "where about 114 was usual there before; about 159 if it had risen as elsewhere within 5 km"),
        (30.0, 20.0, "where about 30 was usual there before; about 20 if it had fallen as elsewhere within 5 km"),
        (5.4, 6.2, "where about 6 would be usual there (2.0 times as many)."),
        (0.0, 30.0, "where fewer than 1 was usual there before; about 30 if it had risen as"),
    ],
)
def test_what_was_usual_there_and_what_it_had_become_elsewhere_are_both_said_where_they_differ(usual, expected, said):
    sentence = sentences(usual=usual, expected=expected).sentence
    assert said in sentence
    assert sentence.endswith("(2.0 times as many as that)." if "if it had" in said else "(2.0 times as many).")


def test_of_protected_counts_neither_figure_of_what_is_usual_is_told_under_ten():
    both = sentences(protected=True, observed=40.0, usual=3.0, expected=8.0).sentence
    assert "where fewer than 10 would be usual there" in both
    risen = sentences(protected=True, observed=40.0, usual=3.0, expected=12.0).sentence
    assert "where fewer than 10 was usual there before; about 12 if it had risen as" in risen


def test_a_cluster_where_nothing_was_before_has_no_ratio():
    said = sentences(observed=12.0, expected=0.0, usual=0.0, ratio=float("inf")).sentence
    assert said.endswith("where fewer than 1 would be usual there.")


def test_a_cluster_is_beside_what_is_usual():
    assert sentences(observed=54.0, expected=24.6, ratio=2.2).sentence == (
        f"{WHERE}: 54 incidents of violence and weapons in Jun–Jul 2024, where about 25 would be usual there "
        "(2.2 times as many)."
    )
    assert "where about 1 would be usual" in sentences(observed=9.0, expected=0.98, ratio=9.1).sentence
    assert "where fewer than 1 would be usual" in sentences(observed=6.0, expected=0.4, ratio=15.0).sentence
    assert "where fewer than 10 would be usual" in sentences(protected=True, observed=20.0, expected=9.6).sentence


@pytest.mark.parametrize(
    ("kind", "now", "then", "said"),
    [
        (FindingKind.RISE, 60.0, 20.0, "rose to 60 incidents in Jun–Jul 2024 from 20 incidents a year before"),
        (FindingKind.FALL, 1.0, 20.0, "fell to 1 incident in Jun–Jul 2024 from 20 incidents a year before"),
        (FindingKind.RISE, 50.0, 55.0, "fell less than elsewhere, to 50 incidents"),
        (FindingKind.FALL, 60.0, 50.0, "rose less than elsewhere, to 60 incidents"),
        (FindingKind.RISE, 50.0, 50.0, "stayed at 50 incidents"),
        (FindingKind.FALL, 50.0, 50.0, "stayed at 50 incidents"),
    ],
)
def test_a_change_says_which_way_the_count_itself_went(kind, now, then, said):
    assert f"violence and weapons {said}" in sentences(kind, observed=now, expected=then, ratio=now / then).sentence


def test_a_change_has_its_ratio_its_interval_and_what_happened_elsewhere():
    sentence = sentences(
        FindingKind.RISE, observed=60.0, expected=20.0, ratio=3.0, low=1.8, high=5.3, elsewhere=1.1
    ).sentence
    assert sentence.endswith(
        "a year before, about 3 times as many (could be anywhere from 80 % up to 5.3 times as many), while elsewhere "
        "within 5 km there were 10 % more than then."
    )
    none = sentences(
        FindingKind.RISE, observed=30.0, expected=0.0, ratio=float("inf"), low=7.0, high=float("inf")
    ).sentence
    assert "from 0 incidents a year before, at least 7 times as many, while elsewhere within" in none


@pytest.mark.parametrize(
    ("elsewhere", "said"),
    [(float("nan"), "none in either year."), (float("inf"), "some, and none then."), (0.0, "none left.")],
)
def test_others_that_held_none_are_no_ratio(elsewhere, said):
    sentence = sentences(FindingKind.RISE, observed=60.0, expected=20.0, ratio=3.0, elsewhere=elsewhere).sentence
    assert sentence.endswith(f", while elsewhere within 5 km there were {said}")


def test_a_change_that_may_be_nearly_anything_has_no_size():
    sentence = sentences(FindingKind.RISE, observed=24.0, expected=1.0, ratio=24.0, low=3.9, high=900.0).sentence
    assert "from 1 incident a year before, by how much is too uncertain to say, while" in sentence
    assert "900" not in sentence


def test_nothing_left_is_none_now_and_no_ratio():
    sentence = sentences(FindingKind.FALL, observed=0.0, expected=30.0, ratio=0.0, low=0.0, high=0.1).sentence
    assert "fell to 0 incidents in Jun–Jul 2024 from 30 incidents a year before, at least 90 % down, while" in sentence
    assert "0.0 times" not in sentence


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (Pattern.NEW, "in Jun–Jul 2024, for the first time in these data: 40"),
        (Pattern.CONSECUTIVE, "all through Jun–Jul 2024, and not before in these data: 40"),
        (Pattern.INTENSIFYING, ", and more so in Jun–Jul 2024: 40"),
        (Pattern.PERSISTENT, "consistently high for"),
        (Pattern.HISTORICAL, "no longer"),
    ],
)
def test_a_pattern_says_since_when(pattern, said):
    assert said in sentences(FindingKind.PATTERN, pattern=pattern).sentence


@pytest.mark.parametrize("pattern", [Pattern.PERSISTENT, Pattern.HISTORICAL], ids=str)
def test_the_months_of_a_lasting_hot_spot_are_those_of_its_count_and_not_since_when(pattern):
    assert (
        "(Jun–Jul 2024: 40 incidents, 2.0 times the average of all areas within 5 km)."
        in sentences(FindingKind.PATTERN, pattern=pattern).sentence
    )


def test_a_hot_spot_that_grew_is_told_beside_the_others_and_beside_itself_before():
    grown = {"pattern": Pattern.INTENSIFYING, "growth": 1.62}
    assert sentences(FindingKind.PATTERN, **grown).sentence == (
        f"{WHERE}: consistently high for violence and weapons, and more so in Jun–Jul 2024: 40 incidents, 2.0 times "
        "the average of all areas within 5 km, and 1.6 times its own share of all before."
    )
    hidden = sentences(FindingKind.PATTERN, protected=True, observed=5.0, ratio=2.0, **grown).sentence
    assert hidden.endswith("and more so in Jun–Jul 2024: fewer than 10 incidents.")


@pytest.mark.parametrize(
    ("p", "replications", "said"),
    [
        (0.001, 999, "at most 1"),
        (0.002, 999, "about 2"),
        (0.05, 999, "about 50"),
        (0.005, 199, "at most 5"),
        (0.01, 199, "about 10"),
        (1 / 5000, 4999, "at most 1"),
        (2 / 5000, 4999, "about 1"),
    ],
)
def test_chance_is_said_in_searches_and_no_finer_than_was_tried(p, replications, said):
    assert chance(p, replications) == f"{said} of 1,000"


def test_every_kind_says_how_sure_it_is():
    for kind in FindingKind:
        assert sentences(kind, p=0.004).sure == (
            "Unlikely to be chance: in about 4 of 1,000 searches like this one, chance alone shows as much somewhere."
        )


@pytest.mark.parametrize(
    ("doubts", "said"),
    [
        (("a",), "It could also be a."),
        (("a", "b"), "It could also be a; or b."),
        (("a", "b", "c"), "It could also be a; b; or c."),
    ],
)
def test_doubts_are_listed(doubts, said):
    assert sentences(doubts=doubts).doubt == said


def test_the_whole_is_read_in_its_order():
    said = sentences()
    assert said.whole == f"{said.sentence} {said.sure} {said.doubt}"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (FindingKind.CLUSTER, ": 40 other incidents in Jun–Jul 2024, where"),
        (FindingKind.RISE, ": other incidents rose to 40 in Jun–Jul 2024 from 20 a year before, "),
        (FindingKind.PATTERN, ": a hot spot for other incidents in Jun–Jul 2024, for the first time"),
    ],
)
def test_the_group_other_is_other_incidents_in_a_sentence(kind, said):
    assert said in sentences(kind, harms=("other",)).sentence


@pytest.mark.parametrize("kind", FindingKind, ids=str)
def test_months_that_are_not_counted_are_left_out_of_the_months_that_are_said(kind):
    sentence = sentences(kind, periods=("2019-05", "2019-06", "2019-09", "2019-10", "2020-01")).sentence
    assert " May–Jun 2019, Sep–Oct 2019 and Jan 2020" in sentence


def test_several_harm_groups_are_named():
    assert "violence and weapons and drugs and alcohol" in sentences(harms=("violence", "substances")).sentence
