"""Kinds of activities as lists show them: those that count in another beneath it."""

from collections.abc import Sequence

from quizapp.publicity.activities.models import ActivityKind


def in_order(kinds: Sequence[ActivityKind]) -> list[tuple[ActivityKind, int]]:
    """Kinds with their depth, 0 or 1, each after the one that it counts in, if that is among them."""
    there = {kind.id for kind in kinds}
    beneath: dict[int | None, list[ActivityKind]] = {}
    for kind in kinds:
        beneath.setdefault(kind.parent_id if kind.parent_id in there else None, []).append(kind)
    return [
        one
        for kind in beneath.get(None, [])
        for one in ((kind, 0), *((sub, 1) for sub in beneath.get(kind.id, [])))
    ]
