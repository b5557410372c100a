"""GIFT: ``::name:: stem { =right ~wrong }`` (Moodle's documentation, "GIFT format")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.questions.parsed import Collector, ParsedQuestion, ParsedQuestions, Problem, RawQuestion
from quizapp.questions.validation import understand

#: Braces and an answer's marks count where no backslash stands before them.
_BRACE = re.compile(r"(?<!\\)[{}]")
_OPENING = re.compile(r"(?<!\\)\{")
_CLOSING = re.compile(r"(?<!\\)\}")
_ITEM = re.compile(r"(?<!\\)([=~])(.*?)(?=(?<!\\)[=~]|\Z)", re.DOTALL)
_WEIGHT = re.compile(r"^%(-?\d+(?:\.\d+)?)%")
_NAME = re.compile(r"^::.*?(?<!\\)::", re.DOTALL)
_FORMAT = re.compile(r"^\[(html|moodle|plain|markdown)\]")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_TRUTH = re.compile(r"^(T|TRUE|F|FALSE)\s*(#.*)?$", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class _Block:
    """A question as it stands: its line, the text around its braces, and what is inside them."""

    where: str
    stem: str
    body: str | None


def is_gift(content: str) -> bool:
    """Whether a text has questions with answers in braces."""
    return any(block.body is not None for block in _blocks(content))


def read_gift(content: str) -> ParsedQuestions:
    """Read questions; ``where`` is the line that a question begins on. Never raises."""
    collector = Collector()
    for block in _blocks(content):
        collector.add(_read_block(block))
    return collector.finish()


def _blocks(content: str) -> Iterator[_Block]:
    """Questions stand apart by blank lines outside braces; comments and categories are no part of them."""
    lines: list[str] = []
    start = depth = 0
    for number, line in enumerate(content.splitlines(), start=1):
        text = line.strip()
        if depth == 0 and text.startswith(("//", "$CATEGORY:")):
            continue
        if text or depth:
            start = start if lines else number
            lines.append(text)
            braces = _BRACE.findall(text)
            depth = max(0, depth + braces.count("{") - braces.count("}"))
        elif lines:
            yield _block(start, "\n".join(lines))
            lines = []
    if lines:
        yield _block(start, "\n".join(lines))


def _block(start: int, text: str) -> _Block:
    where = f"第{start}行"
    opening = _OPENING.search(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if not opening or not closing:
        return _Block(where, text, None)
    stem = _NAME.sub("", text[: opening.start()].strip())
    after = text[closing.end() :].strip().strip('";')
    body = text[opening.end() : closing.start()].strip()
    return _Block(where, f"{stem}____{after}" if after else stem, body)


def _read_block(block: _Block) -> ParsedQuestion | Problem:
    body = block.body
    if body is None:
        return Problem(block.where, "没有用花括号写答案，如 {=对的 ~错的}。", rejects=True)
    for is_so, name in (
        (not body, "问答"),
        (body.startswith("#"), "数值"),
        ("->" in body, "匹配"),
    ):
        if is_so:
            return Problem(block.where, f"{name}题不能自动评分，暂不支持。", rejects=True)
    truth = _TRUTH.match(body)
    if truth:
        stem, why = _plain(block.stem), _general(body)
        return understand(RawQuestion(block.where, stem, answer=truth[1], kind="判断", explanation=why))
    return _read_choices(block, body)


def _read_choices(block: _Block, body: str) -> ParsedQuestion | Problem:
    """``=`` marks the right option; of ``~`` those with a positive weight are right together."""
    options: list[str] = []
    right: list[int] = []
    is_choice = False
    for mark, text in _ITEM.findall(body):
        weight = _WEIGHT.match(text.strip())
        if mark == "=" or (weight and float(weight[1]) > 0):
            right.append(len(options))
        is_choice |= mark == "~"
        option = _WEIGHT.sub("", text.strip())
        options.append(_plain(re.split(r"(?<!\\)#", option)[0]))
    if not is_choice:
        return Problem(block.where, "填空题不能自动评分，暂不支持。", rejects=True)
    answer = "".join("ABCDEFGH"[index] for index in right if index < 8)
    return understand(
        RawQuestion(block.where, _plain(block.stem), tuple(options), answer, explanation=_general(body))
    )


def _general(body: str) -> str:
    """The feedback that everybody sees, after four marks."""
    return _plain(body.split("####", 1)[1]) if "####" in body else ""


def _plain(text: str) -> str:
    """Without the name of a format, html's tags, and backslashes before marks."""
    text = _FORMAT.sub("", text.strip())
    return re.sub(r"\\([~=#{}:\\])", r"\1", _TAG.sub("", text)).strip()
