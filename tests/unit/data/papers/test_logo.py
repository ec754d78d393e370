"""A logo is drawn anew: nothing but its picture is kept, and what is no picture is refused in a sentence."""

import io

import pytest
from PIL import Image, PngImagePlugin

from data.papers.logo import png_logo
from geo.errors import InputError


def picture(form: str, size: tuple[int, int] = (60, 40), **told: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#0b5966").save(made, form, **told)
    return made.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_comes_out_as_png_of_its_size(form: str) -> None:
    kept = Image.open(io.BytesIO(png_logo(picture(form))))
    assert (kept.format, kept.size) == ("PNG", (60, 40))


def test_a_large_one_is_made_smaller_and_keeps_its_shape() -> None:
    assert Image.open(io.BytesIO(png_logo(picture("PNG", (2400, 1200))))).size == (960, 480)


def test_what_a_file_says_besides_is_not_kept() -> None:
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", "Zebedee")
    exif = Image.Exif()
    exif[0x013B] = "Zebedee"
    for content in (picture("PNG", pnginfo=note), picture("JPEG", exif=exif), picture("PNG") + b"Zebedee"):
        assert b"Zebedee" in content
        assert b"Zebedee" not in png_logo(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", picture("PNG")[:60], picture("GIF"), b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="PNG or JPEG"):
        png_logo(content)


def test_a_picture_of_too_many_dots_is_refused() -> None:
    with pytest.raises(InputError, match="16 million"):
        png_logo(picture("PNG", (4001, 4000)))
