"""The versions of laws that questions follow, and what is to be checked again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "law_bases",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("law_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_law_bases_question_id_questions"),
        sa.ForeignKeyConstraint(["law_id"], ["laws.id"], name="fk_law_bases_law_id_laws"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["law_versions.id"], name="fk_law_bases_version_id_law_versions"
        ),
        sa.PrimaryKeyConstraint("question_id", "law_id", name="pk_law_bases"),
    )
    op.create_index("ix_law_bases_version_id", "law_bases", ["version_id"])
    op.create_table(
        "rechecks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("old_version_id", sa.Integer(), nullable=True),
        sa.Column("touched", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('right', 'mended', 'retired', 'superseded')", name="ck_rechecks_outcome_known"
        ),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_rechecks_question_id_questions"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["law_versions.id"], name="fk_rechecks_version_id_law_versions"
        ),
        sa.ForeignKeyConstraint(
            ["old_version_id"], ["law_versions.id"], name="fk_rechecks_old_version_id_law_versions"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name="fk_rechecks_decided_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_rechecks"),
        sa.UniqueConstraint("question_id", "version_id", name="uq_rechecks_question_id_version_id"),
    )
    op.create_index("ix_rechecks_version_id", "rechecks", ["version_id"])


def downgrade() -> None:
    op.drop_table("rechecks")
    op.drop_table("law_bases")
