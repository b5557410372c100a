"""The registry of indicators, the numbers entered for a year, and an index that holds what is handed out."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_indicators()
    _make_indicator_entries()
    op.drop_index("ix_movements_kind_day", "movements")
    op.create_index(
        "ix_movements_counted",
        "movements",
        ["kind", "day", "material_id", "unit_id", "activity_id", "quantity", "confirmed_at"],
    )


def _make_indicators() -> None:
    op.create_table(
        "indicators",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("formula", sa.JSON(), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("built_in", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("digits >= 1", name="ck_indicators_digits_count"),
        sa.PrimaryKeyConstraint("key", name="pk_indicators"),
        sa.UniqueConstraint("name", name="uq_indicators_name"),
    )


def _make_indicator_entries() -> None:
    op.create_table(
        "indicator_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_key", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("value >= 0", name="ck_indicator_entries_value_counts"),
        sa.CheckConstraint("number >= 1", name="ck_indicator_entries_number_counts"),
        sa.ForeignKeyConstraint(
            ["indicator_key"], ["indicators.key"], name="fk_indicator_entries_indicator_key_indicators"
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name="fk_indicator_entries_entered_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_entries"),
        sa.UniqueConstraint(
            "indicator_key", "year", "number", name="uq_indicator_entries_indicator_key_year_number"
        ),
    )
    op.create_index("ix_indicator_entries_year_entered_at", "indicator_entries", ["year", "entered_at"])


def downgrade() -> None:
    op.drop_index("ix_movements_counted", "movements")
    op.create_index("ix_movements_kind_day", "movements", ["kind", "day"])
    op.drop_table("indicator_entries")
    op.drop_table("indicators")
