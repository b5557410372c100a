"""Reading the official text of a law: its head, chapters, articles 条, paragraphs 款 and items 项."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from quizapp.core.numerals import write_chinese
from quizapp.laws.citations import law_name, read_numeral

#: 民法典, the longest law, has 1260.
MAX_ARTICLES = 2000
#: Characters; the longest article of 安全生产法 has 600.
MAX_ARTICLE_LENGTH = 20_000

_NUMBER = r"[零〇一二两三四五六七八九十百千\d]{1,9}"
_ARTICLE = re.compile(rf"第 ?({_NUMBER}) ?条(之[一二三四五六七八九十]{{1,3}})?( |$)?(.*)")
_DIVISION = re.compile(rf"第 ?({_NUMBER}) ?(编|分编|章|节)(?: (.{{1,34}})|([^ ].{{0,29}}))")
_ITEM = re.compile(rf"[（(] ?({_NUMBER}) ?[）)] ?(.*)")
#: 目, which stands below an item.
_SUBITEM = re.compile(r"\d{1,2} ?[.．、](?!\d)")
_YEAR = r"[\d〇零○一二三四五六七八九]{4}"
_DAY = r"[\d一二三四五六七八九十]{1,3}"
_DATE = re.compile(rf"({_YEAR}) ?年 ?({_DAY}) ?月 ?({_DAY}) ?日(?:起(施行)?)?")
_TITLE = re.compile(
    r"[\w《》（）()·、]{1,50}(?:法|法典|条例|规定|办法|细则|规则|规程|章程|准则|解释|决定)(?:（试行）)?"
)
_STATE = "中华人民共和国"
#: What a paragraph or item ends with; a line that ends with anything else was broken by an editor.
_ENDS = tuple("。：:；;！？”")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


class UnreadableStatute(Exception):
    """Where a text can't be read as a law and what to do, as a sentence."""


@dataclass(frozen=True)
class Paragraph:
    """款: its words, and the items 项 that follow them, each with its number （一）."""

    text: str
    items: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.text, *self.items)))


@dataclass(frozen=True)
class Article:
    """条: its number, the chapter it stands in ("" where a law has none), its paragraphs."""

    number: int
    chapter: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """All its words, a line a paragraph or item."""
        return "\n".join(map(str, self.paragraphs))

    def quote(self, paragraph: int | None = None, item: int | None = None) -> str:
        """The words that a citation points at: the whole article, a paragraph, or an item with its paragraph.

        Where there is no such paragraph or item, what stands around its place.
        """
        chosen = self.paragraphs
        if paragraph and paragraph <= len(chosen):
            chosen = (chosen[paragraph - 1],)
        if item:
            label = f"（{write_chinese(item)}）"
            for one in chosen:
                if found := [text for text in one.items if text.startswith(label)]:
                    return str(Paragraph(one.text, tuple(found)))
        return "\n".join(map(str, chosen))


@dataclass(frozen=True)
class Statute:
    """A law as one text prints it; dates are None where the text doesn't give them."""

    #: Without 中华人民共和国.
    name: str
    #: The latest date of its head: when it was passed or last amended.
    revised_on: date | None
    in_force_from: date | None
    articles: tuple[Article, ...]

    @property
    def chapters(self) -> tuple[str, ...]:
        """The chapters in their order."""
        return tuple(dict.fromkeys(article.chapter for article in self.articles if article.chapter))


def read_statute(lines: Sequence[str]) -> Statute:
    """Read a law's text from docx, txt or md. Raises UnreadableStatute.

    Parts 编 stand before the chapter they hold; sections 节 are passed over. The first day in
    force is that of 本法自…起施行, unless the law was amended after it: then the text doesn't tell.
    """
    reader = _Reader()
    for place, line in _tidied(lines):
        reader.read(place, line)
    articles = reader.finish()
    name = _name(reader.head)
    passed, forced = _dates_of_head(reader.head)
    forced = forced or _first_day(articles)
    if passed and forced and forced < passed:
        forced = None
    return Statute(name, passed, forced, articles)


