"""What is downloaded is what is shown."""

import csv
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.seen import go, map_frame


def cells(page: Page) -> list[list[str]]:
    rows = page.locator("table.lc-table:not(details table)").last.locator("tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def test_the_file_holds_the_rows_of_the_table(page: Page, demo_url: str, tmp_path: Path) -> None:
    go(page, demo_url, "area-map", level="MSOA", harm="Drugs and alcohol", **{"from": "Jan 2026"})
    map_frame(page)  # once it stands, nothing on the page moves any more
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download these figures (CSV)").click()
    file = tmp_path / "areas.csv"
    saved.value.save_as(file)
    assert saved.value.suggested_filename == "areas-msoa-2026-01-2026-08.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    written = [
        [
            row["rank"],
            row["name"],
            row["area"],
            row["n"],
            f"{float(row['residents']):,.0f}",
            f"{float(row['rate']):,.1f}",
        ]
        for row in rows
    ]
    assert written == cells(page)
    assert len(rows) == 12
    assert {row["period"] for row in rows} == {"2026-01 to 2026-08"}


def test_a_chart_of_exact_figures_offers_no_way_to_take_them(page: Page, demo_url: str) -> None:
    go(page, demo_url, "trends", dataset="Castlebrook schools (fictional)")
    chart = page.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator("svg, canvas").first).to_be_visible()
    chart.hover()
    for name in ("Show data", "Copy Vega-Lite spec", "Download as PNG"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    expect(page.locator(".lc-download")).to_have_count(0)
