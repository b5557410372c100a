r"""A backslash at the beginning of a line, stem, option or explanation: what follows is plain text.

So the own text holds a stem that begins like an option, an explanation with a line ``答案:`` in it,
blank lines, and options of several lines. ``\`` alone is a blank line.
"""

import re

MARK = "\\"
#: Long white space says no more than short, and costs a pattern much.
_LONG_SPACE = re.compile(r"\s{5,}")


def escape_line(line: str) -> str:
    """A line that the reader takes for nothing but text."""
    return f"{MARK}{line}"


def unescape_line(line: str) -> str:
    """What such a line says; any other stays as it is."""
    return line.removeprefix(MARK)


def is_escaped(line: str) -> bool:
    """Whether a line is text whatever it looks like."""
    return line.startswith(MARK)


def squeeze(line: str) -> str:
    """A line without long white space, but for what stands behind a mark."""
    before, mark, rest = line.partition(MARK)
    return _LONG_SPACE.sub("    ", before) + mark + rest


def is_literal(option: str) -> bool:
    """Whether an option is escaped: a backslash with nothing behind it is how some people fill a blank."""
    return is_escaped(option) and bool(option[1:2].strip())


def go_on(text: str, line: str) -> str:
    """An option with one more line: broken lines of a paste are joined, an escaped one stands apart."""
    return f"{text}\n{unescape_line(line)}" if is_escaped(line) else text + line
