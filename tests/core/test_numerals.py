import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.numerals import LARGEST, read_chinese, write_chinese


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
