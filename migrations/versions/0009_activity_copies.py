"""Which activity another was copied from, at most once."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("activities") as table:
        table.add_column(sa.Column("copied_from_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_activities_copied_from_id_activities",
            "activities",
            ["copied_from_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_unique_constraint("uq_activities_copied_from_id", ["copied_from_id"])


def downgrade() -> None:
    with op.batch_alter_table("activities") as table:
        table.drop_constraint("uq_activities_copied_from_id", type_="unique")
        table.drop_constraint("fk_activities_copied_from_id_activities", type_="foreignkey")
        table.drop_column("copied_from_id")
