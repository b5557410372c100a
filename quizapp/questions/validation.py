"""Making sense of a question as read: what it asks, its answer, and whether it can be asked at all."""

import re
from dataclasses import dataclass

from quizapp.laws.citations import Citation, find_citations, read_citations
from quizapp.questions.answers import read_bare_truth, read_choice, read_letters, read_truth
from quizapp.questions.blanks import Gaps, has_gap, read_gaps
from quizapp.questions.folding import fold
from quizapp.questions.kinds import TRUE_FALSE_OPTIONS, Difficulty, Kind
from quizapp.questions.parsed import Guess, ParsedQuestion, Problem, RawQuestion, UnaskableError

MAX_STEM = 500
MAX_CASE_STEM = 2000
MAX_OPTION = 200
MAX_EXPLANATION = 2000
MAX_CHAPTER = 100
MAX_OPTIONS = 8

_KINDS = {
    "单选": Kind.SINGLE,
    "单项选择": Kind.SINGLE,
    "多选": Kind.MULTIPLE,
    "多项选择": Kind.MULTIPLE,
    "不定项": Kind.MULTIPLE,
    "判断": Kind.TRUE_FALSE,
    "是非": Kind.TRUE_FALSE,
    "填空": Kind.BLANK,
}
_UNSUPPORTED_KINDS = ("简答", "问答", "论述", "排序", "名词解释", "计算", "匹配", "连线")
#: The name of a section whose questions share a stem, each of a kind of its own.
CASE_NAME = "案例"
#: Alternatives of a regular expression: every name of a kind that a heading may give.
KIND_NAMES = "|".join((*_KINDS, *_UNSUPPORTED_KINDS, CASE_NAME))
_DIFFICULTY_WORDS = {
    Difficulty.EASY: "易 容易 简单 偏易 较易 很容易 低 1 2 一级 二级 1级 2级",
    Difficulty.MEDIUM: "中 中等 适中 一般 3 三级 3级",
    Difficulty.HARD: "难 困难 偏难 较难 很难 高 4 5 四级 五级 4级 5级",
}
_DIFFICULTIES = {word: degree for degree, words in _DIFFICULTY_WORDS.items() for word in words.split()}
#: A basis that names its law without 《》.
_BARE_LAW = re.compile(
    r"^\s*(?:依据|根据|按照|依照)?[:：]?\s*(?:中华人民共和国)?"
    r"(?!本|该)((?:(?![和及与或的])[一-鿿]){1,24}?(?:法|条例))(?=\s*第)"
)
_TAG_SEPARATORS = re.compile(r"[\s、，,；;|]+")


@dataclass(frozen=True)
class Key:
    """What was understood of kind, stem, options and answer together."""

    kind: Kind
    options: tuple[str, ...] = ()
    answer: tuple[int, ...] = ()
    gaps: Gaps | None = None


def understand(raw: RawQuestion) -> ParsedQuestion | Problem:
    """A question ready to ask, with remarks where something optional was not understood; or why not."""
    try:
        _check_lengths(raw)
        key = _read_key(raw)
    except UnaskableError as error:
        return Problem(raw.where, str(error), rejects=True, raw=raw)
    remarks: list[str] = []
    guesses = [] if named_kind(raw.kind) else [Guess.KIND]
    citations = _read_basis(raw.basis, remarks)
    if not citations and (citations := find_citations(raw.explanation)):
        guesses.append(Guess.CITATIONS)
    return ParsedQuestion(
        where=raw.where,
        kind=key.kind,
        stem=key.gaps.stem if key.gaps else raw.stem.strip(),
        options=key.options,
        answer=key.answer,
        explanation=raw.explanation.strip(),
        citations=citations,
        difficulty=_read_difficulty(raw.difficulty, remarks),
        tags=tuple(dict.fromkeys(tag for tag in _TAG_SEPARATORS.split(raw.tags) if tag)),
        chapter=raw.chapter,
        remarks=tuple(remarks),
        gaps=key.gaps.accepted if key.gaps else (),
        gaps_in_order=key.gaps.in_order if key.gaps else True,
        case_stem=raw.case_stem.strip(),
        case=raw.case,
        guesses=tuple(guesses),
        raw=raw,
    )


def named_kind(text: str) -> Kind | None:
    """The kind that a heading or field names; None where it names none. Raises UnaskableError for others."""
    for word in _UNSUPPORTED_KINDS:
        if word in text:
            raise UnaskableError(f"{word}题不能自动评分，暂不支持。")
    return next((kind for word, kind in _KINDS.items() if word in text), None)


