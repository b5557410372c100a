"""What a person may choose for an activity, and do with one."""

from quizapp.accounts.models import User
from quizapp.accounts.queries import list_units_for
from quizapp.laws.queries import list_laws
from quizapp.publicity.activities import queries
from quizapp.publicity.activities.forms import Offered
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.staff import RECORDERS, REVIEWERS
from quizapp.publicity.workflow import Act, State, possible

#: Who does what; an amendment is proposed by those who record.
_ACTS = (
    (RECORDERS, frozenset({Act.EDIT, Act.SUBMIT, Act.TAKE_BACK, Act.DELETE, Act.AMEND})),
    (REVIEWERS, frozenset({Act.CONFIRM, Act.RETURN})),
)


def offer(actor: User, activity: Activity | None = None) -> Offered:
    """What the form of a new activity, or of this one, offers."""
    campaigns = [(row.id, row.title) for row in queries.list_campaigns_to_link(actor)]
    if activity and activity.campaign_id and activity.campaign_id not in dict(campaigns):
        campaigns.append((activity.campaign_id, queries.find_campaign_title(activity.campaign_id) or ""))
    return Offered(
        kinds=queries.list_kinds(),
        units=list_units_for(actor, *RECORDERS),
        laws=[law.name for law in list_laws()],
        campaigns=campaigns,
    )


def default_unit(actor: User) -> int | None:
    """The unit that a new activity is of unless another is chosen: one where the person is posted."""
    own = queries.list_own_units(actor)
    return min(own, default=None)


def acts_on(activity: Activity, actor: User) -> frozenset[Act]:
    """What the person may do with an activity in its state, by the postings that reach its unit."""
    allowed = frozenset(
        act for roles, acts in _ACTS if queries.reaches(actor, activity.unit_id, roles) for act in acts
    )
    return allowed & possible(State(activity.state))
