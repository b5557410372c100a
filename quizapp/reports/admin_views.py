"""Counts, as organisers read and download them."""

from urllib.parse import quote

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizapp.accounts import audit
from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.roles import Role
from quizapp.campaigns.queries import get_campaign_for
from quizapp.core import clock
from quizapp.extensions import db
from quizapp.reports.counts import DEFINITIONS, DISTINCT
from quizapp.reports.queries import count_campaign
from quizapp.reports.workbook import write_counts

blueprint = Blueprint("reports", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/campaigns/<int:campaign_id>/counts")
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def counts(campaign_id: int) -> ResponseReturnValue:
    """A campaign's counts in all, by channel and by day."""
    campaign = get_campaign_for(the_user(), campaign_id)
    return render_template(
        "reports/counts.html",
        campaign=campaign,
        counts=count_campaign(campaign.id),
        definitions=DEFINITIONS,
        distinct=DISTINCT,
        counted_at=clock.now(),
    )


@blueprint.post("/campaigns/<int:campaign_id>/counts.xlsx")
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def export_counts(campaign_id: int) -> ResponseReturnValue:
    """The same as xlsx; each export is in the audit trail."""
    campaign = get_campaign_for(the_user(), campaign_id)
    workbook = write_counts(campaign.title, count_campaign(campaign.id), clock.now())
    audit.record("export_counts", "campaign", campaign.id)
    db.session.commit()
    name = quote(f"{campaign.title}-统计.xlsx")
    headers = {"Content-Type": XLSX, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return workbook, headers
