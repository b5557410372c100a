"""Year close: closed years, the files that are issued again, and the bureau's templates."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "year_closes",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cut_off", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.Column("template_digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (report IS NULL) AND (closed_at IS NULL) = (cut_off IS NULL)",
            name="ck_year_closes_closed_whole",
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name="fk_year_closes_closed_by_users"),
        sa.PrimaryKeyConstraint("year", name="pk_year_closes"),
    )
    op.create_table(
        "closed_files",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("ending", sa.String(length=4), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint("ending IN ('docx', 'xlsx', 'json')", name="ck_closed_files_ending_known"),
        sa.CheckConstraint("size > 0", name="ck_closed_files_size_counts"),
        sa.ForeignKeyConstraint(["year"], ["year_closes.year"], name="fk_closed_files_year_year_closes"),
        sa.PrimaryKeyConstraint("year", "ending", name="pk_closed_files"),
    )
    _make_templates()


def _make_templates() -> None:
    op.create_table(
        "report_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["uploaded_by"], ["users.id"], name="fk_report_templates_uploaded_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_report_templates"),
    )
    op.create_index(
        "uq_report_templates_in_use",
        "report_templates",
        ["in_use"],
        unique=True,
        sqlite_where=sa.text("in_use"),
        postgresql_where=sa.text("in_use"),
    )


def downgrade() -> None:
    op.drop_index("uq_report_templates_in_use", table_name="report_templates")
    op.drop_table("report_templates")
    op.drop_table("closed_files")
    op.drop_table("year_closes")
