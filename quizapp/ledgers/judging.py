"""Judging a row: what its cells lack, and what its ledger says of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.accounts.models import User
from quizapp.errors import QuizError
from quizapp.ledgers.checking import check_cells, join_problems
from quizapp.ledgers.ledger import Judgement, Ledger
from quizapp.ledgers.standing import Standing, stands
from quizapp.ledgers.values import BadCell

#: The column of what concerns a row as a whole.
WHOLE_ROW = ""


@dataclass(frozen=True)
class Judged:
    """What a row's record says of it."""

    standing: Standing
    problems: dict[str, str]
    cautions: list[str]


class RowJudge:
    """Judges rows of one run, for one person."""

    def __init__(self, ledger: Ledger, actor: User) -> None:
        self.columns = ledger.columns()
        self._judge = ledger.judging(actor)

    def judge(self, cells: Mapping[str, str], faults: Mapping[str, str]) -> tuple[Judged, Mapping[str, str]]:
        """What is to be said of a row, and its cells as the ledger takes them."""
        taken, wrong = check_cells(self.columns, cells, faults)
        try:
            judgement = self._judge(taken)
        except BadCell as error:
            judgement = Judgement(problems=((WHOLE_ROW, error.sentence),))
        except QuizError as error:
            judgement = Judgement(problems=((WHOLE_ROW, error.advice),))
        problems = join_problems(wrong, judgement.problems)
        cautions = list(judgement.cautions)
        return Judged(stands(bool(problems), bool(cautions)), problems, cautions), taken
