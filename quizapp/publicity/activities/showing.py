"""Kinds of activities as lists show them: those that count in another beneath it."""

from collections.abc import Sequence

from quizapp.publicity.activities.models import ActivityKind


def in_order(kinds: Sequence[ActivityKind]) -> list[tuple[ActivityKind, int]]:
    """Kinds with their depth, 0 or 1, each after the one that it counts in."""
    beneath: dict[int | None, list[ActivityKind]] = {}
    for kind in kinds:
        beneath.setdefault(kind.parent_id, []).append(kind)
    return [
        one
        for kind in beneath.get(None, [])
        for one in ((kind, 0), *((sub, 1) for sub in beneath.get(kind.id, [])))
    ]
