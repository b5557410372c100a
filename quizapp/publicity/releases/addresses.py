"""Web addresses of releases: what may become a link, and which lead to the same page."""

import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

_INSIDE = re.compile(r"https?://[^\s<>\"'“”‘’，。；、！？（）【】《》「」]+", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.IGNORECASE | re.ASCII)
#: What is added as an address is passed on, and doesn't change where it leads.
_PASSED_ON = re.compile(r"(?:utm_.*|share.*|from|isappinstalled|spm)", re.IGNORECASE)
#: What names an article of a WeChat account; the rest of its address differs with each sharing.
_WECHAT_HOST = "mp.weixin.qq.com"
_WECHAT_NAMES = frozenset({"__biz", "mid", "idx", "sn"})


def find_address(text: str) -> str | None:
    """The one web address in a text, as phones share it with a title around; None for none or several.

    An address without its scheme is taken for an https one.
    """
    text = text.strip()
    found = _INSIDE.findall(text)
    if len(found) == 1:
        return found[0] if is_link(found[0]) else None
    return f"https://{text}" if not found and _BARE.fullmatch(text) else None


def is_link(address: str) -> bool:
    """Whether it may be followed from a page: http or https, and nothing that a browser runs."""
    parts = _split(address)
    return parts is not None and parts.scheme in {"http", "https"} and bool(parts.hostname)


def fold_address(address: str) -> str:
    """An address without what doesn't change where it leads.

    Dropped: the scheme and its usual port, www., a slash at the end, the page's inner anchor, the
    parameters that sharing adds; the rest in small letters, its parameters in order.
    """
    parts = _split(address.strip())
    if parts is None or not parts.hostname:
        return unicodedata.normalize("NFKC", address).strip().casefold()
    host = parts.hostname.removeprefix("www.")
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    pairs = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if _names(host, pair[0]))
    anchor = f"#{parts.fragment}" if parts.fragment.startswith(("/", "!")) else ""
    folded = f"{host}{port}{unquote(parts.path)}".rstrip("/")
    return f"{folded}?{urlencode(pairs)}{anchor}".casefold()


def _names(host: str, parameter: str) -> bool:
    """Whether a parameter has a say in where an address leads."""
    if host == _WECHAT_HOST:
        return parameter in _WECHAT_NAMES
    return not _PASSED_ON.fullmatch(parameter)


def _split(address: str) -> SplitResult | None:
    """An address in its parts; None where it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts
