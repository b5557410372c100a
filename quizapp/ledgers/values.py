"""What the cells of a ledger say: days, counts, choices. Each reader raises BadCell with a sentence."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from quizapp.core.numerals import fold_numerals

#: Days outside are slips of the pen.
FIRST_YEAR, LAST_YEAR = 1990, 2100
#: No county counts further; and every database holds it.
LARGEST_COUNT = 999_999_999
#: So many choices are named in a sentence.
_NAMED_CHOICES = 12

_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_TIME = re.compile(r"(?<=\d)[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?$")
_DAY = re.compile(r"(\d{4})(?:年(\d{1,2})月(\d{1,2})[日号]?|([-/.])(\d{1,2})\4(\d{1,2}))")
_PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})(?:月(\d{1,2})[日号]?|([-/.])(\d{1,2}))")
_ABOUT = re.compile(r"约|近|余|多|几|数|左右|上下|以上|以下|不足|超|来|[+~≈]")
_LARGE_MEASURE = re.compile(r"(?<=\d)(?:千克|千米|百米)$")
#: Figures apart from each other that are no thousands, and figures in circles or raised.
_SCATTERED = re.compile(r"\d\s+\d(?!\d\d(?!\d))|\d\s+\d{4}|[①-⓿²³¹⁰-₉]")
_COUNT = re.compile(r"(\d+)(?:\.0+)?(?:[^\W\d_年月日号时点分]|人次){0,3}")


class BadCell(ValueError):
    """Why a cell can't be taken and what to write instead, as a sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_day(text: str, year: int | None = None) -> date:
    """The day of 2026年3月1日, 2026-3-1, 2026/3/1, 2026.3.1, 20260301; 3月1日 where ``year`` is given.

    Width, spaces, a weekday and a time of day beside it don't matter; numerals may be Chinese.
    """
    plain = _plain_day(text)
    if not plain:
        raise BadCell("请填写日期，如 2026-03-01。")
    found = _DAY.fullmatch(plain) or _PLAIN_DAY.fullmatch(plain)
    if found:
        numbers = [int(part) for part in found.groups() if part and part.isdigit()]
        return _make_day(text, *numbers)
    found = _DAY_OF_YEAR.fullmatch(plain)
    if found and year is not None:
        month, day = (int(part) for part in found.groups() if part and part.isdigit())
        return _make_day(text, year, month, day)
    if found:
        raise BadCell(f"“{text.strip()}”没有写年份。请写成 2026-03-01 这样的日期。")
    raise BadCell(f"没有读懂日期{_quoted(text)}。请写成 2026-03-01 这样的一个日期。")


def _plain_day(text: str) -> str:
    plain = _WEEKDAY.sub("", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"\s+", "", _TIME.sub("", plain.strip()))
    # Only where a year or month stands in words: folding reads 2026.10 as a decimal.
    return fold_numerals(plain) if "月" in plain and not plain.isascii() else plain


def _make_day(text: str, year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadCell(f"“{text.strip()}”的年份不在 {FIRST_YEAR} 至 {LAST_YEAR} 年之间。请核对。")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell(f"没有“{text.strip()}”这一天。请核对。") from None


def read_count(text: str) -> int:
    """The whole number, 0 or more, of 1,200, 1200人, １２００, 一千二百, 1.2万. Nothing is rounded."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not plain:
        raise BadCell("请填写数字，没有就写 0。")
    if _SCATTERED.search(text):
        raise BadCell(f"没有读懂数字{_quoted(text)}。请只写一个整数，如 312。")
    if _ABOUT.search(plain):
        raise BadCell(f"{_quoted(text)}不是准确的数字。请写准确的数字，如 312。")
    number = fold_numerals(_LARGE_MEASURE.sub("", plain))
    found = _COUNT.fullmatch(number)
    if found is None:
        if re.match(r"-\d", number):
            raise BadCell(f"{_quoted(text)}小于 0。请写 0 或更大的数字。")
        if re.match(r"\d+\.\d", number):
            raise BadCell(f"{_quoted(text)}不是整数。请写整数。")
        raise BadCell(f"没有读懂数字{_quoted(text)}。请只写一个整数，如 312。")
    if len(found[1]) > len(str(LARGEST_COUNT)):
        raise BadCell(f"{_quoted(text)}太大。请核对。")
    return int(found[1])


def read_choice_of(text: str, choices: Iterable[str]) -> str:
    """The one of ``choices`` that a cell names, whatever its width, case and spaces.

    乡镇 and 街道 both name 乡镇（街道）, unless another choice is named so.
    """
    offered = list(choices)
    wanted = fold_cell(text)
    if not wanted:
        raise BadCell("请填写。")
    same = [choice for choice in offered if fold_cell(choice) == wanted]
    near = [choice for choice in offered if wanted in re.split(r"[()]", fold_cell(choice))]
    if same or len(near) == 1:
        return (same or near)[0]
    named = "、".join(offered[:_NAMED_CHOICES]) + ("等" if len(offered) > _NAMED_CHOICES else "")
    raise BadCell(f"没有{_quoted(text)}这一项。请写：{named}。")


def fold_cell(text: str) -> str:
    """A cell without what doesn't change its meaning: width, case, spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _quoted(text: str) -> str:
    """A cell in quotation marks, cut where it is long."""
    text = " ".join(text.split())
    return f"“{text[:30]}…”" if len(text) > 31 else f"“{text}”"
