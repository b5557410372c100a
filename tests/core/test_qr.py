import io

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from quizapp.core import qr

ADDRESS = "https://quiz.example.gov.cn/q/AB23CD"


def decode(image: Image.Image) -> str:
    results = zxingcpp.read_barcodes(image)
    assert len(results) == 1
    return results[0].text


def test_a_png_decodes_to_its_content() -> None:
    assert decode(Image.open(io.BytesIO(qr.png(ADDRESS))).convert("L")) == ADDRESS


def test_a_png_has_a_quiet_zone_of_four_modules() -> None:
    image = Image.open(io.BytesIO(qr.png(ADDRESS, module_pixels=10))).convert("L")
    dark = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert dark == (40, 40, image.width - 40, image.height - 40)


def test_an_svg_is_scalable_and_white_behind() -> None:
    drawing = qr.svg(ADDRESS).decode()
    assert drawing.startswith("<?xml")
    assert 'viewBox="' in drawing
    assert 'fill="white"' in drawing


@pytest.mark.parametrize("colour", [True, False])
def test_the_terminal_shows_a_code_that_decodes(colour: bool) -> None:
    """Drawn as a dark terminal would: a block is light, its ground is dark."""
    text = qr.terminal_text(ADDRESS, colour=colour).replace("\x1b[97;40m", "").replace("\x1b[0m", "")
    lines = text.splitlines()
    size = 8
    image = Image.new("L", (len(lines[0]) * size, len(lines) * 2 * size), 0)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            for half, blocks in ((0, "█▀"), (1, "█▄")):
                if character in blocks:
                    x, y = column * size, (row * 2 + half) * size
                    draw.rectangle((x, y, x + size - 1, y + size - 1), fill=255)
    assert decode(image) == ADDRESS
