r"""A backslash at the beginning of a line, or of what a number, letter or name stands before: plain text.

So our own text holds a stem that begins like an option, an explanation with a line ``答案:`` in it,
blank lines (``\`` alone), and options of several lines. Plain text is hidden from every pattern as
characters of Unicode's last planes, from where a line is taken to where its question is understood.
"""

import re
from dataclasses import replace

from quizapp.questions.parsed import RawQuestion

MARK = "\\"
#: What an escape may stand behind, as our export writes it. ``A. \`` is how some people leave an
#: option blank, and ``答案:\|`` an answer that begins with a bar (``blanks``): no escapes.
_NAMED = r"(?:\d{1,5}|[A-H])[.．、]|(?:解析|案例|标签|章节|答案(?=[:：]\s*\\[^|｜；;]))[:：]"
_ESCAPED = re.compile(rf"^(\s*(?:{_NAMED})\s*)\\(\S.*)$|^\s*\\(.*)$")
#: Plane 15 is for private use; the text of a question bears none of it.
_HIDDEN = 0xF0000
_BEGINNING = chr(_HIDDEN)


def escape_line(line: str) -> str:
    """A line that the reader takes for nothing but text."""
    return f"{MARK}{line}"


def hide(line: str) -> str:
    """A line whose escaped part looks like nothing."""
    match = _ESCAPED.match(line)
    if not match:
        return line
    text = match[3] or match[2] or ""
    hidden = "".join(chr(_HIDDEN + ord(sign)) if sign <= "\uffff" else sign for sign in text)
    return f"{match[1] or ''}{_BEGINNING}{hidden}"


def show(text: str) -> str:
    """A text with what was hidden in it. A line's end stands before each hidden line that goes on."""
    text = re.sub(f"(?<=[^\n]){_BEGINNING}", "\n", text).replace(_BEGINNING, "")
    return "".join(chr(ord(sign) - _HIDDEN) if _is_hidden(sign) else sign for sign in text)


def _is_hidden(sign: str) -> bool:
    """A file may hold such characters of its own: half of a surrogate pair was never hidden."""
    return sign >= _BEGINNING and not 0xD800 <= ord(sign) - _HIDDEN <= 0xDFFF


def show_all(raw: RawQuestion) -> RawQuestion:
    """A question whose texts may hold hidden lines, with all of them shown."""
    return replace(
        raw,
        stem=show(raw.stem),
        options=tuple(map(show, raw.options)),
        answer=show(raw.answer),
        explanation=show(raw.explanation),
        tags=show(raw.tags),
        chapter=show(raw.chapter),
        case_stem=show(raw.case_stem),
    )
