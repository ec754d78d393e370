"""A finding leads to its own view and back, and whatever was chosen stands."""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from geo.harms import HARM_GROUPS
from pages.components.area_map import finding_view
from pages.components.context import findings_view
from pages.components.frame.addresses import FINDING
from tests.pages.conftest import Open
from tests.pages.facts import POLICE, SCHOOL, plain
from tests.pages.measuring import Address, Look, look
from tests.pages.shown import Markup, Shown

PIN: Final = "Castlebrook Academy"
SOME_FINDINGS: Final = (  # a cluster; patterns; a change
    ("substances", "Jun 2026", "Aug 2026"),
    ("asb", "Mar 2026", "May 2026"),
    ("violence", "Sep 2024", "Aug 2025"),
)
ALL: Final[Address] = {"school": PIN, "from": "Mar 2026", "to": "May 2026", "radius": "1,600 m"}


def listed(shown: Shown) -> list[str]:
    """Return each finding of Local context (HTML), in order."""
    pieces = [piece for piece in shown.markup if "lc-findings" in piece.html and "lc-sure" in piece.html]
    return [item.split("</ul>")[0] for piece in pieces for item in piece.html.split("<li ")[1:]]


def words(html: str) -> str:
    return " ".join(Markup(html).text.split())


def sentence(item: str) -> str:
    found = re.search(r"<p>(.*?)</p>", item)
    assert found is not None
    return words(found[1])


def link_to(item: str, page: str) -> Address:
    """Return the pickers that a link to a page sets."""
    (address,) = (href for tag, href in linked(item) if tag == page)
    return {key: values if len(values) > 1 else values[0] for key, values in parse_qs(address).items()}


def linked(html: str) -> list[tuple[str, str]]:
    addresses = (urlsplit(attributes["href"] or "") for tag, attributes in Markup(html).tags if tag == "a")
    return [(address.path, address.query) for address in addresses]


def whole(shown: Shown) -> str:
    return "".join(piece.html for piece in shown.markup)


def test_findings_open_under_their_own_headlines(open_demo: Open, client: TestClient) -> None:
    titles = set()
    for harm, first, last in SOME_FINDINGS:
        told = open_demo("local_context", {"school": PIN, "harm": HARM_GROUPS[harm], "from": first, "to": last})
        assert listed(told)
        for item in listed(told):
            seen = look(open_demo("area_map", link_to(item, "area-map")), client)
            assert seen.shown.headline == sentence(item)
            assert_shows(seen, sentence(item))
            titles.add(seen.shown.payload["title"].split(" by ")[0])
    assert titles == {"Count", "Change", "Emerging"}


def assert_shows(seen: Look, told: str) -> None:
    """Hold that a view shows the area of a finding and the school, and says of it what the finding does."""
    payload = seen.shown.payload
    assert seen.shown.failed == []
    assert seen.notices == []
    (row,) = (row for row in seen.rows if row["area"] == payload["selected"])
    assert plain(row["name"]) in told
    assert payload["fit"] != "areas"
    assert payload["school"]["name"] == PIN
    if payload["outlines"]:
        (outline,) = payload["outlines"]
        held = re.search(r"(\d+) incidents", outline["label"])
        assert held is not None
        assert f"{held[1]} incidents" in told
    elif "pattern" in row:
        assert row["pattern"] != "None"
        assert payload["emphasise"]
        assert "hot spot" in told or "consistently high for" in told
    else:
        assert f"{int(row['n']):,} incidents" in told
        assert f"{int(row['before']):,} incidents" in told


