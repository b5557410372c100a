"""The paper and its result on the phone."""

from uuid import UUID

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.accounts.permissions import public
from quizapp.attempts import devices, start, submit, tokens
from quizapp.attempts.identity import Basis, participant_id
from quizapp.attempts.papers import MAX_FILLED, OpenAttempt, group_by_case, questions_of
from quizapp.attempts.tokens import PaperToken
from quizapp.campaigns import channels
from quizapp.campaigns.snapshots import Snapshot
from quizapp.core import clock
from quizapp.extensions import csrf

blueprint = Blueprint("attempts", __name__)


@blueprint.post("/q/<code>/paper")
@csrf.exempt  # no session to hold a token: hardening.refuse_foreign_forms guards it
@public
def start_attempt(code: str) -> ResponseReturnValue:
    """开始答题: draw a paper, or give back the open one."""
    found = channels.find_open(code)
    device = devices.device_of_start()
    attempt, snapshot = start.start(found, device)
    response = make_response(_paper_page(found.code, attempt, snapshot))
    devices.remember(response, device)
    return response


@blueprint.get("/q/<code>/paper")
@public
def paper(code: str) -> ResponseReturnValue:
    """The paper again, after the page was closed; where none is open, the last result or the start."""
    found = channels.find(code)
    participant = _known_participant(found.snapshot)
    if participant is None:
        return redirect(url_for("campaigns.scan", code=found.code))
    if resumed := start.resume(participant, found.snapshot):
        return _paper_page(found.code, *resumed)
    if number := submit.latest_number(participant):
        return redirect(url_for("attempts.result", code=found.code, number=number))
    return redirect(url_for("campaigns.scan", code=found.code))


@blueprint.post("/q/<code>/result")
@csrf.exempt  # the signed paper token is its proof
@public
def submit_attempt(code: str) -> ResponseReturnValue:
    """提交: score and keep the answers, then show the result.

    A phone whose cookie vanished couldn't open the result by address, so it gets the page at once.
    """
    proof = tokens.read_token(request.form.get("token", ""))
    result = submit.submit(proof, request.form.getlist)
    if _known_participant(result.snapshot) == result.participant_id:
        return redirect(url_for("attempts.result", code=code.upper(), number=result.number), 303)
    return render_template("attempts/result.html", code=code.upper(), result=result)


@blueprint.get("/q/<code>/result/<int:number>")
@public
def result(code: str, number: int) -> ResponseReturnValue:
    """The result of one of this phone's attempts."""
    found = channels.find(code)
    participant = _known_participant(found.snapshot)
    if participant is None:
        return redirect(url_for("campaigns.scan", code=found.code))
    shown = submit.find_result(participant, found.snapshot, number)
    return render_template("attempts/result.html", code=found.code, result=shown)


def _known_participant(snapshot: Snapshot) -> UUID | None:
    device = devices.known_device()
    return participant_id(snapshot.campaign_key, Basis.DEVICE, device) if device else None


def _paper_page(code: str, attempt: OpenAttempt, snapshot: Snapshot) -> str:
    token = PaperToken(
        snapshot.campaign_id, snapshot.number, attempt.participant_id, attempt.id, attempt.expires_at
    )
    questions = questions_of(attempt.paper, snapshot)
    left = (attempt.due_at - clock.now()).total_seconds()
    return render_template(
        "attempts/paper.html",
        code=code,
        campaign=snapshot,
        attempt=attempt,
        count=len(questions),
        max_filled=MAX_FILLED,
        cases=group_by_case(questions, lambda one: one.revision),
        token=tokens.write_token(token),
        seconds_left=max(0, int(left)) if snapshot.rules.minutes is not None else None,
    )
