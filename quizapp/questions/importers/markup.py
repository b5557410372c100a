"""Html of a question as plain text: line ends kept, tags gone, pictures counted."""

import html
import re
from dataclasses import dataclass

_COMMENT = re.compile(r"<!--(?:(?!-->|<!--).)*-->", re.DOTALL)
_PICTURE = re.compile(r"<(?:img|svg|video|audio|object)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]*>|</(?:p|div|li|tr|h[1-6]|pre|blockquote)\s*>", re.IGNORECASE)
#: Only html's own tags: 压力<b且大于a is no tag.
_TAG = re.compile(
    r"</?(?:a|abbr|audio|b|big|blockquote|body|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|head|hr|html"
    r"|i|iframe|img|ins|label|li|mark|object|ol|p|pre|q|s|section|small|source|span|strike|strong|style|sub"
    r"|sup|svg|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|video)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Plain:
    """Text, and how many pictures stood in it."""

    text: str
    pictures: int = 0


def read_markup(text: str, ends_count: bool = False) -> Plain:
    """Plain text of html; where ``ends_count`` the ends of its own lines count like ``<br>``."""
    text = _COMMENT.sub("", text)
    if not ends_count:
        text = re.sub(r"\s+", " ", text)
    pictures = len(_PICTURE.findall(text))
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\u00a0", " ")
    lines = (line.strip() for line in text.split("\n"))
    return Plain("\n".join(line for line in lines if line), pictures)


def tell_pictures(count: int) -> tuple[str, ...]:
    """The remark on pictures that were left out."""
    return (f"题中有 {count} 张图片，没有导入。",) if count else ()
