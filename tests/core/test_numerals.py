import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.numerals import LARGEST, fold_numerals, read_chinese, write_chinese


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十九", 119),
        ("两千", 2000),
        ("42", 42),
    ],
)
def test_numerals_of_articles_are_read(text: str, number: int) -> None:
    assert read_chinese(text) == number


@given(st.integers(1, LARGEST))
def test_what_is_written_is_read_back(number: int) -> None:
    assert read_chinese(write_chinese(number)) == number


@pytest.mark.parametrize("text", ["", "第", "十二a", "-1", "10000", "²"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        read_chinese(text)


@pytest.mark.parametrize("number", [0, -1, LARGEST + 1])
def test_numbers_out_of_range_are_not_written(number: int) -> None:
    with pytest.raises(ValueError, match="cannot write"):
        write_chinese(number)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("五万 5万 50000 50,000 ５００００ 伍萬 5万0", "50000 50000 50000 50000 50000 50000 50000"),
        ("二十四小时，24小时", "24小时,24小时"),
        ("百分之五 5％ 百分之零点五 百分之一百", "5% 5% 0.5% 100%"),
        ("千分之三", "3‰"),
        ("一点五 1.5 1.50 15 二十点五 十点五万", "1.5 1.5 1.5 15 20.5 105000"),
        ("第十二条 第12条 第一百零五条", "第12条 第12条 第105条"),
        ("3万5千 三万五 三千五 一百二 一百零二 一百二十", "35000 35000 3500 120 102 120"),
        ("一亿三千万 1.3亿 三千万亿 百万", "130000000 130000000 3000000000000000 1000000"),
        ("二〇二四年 二○二四年 2024年", "2024年 2024年 2024年"),
        ("八点三十分 8点30分", "8点30分 8点30分"),
        ("负五 -5", "-5 -5"),
        ("007 〇 0.0", "7 0 0"),
        ("1,1111 1,234,56 1,234,567", "1,1111 1,234,56 1234567"),
        ("五百分之一", "500分之1"),
        ("没有数", "没有数"),
    ],
)
def test_numbers_are_folded_into_one_form(written: str, folded: str) -> None:
    assert fold_numerals(written) == folded


@given(st.integers(1, LARGEST))
def test_a_number_folds_alike_in_chinese_and_in_digits(number: int) -> None:
    assert fold_numerals(f"第{write_chinese(number)}条") == f"第{number}条"
    assert fold_numerals(f"{write_chinese(number)}万元") == f"{number * 10_000}元"
    assert fold_numerals(f"{number:,}") == str(number)


@given(st.text(alphabet=st.one_of(st.sampled_from("零一二两十百千万亿点负分之0123.,%"), st.characters())))
def test_folding_any_text_leaves_no_chinese_digit(text: str) -> None:
    assert not set("零一二两") & set(fold_numerals(text))


@pytest.mark.parametrize(
    "piece", ["1", "一", "1,111", "十", "1.1", "一点", "百分之", "万亿", "1十", "负", ","]
)
def test_folding_numerals_takes_time_in_proportion(piece: str) -> None:
    started = time.perf_counter()
    fold_numerals(piece * 40_000)
    assert time.perf_counter() - started < 2
