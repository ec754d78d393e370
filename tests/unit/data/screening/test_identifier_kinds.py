import random

import pyarrow as pa
import pytest

from data.screening import detectors
from data.screening.distinct import Distinct, normalise
from data.screening.identifier_kinds import Confidence


def flagged(kind, cells, header=""):
    column = Distinct.of(pa.array(cells, pa.string()))
    return int(column.holding(kind.flagged(column, header)).sum())


def draw(count, signs, length):
    rng = random.Random(5)  # noqa: S311
    return ["".join(rng.choices(signs, k=length)) for _ in range(count)]


@pytest.mark.parametrize("count", [3, 10, 100, 5000])
def test_random_references_of_ten_digits_are_no_nhs_numbers(count):
    assert flagged(detectors.NHS_NUMBERS, draw(count, "0123456789", 10)) == 0


def test_ten_digits_under_a_telling_name_are_nhs_numbers_whatever_their_check():
    assert flagged(detectors.NHS_NUMBERS, ["1234567890", "4010232137"], "nhs no") == 2


def test_the_spaced_format_tells_an_nhs_number_in_a_few_cells():
    assert flagged(detectors.NHS_NUMBERS, ["943 476 5870", "Drugs", "Weapons", "Robbery"]) == 1


def test_bare_nhs_numbers_are_told_by_passing_all():
    assert flagged(detectors.NHS_NUMBERS, ["9434765870", "4010232137", "4505577104"]) == 3


def test_dates_with_times_are_no_nhs_numbers():
    assert flagged(detectors.NHS_NUMBERS, [f"{day:02}/09/2021 10:15" for day in range(1, 29)]) == 0


@pytest.mark.parametrize("kind", detectors.KINDS, ids=lambda kind: kind.what)
@pytest.mark.parametrize(
    "cells",
    [
        [f"INC-{number:05}" for number in range(300)],
        draw(300, "0123456789abcdef", 64),
        draw(300, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 7),
        draw(300, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 6),
        draw(300, "0123456789", 11),
        draw(300, "0123456789", 12),
        [f"E010{number:05}" for number in range(300)],
        ["-1.470085", "53.381129"] * 9,
        ["15:10", "2021-09", "12", "£25.00"],
        ["10005092 01"],
        [f"R2021{number:08}" for number in range(300)],
    ],
)
def test_codes_are_no_identifiers(kind, cells):
    assert flagged(kind, cells) == 0


@pytest.mark.parametrize("text", ["QQ123456C", "GB123456A", "AB123456E", "AO123456A", "DA123456A"])
def test_prefixes_and_letters_that_no_national_insurance_number_has_are_refused(text):
    assert detectors.NINOS.detect(text) <= Confidence.SHAPED


@pytest.mark.parametrize("text", ["S10", "S10 2", "QX1 2AB", "the 1st", "on M1 1st exit", "E01000001"])
def test_parts_and_unknown_areas_are_no_postcodes(text):
    assert detectors.POSTCODES.detect(text) <= Confidence.SHAPED


@pytest.mark.parametrize("text", ["435210 387123", "0.123456789", "01.09.2021 10", "7700900", "INC-0123456789"])
def test_what_is_no_telephone_number(text):
    assert detectors.PHONES.detect(text) <= Confidence.SHAPED


@pytest.mark.parametrize("text", ["+44 (0)114 273 4567", "00 44 7700 900123", "+353 85 123 4567", "(0114) 273 4567"])
def test_written_telephone_numbers_are_sure(text):
    assert detectors.PHONES.detect(text) == Confidence.SURE


@pytest.mark.parametrize(
    "text", ["data.police.uk", "Source: https://www.ons.gov.uk/", "///filled.count.club", "e.g. Monday.Then"]
)
def test_front_doors_of_public_bodies_are_no_web_addresses(text):
    assert detectors.URLS.detect(text) == Confidence.NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "Victoria Road",
        "Charlotte Street",
        "St James Park",
        "George Inn",
        "On or near Nelson Mandela Walk",
        "John Lewis",
        "Pupil A",
        "King Edward VII School",
        "Sir Harold Jackson Primary",
        "Sheffield, Hallam",
        "Princess Anne Hospital",
        "Princess Anne",
    ],
)
def test_places_named_after_people_are_no_people(text):
    assert detectors.PERSONS.detect(text) <= Confidence.SHAPED


@pytest.mark.parametrize(
    "text",
    [
        "Jamie Walker",
        "WALKER, Jamie",
        "walker, jamie",
        "KHAN Aisha",
        "Mr Featherstone",
        "J. O'Brien",
        "Zoë Kowalska",
        "seen with Aisha Khan by the shops",
        "with Jamie Barraclough at the stop",
        "Osei-Bonsu, Kwame",
        "jamie walsh ran off",
    ],
)
def test_people_are_seen_in_any_spelling(text):
    assert detectors.PERSONS.detect(text) == Confidence.LIKELY


def test_names_unheard_of_are_told_by_the_name_of_their_column():
    assert flagged(detectors.PERSONS, ["Xquz", "Vbrr", "Unknown"], "forename") == 2
    assert flagged(detectors.PERSONS, ["Police", "Teacher"], "reported by") == 0


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (detectors.INITIALS, "JS Y9"),
        (detectors.INITIALS, "J.S., Year 10"),
        (detectors.INITIALS, "Kyle Y9"),
        (detectors.KIN, "Kyle's mum"),
        (detectors.KIN, "mother of Tia"),
        (detectors.ADDRESSES, "14 Mill Lane"),
        (detectors.ADDRESSES, "Flat 3, 22 High Street"),
        (detectors.HANDLES, "@kyle_09"),
        (detectors.THREE_WORDS, "///filled.count.soap"),
        (detectors.CRIME_REFERENCES, "13/1234/25"),
        (detectors.CRIME_REFERENCES, "CR/12345/25"),
        (detectors.IPS, "81.2.69.142"),
        (detectors.PASSPORTS, "passport no 123456789"),
        (detectors.POSITIONS, "53.381129, -1.470085"),
        (detectors.IMEIS, "IMEI 352099001761481"),
    ],
)
def test_one_text_is_enough(kind, text):
    assert kind.detect(text) >= Confidence.LIKELY


def test_one_number_among_references_of_another_form_is_none_of_them():
    references = [f"INC-{number:05}" for number in range(39)]
    assert flagged(detectors.CRIME_REFERENCES, [*references, "13250012345"]) == 1
    assert flagged(detectors.NHS_NUMBERS, [*references, "9434765870"]) == 1
    assert flagged(detectors.NHS_NUMBERS, [*draw(39, "0123456789", 10), "9434765870"]) == 0


def test_a_latitude_is_none_under_its_own_name_and_one_among_words():
    latitudes = [f"53.38{number:04}" for number in range(9)]
    assert flagged(detectors.POSITIONS, latitudes) == 9
    assert flagged(detectors.POSITIONS, [f"{number}.381129" for number in range(0, 99, 7)]) == 0


def test_writing_is_made_plain():
    assert normalise(" ９４３\u00a0476\u200b\u20135870 ") == "943 476-5870"
