"""Reading and writing citations such as 《安全生产法》第三条第二款."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quizapp.core.numerals import LARGEST, read_chinese, write_chinese

_NUMBER = r"[零〇一二两三四五六七八九十百千\d]{1,9}"
_PLACE = re.compile(
    rf"第\s*({_NUMBER})\s*条(?:\s*第\s*({_NUMBER})\s*款)?(?:\s*第\s*[（(]?({_NUMBER})[)）]?\s*项)?"
)
_LAW = re.compile(r"《([^《》]{2,60})》")
_STATE = "中华人民共和国"
#: （2021年修正） after a name says which version is meant; it is no part of the name.
_EDITION = re.compile(r"[（(][^（）()]{0,20}(?:\d{4}|修[订正改]|版)[^（）()]{0,20}[）)]$")
#: What may stand between and around citations without being lost.
_FILLER = re.compile(r"[\s、，,；;。.和及与依据：:（）()的规定根据]*")

_SPAN = r"至到—－~～-"
_SEPARATOR = rf"\s{{0,2}}(?:以及|或者|[、，,和及与或{_SPAN}])\s{{0,2}}第?\s{{0,2}}"
#: Several numerals before one 条, 款 or 项: 第七十一、七十二条, 第一至三项.
_NUMBERS = rf"{_NUMBER}(?:{_SEPARATOR}{_NUMBER}){{0,9}}"
_BRACKETED = rf"[（(]?{_NUMBER}[）)]?(?:{_SEPARATOR}[（(]?{_NUMBER}[）)]?){{0,9}}"
#: A name without 《》 begins a line or follows one of these, and is no phrase that merely ends in 法.
_LEADS = ("依据", "根据", "按照", "依照", "违反", "适用", "触犯")
_STOPS = "|".join(
    (*_LEADS, "本法", "本条例", "的", "和", "及", "与", "或", "有关", "法律", "法规", "规定", "应当", "第")
)
_BARE = (
    rf"(?:{'|'.join(f'(?<={lead})' for lead in _LEADS)}|(?<=[：:（(\n])|^)(?:中华人民共和国)?"
    rf"(?P<bare>宪法|刑法|(?:(?!{_STOPS})[一-鿿]){{2,24}}?(?:法典|法|条例))(?=[，,、\s]{{0,2}}第)"
)
_MENTION = re.compile(
    rf"《(?P<law>[^《》]{{2,60}})》|{_BARE}"
    rf"|(?P<ordinal>第?)\s{{0,2}}(?P<articles>{_NUMBERS})\s{{0,2}}条(?P<inserted>之[一二三四五六七八九十])?"
    rf"|第\s{{0,2}}(?P<paragraphs>{_NUMBERS})\s{{0,2}}款"
    rf"|(?:第\s{{0,2}}|(?=[（(]))(?P<items>{_BRACKETED})\s{{0,2}}项"
)
_LAWLIKE = re.compile(
    r".*(?:法|法典|条例|规定|办法|细则|规则|决定|解释|章程|标准|规范|规程|准则|通知|意见|制度|预案|公约)(?:（试行）)?"
)
#: 《…》实施条例, 《…》若干问题的解释: another document, which its articles belong to.
_DERIVED = re.compile(r"(?:(?!第)[一-鿿]){0,14}?(?:解释|条例|细则|办法|若干规定|的决定)")
#: What stands between an article and another, a 款 or a 项 that goes with it.
_JOINT = re.compile(rf"(?:以及|或者|[\s、，,和及与或的{_SPAN}]){{0,6}}")
_ITSELF = ("本法", "本条例", "本规定", "本办法", "本细则", "本决定")
#: Directly before an article: of some other document.
_OTHERS = ("法", "法典", "条例", "办法", "细则", "规定", "解释", "决定")
#: A longer span is no list of what a question rests on: only its ends are kept.
_LONGEST_SPAN = 20


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


def law_name(text: str) -> str:
    """A law's name as we keep it: without 中华人民共和国, spaces, 《》 around it and its edition after it."""
    name = _EDITION.sub("", "".join(text.split())).strip("《》").removeprefix(_STATE)
    return _EDITION.sub("", name)


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
            law = law_name(name[1])
            position = name.end()
        elif place and law and (citation := cite(law, *place.groups())):
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


def cite(law: str, article: str, paragraph: str | None = None, item: str | None = None) -> Citation | None:
    """A citation from the numerals of a text, None where one of them is no number above 0."""
    try:
        numbers = [read_numeral(numeral) if numeral else None for numeral in (article, paragraph, item)]
    except ValueError:
        return None
    if 0 in numbers or numbers[0] is None:
        return None
    return Citation(law, numbers[0], *numbers[1:])


