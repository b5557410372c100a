"""An index of what was handed out and nobody confirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

UNCONFIRMED = sa.text("kind = 'handed_out' AND confirmed_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_movements_unconfirmed",
        "movements",
        ["activity_id"],
        sqlite_where=UNCONFIRMED,
        postgresql_where=UNCONFIRMED,
    )


def downgrade() -> None:
    op.drop_index("ix_movements_unconfirmed", "movements")
