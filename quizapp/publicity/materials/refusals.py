"""Why a movement can't be recorded, each with the field that it concerns, and the checks that say so."""

from datetime import date
from typing import Self

from quizapp.accounts.models import Unit
from quizapp.core import clock
from quizapp.errors import QuizError
from quizapp.ledgers.values import FIRST_YEAR, LARGEST_COUNT
from quizapp.publicity.activities.models import Activity
from quizapp.publicity.materials import queries
from quizapp.publicity.materials.models import Material, Movement, MovementKind
from quizapp.publicity.materials.queries import Book
from quizapp.publicity.workflow import State

#: What empties a stock is possible even where nothing new may be recorded.
_EMPTYING = frozenset({MovementKind.RETURNED, MovementKind.COUNTED})


class Refused(QuizError):
    """A movement that can't be; ``field`` is where its form says so."""

    status = 409
    title = "不能这样登记"
    field = "quantity"


class BadQuantity(Refused):
    """Nothing moves, or more than any county has."""

    status = 400
    advice = f"数量应是 1 至 {LARGEST_COUNT} 之间的整数；盘点的数量可以是 0。"


class BadDay(Refused):
    """Not a day on which it can have happened."""

    field = "day"
    advice = f"日期不能晚于今天，也不能早于 {FIRST_YEAR} 年。"


class TooMuch(Refused):
    """A balance beyond what is kept."""

    advice = "登记后结存会太大。请核对数量。"


class NotEnough(Refused):
    """A balance would fall below zero."""

    title = "结存不够"

    @classmethod
    def of(cls, row: Movement, book: Book) -> Self:
        """Names the first day on which it would fall short, by how much, and what is possible."""
        unit, material = queries.names_of_stock(row.unit_id, row.material_id)
        if row.corrects_id is not None and row.kind == MovementKind.RETURNED:
            # What the unit above has is not told to whoever returned to it.
            return cls(f"{unit}已经把退回的{material.name}发出，不能撤销。请与{unit}核对后重新登记。")
        day, balance = book.short_on, book.short_from
        short = f"{unit}的{material.name}在 {day} 结存 {balance} {material.measure}，"
        short += f"这样登记会差 {-row.quantity - balance} {material.measure}。"
        if row.corrects_id is not None:
            return cls(f"{short}这一笔之后已经发出，不能撤销；请先撤销之后的发放、下发或退回。")
        most = f"最多可以登记 {book.lowest} {material.measure}；" if book.lowest else ""
        return cls(f"{short}{most}如果还有入库没有登记，请先登记。")


class UnitClosed(Refused):
    """The unit takes no new records."""

    field = "unit_id"
    advice = "这个单位已停用，只能退回或盘点。请选择别的单位。"


class MaterialRetired(Refused):
    """The material isn't brought in any more."""

    field = "material_id"
    advice = "这种宣传品已停用，不能再入库；剩下的可以下发、发放、退回和盘点。"


class WrongReceiver(Refused):
    """Issued to itself or upwards, returned anywhere but upwards."""

    field = "counterpart_id"
    advice = "下发给下级或平级单位，退回给上级单位。请重新选择对方单位。"


class WrongActivity(Refused):
    """Not an activity at which the unit can have handed anything out."""

    field = "activity_id"
    advice = "只能选择本单位或下级单位的、没有作废的活动。"


class BeforeActivity(Refused):
    """Handed out before the activity began."""

    field = "day"


class AlreadyTakenBack(Refused):
    """Somebody took it back."""

    advice = "这一笔已经撤销过了。请刷新页面查看。"


class NotTakenBack(Refused):
    """A correction isn't corrected."""

    advice = "撤销的记录不能再撤销。撤错了请重新登记一笔。"


def check_entry(unit: Unit, material: Material, day: date, kind: MovementKind) -> None:
    """Whether a unit may record such a movement of a material on a day."""
    if day.year < FIRST_YEAR or day > clock.shanghai_day(clock.now()):
        raise BadDay
    if unit.closed and kind not in _EMPTYING:
        raise UnitClosed
    if material.retired and kind is MovementKind.RECEIVED:
        raise MaterialRetired


def check_receiver(unit: Unit, to: Unit) -> None:
    """Whether a unit may issue to another: not to itself, nor to one above, nor to one that is closed."""
    if to.closed or queries.is_beneath(unit.id, to.id):
        raise WrongReceiver


def check_upwards(unit: Unit, to: Unit) -> None:
    """Whether a unit may return to another: one above it."""
    if to.id == unit.id or not queries.is_beneath(unit.id, to.id):
        raise WrongReceiver


def check_activity(unit: Unit, day: date, activity: Activity) -> None:
    """Whether a unit may have handed out at an activity on a day: what is left over may go later."""
    if activity.state == State.VOIDED or not queries.is_beneath(activity.unit_id, unit.id):
        raise WrongActivity
    if day < activity.begins_on:
        raise BeforeActivity(f"活动从 {activity.begins_on} 开始，发放日期不能更早。")
