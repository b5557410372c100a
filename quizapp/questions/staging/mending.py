"""What staff do with staged questions: mend, accept what was guessed, decide on repeats."""

from collections.abc import Sequence
from dataclasses import replace

from quizapp.accounts import audit
from quizapp.core.locking import lock_row
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.questions.parsed import Guess, ParsedQuestion, Problem, RawQuestion
from quizapp.questions.staging import queries
from quizapp.questions.staging.judging import Repeats, choices, judge
from quizapp.questions.staging.models import BankImport, ImportState, StagedQuestion
from quizapp.questions.staging.standing import Decision, Standing, Twin, read_raw, write_raw
from quizapp.questions.twins import Twins
from quizapp.questions.validation import understand


class NotInPreview(QuizError):
    """The import is being read or written, or has ended."""

    status = 409
    title = "现在不能修改"
    advice = "这次导入正在处理或者已经结束，请刷新后查看。"


class NoSuchChoice(QuizError):
    """The decision is none of those that the repeat leaves."""

    status = 409
    title = "不能这样处理"
    advice = "题干和选项完全相同的试题只能替换或者跳过。请刷新后重新选择。"


def ensure_preview(begun: BankImport) -> None:
    """Raise NotInPreview where questions of the import can't be changed now; else nobody else changes it."""
    lock_row(begun, "state", "imported", "replaced")
    if begun.state != ImportState.PREVIEW:
        raise NotInPreview


def mend(begun: BankImport, staged: StagedQuestion, raw: RawQuestion) -> ParsedQuestion | Problem:
    """Keep a staged question as staff typed it, good or not, and judge it anew; flushes."""
    ensure_preview(begun)
    if staged.standing == Standing.IMPORTED:
        raise NotInPreview("这道题已经进入题库，请到题库里修改。")
    outcome = understand(raw)
    staged.raw = write_raw(raw)
    _judge_again(begun, staged, outcome, Decision(staged.decision) if staged.decision else None)
    audit.record("mend", "staged_question", staged.id)
    db.session.flush()
    return outcome


def _judge_again(
    begun: BankImport, staged: StagedQuestion, outcome: ParsedQuestion | Problem, decided: Decision | None
) -> None:
    judged = judge(outcome, _repeats(begun, staged, outcome), decided)
    for name, value in vars(judged).items():
        setattr(staged, name, value)


def _repeats(begun: BankImport, staged: StagedQuestion, outcome: ParsedQuestion | Problem) -> Repeats:
    """What one question may repeat, read anew from the bank and the import."""
    if isinstance(outcome, Problem):
        return Repeats({}, Twins({}))
    existing = queries.list_bank_texts(begun.bank_id)
    repeats = Repeats(
        {text.fingerprint: text.id for text in existing},
        Twins({text.id: (text.stem, text.options) for text in existing}),
    )
    if queries.find_staged_same(begun.id, outcome.fingerprint, staged.position):
        repeats.in_file.add(outcome.fingerprint)
    return repeats


def decide(begun: BankImport, staged: Sequence[StagedQuestion], decision: Decision | None) -> None:
    """Settle what is done with repeats, or skip any question; None takes questions up again.

    Flushes. Raises NotInPreview, NoSuchChoice.
    """
    ensure_preview(begun)
    for one in staged:
        if one.standing == Standing.IMPORTED:
            continue
        if decision is None:
            _judge_again(begun, one, understand(read_raw(one.raw)), None)
        else:
            _settle(one, decision)
    audit.record(f"decide_{decision.value if decision else 'again'}", "import", begun.id)
    db.session.flush()


def _settle(staged: StagedQuestion, decision: Decision) -> None:
    twin = Twin(staged.twin_id, staged.is_same) if staged.twin_id or staged.is_same else None
    if decision is not Decision.SKIP and (twin is None or decision not in choices(twin)):
        raise NoSuchChoice
    staged.decision = decision
    staged.standing = _standing_after(staged, decision)


def _standing_after(staged: StagedQuestion, decision: Decision) -> Standing:
    if decision is Decision.SKIP:
        return Standing.SKIPPED
    outcome = understand(read_raw(staged.raw))
    has_guesses = isinstance(outcome, ParsedQuestion) and bool(outcome.guesses)
    return Standing.GUESS if has_guesses else Standing.READY


def accept_guesses(begun: BankImport, staged: Sequence[StagedQuestion]) -> None:
    """Make what was inferred of questions part of them; flushes."""
    ensure_preview(begun)
    for one in staged:
        outcome = understand(read_raw(one.raw))
        if isinstance(outcome, ParsedQuestion) and outcome.guesses:
            one.raw = write_raw(accepted(outcome, read_raw(one.raw)))
            if one.standing == Standing.GUESS:
                one.standing = Standing.READY
    audit.record("accept_guesses", "import", begun.id)
    db.session.flush()


def accepted(question: ParsedQuestion, raw: RawQuestion) -> RawQuestion:
    """The question with its guesses written where a file would have said them."""
    if Guess.KIND in question.guesses:
        raw = replace(raw, kind=question.kind.label)
    if Guess.CITATIONS in question.guesses:
        raw = replace(raw, basis="、".join(map(str, question.citations)))
    return raw
