"""A logo as papers carry it: a picture that was read and drawn anew, so that nothing else of its file is kept."""

import io
from collections.abc import Callable
from typing import Final

from PIL import Image

from data.sandbox import run_sandboxed
from geo.errors import InputError

_MOST_DOTS: Final = 16_000_000  # of a picture as it comes
_LARGEST: Final = (1200, 480)  # of a logo on paper: 10 by 4 cm at 300 dots to the inch


def png_logo(content: bytes) -> bytes:
    """Return a PNG or JPEG as a PNG of at most 1200 by 480 dots, without anything that its file says besides.

    Raises InputError for what is neither, or cannot be read.
    """
    return run_sandboxed(_drawn_anew, content)


def _drawn_anew(content: bytes, _progress: Callable[[float, str], None]) -> bytes:
    try:
        found = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))  # reads no more than its size yet
        kept = found.convert("RGBA") if found.width * found.height <= _MOST_DOTS else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise InputError(
            "A logo must be a PNG or JPEG picture that can be read, and this is none; choose another file."
        ) from None
    if kept is None:
        raise InputError("A logo can have 16 million dots, and this one has more; choose a smaller picture.")
    kept.thumbnail(_LARGEST)
    plain = Image.new("RGBA", kept.size)
    plain.paste(kept)
    made = io.BytesIO()
    plain.save(made, "PNG", optimize=True)
    return made.getvalue()
