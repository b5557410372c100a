"""GIFT: ``::name:: stem { =right ~wrong }`` (Moodle's documentation, "GIFT format").

Comments before a question may hold what the format has no place for, as our own export writes it:
``// 题库:``, ``// 案例:``, ``// 案例编号:``, ``// 难度:``, ``// 依据:``,
``// 标签:``, and Moodle's ``// [tag:…]``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quizapp.questions.blanks import write_accepted
from quizapp.questions.importers.case_numbers import CaseNumbers
from quizapp.questions.importers.categories import chapter_of
from quizapp.questions.importers.markup import Plain, read_markup, tell_pictures
from quizapp.questions.importers.weights import WHOLE, weigh_choice, weigh_words
from quizapp.questions.parsed import Collector, ParsedQuestion, ParsedQuestions, Problem, RawQuestion
from quizapp.questions.validation import understand

_LINE_END = re.compile(r"\r\n|\r|\n")
_SIGNS = "\\~=#{}:n"
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
#: Escaped signs stand as noncharacters of Unicode while the marks are looked for.
_HIDDEN = {sign: chr(0xFDD0 + place) for place, sign in enumerate(_SIGNS)}
_SHOWN = {ord(hidden): "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()}
_BRACE = re.compile(r"[{}]")
_ITEM = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"^%(-?\d{1,3}(?:\.\d{1,9})?)%")
_NAME = re.compile(r"^::.*?::", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]")
_TRUTH = re.compile(r"^(T|TRUE|F|FALSE)\s*(?:#(.*))?$", re.DOTALL | re.IGNORECASE)
_NOTE = re.compile(r"^(题库|案例编号|案例|难度|依据|标签)\s*[:：]\s*(.*)$")
_TAG = re.compile(r"\[tag:([^\[\]]{1,100})\]")


@dataclass(frozen=True)
class _Block:
    """A question as it stands: the text around its braces, and what is inside them, signs hidden."""

    where: str
    stem: str
    body: str | None
    chapter: str
    notes: tuple[str, ...]

    def note(self, name: str) -> str:
        """What the comments before it say under a name."""
        matches = (_NOTE.match(note) for note in self.notes)
        return next((_show(_hide(match[2])) for match in matches if match and match[1] == name), "")

    @property
    def tags(self) -> str:
        """The tags of the comments before it."""
        return "、".join((*(tag for note in self.notes for tag in _TAG.findall(note)), self.note("标签")))


@dataclass(frozen=True)
class _Item:
    """One answer of a body."""

    mark: str
    weight: float
    text: str
    feedback: str


@dataclass
class _Reading:
    """Turns a block's marked texts into plain ones, and counts the pictures left out."""

    block: _Block
    pictures: int = 0
    remarks: tuple[str, ...] = ()
    format: str = field(init=False)

    def __post_init__(self) -> None:
        named = _FORMAT.match(self.block.stem)
        self.format = named[1] if named else "moodle"

    def plain(self, text: str) -> str:
        """Without the name of a format, html's tags, and backslashes before signs."""
        named = _FORMAT.match(text)
        text = _show(_FORMAT.sub("", text))
        kind = named[1] if named else self.format
        if kind in {"plain", "markdown"}:
            return text.strip()
        read: Plain = read_markup(text, ends_count=kind == "moodle")
        self.pictures += read.pictures
        return read.text

    def raw(self, **fields: object) -> RawQuestion:
        """What was read of the block, with the fields given."""
        block = self.block
        raw = RawQuestion(
            where=block.where,
            stem=self.plain(block.stem),
            basis=block.note("依据"),
            difficulty=block.note("难度"),
            tags=block.tags,
            chapter=block.chapter,
        )
        return replace(raw, **fields)  # type: ignore[arg-type]  # names and texts of RawQuestion


def is_gift(content: str) -> bool:
    """Whether a text has questions with answers in braces."""
    return any(block.body is not None for block in _blocks(content))


def read_gift(content: str) -> ParsedQuestions:
    """Read questions; ``where`` is the line that a question begins on. Never raises."""
    collector = Collector()
    cases = CaseNumbers()
    bank = ""
    for block in _blocks(content):
        bank = bank or block.note("题库")
        case_stem, case = cases.place(block.note("案例"), block.note("案例编号"))
        collector.add(_read_block(block, case_stem, case))
    return collector.finish(bank)


def _hide(text: str) -> str:
    return _ESCAPED.sub(lambda match: _HIDDEN[match[1]], text)


def _show(text: str) -> str:
    return text.translate(_SHOWN)