def test_three_findings_show_and_the_others_are_folded(open_demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    assert findings_view.SHOWN == 3
    assert 2 <= len(listed(open_demo("local_context", ALL))) <= 3
    monkeypatch.setattr(findings_view, "SHOWN", 1)
    shown = open_demo("local_context", ALL)
    (piece,) = (piece for piece in shown.markup if "more finding" in piece.html)
    before, rest = piece.html.split('<details class="lc-rest">')
    assert before == ""
    assert len(listed(shown)) == 1 + rest.count("<li ")
    assert rest.count("<li ") >= 1
    assert f"{rest.count('<li ')} more finding" in rest


def test_a_finding_is_a_line_and_how_sure_with_doubts_folded(open_demo: Open) -> None:
    for item in listed(open_demo("local_context", ALL)):
        open_lines, *_, folded = item.split("<details>")
        assert open_lines.count("<p") == 2
        assert "could also be" not in open_lines
        assert folded.startswith("<summary>What else could it be?</summary><p>It could also be ")


def test_all_areas_of_a_finding_are_named_on_request_where_its_sentence_counts_them(open_demo: Open) -> None:
    several = 0
    for item in listed(open_demo("local_context", ALL)):
        named = re.search(r"<details><summary>Which areas\?</summary><p>(.+?)\.</p></details>", item)
        near = re.search(r"and (\d+) areas? near it", sentence(item))
        assert (named is None) == (near is None)
        if named and near:
            several += 1
            assert len(named[1].split("; ")) == int(near[1]) + 1
    assert several


def test_the_filter_is_the_findings_own_and_what_was_chosen_stands(open_demo: Open) -> None:
    chosen = ALL | {"harm": [HARM_GROUPS["asb"], HARM_GROUPS["substances"]]}
    before = open_demo("local_context", chosen)
    item = next(one for one in listed(before) if HARM_GROUPS["asb"].lower() in sentence(one))
    shown = open_demo("area_map", link_to(item, "area-map"))
    assert f"Filter of this finding: Emerging · LSOA · {HARM_GROUPS['asb']} · " in shown.text
    assert "Your own choice in the sidebar is kept, and is not used here." in shown.text
    assert shown.app.multiselect(key="harm").value == chosen["harm"]
    assert [shown.app.selectbox(key=key).value for key in ("from", "to")] == ["Mar 2026", "May 2026"]
    assert shown.app.text_input(key="school").value == PIN
    assert "measure" not in {one.key for one in shown.app.get("button_group")}


def test_back_leads_to_the_very_view_before(open_demo: Open) -> None:
    chosen = ALL | {"harm": [HARM_GROUPS["asb"], HARM_GROUPS["substances"]], "show": "Density"}
    before = open_demo("local_context", chosen)
    shown = open_demo("area_map", link_to(listed(before)[0], "area-map"))
    assert [path for path, _ in linked(whole(shown))].count("local-context") == 1
    after = open_demo("local_context", link_to(whole(shown), "local-context"))
    assert (after.headline, after.text, after.payload) == (before.headline, before.text, before.payload)


def test_another_choice_in_the_sidebar_leaves_the_finding_as_it_is(open_demo: Open) -> None:
    address = link_to(listed(open_demo("local_context", ALL))[0], "area-map")
    shown = open_demo("area_map", address)
    others: Address = {"dataset": SCHOOL, "school": "Brookfield School", "from": "Sep 2024", "to": "Oct 2024"}
    elsewhere = open_demo("area_map", {FINDING: address[FINDING]} | others)
    assert (elsewhere.headline, elsewhere.payload) == (shown.headline, shown.payload)
    assert elsewhere.app.text_input(key="school").value == "Brookfield School"


def test_a_finding_that_is_no_more_is_said_to_be_so_above_the_map(open_demo: Open) -> None:
    reference = str(link_to(listed(open_demo("local_context", ALL))[0], "area-map")[FINDING])
    usual = open_demo("area_map", {"school": PIN, "where": "Around my school"})
    gone = [
        "zzz",
        "<script>alert(1)</script>",
        reference.replace(POLICE, "A dataset that is no more"),
        reference.replace("2026-05", "2026-04"),
        reference.replace("2026-05", "2031-05"),
        re.sub(r"~\d{6}~", "~999999~", reference),
    ]
    for one in gone:
        shown = open_demo("area_map", {"school": PIN, FINDING: one})
        assert shown.failed == []
        assert finding_view.LOST in shown.text
        assert (shown.headline, shown.payload) == (usual.headline, usual.payload)
        assert one not in shown.text
        assert link_to(whole(shown), "local-context") == {"school": PIN}


def test_an_ordinary_map_has_no_word_of_findings(open_demo: Open) -> None:
    shown = open_demo("area_map", {"school": PIN})
    assert "Filter of this finding" not in shown.text
    assert "local-context" not in [path for path, _ in linked(whole(shown))]
