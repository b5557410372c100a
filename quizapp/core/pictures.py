"""Photos as we keep them: upright, of moderate size, in sRGB, and with nothing in the file but the picture.

What a camera writes beside it, the place and the owner among it, is left behind: only pixels are copied.
"""

import hashlib
import io
import threading
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 10 * 1024 * 1024
#: Judged by the header, before anything is decoded.
MAX_PIXELS = 50_000_000
#: Pixels of the long side, of the picture and of its thumbnail.
LONG_SIDE = 1600
THUMBNAIL_SIDE = 320

#: What is decoded: other formats bring decoders that take memory before the size is known.
_FORMATS = ("JPEG", "PNG")
_QUALITY, _THUMBNAIL_QUALITY = 85, 75
#: ISO container brands of iPhones' own format.
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")
#: One at a time: of several threads that decode large pictures each would take 200 MB and more.
_decoding = threading.Lock()


class UnreadablePicture(Exception):
    """Why a picture can't be taken and what to do, as a sentence."""


@dataclass(frozen=True)
class Picture:
    """A picture and its thumbnail as JPEG; the width and height in pixels are the picture's."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """SHA-256 of the picture, 64 hex digits: the same file gives the same."""
        return hashlib.sha256(self.content).hexdigest()


def read_picture(content: bytes) -> Picture:
    """Make a photo what we keep. Raises UnreadablePicture for what is no photo, or no safe one."""
    if len(content) > MAX_BYTES:
        raise UnreadablePicture(f"照片超过 {MAX_BYTES // 1024 // 1024} MB。请用手机的“编辑”缩小后重试。")
    if not content:
        raise UnreadablePicture("照片是空的。请重新选择。")
    if content[4:12] in _HEIC:
        raise UnreadablePicture("这是 HEIC 照片。请在手机相机设置中选“兼容性最佳”，或者另存为 JPG 后重试。")
    with _decoding:
        return _encode(_decode(content))


def _decode(content: bytes) -> Image.Image:
    """The pixels, upright, in sRGB, at most LONG_SIDE long."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            _refuse_unfit(image)
            _shrink_early(image)
            image.load()
            profile = image.info.get("icc_profile")
            upright = ImageOps.exif_transpose(image)
            upright = _without_palette(upright)
            upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
            return _on_white(_in_srgb(upright, profile))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnreadablePicture(_TOO_LARGE) from None
    except UnreadablePicture:
        raise
    except Exception:  # over hostile bytes a decoder raises anything
        raise UnreadablePicture("读不出这张照片。请提供 JPG 或 PNG 照片；打不开的照片请重新拍摄。") from None


_TOO_LARGE = f"照片超过 {MAX_PIXELS // 10_000} 万像素。请缩小后重试。"


def _refuse_unfit(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise UnreadablePicture(_TOO_LARGE)
    # Phones keep a second view of a JPEG in the same file; only the first is read.
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise UnreadablePicture("这是动图。请提供静止的照片。")


def _shrink_early(image: Image.Image) -> None:
    """Let a JPEG be decoded at a half, quarter or eighth of its size, but not below what is kept."""
    scale = LONG_SIDE / max(image.size)
    if scale < 1:
        image.draft(None, (round(image.width * scale), round(image.height * scale)))


def _without_palette(image: Image.Image) -> Image.Image:
    """Colours themselves instead of their numbers, so that scaling can mix them."""
    if image.mode in {"P", "PA"} or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("L") if image.mode == "1" else image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen shows them; a profile that nobody understands is passed over."""
    if not profile:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _on_white(image: Image.Image) -> Image.Image:
    """Nothing but pixels: what is transparent shows white paper."""
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image.convert("RGB"), mask=image.getchannel("A") if "A" in image.getbands() else None)
    return clean


def _encode(image: Image.Image) -> Picture:
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return Picture(_as_jpeg(image, _QUALITY), _as_jpeg(small, _THUMBNAIL_QUALITY), image.width, image.height)


def _as_jpeg(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return buffer.getvalue()
