"""Materials, their movements, and the balance of each day, which can never fall below zero."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.core.database import Base, UtcDateTime


class MovementKind(StrEnum):
    """出入库."""

    RECEIVED = "received"
    #: From a unit to another: a row each.
    ISSUED = "issued"
    HANDED_OUT = "handed_out"
    #: From a unit back to the one that issued it: a row each.
    RETURNED = "returned"
    #: 盘点: the difference of what was counted from the book.
    COUNTED = "counted"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {
            MovementKind.RECEIVED: "入库",
            MovementKind.ISSUED: "下发",
            MovementKind.HANDED_OUT: "发放",
            MovementKind.RETURNED: "退回",
            MovementKind.COUNTED: "盘点",
        }[self]


#: What was handed out and nobody confirmed.
_UNCONFIRMED = text("kind = 'handed_out' AND confirmed_at IS NULL")


class Material(Base):
    """宣传品: something that is handed out."""

    __tablename__ = "materials"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    #: Unit of measure: 件, 份, 条.
    measure: Mapped[str] = mapped_column(String(10))
    #: What it counts as in the report: 宣传品, 宣传折页, 横幅….
    category: Mapped[str] = mapped_column(String(20))
    retired: Mapped[bool] = mapped_column(default=False)


class Movement(Base):
    """One change of a unit's stock of a material; never edited: a correction is another movement."""

    __tablename__ = "movements"
    __table_args__ = (
        CheckConstraint(
            f"kind IN ({', '.join(repr(kind.value) for kind in MovementKind)})", name="kind_known"
        ),
        CheckConstraint("kind <> 'handed_out' OR activity_id IS NOT NULL", name="handed_out_somewhere"),
        CheckConstraint("quantity <> 0 OR kind = 'counted'", name="quantity_moves"),
        CheckConstraint(
            "(counterpart_id IS NOT NULL) = (kind IN ('issued', 'returned'))", name="counterpart_of_two"
        ),
        Index(None, "unit_id", "material_id", "day"),
        Index(None, "day", "id"),
        # Holds all that the totals of a list ask for.
        Index(
            "ix_movements_totals",
            "material_id",
            "kind",
            "day",
            "unit_id",
            "pair_id",
            "quantity",
        ),
        # Small beside the table: what waits is found without reading what doesn't.
        Index(
            "ix_movements_unconfirmed",
            "kind",
            "activity_id",
            sqlite_where=_UNCONFIRMED,
            postgresql_where=_UNCONFIRMED,
        ),
        # Holds all that the figures of a year add up.
        Index(
            "ix_movements_counted",
            *("kind", "day", "material_id", "unit_id", "activity_id", "quantity", "confirmed_at"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"))
    #: The Shanghai day on which it happened; a correction bears the day of what it corrects.
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(10))
    #: What the unit's stock grows by; negative where it shrinks.
    quantity: Mapped[int]
    #: The other unit of an issue or a return, whose own row points here.
    counterpart_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    #: Of the second row of a pair: the first.
    pair_id: Mapped[int | None] = mapped_column(ForeignKey("movements.id"), unique=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    #: The movement that this one takes back, at most once.
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("movements.id"), unique=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    recorded_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Of what was handed out: when a reviewer confirmed it; only then it counts.
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def label(self) -> str:
        """What it is in Chinese: of a pair each row by its side, of a correction what it takes back."""
        label = MovementKind(self.kind).label
        if self.pair_id is not None:
            label = f"收到{label}"
        return f"撤销{label}" if self.corrects_id is not None else label

    @property
    def amount(self) -> int:
        """How much was moved, whichever way; below 0 of a correction. Of a count the difference itself."""
        comes = self.kind in {MovementKind.RECEIVED, MovementKind.COUNTED} or self.pair_id is not None
        return self.quantity if comes else -self.quantity


class Stock(Base):
    """A unit's stock of a material: the row that whoever moves it locks."""

    __tablename__ = "stocks"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"), primary_key=True)


class StockDay(Base):
    """What a unit had of a material at the end of a day on which it moved."""

    __tablename__ = "stock_days"
    __table_args__ = (CheckConstraint("balance >= 0", name="balance_not_negative"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    balance: Mapped[int]
