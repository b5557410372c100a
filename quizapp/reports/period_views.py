"""The monthly and quarterly table, and the promotional summary of one campaign."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from quizapp.accounts import audit
from quizapp.accounts.permissions import requires, the_user
from quizapp.accounts.queries import get_root
from quizapp.accounts.roles import Role
from quizapp.campaigns.queries import get_campaign_for
from quizapp.core import clock
from quizapp.core.wording import read_choice
from quizapp.extensions import db
from quizapp.publicity.staff import READERS
from quizapp.reports.admin_views import blueprint
from quizapp.reports.annual_views import as_file
from quizapp.reports.figures.showing import is_known_year, years_offered
from quizapp.reports.periods.spans import Length, Span, span_of, spans_of
from quizapp.reports.periods.tables import make_table
from quizapp.reports.queries import count_campaign


@blueprint.get("/periods")
@requires(*READERS)
def periods() -> ResponseReturnValue:
    """What each unit did in a month or quarter, as far as the reader reaches."""
    span = _chosen()
    return render_template(
        "reports/periods.html",
        span=span,
        table=make_table(the_user(), span),
        spans=spans_of(span.year, span.length),
        years=years_offered(span.year, clock.shanghai_day(clock.now())),
        Length=Length,
    )


@blueprint.post("/periods/table.<any(docx, xlsx):ending>")
@requires(*READERS)
def download_periods(ending: str) -> ResponseReturnValue:
    """The same as a file; each download is in the audit trail."""
    from quizapp.reports.printing.period_table import write_period_document, write_period_workbook

    span = _chosen()
    table = make_table(the_user(), span)
    write = {"docx": write_period_document, "xlsx": write_period_workbook}[ending]
    audit.record(f"export_{ending}", "period", span.label)
    db.session.commit()
    return as_file(write(table), f"{table.owner}{table.title}（{span.label}）", ending)


@blueprint.post("/campaigns/<int:campaign_id>/summary.docx")
@requires(Role.ADMINISTRATOR, Role.ORGANISER)
def campaign_summary(campaign_id: int) -> ResponseReturnValue:
    """The promotional summary of a campaign; each download is in the audit trail."""
    from quizapp.reports.printing.campaign_summary import CampaignSummary, write_campaign_summary

    campaign = get_campaign_for(the_user(), campaign_id)
    summary = CampaignSummary(
        title=campaign.title,
        owner=get_root().name,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        counts=count_campaign(campaign.id),
        counted_at=clock.now(),
    )
    audit.record("export_summary", "campaign", campaign.id)
    db.session.commit()
    return as_file(write_campaign_summary(summary), f"{campaign.title}-活动小结", "docx")


def _chosen() -> Span:
    """The period in the address; what can't be read is the present one."""
    today = clock.shanghai_day(clock.now())
    length = read_choice(Length, request.args.get("period")) or Length.MONTH
    year = request.args.get("year", today.year, type=int)
    if not is_known_year(year, today):
        year = today.year
    number = request.args.get("number", span_of(today, length).number, type=int)
    return Span(year, length, min(max(1, number), length.last))
