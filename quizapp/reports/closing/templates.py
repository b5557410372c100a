"""The bureau's own Word template of the annual report. These add and flush; the view commits."""

import hashlib
import re

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from quizapp.accounts import audit
from quizapp.accounts.models import User
from quizapp.core import clock
from quizapp.errors import QuizError
from quizapp.extensions import db
from quizapp.reports.closing.models import ReportTemplate
from quizapp.reports.figures.reckoning import list_indicators
from quizapp.reports.printing.placeholders import known_placeholders
from quizapp.reports.printing.template_check import check_template

_LONGEST_NAME = 200


class TemplateRefused(QuizError):
    """The file can't be a template; every fault and unknown placeholder is named."""

    title = "模板不能使用"

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("".join(sentences))
        self.sentences = sentences


class AnotherTemplate(QuizError):
    """Somebody brought a template in the same moment."""

    status = 409
    title = "模板刚刚被更换"
    advice = "另一位人员刚刚更换了模板。请刷新页面，确认后再上传。"


def use_template(file_name: str, content: bytes, actor: User) -> ReportTemplate:
    """Print by a bureau's own file from now on. Raises TemplateRefused and AnotherTemplate."""
    check = check_template(content, known_placeholders(list_indicators()).keys())
    if not check.sound:
        raise TemplateRefused(check.sentences)
    _set_aside()
    template = ReportTemplate(
        file_name=re.split(r"[\\/]", file_name.replace("\x00", ""))[-1][-_LONGEST_NAME:],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        uploaded_by=actor.id,
        uploaded_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(template)
    except IntegrityError as error:
        raise AnotherTemplate from error
    audit.record("use_template", "report_template", template.id)
    return template


def return_to_ours(template: ReportTemplate) -> None:
    """Print by our wording from now on; the bureau's file is kept."""
    _set_aside()
    audit.record("set_aside_template", "report_template", template.id)
    db.session.flush()


def _set_aside() -> None:
    db.session.execute(update(ReportTemplate).where(ReportTemplate.in_use).values(in_use=False))
