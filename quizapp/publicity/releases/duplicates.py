"""When two releases may be one: the same address, or the same title in the same outlet.

A reprint in another outlet has an address of its own and is a release of its own.
"""

import re
import unicodedata
from hashlib import sha256

from quizapp.publicity.releases.addresses import fold_address


def key_of_address(address: str) -> str | None:
    """SHA-256 of the folded address, 64 hex digits; None where there is no address."""
    folded = fold_address(address) if address.strip() else ""
    return _digest(folded) if folded else None


def key_of_title(title: str, outlet: str) -> str:
    """SHA-256 of the title and outlet without width, case, spaces and punctuation, 64 hex digits."""
    return _digest(f"{_fold(title)}\n{_fold(outlet)}")


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", plain) or plain.strip()


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
