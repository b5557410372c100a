"""Imports with their staged questions, what headings mean, members of banks, and jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="ck_jobs_state_known"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index(
        "uq_jobs_open",
        "jobs",
        ["kind", "subject_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'running')"),
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )
    op.create_table(
        "bank_members",
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name="fk_bank_members_bank_id_banks"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_bank_members_user_id_users"),
        sa.PrimaryKeyConstraint("bank_id", "user_id", name="pk_bank_members"),
    )
    op.create_table(
        "column_meanings",
        sa.Column("heading", sa.String(length=100), nullable=False),
        sa.Column("meaning", sa.String(length=20), nullable=False),
        sa.Column("told_by", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["told_by"], ["users.id"], name="fk_column_meanings_told_by_users"),
        sa.PrimaryKeyConstraint("heading", name="pk_column_meanings"),
    )
    _create_imports()
    _create_staged_questions()
    with op.batch_alter_table("question_revisions") as table:
        table.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_question_revisions_import_id_imports", "imports", ["import_id"], ["id"])
        table.create_index("ix_question_revisions_import_id", ["import_id"])


def _create_imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("unknown_columns", sa.JSON(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('reading', 'preview', 'writing', 'unreadable', 'discarded', 'undone')",
            name="ck_imports_state_known",
        ),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name="fk_imports_bank_id_banks"),
        sa.ForeignKeyConstraint(["uploaded_by"], ["users.id"], name="fk_imports_uploaded_by_users"),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name="fk_imports_confirmed_by_users"),
        sa.ForeignKeyConstraint(["undone_by"], ["users.id"], name="fk_imports_undone_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_bank_id", "imports", ["bank_id"])


def _create_staged_questions() -> None:
    op.create_table(
        "staged_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("raw", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("twin_id", sa.Integer(), nullable=True),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("state_before", sa.String(length=10), nullable=True),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "standing IN ('faulty', 'twin', 'guess', 'ready', 'skipped', 'imported')",
            name="ck_staged_questions_standing_known",
        ),
        sa.CheckConstraint(
            "decision IN ('keep', 'replace', 'skip')", name="ck_staged_questions_decision_known"
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_staged_questions_import_id_imports"),
        sa.ForeignKeyConstraint(["twin_id"], ["questions.id"], name="fk_staged_questions_twin_id_questions"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_staged_questions_question_id_questions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staged_questions"),
        sa.UniqueConstraint("import_id", "position", name="uq_staged_questions_import_id_position"),
    )
    op.create_index("ix_staged_questions_import_id_standing", "staged_questions", ["import_id", "standing"])
    op.create_index(
        "ix_staged_questions_import_id_fingerprint", "staged_questions", ["import_id", "fingerprint"]
    )
    op.create_index("ix_staged_questions_twin_id", "staged_questions", ["twin_id"])
    op.create_index("ix_staged_questions_question_id", "staged_questions", ["question_id"])


def downgrade() -> None:
    with op.batch_alter_table("question_revisions") as table:
        table.drop_index("ix_question_revisions_import_id")
        table.drop_constraint("fk_question_revisions_import_id_imports", type_="foreignkey")
        table.drop_column("import_id")
    op.drop_table("staged_questions")
    op.drop_table("imports")
    op.drop_table("column_meanings")
    op.drop_table("bank_members")
    op.drop_table("jobs")
