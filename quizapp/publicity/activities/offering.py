"""What a person may choose for an activity."""

from quizapp.accounts.models import User
from quizapp.accounts.queries import list_units_for
from quizapp.laws.queries import list_laws
from quizapp.publicity.activities import queries
from quizapp.publicity.activities.forms import Offered
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.staff import RECORDERS


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
