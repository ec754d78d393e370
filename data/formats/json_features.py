"""The features of a GeoJSON file one after another, so that a national file need not be held.

Python's own decoder reads each feature from the text; nothing else of a file's text is kept than what is asked for.
"""

import codecs
import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final, TypeAlias

from data.formats.byte_streams import ByteStream
from data.formats.sources import Source

Json: TypeAlias = dict[str, Any]  # what json.loads gives for an object

_BLOCK: Final = 1 << 20
_NUMERAL: Final = "0123456789.eE+-"
_SPACES: Final = " \t\r\n"
FEATURES: Final = "features"


class JsonFeatures:
    """What a file holds: its features as they are gone through, each with its text, and then its other members.

    ``members`` holds those once all features have been gone through; ``listed`` whether there was a list of features.
    Going through raises ValueError or RecursionError for text that is no JSON.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self.members: Json = {}
        self.listed = False

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        with closing(ByteStream(self._source)) as stream:
            text = _Text(stream)
            if text.peek() != "{":
                text.value()
                text.require_end()
                return
            yield from self._members(text)
            text.require_end()

    def _members(self, text: "_Text") -> Iterator[tuple[Any, str]]:
        for _ in text.separated("{", "}"):
            name, _ = text.value()
            text.take(":")
            if not isinstance(name, str):
                raise ValueError("a name is no text")
            if name == FEATURES and text.peek() == "[" and not self.listed:
                self.listed = True
                for _ in text.separated("[", "]"):
                    yield text.value()
            else:
                self.members[name], _ = text.value()


class _Text:
    """Text that is read as far as it is needed."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._text, self._at, self._ended = "", 0, False

    def peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACES:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, wanted: str) -> None:
        """Pass over one character; raises ValueError for any other."""
        if self.peek() != wanted:
            raise ValueError("another character is expected")
        self._at += 1

    def separated(self, opening: str, closing_: str) -> Iterator[None]:
        """Stop before each of the values between two brackets."""
        self.take(opening)
        if self.peek() != closing_:
            while True:
                yield
                if self.peek() != ",":
                    break
                self.take(",")
                if self.peek() == closing_:
                    raise ValueError("a value is missing")
        self.take(closing_)

    def value(self) -> tuple[Any, str]:
        """Return the next value, and its text."""
        self.peek()
        while True:
            try:
                found, end = self._json.raw_decode(self._text, self._at)
            except ValueError:
                if not self._more():
                    raise
                continue
            # A number may go on beyond what has been read.
            if (end < len(self._text) and self._text[end] not in _NUMERAL) or not self._more():
                text = self._text[self._at : end]
                self._at = end
                return found, text

    def require_end(self) -> None:
        """Raise ValueError where something follows."""
        if self.peek():
            raise ValueError("something follows the value")

    def _more(self) -> bool:
        """Read on, the more the longer the value is that began; false at the end of the file."""
        if self._ended:
            return False
        left = self._text[self._at :]
        block = self._stream.read(max(_BLOCK, len(left)))
        self._ended = not block
        self._text, self._at = left + self._decoder.decode(block, final=self._ended), 0
        return not self._ended
