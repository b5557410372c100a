"""Which activity another was copied from, at most once; indexes that hold all that the list looks at."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_LISTED = ["sessions", "audience", "title", "place"]
#: Name and columns of each index, and of the one that it replaces.
_INDEXES = (
    ("list_by_unit", ["unit_id", "begins_on", "state", "kind_id"], "unit_id_begins_on", 2),
    ("list_by_state", ["state", "begins_on", "unit_id", "kind_id"], "state_begins_on", 2),
    ("list_by_kind", ["kind_id", "state", "begins_on", "unit_id"], "kind_id_state_begins_on", 3),
)


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
    for name, columns, replaced, _ in _INDEXES:
        op.drop_index(f"ix_activities_{replaced}", "activities")
        op.create_index(f"ix_activities_{name}", "activities", [*columns, *_LISTED])


def downgrade() -> None:
    for name, columns, replaced, kept in _INDEXES:
        op.drop_index(f"ix_activities_{name}", "activities")
        op.create_index(f"ix_activities_{replaced}", "activities", columns[:kept])
    with op.batch_alter_table("activities") as table:
        table.drop_constraint("uq_activities_copied_from_id", type_="unique")
        table.drop_constraint("fk_activities_copied_from_id_activities", type_="foreignkey")
        table.drop_column("copied_from_id")
