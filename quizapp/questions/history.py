"""What happened to a question from revision to revision."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.questions.editing import changed_fields
from quizapp.questions.models import QuestionRevision

_FIELD_NAMES = {
    "kind": "题型",
    "stem": "题干",
    "options": "选项",
    "answer": "答案",
    "gaps": "填空答案",
    "gaps_in_order": "填空顺序",
    "case_stem": "案例材料",
    "explanation": "解析",
    "citations": "依据",
    "difficulty": "难度",
    "tags": "标签",
    "chapter": "章节",
}


@dataclass(frozen=True)
class Told:
    """A revision with the names of what it changed, empty for the first."""

    revision: QuestionRevision
    changed: tuple[str, ...]

    @property
    def people(self) -> tuple[int | None, int | None]:
        """Who wrote it and who reviewed it."""
        return self.revision.created_by, self.revision.reviewed_by


def tell_history(revisions: Sequence[QuestionRevision]) -> list[Told]:
    """The revisions of a question, the latest first, each beside the one before it."""
    told = []
    for place, revision in enumerate(revisions):
        older = revisions[place + 1] if place + 1 < len(revisions) else None
        changed = tuple(_FIELD_NAMES[name] for name in changed_fields(older, revision)) if older else ()
        told.append(Told(revision, changed))
    return told
