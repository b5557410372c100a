"""Writing the audit trail, in the transaction of the change it tells of."""

from collections.abc import Sequence

from flask import has_request_context, request
from flask_login import current_user

from quizapp.accounts.models import AuditEntry
from quizapp.core import clock
from quizapp.core.network import truncate_address
from quizapp.extensions import db


def record(action: str, subject_type: str, subject_id: object, fields: Sequence[str] = ()) -> None:
    """Add an entry: who is known from the session; ``fields`` are names, never values."""
    in_request = has_request_context()
    db.session.add(
        AuditEntry(
            at=clock.now(),
            actor_id=current_user.id if in_request and current_user.is_authenticated else None,
            action=action,
            subject_type=subject_type,
            subject_id=str(subject_id),
            fields=list(fields),
            network=truncate_address(request.remote_addr) if in_request else None,
        )
    )
