"""The phone's proof: a signed token in the paper's form, never in an address.

It authorises the submit without a cookie, is its CSRF proof, and names the participant.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from quizapp.core import clock
from quizapp.errors import QuizError


class PaperInvalid(QuizError):
    """The token is missing, altered, or signed by another installation."""

    status = 400
    title = "答卷没有通过核对"
    advice = "请重新扫码进入活动，再次提交。您在手机上选好的答案会自动恢复。"


class PaperExpired(QuizError):
    """The paper can no longer be submitted."""

    status = 410
    title = "这份答卷已经过期"
    advice = "开始答题已经太久，这份答卷不能再提交了。请重新扫码，开始新的答题。"


@dataclass(frozen=True)
class PaperToken:
    """What a token proves."""

    campaign_id: int
    snapshot_number: int
    participant_id: UUID
    attempt_id: UUID
    expires_at: datetime


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="paper")


def write_token(token: PaperToken) -> str:
    """The token as the form carries it."""
    values = [
        token.campaign_id,
        token.snapshot_number,
        token.participant_id.hex,
        token.attempt_id.hex,
        int(token.expires_at.timestamp()),
    ]
    text = _serializer().dumps(values)
    return text if isinstance(text, str) else text.decode()


def read_token(text: str) -> PaperToken:
    """What a token proves. Raises PaperInvalid or PaperExpired."""
    try:
        campaign_id, snapshot_number, participant, attempt, expires = _serializer().loads(text)
    except BadSignature as error:
        raise PaperInvalid from error
    token = PaperToken(
        campaign_id, snapshot_number, UUID(participant), UUID(attempt), datetime.fromtimestamp(expires, UTC)
    )
    if clock.now() > token.expires_at:
        raise PaperExpired
    return token
