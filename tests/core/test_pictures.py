"""Photos are kept upright, small and bare, and what is none is refused in a sentence."""

import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from quizapp.core.pictures import MAX_BYTES, UnreadablePicture, read_picture

RED, BLUE = (200, 30, 30), (30, 30, 200)


def photo(size: tuple[int, int] = (400, 300), kind: str = "JPEG", mode: str = "RGB", **how: Any) -> bytes:
    """Red on its left half, blue on its right."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    buffer = io.BytesIO()
    image.convert(mode).save(buffer, kind, **how)
    return buffer.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: how it was held, its maker, and where it was."""
    written = Image.Exif()
    written[0x0112] = orientation
    written[0x010F] = "试验手机"
    gps = written.get_ifd(0x8825)
    gps[1], gps[2] = "N", (30.0, 15.0, 0.0)
    gps[3], gps[4] = "E", (104.0, 5.0, 0.0)
    return written


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(got - wanted) < 25 for got, wanted in zip(pixel, colour, strict=True))


def test_the_place_and_the_phone_are_left_behind() -> None:
    sent = photo(exif=exif(), comment=b"taken by Zhang", icc_profile=_srgb())
    assert opened(sent).getexif().get_ifd(0x8825)
    kept = read_picture(sent)
    for content in (kept.content, kept.thumbnail):
        image = opened(content)
        assert image.format == "JPEG"
        assert dict(image.getexif()) == {}
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)
        assert b"Exif" not in content
        assert b"Zhang" not in content


def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(
    ("orientation", "size", "top_left"),
    [(1, (400, 300), RED), (3, (400, 300), BLUE), (6, (300, 400), RED), (8, (300, 400), BLUE)],
)
def test_a_photo_is_turned_as_the_phone_was_held(
    orientation: int, size: tuple[int, int], top_left: tuple[int, int, int]
) -> None:
    kept = read_picture(photo(exif=exif(orientation)))
    image = opened(kept.content)
    assert (kept.width, kept.height) == image.size == size
    assert near(image.getpixel((5, 5)), top_left)


@pytest.mark.parametrize(
    ("size", "kept_size", "thumbnail_size"),
    [
        ((4032, 3024), (1600, 1200), (320, 240)),
        ((3000, 4000), (1200, 1600), (240, 320)),
        ((800, 600), (800, 600), (320, 240)),
        ((200, 100), (200, 100), (200, 100)),
        ((3000, 1), (1600, 1), (320, 1)),
    ],
)
def test_the_long_side_is_bounded_and_nothing_is_blown_up(
    size: tuple[int, int], kept_size: tuple[int, int], thumbnail_size: tuple[int, int]
) -> None:
    kept = read_picture(photo(size))
    assert (kept.width, kept.height) == kept_size
    assert opened(kept.thumbnail).size == thumbnail_size


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16"])
def test_every_sort_of_png_becomes_a_photo(mode: str) -> None:
    image = opened(read_picture(photo(kind="PNG", mode=mode if mode != "I;16" else "L")).content)
    assert image.mode == "RGB"
    assert image.size == (400, 300)


def test_sixteen_bits_of_grey_are_scaled_not_cut() -> None:
    buffer = io.BytesIO()
    Image.new("I;16", (40, 30), 128 * 256).save(buffer, "PNG")
    assert near(opened(read_picture(buffer.getvalue()).content).getpixel((5, 5)), (128, 128, 128))


def test_what_is_transparent_becomes_white() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(buffer, "PNG")
    assert near(opened(read_picture(buffer.getvalue()).content).getpixel((5, 5)), (255, 255, 255))


def test_print_colours_become_those_of_screens() -> None:
    image = opened(read_picture(photo(mode="CMYK")).content)
    assert near(image.getpixel((5, 5)), RED)


def test_a_profile_that_nobody_understands_is_passed_over() -> None:
    assert near(opened(read_picture(photo(icc_profile=b"nonsense" * 40)).content).getpixel((5, 5)), RED)


def test_the_same_photo_gives_the_same_digest_and_another_another() -> None:
    assert read_picture(photo()).digest == read_picture(photo()).digest
    assert read_picture(photo()).digest != read_picture(photo((300, 400))).digest


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large and holds next to nothing."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(7100, 7100), (12_000, 12_000), (60_000, 60_000), (2**31 - 1, 1)])
def test_a_bomb_is_refused_by_what_its_header_says(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadablePicture, match=r"万像素|读不出"):
        read_picture(png(*size))


def _animated() -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"x" * (MAX_BYTES + 1), "10 MB"),
        (b"\0\0\0\x18ftypheic\0\0\0\0" + bytes(50), "HEIC"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "读不出"),
        (b"%PDF-1.7", "读不出"),
        (b"PK\x03\x04" + bytes(100), "读不出"),
        (photo()[:500], "读不出"),
        (photo(kind="GIF"), "读不出"),
        (_animated(), "动图"),
        (png(100, 100), "读不出"),
    ],
    ids=["empty", "big", "heic", "svg", "pdf", "zip", "cut", "gif", "animated", "hollow"],
)
def test_what_is_no_photo_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(UnreadablePicture, match=said):
        read_picture(content)


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_a_damaged_photo_is_read_or_refused_and_never_anything_else(place: int, damage: bytes) -> None:
    sent = bytearray(photo(exif=exif(6)))
    sent[place : place + len(damage)] = damage
    try:
        kept = read_picture(bytes(sent))
    except UnreadablePicture:
        return
    assert b"Exif" not in kept.content
