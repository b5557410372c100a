"""Which column of a table is which of a ledger, by its heading."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from quizapp.ledgers.columns import Column

#: The heading may stand below titles and notes, within this many rows.
HEADING_WITHIN = 10
#: A longer cell heads no column.
MAX_HEADING = 40
#: What a person says of a column that is not to be read.
IGNORED = ""

_NUMBERING = frozenset({"序号", "编号", "序", "行号", "no", "id"})
_NOTES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>|\{[^{}]*\}")
_DEMANDS = re.compile(r"^(?:必填|选填|必选)|(?:非?必填项?|选填项?|必选项?)$")


@dataclass(frozen=True)
class Headings:
    """What the columns under one heading row hold, by index."""

    cells: tuple[str, ...]
    #: For the name of a ledger's column, where it stands.
    by_name: Mapping[str, int]
    #: Columns that count the rows, or that a person said not to read.
    passed_over: frozenset[int] = frozenset()
    #: Headings that were not recognised.
    unknown: Mapping[int, str] = field(default_factory=dict)
    #: Headings that mean what an earlier one means already.
    repeated: Mapping[int, str] = field(default_factory=dict)


@lru_cache(maxsize=2000)
def plain_heading(text: str) -> str:
    """A heading without what people add to it: width, spaces, line ends, units in brackets, stars."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[\s*:_★☆#\"'“”]+|[.、,;。]+$", "", text)
    bare = _DEMANDS.sub("", _NOTES.sub("", text))
    return (bare or re.sub(r"[()\[\]【】<>{}]", "", text))[:MAX_HEADING]


def recognise_headings(
    cells: Sequence[str], columns: Sequence[Column], remembered: Mapping[str, str]
) -> Headings:
    """What each column under a row of headings holds; of two that mean the same the first counts.

    ``remembered`` gives for a ``plain_heading`` the name of a column, or ``IGNORED``, as a person said; that
    goes before what we think.
    """
    known = _names_by_heading(columns)
    told = {plain: name for plain, name in remembered.items() if name in known.values() or name == IGNORED}
    by_name: dict[str, int] = {}
    passed_over: set[int] = set()
    unknown: dict[int, str] = {}
    repeated: dict[int, str] = {}
    plain = [plain_heading(cell) for cell in cells]
    for index in sorted(range(len(plain)), key=lambda index: plain[index] not in told):
        heading = plain[index]
        name = told.get(heading, known.get(heading))
        if name == IGNORED or (name is None and heading in _NUMBERING):
            passed_over.add(index)
        elif name is None:
            unknown.update({index: " ".join(cells[index].split())} if heading else {})
        elif by_name.setdefault(name, index) != index:
            repeated[index] = " ".join(cells[index].split())
    return Headings(tuple(cells), by_name, frozenset(passed_over), unknown, repeated)


def _names_by_heading(columns: Sequence[Column]) -> dict[str, str]:
    """For every plain heading the column that it names; a column's own name goes before another's alias."""
    known = {plain_heading(alias): column.name for column in columns for alias in column.aliases}
    return known | {plain_heading(column.name): column.name for column in columns}


def name_place(index: int) -> str:
    """A column as its program names it: 0 → ``A列``, 27 → ``AB列``."""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(ord("A") + letter) + name
    return f"{name}列"
