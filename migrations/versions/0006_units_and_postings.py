"""The tree of units, and every role in a unit. What stood before belongs to the bureau."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROLES = "'administrator', 'organiser', 'bank_editor', 'reviewer', 'publicist', 'auditor'"
OLD_ROLES = "'administrator', 'organiser', 'bank_editor', 'reviewer'"
KINDS = "'bureau', 'township', 'village', 'department', 'school', 'enterprise'"
#: The bureau's name until its administrator gives it another.
ROOT = "应急管理局"


def upgrade() -> None:
    _make_tables()
    connection = op.get_bind()
    if connection.scalar(sa.text("SELECT count(*) FROM users")) or connection.scalar(
        sa.text("SELECT count(*) FROM campaigns")
    ):
        _settle_in_the_bureau(connection)
    with op.batch_alter_table("users") as table:
        table.drop_constraint("ck_users_role_known", type_="check")
        table.drop_column("role")
    with op.batch_alter_table("campaigns") as table:
        table.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_campaigns_unit_id_units", "units", ["unit_id"], ["id"])
    op.execute("UPDATE campaigns SET unit_id = (SELECT min(id) FROM units)")
    with op.batch_alter_table("campaigns") as table:
        table.alter_column("unit_id", existing_type=sa.Integer(), nullable=False)
    op.create_index("ix_campaigns_unit_id", "campaigns", ["unit_id"])


def _make_tables() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.CheckConstraint(f"kind IN ({KINDS})", name="ck_units_kind_known"),
        sa.CheckConstraint("parent_id IS NOT NULL OR kind = 'bureau'", name="ck_units_root_is_bureau"),
        sa.CheckConstraint("headcount >= 0", name="ck_units_headcount_counts"),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name="fk_units_parent_id_units"),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("parent_id", "name", name="uq_units_parent_id_name"),
    )
    is_root = sa.text("parent_id IS NULL")
    op.create_index(
        "uq_units_root", "units", ["kind"], unique=True, sqlite_where=is_root, postgresql_where=is_root
    )
    op.create_table(
        "unit_descents",
        sa.Column("ancestor_id", sa.Integer(), nullable=False),
        sa.Column("descendant_id", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ancestor_id"], ["units.id"], name="fk_unit_descents_ancestor_id_units"),
        sa.ForeignKeyConstraint(["descendant_id"], ["units.id"], name="fk_unit_descents_descendant_id_units"),
        sa.PrimaryKeyConstraint("ancestor_id", "descendant_id", name="pk_unit_descents"),
    )
    op.create_index("ix_unit_descents_descendant_id", "unit_descents", ["descendant_id"])
    op.create_table(
        "postings",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.CheckConstraint(f"role IN ({ROLES})", name="ck_postings_role_known"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_postings_user_id_users"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_postings_unit_id_units"),
        sa.PrimaryKeyConstraint("user_id", "unit_id", "role", name="pk_postings"),
    )
    op.create_index("ix_postings_unit_id", "postings", ["unit_id"])


def _settle_in_the_bureau(connection: sa.Connection) -> None:
    root = connection.scalar(
        sa.text("INSERT INTO units (name, kind, closed) VALUES (:name, 'bureau', :no) RETURNING id"),
        {"name": ROOT, "no": False},
    )
    connection.execute(sa.text("INSERT INTO unit_descents VALUES (:root, :root, 0)"), {"root": root})
    connection.execute(
        sa.text("INSERT INTO postings (user_id, unit_id, role) SELECT id, :root, role FROM users"),
        {"root": root},
    )


def downgrade() -> None:
    op.drop_index("ix_campaigns_unit_id", "campaigns")
    with op.batch_alter_table("campaigns") as table:
        table.drop_constraint("fk_campaigns_unit_id_units", type_="foreignkey")
        table.drop_column("unit_id")
    with op.batch_alter_table("users") as table:
        table.add_column(sa.Column("role", sa.String(length=20), nullable=True))
    # An account of several roles, or of none that was known then, keeps the first that was.
    op.execute(
        "UPDATE users SET role = coalesce((SELECT min(role) FROM postings WHERE user_id = users.id"
        " AND role NOT IN ('publicist', 'auditor')), 'reviewer')"
    )
    with op.batch_alter_table("users") as table:
        table.alter_column("role", existing_type=sa.String(length=20), nullable=False)
        table.create_check_constraint("ck_users_role_known", f"role IN ({OLD_ROLES})")
    op.drop_table("postings")
    op.drop_table("unit_descents")
    op.drop_table("units")
