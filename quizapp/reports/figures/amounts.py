"""Numbers as people type them for an indicator. No database here."""

import re
import unicodedata
from decimal import Decimal

from quizapp.core.numerals import fold_numerals
from quizapp.ledgers.values import BadCell

#: Digits before the point; every database holds it in hundredths.
_LONGEST = 12
_ABOUT = re.compile(r"约|近|余|多|几|数|左右|上下|以上|以下|不足|超|[+~≈]")
_NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")
_LARGE = re.compile("[万亿]")


def read_amount(text: str, measure: str) -> Decimal:
    """The number of 13,245, １３２４５条, 1.3万, 246.5万元; 0 or more, of two decimals at most.

    ``measure`` may stand after it. Where the measure itself counts in 万 or 亿 the number must not.
    Raises BadCell with a sentence.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    bare = plain.removesuffix(unicodedata.normalize("NFKC", measure)) if measure else plain
    if not bare:
        raise BadCell("请填写数字，没有就写 0。")
    if _ABOUT.search(bare):
        raise BadCell(f"“{text.strip()[:30]}”不是确切的数字。请写确切的数字，行文时由系统取整。")
    if measure.startswith(("万", "亿")) and _LARGE.search(bare):
        raise BadCell(f"单位已经是{measure}，请只写前面的数字。")
    found = _NUMBER.fullmatch(fold_numerals(bare))
    if found is None:
        raise BadCell(f"没有读懂数字“{text.strip()[:30]}”。请写 0 或更大的数字，如 152。")
    whole, decimals = found[1], (found[2] or "").rstrip("0")
    if len(whole.lstrip("0")) > _LONGEST or len(decimals) > 2:
        raise BadCell(f"“{text.strip()[:30]}”太大，或者小数超过两位。请核对。")
    return Decimal(f"{whole}.{decimals}") if decimals else Decimal(whole)
