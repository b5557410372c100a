"""The rules of a campaign as plain values: what is drawn, how it is scored, how often one may try."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from quizapp.questions.kinds import Kind


class MultipleRule(StrEnum):
    """How a multiple-choice question is scored."""

    ALL_OR_NOTHING = "all_or_nothing"
    HALF_FOR_PART = "half_for_part"

    @property
    def label(self) -> str:
        """The rule in words."""
        return {
            MultipleRule.ALL_OR_NOTHING: "全部选对得分，错选、漏选不得分",
            MultipleRule.HALF_FOR_PART: "漏选得一半分，错选不得分",
        }[self]


class LateRule(StrEnum):
    """How a paper submitted after its time is scored. It is kept and marked late either way."""

    COUNT = "count"
    ZERO = "zero"

    @property
    def label(self) -> str:
        """The rule in words."""
        return {LateRule.COUNT: "照常计分，另行标明超时", LateRule.ZERO: "记零分"}[self]


@dataclass(frozen=True)
class KindRule:
    """How many questions of a kind, and the points of each."""

    count: int
    points: Decimal


@dataclass(frozen=True)
class Rules:
    """All rules of a campaign. ``None`` means no limit."""

    bank_ids: tuple[int, ...]
    kinds: Mapping[Kind, KindRule] = field(default_factory=dict)
    minutes: int | None = None
    attempts_a_day: int | None = None
    attempts_in_all: int | None = None
    #: Share of the full score, in per cent, at or above which an attempt passes.
    pass_percent: int = 60
    multiple_rule: MultipleRule = MultipleRule.ALL_OR_NOTHING
    late_rule: LateRule = LateRule.COUNT

    @property
    def question_count(self) -> int:
        """Questions on a paper."""
        return sum(rule.count for rule in self.kinds.values())

    @property
    def full_score(self) -> Decimal:
        """Points of a paper answered rightly throughout."""
        return sum((rule.count * rule.points for rule in self.kinds.values()), Decimal(0))

    def points_of(self, kind: Kind) -> Decimal:
        """Points of one question of a kind."""
        return self.kinds[kind].points

    def without(self, missing: Mapping[Kind, int]) -> "Rules":
        """The rules with so many questions of each kind fewer."""
        kinds = {
            kind: replace(rule, count=rule.count - missing.get(kind, 0)) for kind, rule in self.kinds.items()
        }
        return replace(self, kinds=kinds)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON; points as text, so that they stay decimal."""
        return {
            "bank_ids": list(self.bank_ids),
            "kinds": {
                kind: {"count": rule.count, "points": str(rule.points)} for kind, rule in self.kinds.items()
            },
            "minutes": self.minutes,
            "attempts_a_day": self.attempts_a_day,
            "attempts_in_all": self.attempts_in_all,
            "pass_percent": self.pass_percent,
            "multiple_rule": self.multiple_rule,
            "late_rule": self.late_rule,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Rules":
        """Read what ``as_dict`` wrote."""
        return cls(
            bank_ids=tuple(stored["bank_ids"]),
            kinds={
                Kind(kind): KindRule(rule["count"], Decimal(rule["points"]))
                for kind, rule in stored["kinds"].items()
            },
            minutes=stored["minutes"],
            attempts_a_day=stored["attempts_a_day"],
            attempts_in_all=stored["attempts_in_all"],
            pass_percent=stored["pass_percent"],
            multiple_rule=MultipleRule(stored["multiple_rule"]),
            late_rule=LateRule(stored["late_rule"]),
        )
