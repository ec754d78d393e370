"""What texts of a table are sorted by: numbers, periods and days by what they mean, all else by its letters."""

import pytest

from pages.components.frame.sort_values import sort_values


@pytest.mark.parametrize(
    "ascending",
    [
        ("fewer than 10", "about 15", "about 1,215"),
        ("−2.5 %", "3 %", "12.25 %"),
        ("3 to 8", "12 to 30"),
        ("Dec 2019", "Jan 2020", "Sep 2021"),
        ("30 Sep 2021", "3 Oct 2021", "1 Jan 2022"),
        ("Summer 2, 2023/24", "Autumn 1, 2024/25", "Spring 1, 2024/25"),
        ("Autumn term, 2024/25", "Summer term, 2024/25"),
        ("school year 2023/24", "school year 2024/25"),
        ("Monday", "Tuesday", "Sunday"),
    ],
)
def test_what_people_read_sorts_by_what_it_means(ascending: tuple[str, ...]) -> None:
    values = sort_values([*ascending, "–", None, "no figures"])
    assert values is not None
    known = values[: len(ascending)]
    assert known == sorted(known, key=lambda value: value or 0)
    assert None not in known
    assert len(set(known)) == len(known)
    assert values[len(ascending) :] == [None, None, None]


@pytest.mark.parametrize(
    "texts",
    [
        ("400 m", "1.2 km"),  # other units
        ("Castlebrook 001A", "Castlebrook 002B"),
        ("Sep 2021", "a while ago"),
        ("May 2021", "12"),
        (),
        ("–", None),
    ],
)
def test_what_is_of_no_one_kind_sorts_by_its_letters(texts: tuple[str | None, ...]) -> None:
    assert sort_values(texts) is None
