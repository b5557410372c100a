"""Chinese numerals as they stand in the numbering of laws (第一百一十九条)."""

import re

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_DIGITS |= {"七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千]+")
_NAMES = "零一二三四五六七八九"

#: The largest number that these two functions write and read.
LARGEST = 9999


def read_chinese(text: str) -> int:
    """Read a Chinese numeral up to 9999, or plain digits: 一百一十九 → 119, 十二 → 12, 42 → 42.

    Raises ValueError for anything else.
    """
    text = text.strip()
    if text.isascii() and text.isdigit() and int(text) <= LARGEST:
        return int(text)
    if not _NUMERAL.fullmatch(text):
        raise ValueError(f"not a numeral: {text!r}")
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def write_chinese(number: int) -> str:
    """Write 1…9999 as statutes number their articles: 10 → 十, 119 → 一百一十九, 105 → 一百零五.

    Raises ValueError outside that range.
    """
    if not 1 <= number <= LARGEST:
        raise ValueError(f"cannot write {number}")
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += _NAMES[digit] + name
        elif text and number and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text