def _tidied(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Lines that say something, with their numbers, without comments, marks of Markdown and stray spaces."""
    in_comment = False
    for place, line in enumerate(lines, start=1):
        in_comment = in_comment or line.lstrip().startswith("<!--")
        if in_comment:
            in_comment = "-->" not in line
            continue
        text = " ".join(line.replace("**", "").lstrip("#> \t\ufeff").split())
        if text:
            yield place, text


@dataclass
class _Reader:
    """What has been read so far."""

    head: list[str] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    part: str = ""
    chapter: str = ""
    number: int = 0
    place: int = 0
    #: Of the article being read: the headings it stands under; each paragraph's text, then its items.
    under: str = ""
    paragraphs: list[list[str]] = field(default_factory=list)

    def read(self, place: int, line: str) -> None:
        """Take one line."""
        found = _ARTICLE.fullmatch(line)
        if found and self._begins(found, place):
            self._close()
            self.number, self.place, self.paragraphs = self.number + 1, place, []
            self.under = " ".join(filter(None, (self.part, self.chapter)))
            if self.number > MAX_ARTICLES:
                raise UnreadableStatute(f"条文超过 {MAX_ARTICLES} 条。请每次只载入一部法律。")
            line = found[4].strip()
        elif self._divides(line):
            return
        elif not self.number:
            self.head.append(line)
            return
        if line:
            self._add(line)

    def finish(self) -> tuple[Article, ...]:
        """All the articles. Raises UnreadableStatute where there is none."""
        self._close()
        if not self.articles:
            raise UnreadableStatute(
                "没有找到“第一条”。请提供法律全文，每条另起一行，以“第一条”这样的条号开头。"
            )
        return tuple(self.articles)

    def _begins(self, found: re.Match[str], place: int) -> bool:
        """Whether a line that begins with 第…条 is a new article and no mention of another."""
        try:
            number = read_numeral(found[1])
        except ValueError:
            return False
        is_apart = found[3] is not None
        if found[2] and is_apart:
            raise UnreadableStatute(
                f"第 {place} 行：第{found[1]}条{found[2]}。目前不能载入带“之一”的条文，请联系系统维护人员。"
            )
        if number == self.number + 1 and not found[2]:
            return True
        if is_apart:
            raise UnreadableStatute(self._gap(number, place))
        return False

    def _gap(self, number: int, place: int) -> str:
        now = f"第{write_chinese(number)}条" if number else "第零条"
        if not self.number:
            return f"第 {place} 行：第一个条号是{now}，前面缺第一条。请提供法律全文。"
        before = f"第{write_chinese(self.number)}条"
        if number <= self.number:
            return f"第 {place} 行：{before}之后又是{now}。请删去重复的条文，或改正条号。"
        return f"第 {place} 行：条号从{before}跳到{now}。请补上缺少的条文，或改正条号。"

    def _divides(self, line: str) -> bool:
        """Whether a line is the heading of a part, chapter or section; the first two are kept."""
        found = _DIVISION.fullmatch(line)
        if not found or line.endswith(_ENDS):
            return False
        title = "".join((found[3] or found[4]).split())
        heading = f"第{found[1]}{found[2]} {title}"
        if found[2] == "编":
            self.part, self.chapter = heading, ""
        elif found[2] == "章":
            self.chapter = heading
        return True

    def _add(self, line: str) -> None:
        """Add a line to the article: a paragraph, an item, or the rest of either."""
        last = self.paragraphs[-1] if self.paragraphs else None
        item = _ITEM.fullmatch(line)
        if item:
            text = f"（{item[1]}）{item[2]}"
            if last:
                last.append(text)
            else:
                self.paragraphs.append(["", text])
        elif last and len(last) > 1 and _SUBITEM.match(line):
            last[-1] += f"\n{line}"
        elif last and not last[-1].endswith(_ENDS):
            last[-1] += line
        else:
            self.paragraphs.append([line])

    def _close(self) -> None:
        if not self.number:
            return
        name = f"第{write_chinese(self.number)}条"
        if not self.paragraphs:
            raise UnreadableStatute(f"第 {self.place} 行：{name}没有内容。请补上后重试。")
        article = Article(
            self.number,
            self.under,
            tuple(Paragraph(text, tuple(items)) for text, *items in self.paragraphs),
        )
        if len(article.text) > MAX_ARTICLE_LENGTH:
            raise UnreadableStatute(
                f"第 {self.place} 行：{name}超过 {MAX_ARTICLE_LENGTH} 字。请检查后面各条是否另起一行。"
            )
        self.articles.append(article)


def _name(head: Sequence[str]) -> str:
    """The first line of the head that reads like a law's name, which may follow 中华人民共和国 on a line."""
    for line in head:
        if "".join(line.split()) == _STATE:
            continue
        name = law_name(line)
        if _TITLE.fullmatch(name) and not _DATE.search(name):
            return name
    raise UnreadableStatute("没有找到法律名称。请在第一行写上名称，例如“中华人民共和国安全生产法”。")


def _dates_of_head(head: Sequence[str]) -> tuple[date | None, date | None]:
    """The latest date of passing or amending, and the latest of coming into force."""
    passed: list[date] = []
    forced: list[date] = []
    for line in head:
        for found in _DATE.finditer(line):
            if day := _day(found):
                (forced if found[4] else passed).append(day)
    return max(passed, default=None), max(forced, default=None)


def _first_day(articles: Sequence[Article]) -> date | None:
    """The day of 本法自…起施行, which stands at the end."""
    for article in reversed(articles[-5:]):
        for found in _DATE.finditer(article.text):
            if found[4] and article.text[: found.start()].endswith("自"):
                return _day(found)
    return None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1].translate(_DIGITS)), read_numeral(found[2]), read_numeral(found[3]))
    except ValueError:
        return None
