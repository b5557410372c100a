"""The kinds of question and the degrees of difficulty."""

from enum import StrEnum


class Kind(StrEnum):
    """题型, in the order in which a paper asks them."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    BLANK = "blank"

    @property
    def label(self) -> str:
        """The kind's name in Chinese."""
        return {Kind.SINGLE: "单选", Kind.MULTIPLE: "多选", Kind.TRUE_FALSE: "判断", Kind.BLANK: "填空"}[self]


#: The options of every true/false question; the answer is the index of one of them.
TRUE_FALSE_OPTIONS = ("对", "错")

#: How a gap of a blank question stands in its stem; as many as the question has gaps.
GAP = "____"


class Difficulty(StrEnum):
    """难度."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"

    @property
    def label(self) -> str:
        """The degree's name in Chinese."""
        return {Difficulty.EASY: "易", Difficulty.MEDIUM: "中", Difficulty.HARD: "难"}[self]
