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


def fingerprint(stem: str, options: Iterable[str], case_stem: str = "") -> str:
    """64 hex digits that two questions share when stem and options, in any order, read the same.

    Questions of two cases may ask the same below different case stems.
    """
    parts = [fold_hard(stem), *sorted(map(fold_hard, options))]
    if case_stem:
        parts.insert(0, fold_hard(case_stem))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