def _blocks(content: str) -> Iterator[_Block]:
    """Questions stand apart by blank lines outside braces; comments and categories are no part of them."""
    lines: list[str] = []
    notes: list[str] = []
    chapter = block_chapter = ""
    block_notes: tuple[str, ...] = ()
    start = depth = 0
    for number, line in enumerate((*_LINE_END.split(content), ""), start=1):
        text = line.strip()
        if text.startswith("//"):
            notes.append(text[2:].strip())
        elif depth == 0 and text.startswith("$CATEGORY:"):
            chapter = chapter_of(_show(_hide(text.removeprefix("$CATEGORY:"))))
        elif text or depth:
            if not lines:
                start, block_chapter, block_notes, notes = number, chapter, tuple(notes), []
            lines.append(_hide(text))
            braces = _BRACE.findall(lines[-1])
            depth = max(0, depth + braces.count("{") - braces.count("}"))
        elif lines:
            yield _block(start, "\n".join(lines), block_chapter, block_notes)
            lines = []
    if lines:
        yield _block(start, "\n".join(lines), block_chapter, block_notes)


def _block(start: int, text: str, chapter: str, notes: tuple[str, ...]) -> _Block:
    where = f"第{start}行"
    before, opening, rest = text.partition("{")
    body, closing, after = rest.partition("}")
    stem = _NAME.sub("", before.strip()).strip()
    space = before[len(before.rstrip()) :]
    if not opening or not closing:
        return _Block(where, _NAME.sub("", text), None, chapter, notes)
    after = after.rstrip().strip('";')
    return _Block(where, f"{stem}{space}____{after}" if after.strip() else stem, body.strip(), chapter, notes)


def _read_block(block: _Block, case_stem: str, case: int) -> ParsedQuestion | Problem:
    reading = _Reading(block)
    body = block.body
    if body is None:
        raw = reading.raw(case_stem=case_stem, case=case)
        return Problem(block.where, "没有用花括号写答案，如 {=对的 ~错的}。", rejects=True, raw=raw)
    answers, _, general = body.partition("####")
    raw = reading.raw(case_stem=case_stem, case=case, explanation=reading.plain(general))
    items = _items(reading, answers)
    if name := _unsupported(answers.strip(), items):
        raw = replace(raw, answer=reading.plain(answers))
        return Problem(block.where, f"{name}题不能自动评分，暂不支持。", rejects=True, raw=raw)
    if truth := _TRUTH.match(answers.strip()):
        raw = _read_truth(raw, truth, reading)
    elif not items:
        raw = replace(raw, answer=reading.plain(answers))
        reason = "没有读懂花括号里的答案，应如 {=对的 ~错的} 或 {T}。"
        return Problem(block.where, reason, rejects=True, raw=raw)
    else:
        raw = _read_items(raw, items, reading)
    outcome = understand(raw)
    if isinstance(outcome, Problem):
        return outcome
    remarks = (*outcome.remarks, *reading.remarks, *tell_pictures(reading.pictures))
    return replace(outcome, remarks=remarks)


def _unsupported(answers: str, items: list[_Item]) -> str:
    """The name of a kind that can't be scored, empty for the others."""
    is_choice = any(item.mark == "~" for item in items)
    kinds = (
        (not answers, "问答"),
        (answers.startswith("#"), "数值"),
        (not is_choice and any("->" in item.text for item in items), "匹配"),
    )
    return next((name for is_so, name in kinds if is_so), "")


def _items(reading: _Reading, answers: str) -> list[_Item]:
    items = []
    if answers.startswith("#"):
        return []
    for mark, text in _ITEM.findall(answers):
        weight = _WEIGHT.match(text.strip())
        said, _, feedback = _WEIGHT.sub("", text.strip(), count=1).partition("#")
        otherwise = WHOLE if mark == "=" else 0.0
        items.append(
            _Item(
                mark, float(weight[1]) if weight else otherwise, reading.plain(said), reading.plain(feedback)
            )
        )
    return items


def _read_truth(raw: RawQuestion, truth: re.Match[str], reading: _Reading) -> RawQuestion:
    """Of two feedbacks the second is for the right answer."""
    feedback = (truth[2] or "").split("#")[-1]
    explanation = raw.explanation or reading.plain(feedback)
    return replace(raw, answer=truth[1], kind="判断", explanation=explanation)


def _read_items(raw: RawQuestion, items: list[_Item], reading: _Reading) -> RawQuestion:
    """A choice where ``~`` marks wrong options, else a short answer."""
    if not any(item.mark == "~" for item in items):
        accepted, reading.remarks = weigh_words([(item.text, item.weight) for item in items])
        feedback = [item.feedback for item in items if item.weight >= WHOLE]
        raw = replace(raw, gaps=(write_accepted(accepted),), kind="填空")
    else:
        weighed = weigh_choice([item.weight for item in items])
        reading.remarks = weighed.remarks
        feedback = [items[place].feedback for place in weighed.right]
        letters = "".join("ABCDEFGH"[place] for place in weighed.right if place < 8)
        options = tuple(item.text for item in items)
        raw = replace(raw, options=options, answer=letters, kind=weighed.kind)
    explanation = raw.explanation or "\n".join(dict.fromkeys(one for one in feedback if one))
    return replace(raw, explanation=explanation)
