"""The token of a start: whoever has it may come in, as the link says that is printed where the app was started."""

import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Final

from geo.errors import InputError

VARIABLE: Final = "LOCAL_CONTEXT_TOKEN"
PARAMETER: Final = "token"
SHORTEST: Final = 32  # characters
_BYTES: Final = 32  # of a token that is made, 43 characters
_KIND: Final = re.compile(rf"[A-Za-z0-9._~-]{{{SHORTEST},}}")
_IN_A_LINK: Final = re.compile(rf"[?&]{PARAMETER}=([A-Za-z0-9._~-]+)")


class StartToken:
    """What opens the app until it is stopped; its value shows in no representation of it."""

    def __init__(self, value: str, *, chosen: bool) -> None:
        self._value = value
        self.chosen = chosen

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "StartToken":
        """Return the token that the environment sets, or else a new one.

        Raises InputError where the environment sets one that is too short or could not stand in a link.
        """
        value = environment.get(VARIABLE)
        if not value:
            return cls(secrets.token_urlsafe(_BYTES), chosen=False)
        if not _KIND.fullmatch(value):
            raise InputError(
                f"{VARIABLE} must be {SHORTEST} or more letters, digits, dots or dashes, and its value is not; make "
                "one with `python -c 'import secrets; print(secrets.token_urlsafe())'`, or leave it unset."
            )
        return cls(value, chosen=True)

    def is_said(self, said: str) -> bool:
        """Return whether a text is the token, in a time that tells nothing of how near it came."""
        return hmac.compare_digest(said.encode("utf-8", "surrogateescape"), self._value.encode())

    def is_pasted(self, pasted: str) -> bool:
        """Return whether what somebody pasted is the token, or the link that holds it."""
        linked = _IN_A_LINK.search(pasted)
        return self.is_said(linked[1] if linked else pasted.strip())

    def link(self, address: str) -> str:
        """Return the link that opens the app at an address; one without the token, where somebody chose that."""
        return f"{address}/" if self.chosen else f"{address}/?{PARAMETER}={self._value}"
