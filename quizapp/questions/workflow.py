"""The states of a question and what leads from one to another."""

from enum import StrEnum


class State(StrEnum):
    """状态. Only reviewed questions are drawn."""

    #: Written by an import that is not whole yet; nobody sees it.
    STAGED = "staged"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    #: A newer law may have made it wrong.
    RECHECK = "recheck"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        """The state's name in Chinese."""
        return {
            State.STAGED: "导入中",
            State.DRAFT: "待审核",
            State.REVIEWED: "已审核",
            State.RECHECK: "待复核",
            State.RETIRED: "已停用",
        }[self]


class Act(StrEnum):
    """What a person, or a newer law, does to a question."""

    EDIT = "edit"
    REVIEW = "review"
    RETIRE = "retire"
    RESTORE = "restore"
    #: A newer version of the law touches it.
    DOUBT = "doubt"
    #: Somebody found it still right under the newer version.
    SETTLE = "settle"


_TRANSITIONS: dict[tuple[State, Act], State] = {
    (State.DRAFT, Act.EDIT): State.DRAFT,
    (State.REVIEWED, Act.EDIT): State.DRAFT,
    (State.RECHECK, Act.EDIT): State.DRAFT,
    (State.DRAFT, Act.REVIEW): State.REVIEWED,
    (State.DRAFT, Act.RETIRE): State.RETIRED,
    (State.REVIEWED, Act.RETIRE): State.RETIRED,
    (State.RECHECK, Act.RETIRE): State.RETIRED,
    (State.RETIRED, Act.RESTORE): State.DRAFT,
    (State.REVIEWED, Act.DOUBT): State.RECHECK,
    (State.RECHECK, Act.DOUBT): State.RECHECK,
    # A draft is not drawn; its review leads to its re-check.
    (State.DRAFT, Act.DOUBT): State.DRAFT,
    (State.RECHECK, Act.SETTLE): State.REVIEWED,
    (State.DRAFT, Act.SETTLE): State.DRAFT,
    # Found still right before the newer version is in force.
    (State.REVIEWED, Act.SETTLE): State.REVIEWED,
}


class NotPossibleNow(Exception):
    """The question's state doesn't admit the act."""


def after(state: State, act: Act) -> State:
    """The state that an act leads to. Raises NotPossibleNow."""
    try:
        return _TRANSITIONS[state, act]
    except KeyError:
        raise NotPossibleNow(f"{state.label}的试题不能这样处理。") from None


def possible(state: State) -> frozenset[Act]:
    """The acts that a state admits."""
    return frozenset(act for source, act in _TRANSITIONS if source is state)
