"""When two texts are the same to a reader, whatever their width, case, spaces and punctuation."""

import hashlib
import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Width and case folded away, outer white space gone."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def fold_hard(text: str) -> str:
    """Only letters, digits and ideographs remain: punctuation, symbols and spaces go too."""
    return "".join(c for c in fold(text) if unicodedata.category(c)[0] in "LN") or fold(text)


def fingerprint(stem: str, options: Iterable[str]) -> str:
    """64 hex digits that two questions share when stem and options, in any order, read the same."""
    parts = [fold_hard(stem), *sorted(map(fold_hard, options))]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
