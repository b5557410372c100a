"""Imports of ledgers with their rows, and what headings of ledgers mean."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger_key", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("unknown_headings", sa.JSON(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('reading', 'preview', 'writing', 'undoing', 'unreadable', 'discarded', 'undone')",
            name="ck_ledger_imports_state_known",
        ),
        sa.ForeignKeyConstraint(["uploaded_by"], ["users.id"], name="fk_ledger_imports_uploaded_by_users"),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name="fk_ledger_imports_confirmed_by_users"),
        sa.ForeignKeyConstraint(["undone_by"], ["users.id"], name="fk_ledger_imports_undone_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_imports"),
    )
    op.create_index("ix_ledger_imports_uploaded_by", "ledger_imports", ["uploaded_by"])
    op.create_index("ix_ledger_imports_ledger_key_digest", "ledger_imports", ["ledger_key", "digest"])
    _create_rows()
    op.create_table(
        "ledger_headings",
        sa.Column("ledger_key", sa.String(length=40), nullable=False),
        sa.Column("heading", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("told_by", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["told_by"], ["users.id"], name="fk_ledger_headings_told_by_users"),
        sa.PrimaryKeyConstraint("ledger_key", "heading", name="pk_ledger_headings"),
    )


def _create_rows() -> None:
    op.create_table(
        "ledger_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("cautions", sa.JSON(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "standing IN ('faulty', 'caution', 'ready', 'excluded', 'imported')",
            name="ck_ledger_rows_standing_known",
        ),
        sa.CheckConstraint(
            "(standing = 'imported') = (record_id IS NOT NULL)", name="ck_ledger_rows_record_when_imported"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ledger_imports.id"], name="fk_ledger_rows_import_id_ledger_imports"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_rows"),
        sa.UniqueConstraint("import_id", "position", name="uq_ledger_rows_import_id_position"),
    )
    op.create_index("ix_ledger_rows_import_id_standing", "ledger_rows", ["import_id", "standing"])


def downgrade() -> None:
    op.drop_table("ledger_headings")
    op.drop_table("ledger_rows")
    op.drop_table("ledger_imports")
