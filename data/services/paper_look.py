"""The look of an organisation's papers: its name, logo and Word template, checked on their way in."""

from typing import Final

from data.papers.look import Look
from data.principal import Principal
from data.store import organisation_looks
from data.store.organisation_looks import LookKind
from data.store.store import Store
from geo.errors import InputError

MOST_LOGO: Final = 1_000_000  # bytes
MOST_TEMPLATE: Final = 5_000_000  # bytes of a Word template
LONGEST_NAME: Final = 100
_MOST: Final = {LookKind.LOGO: MOST_LOGO, LookKind.TEMPLATE: MOST_TEMPLATE}


def look_of(store: Store, principal: Principal) -> Look:
    """Return the look of the papers of the person's organisation."""
    parts = organisation_looks.look(store, principal)
    name = parts.get(LookKind.NAME, b"").decode()
    return Look(name, parts.get(LookKind.LOGO), parts.get(LookKind.TEMPLATE))


def put_name(store: Store, principal: Principal, name: str) -> None:
    """Put the organisation's name on its papers; "" takes it off. Raises InputError for one that names a person."""
    plain = " ".join(name.split())
    if len(plain) > LONGEST_NAME:
        raise InputError(f"A name can have {LONGEST_NAME} characters, and this one has {len(plain)}; shorten it.")
    organisation_looks.put_look(store, principal, LookKind.NAME, plain.encode())


def put_logo(store: Store, principal: Principal, content: bytes) -> None:
    """Put a logo (PNG or JPEG) on the organisation's papers. Raises InputError for anything else."""
    from data.papers.logo import png_logo  # as what reads a template, it is not needed to open a page

    _require_small(LookKind.LOGO, content)
    organisation_looks.put_look(store, principal, LookKind.LOGO, png_logo(content))


def put_template(store: Store, principal: Principal, content: bytes) -> None:
    """Let the organisation's papers be written in a Word template. Raises InputError for one that cannot be used."""
    from data.papers.word import check_template

    _require_small(LookKind.TEMPLATE, content)
    check_template(content)
    organisation_looks.put_look(store, principal, LookKind.TEMPLATE, content)


def take_out(store: Store, principal: Principal, look_kind: LookKind) -> None:
    """Take a part of the look out, so that papers look as the product's own there."""
    organisation_looks.put_look(store, principal, look_kind, b"")


def _require_small(look_kind: LookKind, content: bytes) -> None:
    most = _MOST[look_kind]
    if not 0 < len(content) <= most:
        raise InputError(
            f"A {look_kind} can have {most // 1_000_000} MB, and this one has {len(content) / 1_000_000:.1f} MB; "
            "choose a smaller file."
        )
