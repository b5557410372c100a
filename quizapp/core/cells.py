"""The text of a workbook's cells, as the program that wrote them shows it."""

import re
from datetime import datetime, timedelta

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
#: What no database takes or nobody sees: control signs, halves of surrogate pairs, marks without width.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff\u200b\u2060\ufeff]")
#: What of a number's format is no placeholder: quoted words, escapes, colours and conditions, padding.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PLAIN_NUMBER = re.compile(r"(#,##)?(0+)(?:\.(0+))?(%)?")
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
#: Formats that a file need not spell out: ECMA-376 part 1, 18.8.30, with those of zh-cn.
BUILT_IN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "y-m-d", 15: "y-m-d", 16: "y-m-d",
    17: "y-m-d", 18: "h:m", 19: "h:m", 20: "h:m", 21: "h:m", 22: "y-m-d h:m", 27: _YEAR_MONTH, 28: _MONTH_DAY,
    29: _MONTH_DAY, 30: "y-m-d", 31: 'yyyy"年"m"月"d"日"', 32: "h:m", 33: "h:m", 34: "h:m", 35: "h:m",
    36: _YEAR_MONTH, 45: "h:m", 46: "h:m", 47: "h:m", 50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH,
    53: _MONTH_DAY, 54: _MONTH_DAY, 55: "h:m", 56: "h:m", 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip
#: Faults of a cell, said after its column.
NO_VALUE = "的公式没有算出的值。请用 Excel 或 WPS 打开文件，保存后重试"
PICTURE = "是图片，暂不支持。请改为文字"


def clean(text: str) -> str:
    """A text without what programs put into it unseen."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return _UNSEEN.sub("", text).strip()


def show_number(value: float, code: str, is_1904: bool = False) -> str:
    """A number as its format code shows it, so far as a question needs it: 0.5 as 50%, 45000 as a day."""
    code = code.partition(";")[0]
    placeholders = _LITERAL.sub("", code).strip()
    plain = _PLAIN_NUMBER.fullmatch(placeholders)
    if plain:
        comma, whole, decimals, percent = plain.groups()
        shown = f"{value * 100 if percent else value:{',' if comma else ''}.{len(decimals or '')}f}"
        return shown.zfill(len(whole) + len(decimals or "") + bool(decimals)) + (percent or "")
    if re.search("[ymdhs]", placeholders, re.IGNORECASE) and 0 <= value < 2_958_466:
        return _show_moment(value, code, placeholders.casefold(), is_1904)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def _show_moment(value: float, code: str, placeholders: str, is_1904: bool) -> str:
    epoch = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock's
    moment = epoch + timedelta(seconds=round(value * 86400))
    parts = ((moment.year, "年"), (moment.month, "月"), (moment.day, "日"))
    if any(sign in code for _, sign in parts):
        return "".join(f"{number}{sign}" for number, sign in parts if sign in code)
    day, time = moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M")
    if not re.search("[yd]", placeholders):
        return time
    return day if time == "00:00" else f"{day} {time}"


def show_error(code: str) -> str:
    """The fault of a cell whose formula failed."""
    return f"是错误值 {code[:20]}，请改正后重试"


def column_of(letters: str) -> int:
    """``"A"`` → 0, ``"AB"`` → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