def _check_lengths(raw: RawQuestion) -> None:
    options = raw.options
    faults = (
        (not raw.stem.strip(), "没有题干。"),
        (len(raw.stem) > MAX_STEM, f"题干超过 {MAX_STEM} 字。"),
        (len(raw.case_stem) > MAX_CASE_STEM, f"案例材料超过 {MAX_CASE_STEM} 字。"),
        (len(raw.explanation) > MAX_EXPLANATION, f"解析超过 {MAX_EXPLANATION} 字。"),
        (len(raw.chapter) > MAX_CHAPTER, f"章节超过 {MAX_CHAPTER} 字。"),
        (len(options) > MAX_OPTIONS, f"选项超过 {MAX_OPTIONS} 个。"),
        (any(not option.strip() for option in options), "有空白选项。"),
        (any(len(option) > MAX_OPTION for option in options), f"有选项超过 {MAX_OPTION} 字。"),
        (len({fold(option) for option in options}) < len(options), "有两个选项相同。"),
    )
    for is_so, reason in faults:
        if is_so:
            raise UnaskableError(reason)


def _read_key(raw: RawQuestion) -> Key:
    kind = named_kind(raw.kind)
    if kind is Kind.BLANK or (kind is None and not raw.options and (any(raw.gaps) or has_gap(raw.stem))):
        return Key(Kind.BLANK, gaps=read_gaps(raw))
    if not raw.answer.strip():
        raise UnaskableError("没有答案，请补上。")
    truth = read_truth(raw.answer)
    are_truths = _are_truths(raw.options) if raw.options else truth is not None
    if kind is Kind.TRUE_FALSE or (kind is None and are_truths):
        return _read_true_false(raw, truth)
    return _read_choice(raw, kind)


def _read_choice(raw: RawQuestion, kind: Kind | None) -> Key:
    letters = read_choice(raw.answer, raw.options)
    if letters is None and not raw.options:
        raise UnaskableError(
            "没有选项，答案也不是“对”或“错”。简答题不能自动评分，暂不支持；选择题请补上选项。"
        )
    if letters is None:
        raise UnaskableError(f"没有读懂答案“{raw.answer.strip()[:20]}”，应为选项字母，如 B 或 ACD。")
    if len(raw.options) < 2:
        raise UnaskableError("选择题至少要有两个选项。")
    if letters[-1] >= len(raw.options):
        raise UnaskableError(f"答案“{raw.answer.strip()}”指向不存在的选项。")
    if kind is Kind.SINGLE and len(letters) > 1:
        raise UnaskableError("单选题只能有一个答案。")
    if kind is Kind.MULTIPLE and len(letters) < 2 and "不定项" not in raw.kind:
        raise UnaskableError("多选题至少要有两个答案。")
    kind = Kind.SINGLE if len(letters) == 1 else Kind.MULTIPLE  # 不定项 has one or several
    return Key(kind, tuple(option.strip() for option in raw.options), letters)


def _read_true_false(raw: RawQuestion, truth: bool | None) -> Key:
    if raw.options:
        meanings = [read_truth(option) for option in raw.options]
        letters = read_letters(raw.answer)
        if not _are_truths(raw.options):
            raise UnaskableError("判断题的选项应为一对一错，或者不写选项。")
        if truth is None and letters is not None and len(letters) == 1 and letters[0] < len(meanings):
            truth = meanings[letters[0]]
    elif truth is None:
        truth = read_bare_truth(raw.answer)
    if truth is None:
        raise UnaskableError(f"没有读懂判断题的答案“{raw.answer.strip()[:20]}”，应为“对”或“错”。")
    return Key(Kind.TRUE_FALSE, TRUE_FALSE_OPTIONS, (0 if truth else 1,))


def _are_truths(options: tuple[str, ...]) -> bool:
    """Whether options are one right, one wrong."""
    return sorted(map(read_truth, options), key=str) == [False, True]


def _read_basis(text: str, remarks: list[str]) -> tuple[Citation, ...]:
    if not text.strip():
        return ()
    read = read_citations(text if "《" in text else _BARE_LAW.sub(r"《\1》", text))
    if read.unread or not read.citations:
        remarks.append(f"依据没有读懂：“{text.strip()[:60]}”，应形如《安全生产法》第三条第二款。")
    return read.citations


def difficulty_of(text: str) -> Difficulty | None:
    """The degree that a word means: 易, 偏易, 1, 一级…; None where it means none."""
    return _DIFFICULTIES.get(text.strip())


def _read_difficulty(text: str, remarks: list[str]) -> Difficulty | None:
    difficulty = difficulty_of(text)
    if text.strip() and difficulty is None:
        remarks.append(f"难度没有读懂：“{text.strip()[:20]}”，应为易、中或难。")
    return difficulty
