"""Loading the shipped banks of ``question_bank/`` into the database, once."""

from dataclasses import dataclass
from pathlib import Path

from quizapp.core import clock
from quizapp.extensions import db
from quizapp.questions import queries
from quizapp.questions.editing import add_question
from quizapp.questions.importers.text import read_text
from quizapp.questions.models import Bank
from quizapp.questions.parsed import Problem
from quizapp.questions.workflow import State


@dataclass(frozen=True)
class Loaded:
    """What one folder gave: how many questions came in, and the problems by file."""

    bank: str
    questions: int
    problems: tuple[tuple[Path, Problem], ...]


def load_shipped_banks(root: Path) -> list[Loaded]:
    """Load each folder of ``root`` that is not in the database yet; adds and flushes."""
    folders = sorted(folder for folder in root.iterdir() if folder.is_dir())
    return [_load_bank(folder) for folder in folders if not queries.find_shipped_bank(folder.name)]


def _load_bank(folder: Path) -> Loaded:
    parsed = {path: read_text(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))}
    name = next((file.bank for file in parsed.values() if file.bank), folder.name)
    revised_on = next((file.law_revised_on for file in parsed.values() if file.law_revised_on), None)
    bank = Bank(name=name, shipped_as=folder.name, law_revised_on=revised_on, created_at=clock.now())
    db.session.add(bank)
    db.session.flush()
    problems = [(path, problem) for path, file in parsed.items() for problem in file.problems]
    known: set[str] = set()
    for path, file in parsed.items():
        for question in file.questions:
            if question.fingerprint in known:
                problems.append(
                    (path, Problem(question.where, "与本题库另一题相同，没有重复载入。", rejects=True))
                )
                continue
            known.add(question.fingerprint)
            add_question(bank, question, State.REVIEWED)  # reviewed before it was shipped
    return Loaded(name, len(known), tuple(problems))
