"""The page behind a QR code."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import public
from quizapp.campaigns import channels, scans
from quizapp.campaigns.blueprint import blueprint


@blueprint.get("/q/<code>")
@public
def scan(code: str) -> ResponseReturnValue:
    """A channel's page: what the campaign is, and 开始答题."""
    found = channels.find(code)
    if is_opened_by_person():
        scans.counter().count(found.channel_id, found.snapshot.campaign_id)
    channels.ensure_open(found.snapshot)
    return render_template("campaigns/scan.html", code=found.code, campaign=found.snapshot)


def is_opened_by_person() -> bool:
    """Whether this request shows the page to somebody: HEAD and prefetch don't."""
    purpose = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
    prefetched = "prefetch" in purpose or request.headers.get("X-Moz") == "prefetch"
    return request.method == "GET" and not prefetched
