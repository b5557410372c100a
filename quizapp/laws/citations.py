"""Reading and writing citations such as 《安全生产法》第三条第二款."""

import re
from dataclasses import dataclass

from quizapp.core.numerals import read_chinese, write_chinese

_NUMBER = r"[零〇一二两三四五六七八九十百千\d]{1,9}"
_PLACE = re.compile(
    rf"第\s*({_NUMBER})\s*条(?:\s*第\s*({_NUMBER})\s*款)?(?:\s*第\s*[（(]?({_NUMBER})[)）]?\s*项)?"
)
_LAW = re.compile(r"《([^《》]{2,60})》")
_STATE = "中华人民共和国"
#: What may stand between and around citations without being lost.
_FILLER = re.compile(r"[\s、，,；;。.和及与依据：:（）()的规定根据]*")


@dataclass(frozen=True, order=True)
class Citation:
    """The place of a law that a question rests on: law, article 条, paragraph 款, item 项."""

    law: str
    article: int
    paragraph: int | None = None
    item: int | None = None

    def __str__(self) -> str:
        place = f"《{self.law}》第{write_chinese(self.article)}条"
        if self.paragraph:
            place += f"第{write_chinese(self.paragraph)}款"
        if self.item:
            place += f"第{write_chinese(self.item)}项"
        return place

    def as_list(self) -> list[str | int | None]:
        """Plain values for storage; ``Citation(*values)`` reads them back."""
        return [self.law, self.article, self.paragraph, self.item]


@dataclass(frozen=True)
class ReadCitations:
    """What was read from a text, in its order, and what could not be."""

    citations: tuple[Citation, ...]
    unread: str


def read_citations(text: str) -> ReadCitations:
    """Read every citation of a text; articles after a law's name belong to it until the next name.

    A law is named without 中华人民共和国. ``unread`` holds what is neither a citation
    nor the punctuation around one, so that a caller can refuse to lose it.
    """
    citations: list[Citation] = []
    unread: list[str] = []
    law: str | None = None
    position = 0
    while position < len(text):
        name = _LAW.match(text, position)
        place = _PLACE.match(text, position)
        filler = _FILLER.match(text, position)
        if name:
            law = name[1].removeprefix(_STATE).strip()
            position = name.end()
        elif place and law and (citation := _citation(law, place)):
            citations.append(citation)
            position = place.end()
        elif filler and filler.end() > position:
            position = filler.end()
        else:
            unread.append(text[position])
            position += 1
    if law and not citations:
        unread.insert(0, f"《{law}》")
    return ReadCitations(tuple(dict.fromkeys(citations)), "".join(unread))


def _citation(law: str, place: re.Match[str]) -> Citation | None:
    try:
        article, paragraph, item = (read_chinese(number) if number else None for number in place.groups())
    except ValueError:
        return None
    if not article or paragraph == 0 or item == 0:
        return None
    return Citation(law, article, paragraph, item)