def read_numeral(numeral: str) -> int:
    """A numeral of a law, in full-width digits too. Raises ValueError, also beyond what can be written."""
    number = read_chinese(unicodedata.normalize("NFKC", numeral))
    if number > LARGEST:
        raise ValueError(f"no numeral of a law: {numeral!r}")
    return number


def find_citations(text: str) -> tuple[Citation, ...]:
    """Every citation of a text, each once, in its order; the text around them may be anything.

    An article belongs to the law named before it. What an explanation quotes refers to other
    articles as 本法第九条: these are passed over once an article of the law has been named, as are
    articles of a law that is neither in 《》 nor led in by 依据, 根据 and the like.
    """
    finder = _Finder(text)
    for mention in _MENTION.finditer(text):
        finder.take(mention)
    return tuple(dict.fromkeys(finder.found))


@dataclass
class _Finder:
    """What has been found so far, and what the next mention may belong to."""

    text: str
    found: list[Citation] = field(default_factory=list)
    #: Laws of which an article was found.
    cited: set[str] = field(default_factory=set)
    law: str | None = None
    #: Where the last mention ended.
    end: int = 0
    #: Whether the last mention was of an article, a 款 or a 项 that counts; None before the first of a law.
    counts: bool | None = None

    def take(self, mention: re.Match[str]) -> None:
        """Read one mention."""
        if name := mention["law"] or mention["bare"]:
            if not self._is_law(mention):
                return
            derived = mention["law"] and _DERIVED.match(self.text, mention.end())
            self.law, self.counts = None if derived else law_name(name), None
        elif mention["articles"]:
            self._take_articles(mention)
        elif not self.counts or not self._joins(mention):
            return
        elif mention["paragraphs"]:
            self._take_below(mention["paragraphs"], is_item=False)
        else:
            self._take_below(mention["items"], is_item=True)
        self.end = mention.end()

    def _is_law(self, mention: re.Match[str]) -> bool:
        """A title such as 《安全员手册》 counts only where an article follows."""
        name = mention["bare"] or law_name(mention["law"])
        rest = self.text[mention.end() : mention.end() + 6].lstrip("，, 　的")
        return bool(name) and bool(_LAWLIKE.fullmatch(name) or re.match(rf"第?\s?{_NUMBER}", rest))

    def _take_articles(self, mention: re.Match[str]) -> None:
        self.counts = self._article_counts(mention)
        if not self.counts or not self.law:
            return
        numbers = list(_numbers(mention["articles"]))
        gap = self.text[self.end : mention.start()].strip()
        last = self.found[-1] if self.found else None
        if last and numbers and gap and gap in _SPAN and last == Citation(self.law, last.article):
            numbers = [*_between(last.article, numbers[0]), *numbers]
        self.found.extend(filter(None, (cite(self.law, str(number)) for number in numbers)))
        self.counts = bool(numbers)
        self.cited.add(self.law)

    def _article_counts(self, mention: re.Match[str]) -> bool:
        if self.law is None or mention["inserted"]:
            return False
        if self.counts is not None and self._joins(mention):
            return self.counts
        if not mention["ordinal"]:
            return self.counts is None and self._joins(mention)
        before = self.text[max(0, mention.start() - 40) : mention.start()].rstrip()
        if before.endswith(_ITSELF):
            return self.law not in self.cited
        if before.removesuffix("的").endswith(self.law):
            return True
        return not before.removesuffix("的").endswith(_OTHERS)

    def _joins(self, mention: re.Match[str]) -> bool:
        return bool(_JOINT.fullmatch(self.text, self.end, mention.start()))

    def _take_below(self, numerals: str, is_item: bool) -> None:
        """A 款 or 项 makes the last citation more exact; a further one stands beside it."""
        for number in _numbers(numerals):
            last = self.found[-1]
            if last.item is None and (is_item or last.paragraph is None):
                self.found.pop()
            self.found.append(
                replace(last, item=number) if is_item else replace(last, paragraph=number, item=None)
            )


def _numbers(numerals: str) -> Iterator[int]:
    """The numbers above 0 of a list such as 三十、三十二至三十四."""
    last = 0
    is_span = False
    for piece in re.findall(rf"{_NUMBER}|[{_SPAN}]", numerals):
        if piece in _SPAN:
            is_span = True
            continue
        try:
            number = read_numeral(piece)
        except ValueError:
            continue
        if is_span and last:
            yield from _between(last, number)
        if number:
            yield number
        last, is_span = number, False


def _between(first: int, last: int) -> range:
    """The numbers between two, none where they are too far apart."""
    return range(first + 1, last if last - first <= _LONGEST_SPAN else first)
