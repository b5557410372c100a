"""Reading ``question_bank/``: a folder a bank, in it a file a chapter and the outline of the law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quizapp.questions.importers.text import read_text
from quizapp.questions.parsed import ParsedQuestion, Problem
from quizapp.questions.shipped.outline import ArticleOutline, read_outline

OUTLINE = "articles.csv"


@dataclass(frozen=True)
class ShippedQuestion:
    """A question and the file that it stands in; the place in the file is ``question.where``."""

    path: Path
    question: ParsedQuestion

    @property
    def line(self) -> int:
        """The line of the file on which it begins, from 1."""
        return int(self.question.where.strip("第行"))


@dataclass(frozen=True)
class ShippedBank:
    """One folder."""

    folder: Path
    name: str
    #: The day on which the law that the questions follow was revised.
    law_revised_on: date | None
    questions: tuple[ShippedQuestion, ...]
    problems: tuple[tuple[Path, Problem], ...]
    #: The articles of the law; empty where the folder has no outline.
    outline: Mapping[int, ArticleOutline]

    def by_article(self) -> Mapping[int, list[ShippedQuestion]]:
        """Of each article of the outline the questions of which it is the main citation."""
        found: dict[int, list[ShippedQuestion]] = {number: [] for number in self.outline}
        for one in self.questions:
            if one.question.citations and (number := one.question.citations[0].article) in found:
                found[number].append(one)
        return found


def list_shipped_banks(root: Path) -> Iterator[ShippedBank]:
    """Each folder of ``root``, in the order of their names."""
    for folder in sorted(folder for folder in root.iterdir() if folder.is_dir()):
        yield read_shipped_bank(folder)


def read_shipped_bank(folder: Path) -> ShippedBank:
    """Read a folder's files in the order of their names; its name where no file gives the bank's."""
    files = {path: read_text(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))}
    outline = folder / OUTLINE
    return ShippedBank(
        folder=folder,
        name=next((file.bank for file in files.values() if file.bank), folder.name),
        law_revised_on=next((file.law_revised_on for file in files.values() if file.law_revised_on), None),
        questions=tuple(
            ShippedQuestion(path, question) for path, file in files.items() for question in file.questions
        ),
        problems=tuple((path, problem) for path, file in files.items() for problem in file.problems),
        outline=read_outline(outline.read_text(encoding="utf-8")) if outline.exists() else {},
    )
