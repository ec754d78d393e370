"""Bodies of requests, read no further than they may be large."""

from starlette.requests import ClientDisconnect, Request


async def read_body(request: Request, most: int) -> bytes:
    """Return the body of a request; empty where it is larger than ``most`` bytes, or its sender has gone."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                return b""
    except ClientDisconnect:
        return b""
    return body
