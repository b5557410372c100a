"""Days, counts and choices as people write them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.numerals import write_chinese
from quizapp.ledgers.values import LARGEST_COUNT, BadCell, read_choice_of, read_count, read_day


@pytest.mark.parametrize(
    "text",
    [
        "2026年10月1日",
        "2026-10-1",
        "2026/10/01",
        "2026.10.1",
        "20261001",
        " ２０２６．１０．１ ",
        "2026 年 10 月 1 日（星期四）",
        "二〇二六年十月一日",
        "2026-10-01 09:30",
        "2026年10月1号",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == date(2026, 10, 1)


def test_a_day_without_its_year_is_read_where_the_year_is_given() -> None:
    assert read_day("3月1日", 2026) == read_day("三月一日", 2026) == read_day("3.1", 2026) == date(2026, 3, 1)
    with pytest.raises(BadCell, match="没有写年份"):
        read_day("3月1日")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请填写日期"),
        ("2026年2月30日", "没有“2026年2月30日”这一天"),
        ("2026.3.1-3.5", "一个日期"),
        ("三月上旬", "没有读懂日期"),
        ("2206-3-1", "1990 至 2100"),
        ("2026-3", "没有读懂日期"),
        ("46082", "没有读懂日期"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadCell, match=sentence):
        read_day(text, 2026)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
    )
    assert {read_day(form) for form in forms} == {day}
    assert read_day(f"{write_chinese(day.month)}月{write_chinese(day.day)}日", day.year) == day


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("1,200", 1200),
        ("1，200", 1200),
        ("1 200", 1200),
        ("１２００", 1200),
        ("1200人", 1200),
        ("1200 人次", 1200),
        ("300千克", 300),
        ("一千二百份", 1200),
        ("1.2万件", 12000),
        ("三万五", 35000),
        ("12.0", 12),
        ("12场次", 12),
    ],
)
def test_a_count_is_read_however_it_is_written(text: str, count: int) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请填写数字"),
        ("12.5", "不是整数"),
        ("1.23456万", "不是整数"),
        ("约300", "不是准确的数字"),
        ("300余", "不是准确的数字"),
        ("300多人", "不是准确的数字"),
        ("几百", "不是准确的数字"),
        ("300+", "不是准确的数字"),
        ("-5", "小于 0"),
        ("3月1日", "没有读懂数字"),
        ("12 13", "没有读懂数字"),
        ("50%", "没有读懂数字"),
        ("10²", "没有读懂数字"),
        ("99999999999", "太大"),
    ],
)
def test_what_is_no_exact_count_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadCell, match=sentence):
        read_count(text)


@given(st.integers(0, LARGEST_COUNT))
def test_every_count_is_read_with_and_without_commas_and_measure(count: int) -> None:
    assert read_count(f"{count}") == read_count(f"{count:,}") == read_count(f" {count:,} 件 ") == count


@given(st.text(max_size=60))
def test_no_cell_makes_a_reader_stumble(text: str) -> None:
    for read in (read_day, read_count, lambda cell: read_choice_of(cell, ("讲座", "应急演练"))):
        with suppress(BadCell):
            assert read(text) is not None


def test_a_choice_is_named_by_its_words_whatever_their_width_or_by_a_part_of_them() -> None:
    kinds = ("乡镇（街道）", "村（社区）", "企业 A")
    assert read_choice_of("乡镇 (街道)", kinds) == "乡镇（街道）"
    assert read_choice_of("街 道", kinds) == "乡镇（街道）"
    assert read_choice_of("企业ａ", kinds) == "企业 A"
    with pytest.raises(BadCell, match="没有“机关”这一项。请写：乡镇（街道）、村（社区）、企业 A。"):
        read_choice_of("机关", kinds)
    with pytest.raises(BadCell, match="请填写"):
        read_choice_of(" ", kinds)


def test_a_part_that_two_choices_share_names_neither() -> None:
    with pytest.raises(BadCell, match="没有“讲座”这一项"):
        read_choice_of("讲座", ("讲座（校内）", "讲座（校外）"))
