"""Listening: the addresses that this process is to be served at, and the refusal of any but those of this machine.

The address can come from an option, a setting or the environment, of Streamlit or of uvicorn; all of them end in what
uvicorn was configured with, which is what is looked at.
"""

import gc

import uvicorn

from access.own_address import LOOPBACK
from geo.errors import InputError


def served_at() -> str | None:
    """Return the address that this process is about to be served at, None where its server does not say.

    Raises InputError where anybody else on the network could reach it.
    """
    configured = [one for one in gc.get_objects() if type(one) is uvicorn.Config and one.loaded]
    for one in configured:
        if one.host not in LOOPBACK or one.uds is not None or one.fd is not None:
            raise InputError(
                "Local Context must be served at 127.0.0.1 until sign-in is set up, which it does not have yet, and "
                "it was to be served at another address; leave the address out."
            )
    known = [one for one in configured if one.port]
    return _address(known[-1]) if known else None


def _address(configured: uvicorn.Config) -> str:
    name = "[::1]" if configured.host == "::1" else "127.0.0.1"
    return f"{'https' if configured.is_ssl else 'http'}://{name}:{configured.port}"
