"""Loading the shipped banks into the database: whole into a new one, later what a newer version brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from quizapp.accounts import audit
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.questions.editing import add_question, changed_fields, new_revision, step
from quizapp.questions.folding import fingerprint
from quizapp.questions.models import Bank, Question, QuestionRevision
from quizapp.questions.parsed import ParsedQuestion, Problem
from quizapp.questions.shipped import queries
from quizapp.questions.shipped.folder import ShippedBank, list_shipped_banks
from quizapp.questions.watch.bases import link_to_law
from quizapp.questions.workflow import Act, State


@dataclass(frozen=True)
class Loaded:
    """What one folder gave."""

    bank: str
    added: int
    #: Questions of an earlier version that got a new revision, and those that are shipped no more.
    mended: int
    retired: int
    problems: tuple[tuple[Path, Problem], ...]

    @property
    def has_changed(self) -> bool:
        """Whether anything in the bank is not as it was."""
        return bool(self.added or self.mended or self.retired)

    @property
    def sentence(self) -> str:
        """What was done, for the person at the terminal."""
        counts = (("载入", self.added), ("更正", self.mended), ("停用", self.retired))
        return "，".join(f"{word} {count} 题" for word, count in counts if count) + "。"


def load_shipped_banks(root: Path) -> list[Loaded]:
    """Bring each folder of ``root`` into the database; tells of those that changed it. Adds and flushes.

    A shipped question that nobody has edited, retired or doubted becomes as the folder has it now:
    mended by a new revision, or retired where it is shipped no more. What staff have touched stays.
    Campaigns that are published go on with the revisions that they hold: none of them was wrong.
    """
    loaded = [_load_bank(shipped) for shipped in list_shipped_banks(root)]
    db.session.flush()
    return [one for one in loaded if one.has_changed]


def _load_bank(shipped: ShippedBank) -> Loaded:
    problems = list(shipped.problems)
    wanted: dict[str, ParsedQuestion] = {}
    for one in shipped.questions:
        if one.question.fingerprint in wanted:
            reason = "与本题库另一题相同，没有重复载入。"
            problems.append((one.path, Problem(one.question.where, reason, rejects=True)))
        wanted.setdefault(one.question.fingerprint, one.question)
    bank = queries.find_shipped_bank(shipped.folder.name) or _begin_bank(shipped)
    retired = mended = 0
    for question, revision in queries.list_untouched(bank.id):
        parsed = wanted.get(question.fingerprint)
        if parsed is None:
            step(question, Act.RETIRE)
            retired += 1
        else:
            mended += _mend(question, revision, parsed)
    loaded = Loaded(shipped.name, _add_new(bank, wanted), mended, retired, tuple(problems))
    if loaded.has_changed:
        bank.law_revised_on = shipped.law_revised_on
        audit.record("load_shipped", "bank", bank.id)
    return loaded


def _begin_bank(shipped: ShippedBank) -> Bank:
    bank = Bank(name=shipped.name, shipped_as=shipped.folder.name, created_at=clock.now())
    db.session.add(bank)
    db.session.flush()
    return bank


def _add_new(bank: Bank, wanted: Mapping[str, ParsedQuestion]) -> int:
    """Add what the bank has never held, also not before an edit."""
    known = set(queries.list_fingerprints(bank.id))
    known.update(
        fingerprint(stem, options, case_stem)
        for stem, options, case_stem in queries.list_shipped_readings(bank.id)
    )
    new = [parsed for print_, parsed in wanted.items() if print_ not in known]
    for parsed in new:
        add_question(bank, parsed, State.REVIEWED)  # reviewed before it was shipped
    return len(new)


def _mend(question: Question, old: QuestionRevision, parsed: ParsedQuestion) -> bool:
    """Give a question the newer text where it differs; whether it did."""
    revision = new_revision(parsed, old.number + 1, question_id=question.id)
    if not changed_fields(old, revision):
        return False
    question.current_number = revision.number
    db.session.add(revision)
    link_to_law([(question.id, parsed.citations)])
    return True
