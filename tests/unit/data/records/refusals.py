"""What every refusal of a reader must be: one sentence that names the file, and never a value of a row."""

import traceback
from collections.abc import Callable

import pytest

from data.formats.sources import Source, from_upload
from geo.errors import InputError

CELL = "Zebedee99"  # stands for what a row says; it must never be repeated
FILE = "log.csv"


def upload(text: str, name: str = FILE) -> Source:
    return from_upload(name, text.encode("utf-8"))


def refusal(read: Callable[[], object], file: str = FILE) -> str:
    """Return the message with which ``read`` refuses, having checked that it and its traceback keep the secret."""
    with pytest.raises(InputError) as caught:
        read()
    message = str(caught.value)
    assert CELL not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert f"“{file}”" in message
    assert message.endswith(".")
    assert ". " not in message.removesuffix(".")
    return message
