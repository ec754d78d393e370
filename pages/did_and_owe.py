"""What we did and owe: actions by owner and date, and whether they helped."""

from geo.register.owed import headline
from pages.components.actions import action_rows, filters, owed_list, recording, review_list
from pages.components.actions.owed_list import Owed
from pages.components.cached import loads
from pages.components.frame import chrome, html_tables
from pages.routes import action_downloads


def show() -> None:
    """Show what is owed, the latest first, and what was done, each with what can be done about it."""
    owed = owed_list.gather(loads.asker())
    writes = not loads.is_board()
    below = [owed_list.said_below(owed)]
    if not writes:
        below.append(chrome.notice(chrome.NOTHING_TO_CHANGE))
    chrome.headline("What we did and owe", headline(owed.actions, owed.reviews), *below)
    if writes:
        recording.offer(owed)
    if owed.actions:
        action_rows.show(filters.pick(owed.actions), writes=writes)
    review_list.show(owed.reviews)
    teaching = html_tables.table_links("What to teach", action_downloads.TEACHING, {})
    chrome.together(
        owed_list.table_html(owed.actions), f'<p class="lc-quiet">{_files(owed, writes=writes)}{teaching}</p>'
    )


def _files(owed: Owed, *, writes: bool) -> str:
    """Write the links to what is owed and, for those who write them, to all actions with their notes (HTML)."""
    if not owed.actions and not owed.reviews:
        return ""
    calendar = html_tables.download_link("What is owed, for your calendar (.ics)", action_downloads.OWED, {})
    listed = html_tables.table_links("All actions", action_downloads.ACTIONS, {})
    return f"{calendar} (it names places: for a calendar of your own) · {f'{listed} · ' if writes else ''}"


show()
