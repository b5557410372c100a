"""Questions have states and reviewers; blanks and cases; bank editors and reviewers have accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("users") as table:
        table.drop_constraint("ck_users_role_known", type_="check")
        table.create_check_constraint(
            "ck_users_role_known", "role IN ('administrator', 'organiser', 'bank_editor', 'reviewer')"
        )
    with op.batch_alter_table("banks") as table:
        table.add_column(sa.Column("law_revised_on", sa.Date(), nullable=True))
    with op.batch_alter_table("questions") as table:
        # What stood here before states existed was drawn without one: it counts as reviewed.
        table.add_column(sa.Column("state", sa.String(length=10), nullable=False, server_default="reviewed"))
        table.add_column(sa.Column("case_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_questions_case_id_questions", "questions", ["case_id"], ["id"])
        table.create_check_constraint(
            "ck_questions_state_known", "state IN ('staged', 'draft', 'reviewed', 'recheck', 'retired')"
        )
    with op.batch_alter_table("questions") as table:
        table.alter_column("state", server_default=None)
        table.create_index("ix_questions_case_id", ["case_id"])
        table.create_index("ix_questions_bank_id_state", ["bank_id", "state"])
    with op.batch_alter_table("question_revisions") as table:
        table.drop_constraint("ck_question_revisions_kind_known", type_="check")
        table.create_check_constraint(
            "ck_question_revisions_kind_known", "kind IN ('single', 'multiple', 'true_false', 'blank')"
        )
        table.add_column(sa.Column("gaps", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("gaps_in_order", sa.Boolean(), nullable=False, server_default=sa.true()))
        table.add_column(sa.Column("case_stem", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("created_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("reviewed_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("reviewed_alone", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_foreign_key("fk_question_revisions_created_by_users", "users", ["created_by"], ["id"])
        table.create_foreign_key("fk_question_revisions_reviewed_by_users", "users", ["reviewed_by"], ["id"])
    with op.batch_alter_table("question_revisions") as table:
        for name in ("gaps", "gaps_in_order", "case_stem", "reviewed_alone"):
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("question_revisions") as table:
        table.drop_constraint("fk_question_revisions_reviewed_by_users", type_="foreignkey")
        table.drop_constraint("fk_question_revisions_created_by_users", type_="foreignkey")
        for name in (
            "reviewed_alone",
            "reviewed_by",
            "reviewed_at",
            "created_by",
            "case_stem",
            "gaps_in_order",
            "gaps",
        ):
            table.drop_column(name)
        table.drop_constraint("ck_question_revisions_kind_known", type_="check")
        table.create_check_constraint(
            "ck_question_revisions_kind_known", "kind IN ('single', 'multiple', 'true_false')"
        )
    with op.batch_alter_table("questions") as table:
        table.drop_index("ix_questions_bank_id_state")
        table.drop_index("ix_questions_case_id")
        table.drop_constraint("ck_questions_state_known", type_="check")
        table.drop_constraint("fk_questions_case_id_questions", type_="foreignkey")
        table.drop_column("case_id")
        table.drop_column("state")
    with op.batch_alter_table("banks") as table:
        table.drop_column("law_revised_on")
    with op.batch_alter_table("users") as table:
        table.drop_constraint("ck_users_role_known", type_="check")
        table.create_check_constraint("ck_users_role_known", "role IN ('administrator', 'organiser')")
