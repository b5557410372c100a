import pytest

from quizapp.questions.answers import read_bare_truth, read_choice, read_letters, read_truth


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
        ("【A】", (0,)),
        ("AB项", (0, 1)),
        ("选项C", (2,)),
        ("答案：B", (1,)),
        ("A；B", (0, 1)),
        ("A和D", (0, 3)),
        ("(A)(B)", (0, 1)),
        ("1,3", (0, 2)),
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


@pytest.mark.parametrize(
    ("sign", "truth"), [("A", True), ("B", False), ("1", True), ("0", False), ("2", False), ("C", None)]
)
def test_a_sign_is_right_or_wrong_where_no_options_stand(sign: str, truth: bool | None) -> None:
    assert read_bare_truth(sign) is truth


@pytest.mark.parametrize(
    ("text", "indices"),
    [
        ("A.甲", (0,)),
        ("甲、乙", (0, 1)),
        ("丙、丁", (2,)),
        ("A.甲；C.丙、丁", (0, 2)),
        ("B.甲", None),
        ("戊", None),
    ],
)
def test_an_answer_may_repeat_the_text_of_options(text: str, indices: tuple[int, ...] | None) -> None:
    assert read_choice(text, ["甲", "乙", "丙、丁"]) == indices


@pytest.mark.parametrize(("text", "indices"), [("3", None), ("5", (1,)), ("4", (3,)), ("C", (2,))])
def test_a_number_that_is_one_option_and_the_text_of_another_is_no_answer(
    text: str, indices: tuple[int, ...] | None
) -> None:
    assert read_choice(text, ["3", "5", "1", "2"]) == indices
