"""The states of a publicity record and what leads from one to another."""

from enum import StrEnum


class State(StrEnum):
    """状态. Only confirmed records count."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    #: Confirmed once, and found by an amendment not to have been.
    VOIDED = "voided"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {
            State.DRAFT: "草稿",
            State.SUBMITTED: "待审核",
            State.RETURNED: "已退回",
            State.CONFIRMED: "已确认",
            State.VOIDED: "已作废",
        }[self]


class Act(StrEnum):
    """What a person does to a record."""

    EDIT = "edit"
    SUBMIT = "submit"
    #: The unit takes it back before anybody decided.
    TAKE_BACK = "take_back"
    CONFIRM = "confirm"
    RETURN = "return"
    DELETE = "delete"
    #: Propose a change of what is confirmed.
    AMEND = "amend"
    #: A confirmed amendment says that it never was.
    VOID = "void"


_TRANSITIONS: dict[tuple[State, Act], State | None] = {
    (State.DRAFT, Act.EDIT): State.DRAFT,
    (State.RETURNED, Act.EDIT): State.RETURNED,
    (State.DRAFT, Act.SUBMIT): State.SUBMITTED,
    (State.RETURNED, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.TAKE_BACK): State.DRAFT,
    (State.SUBMITTED, Act.CONFIRM): State.CONFIRMED,
    (State.SUBMITTED, Act.RETURN): State.RETURNED,
    (State.CONFIRMED, Act.AMEND): State.CONFIRMED,
    (State.CONFIRMED, Act.VOID): State.VOIDED,
    (State.DRAFT, Act.DELETE): None,
    (State.RETURNED, Act.DELETE): None,
}


class NotPossibleNow(Exception):
    """The record's state doesn't admit the act; the text says so in a sentence."""


def after(state: State, act: Act) -> State | None:
    """The state that an act leads to, None where the record is gone. Raises NotPossibleNow."""
    try:
        return _TRANSITIONS[state, act]
    except KeyError:
        raise NotPossibleNow(f"{state.label}的记录不能这样处理。请刷新页面，看看它现在的状态。") from None


def possible(state: State) -> frozenset[Act]:
    """The acts that a state admits."""
    return frozenset(act for source, act in _TRANSITIONS if source is state)
