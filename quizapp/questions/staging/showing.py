"""Staged questions as the preview shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.laws.citations import Citation
from quizapp.questions.asking import AskedRevision
from quizapp.questions.forms import QuestionForm
from quizapp.questions.parsed import Guess, ParsedQuestion, RawQuestion
from quizapp.questions.queries import list_asked_questions
from quizapp.questions.staging import queries, undo_queries
from quizapp.questions.staging.judging import choices
from quizapp.questions.staging.models import BankImport, StagedQuestion
from quizapp.questions.staging.standing import Decision, Standing, Twin, read_raw
from quizapp.questions.validation import understand


@dataclass(frozen=True)
class Shown:
    """One staged question for the page: as read, as understood, and what can be done with it."""

    staged: StagedQuestion
    raw: RawQuestion
    #: None where it can't be asked.
    question: ParsedQuestion | None
    #: The question of the bank that it repeats.
    twin: AskedRevision | None
    choices: Sequence[Decision]
    #: To mend it on the spot; None where it needs none.
    form: QuestionForm | None

    @property
    def citations(self) -> Sequence[Citation]:
        """What it, or the question that it repeats, rests on."""
        known = (self.question.citations if self.question else (), self.twin.citations if self.twin else ())
        return [citation for citations in known for citation in citations]

    @property
    def guesses_kind(self) -> bool:
        """Whether its kind was inferred."""
        return self.question is not None and Guess.KIND in self.question.guesses

    @property
    def guesses_citations(self) -> bool:
        """Whether its citations were taken from the explanation."""
        return self.question is not None and Guess.CITATIONS in self.question.guesses


@dataclass(frozen=True)
class Summary:
    """An import in figures."""

    counts: Mapping[Standing, int]
    #: Questions that a confirmation would bring into the bank.
    importable: int
    #: Revisions that followed what it brought.
    edited: int
    #: An earlier import of the very same file.
    same_file: BankImport | None


def summarise(begun: BankImport) -> Summary:
    """The figures of an import as it stands now."""
    return Summary(
        queries.count_by_standing(begun.id),
        queries.count_importable(begun.id),
        undo_queries.count_edited_since(begun.id),
        queries.find_import_of_file(begun.bank_id, begun.digest, begun.id),
    )


def show_staged(staged: Sequence[StagedQuestion]) -> list[Shown]:
    """The questions of one page; one select fetches all that they repeat."""
    twins = list_asked_questions(one.twin_id for one in staged if one.twin_id is not None)
    return [_show(one, twins.get(one.twin_id or 0)) for one in staged]


def _show(staged: StagedQuestion, twin: AskedRevision | None) -> Shown:
    raw = read_raw(staged.raw)
    outcome = understand(raw)
    is_repeat = staged.twin_id is not None or staged.is_same
    is_faulty = staged.standing == Standing.FAULTY
    return Shown(
        staged=staged,
        raw=raw,
        question=outcome if isinstance(outcome, ParsedQuestion) else None,
        twin=twin,
        choices=choices(Twin(staged.twin_id, staged.is_same)) if is_repeat else (),
        form=QuestionForm(raw, prefix=f"q{staged.position}-", formdata=None) if is_faulty else None,
    )
