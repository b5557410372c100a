"""QR codes as PNG, SVG and text for a terminal.

Error correction Q and a quiet zone of four modules decode reliably from print
(ISO/IEC 18004 asks for four). The library is imported at the first code, not at each start.
"""

import io
from typing import Any

QUIET_MODULES = 4


def _code(content: str, box_size: int = 10) -> Any:
    import qrcode
    from qrcode.constants import ERROR_CORRECT_Q

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET_MODULES, box_size=box_size)
    code.add_data(content)
    code.make(fit=True)
    return code


def png(content: str, module_pixels: int = 16) -> bytes:
    """A PNG in black and white, ``module_pixels`` to a module."""
    from qrcode.image.pure import PyPNGImage

    image = _code(content, module_pixels).make_image(image_factory=PyPNGImage)
    buffer = io.BytesIO()
    image.save(buffer)
    return buffer.getvalue()


def svg(content: str) -> bytes:
    """An SVG with a white ground, scalable to any print size."""
    from qrcode.image.svg import SvgPathFillImage

    image = _code(content).make_image(image_factory=SvgPathFillImage)
    buffer = io.BytesIO()
    image.save(buffer)
    return buffer.getvalue()


def terminal_text(content: str, colour: bool) -> str:
    """The code in half-block characters, two rows of modules to a line.

    With ``colour`` the ground is set to white by ANSI sequences; without it the
    blocks are the light modules, which scans on a dark terminal.
    """
    rows = [list(row) for row in _code(content).get_matrix()]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    blocks = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    lines = [
        "".join(blocks[upper, lower] for upper, lower in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    ]
    if colour:
        lines = [f"\x1b[97;40m{line}\x1b[0m" for line in lines]
    return "\n".join(lines)
