"""SVG made plain: one font, nothing hidden, nothing of its drawing library, and names that are its own."""

import re
from hashlib import sha256
from typing import Final
from xml.etree import ElementTree

from geo.errors import InputError

_SVG: Final = "http://www.w3.org/2000/svg"
_LINKS: Final = "http://www.w3.org/1999/xlink"
_LOCAL: Final = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_ANY: Final = re.compile(r"url\(\s*(?!['\"]?#)|@import", re.IGNORECASE)
_WIDE: Final = re.compile(r"([0-9.]+)\s*(px|pt)?")
_PX: Final = {"px": 1.0, "pt": 96 / 72, None: 1.0}


def plain(svg: str, font: str) -> str:
    """Return an SVG with all its text in ``font``, without what is not seen and without roles.

    Its parts are named by what it holds: the same picture has the same names, and another one in the same document
    has others.
    """
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _LINKS)
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
    for parent in [*root.iter()]:
        for child in [*parent]:
            if child.get("opacity") == "0" or child.get("display") == "none":
                parent.remove(child)
    named: dict[str, str] = {}
    for element in root.iter():
        for key in [key for key in element.attrib if key in ("role", "class") or key.startswith("aria-")]:
            del element.attrib[key]
        if "font-family" in element.attrib:
            element.set("font-family", font)
        if "id" in element.attrib:
            named[element.attrib["id"]] = f"p{len(named)}"
    _rename(root, named)
    digest = sha256(ElementTree.tostring(root)).hexdigest()[:12]
    _rename(root, {name: f"{name}-{digest}" for name in named.values()})
    return ElementTree.tostring(root, encoding="unicode")


def width_of(svg: str) -> float:
    """Return how wide an SVG says it is, in px.

    Raises InputError where it does not say so in px or pt, or asks an address for anything.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own drawing)
    for element in root.iter():
        style = (element.text or "") if element.tag.endswith("}style") else ""
        links = [value for key, value in element.attrib.items() if key.rpartition("}")[2] in ("href", "src")]
        if any(not link.startswith(("#", "data:image/")) for link in links) or any(
            _ANY.search(value) for value in (style, *element.attrib.values())
        ):
            raise InputError("A picture must hold all that it shows, and one asks an address for it; draw it anew.")
    wide = _WIDE.fullmatch(root.get("width", ""))
    if wide is None:
        raise InputError("A picture must say its width in px or pt, and one does not; draw it anew.")
    return float(wide[1]) * _PX[wide[2]]


def _rename(root: ElementTree.Element, names: dict[str, str]) -> None:
    """Rename parts wherever they are named or used."""
    for element in root.iter():
        for key, value in element.attrib.items():
            last = key.rpartition("}")[2]
            if last == "id":
                element.set(key, names.get(value, value))
            elif last == "href" and value.startswith("#"):
                element.set(key, f"#{names.get(value[1:], value[1:])}")
            elif "url(" in value:
                element.set(key, _LOCAL.sub(lambda used: f"url(#{names.get(used[1], used[1])})", value))
