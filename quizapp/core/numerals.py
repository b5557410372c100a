"""Chinese numerals: as they stand in the numbering of laws (第一百一十九条), and in any text."""

import re
import unicodedata
from decimal import Context, Decimal, localcontext

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


_SCRIPTS = str.maketrans(
    "〇○零一壹二贰两三叁四肆五伍六陆七柒八捌九玖拾佰仟萬億", "0001122233445566778899十百千万亿"
)
_POINT = re.compile(
    r"(?<=[零〇○一二两三四五六七八九十百千万亿])点(?=[零〇○一二三四五六七八九]+(?![零〇○一二两三四五六七八九十百千]))"
)
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?!,?[0-9])")
_PLAIN = r"[0-9]+(?:\.[0-9]+)?"
_PART = rf"(?:{_PLAIN}|\.[0-9]+)?"
_COUNTED = rf"(?:{_PLAIN})?[十百千万亿](?:{_PART}[十百千万亿])*{_PART}"  # 3万5千, 2十.5
_NUMBER = re.compile(rf"(?:(?P<share>[百千])分之)?(?P<minus>负?)(?P<number>{_COUNTED}|{_PLAIN})")
_PARTS = re.compile(rf"{_PLAIN}|\.[0-9]+|[十百千万亿]")
_WORTH = {unit: Decimal(worth) for unit, worth in (*_UNITS.items(), ("万", 10**4), ("亿", 10**8))}
_SHARES = {"百": "%", "千": "‰"}
#: A longer run of numerals with units is nonsense and stays as it is.
_LONGEST_COUNTED = 40
_EXACT = Context(prec=400)


def fold_numerals(text: str) -> str:
    """A text with each number in one form, digits with no needless zeros; width is folded on the way.

    五万, 5万, 50,000 and ５００００ → 50000; 一点五 → 1.5; 百分之五 → 5%; 负三 → -3; 第十二条 → 第12条;
    三万五 → 35000; 二〇二四年 → 2024年. Numerals in words that count nothing are written alike (一般 → 1般).
    Never raises; takes time in proportion to the text.
    """
    text = _POINT.sub(".", unicodedata.normalize("NFKC", text)).translate(_SCRIPTS)
    text = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), text)
    return _NUMBER.sub(_write_number, text)


def _write_number(found: re.Match[str]) -> str:
    number = found["number"]
    if number.strip("0123456789."):
        if len(number) > _LONGEST_COUNTED:
            return found[0]
        number = _count(number)
    whole, _, fraction = number.partition(".")
    fraction = fraction.rstrip("0")
    written = (whole.lstrip("0") or "0") + ("." if fraction else "") + fraction
    return ("-" if found["minus"] else "") + written + _SHARES.get(found["share"] or "", "")


def _count(run: str) -> str:
    """The value of digits and units as plain digits: 3万5千 → 35000, 1百05 → 105, 3万5 → 35000."""
    with localcontext(_EXACT):
        total, section, pending, last_unit = Decimal(0), Decimal(0), "", ""
        for part in _PARTS.findall(run):
            if part not in _WORTH:
                pending = part
                continue
            if part in _UNITS:
                section += Decimal(pending or 1) * _WORTH[part]
            else:
                total, section = _raise(total, section + Decimal(pending or 0), part)
            pending, last_unit = "", part
        if len(pending) == 1 and pending != "0" and _WORTH[last_unit] >= 100:
            pending = str(Decimal(pending) * _WORTH[last_unit] / 10)  # 三万五 is 35000
        return f"{total + section + Decimal(pending or 0):f}"


def _raise(total: Decimal, section: Decimal, unit: str) -> tuple[Decimal, Decimal]:
    """What stands before 万 or 亿 is multiplied by it: all of it by 亿, by 万 what came after the last 亿."""
    if unit == "亿" or not total:
        return (total + section or Decimal(1)) * _WORTH[unit], Decimal(0)
    return total + section * _WORTH[unit], Decimal(0)
