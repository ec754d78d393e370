"""The one page that somebody without a session sees: what to open, and a box to paste it into."""

from html import escape
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, Response

SIGN_IN: Final = "/lc/sign-in"
FIELD: Final = "pasted"
WANTED: Final = "wanted"
OPEN_THE_LINK: Final = "Open the link that was printed where Local Context was started."
WRONG_LINK: Final = (
    "That is not the link of this start: a new one is printed each time Local Context starts. Copy the last one."
)
STYLE: Final = """
  body { margin: 0; background: #f2f6f7; color: #1d2b30; font: 1.0625rem/1.5 system-ui, sans-serif; }
  main { box-sizing: border-box; max-width: 36rem; margin: 10vh auto 0; padding: 2rem; background: #fff; }
  h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.3; }
  p { margin: 0 0 1rem; }
  form { display: grid; }
  label { font-weight: 600; }
  input { margin: .25rem 0 1rem; padding: .6rem; border: 1px solid #5a6d74;
    border-radius: 4px; font: inherit; }
  button { justify-self: start; padding: .6rem 1.2rem; border: 0; border-radius: 4px; background: #0f6b78; color: #fff;
    font: inherit; }
  a { color: #0b5966; }
  :focus-visible { outline: 3px solid #0b5966; outline-offset: 2px; }
"""
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Local Context: open the printed link</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{said}</h1>
<p>It begins with <code>http://127.0.0.1</code> and stands in the last line of that window.{here}</p>
<form method="post" action="{action}">
<label for="pasted">Or paste the link here</label>
<input id="pasted" name="{field}" type="password" autocomplete="off" spellcheck="false" required>
<input name="{wanted}" type="hidden" value="{address}">
<button>Open Local Context</button>
</form>
</main>
</body>
</html>
"""
_HERE: Final = ' If it is open in this browser already, <a href="{address}">go on to this page</a>.'
# The form must say which page it comes from, which a browser keeps to itself under the policy of all other pages.
_HEADERS: Final = {"Referrer-Policy": "same-origin", "WWW-Authenticate": "Bearer"}


def sign_in_page(said: str, wanted: str, *, came_from_elsewhere: bool) -> Response:
    """Return the page, which says one sentence first, and leads to the ``wanted`` address afterwards.

    A browser that follows a link of another site keeps its cookie to itself, so there the page has a link of its own.
    """
    address = escape(local(wanted), quote=True)
    here = _HERE.format(address=address) if came_from_elsewhere else ""
    page = _PAGE.format(style=STYLE, said=said, here=here, action=SIGN_IN, field=FIELD, wanted=WANTED, address=address)
    return HTMLResponse(page, HTTPStatus.UNAUTHORIZED, _HEADERS)


def local(wanted: str) -> str:
    """Return an address of this server, whatever was asked for: its path and its query, and the start for all else."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or not wanted.startswith("/") or "\\" in wanted or not wanted.isprintable():
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
