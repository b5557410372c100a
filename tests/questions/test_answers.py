import pytest

from quizapp.questions.answers import read_letters, read_truth


@pytest.mark.parametrize(
    ("text", "indices"),
    [
        ("B", (1,)),
        ("ABD", (0, 1, 3)),
        ("d、a", (0, 3)),
        ("A,B", (0, 1)),
        ("A CD", (0, 2, 3)),
        ("ＡＣ", (0, 2)),
        ("（B）", (1,)),
    ],
)
def test_letters_are_read_in_any_width_case_and_separation(text: str, indices: tuple[int, ...]) -> None:
    assert read_letters(text) == indices


@pytest.mark.parametrize("text", ["", "对", "AA", "I", "A1", "甲"])
def test_anything_else_is_no_answer(text: str) -> None:
    assert read_letters(text) is None


@pytest.mark.parametrize("word", ["对", "√", "正确", "是", "T", "true", " 对。"])
def test_words_for_right_are_read(word: str) -> None:
    assert read_truth(word) is True


@pytest.mark.parametrize("word", ["错", "×", "错误", "否", "F", "不正确"])
def test_words_for_wrong_are_read(word: str) -> None:
    assert read_truth(word) is False


def test_a_letter_is_neither_right_nor_wrong() -> None:
    assert read_truth("A") is None
