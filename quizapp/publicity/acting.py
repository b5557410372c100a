"""What a person may do with a record, by its state and by the postings that reach its unit."""

from quizapp.accounts.models import User
from quizapp.publicity.queries import list_own_units, reaches
from quizapp.publicity.reviewing.subjects import Record, state_of
from quizapp.publicity.staff import RECORDERS, REVIEWERS
from quizapp.publicity.workflow import Act, possible

#: Who does what; an amendment is proposed by those who record.
_ACTS = (
    (RECORDERS, frozenset({Act.EDIT, Act.SUBMIT, Act.TAKE_BACK, Act.DELETE, Act.AMEND})),
    (REVIEWERS, frozenset({Act.CONFIRM, Act.RETURN})),
)


def acts_on(record: Record, actor: User) -> frozenset[Act]:
    """What the person may do with a record now."""
    allowed = frozenset(act for roles, acts in _ACTS if reaches(actor, record.unit_id, roles) for act in acts)
    return allowed & possible(state_of(record))


def default_unit(actor: User) -> int | None:
    """The unit that a new record is of unless another is chosen: one where the person is posted."""
    return min(list_own_units(actor), default=None)
