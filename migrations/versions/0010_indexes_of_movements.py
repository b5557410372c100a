"""Indexes of movements: of what was handed out and nobody confirmed, and of what totals ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UNCONFIRMED = sa.text("kind = 'handed_out' AND confirmed_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_movements_unconfirmed",
        "movements",
        ["kind", "activity_id"],
        sqlite_where=UNCONFIRMED,
        postgresql_where=UNCONFIRMED,
    )
    op.create_index(
        "ix_movements_totals",
        "movements",
        ["material_id", "kind", "day", "unit_id", "pair_id", "quantity"],
    )


def downgrade() -> None:
    op.drop_index("ix_movements_totals", "movements")
    op.drop_index("ix_movements_unconfirmed", "movements")
