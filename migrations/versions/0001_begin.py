"""Begin: accounts, banks and questions, campaigns and channels, participants and attempts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "banks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("shipped_as", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_banks"),
        sa.UniqueConstraint("name", name="uq_banks_name"),
        sa.UniqueConstraint("shipped_as", name="uq_banks_shipped_as"),
    )
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("current_snapshot", sa.Integer(), nullable=True),
        sa.CheckConstraint("opens_at < closes_at", name="ck_campaigns_window_forward"),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("display_name", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("failed_logins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_login_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('administrator', 'organiser')", name="ck_users_role_known"),
        sa.CheckConstraint("username = lower(username)", name="ck_users_username_lower"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("username", name="uq_users_username"),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject_type", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("network", sa.String(length=50), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name="fk_audit_entries_actor_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])

    op.create_table(
        "campaign_snapshots",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("revision_ids", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name="fk_campaign_snapshots_campaign_id_campaigns",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "number", name="pk_campaign_snapshots"),
    )
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_channels_campaign_id_campaigns"),
        sa.PrimaryKeyConstraint("id", name="pk_channels"),
        sa.UniqueConstraint("code", name="uq_channels_code"),
    )
    op.create_index("ix_channels_campaign_id", "channels", ["campaign_id"])

    op.create_table(
        "participants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name="fk_participants_campaign_id_campaigns",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participants"),
    )
    op.create_index("ix_participants_campaign_id", "participants", ["campaign_id"])

    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("current_number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name="fk_questions_bank_id_banks"),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.UniqueConstraint("bank_id", "fingerprint", name="uq_questions_bank_id_fingerprint"),
    )
    op.create_table(
        "attempts",
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("day_number", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paper", sa.JSON(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_day", sa.Date(), nullable=True),
        sa.Column("submitted_year", sa.Integer(), nullable=True),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("full_score", sa.BigInteger(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("first_in_campaign", sa.Boolean(), nullable=False),
        sa.Column("first_in_year", sa.Boolean(), nullable=False),
        sa.Column("first_in_day", sa.Boolean(), nullable=False),
        sa.Column("first_in_channel", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (answers IS NULL) AND (submitted_at IS NULL) = (score IS NULL)"
            " AND (submitted_at IS NULL) = (submitted_day IS NULL)",
            name="ck_attempts_submitted_whole",
        ),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_attempts_campaign_id_campaigns"),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_attempts_channel_id_channels"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participants.id"],
            name="fk_attempts_participant_id_participants",
        ),
        sa.PrimaryKeyConstraint("participant_id", "id", name="pk_attempts"),
        sa.UniqueConstraint(
            "participant_id",
            "day",
            "day_number",
            name="uq_attempts_participant_id_day_day_number",
        ),
        sa.UniqueConstraint("participant_id", "number", name="uq_attempts_participant_id_number"),
    )
    op.create_index("ix_attempts_campaign_id_day", "attempts", ["campaign_id", "day"])
    op.create_index(
        "ix_attempts_campaign_id_submitted_day",
        "attempts",
        ["campaign_id", "submitted_day"],
    )
    op.create_index(
        "uq_attempts_first_in_campaign",
        "attempts",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("first_in_campaign"),
        postgresql_where=sa.text("first_in_campaign"),
    )
    op.create_index(
        "uq_attempts_first_in_channel",
        "attempts",
        ["participant_id", "channel_id"],
        unique=True,
        sqlite_where=sa.text("first_in_channel"),
        postgresql_where=sa.text("first_in_channel"),
    )
    op.create_index(
        "uq_attempts_first_in_day",
        "attempts",
        ["participant_id", "submitted_day"],
        unique=True,
        sqlite_where=sa.text("first_in_day"),
        postgresql_where=sa.text("first_in_day"),
    )
    op.create_index(
        "uq_attempts_first_in_year",
        "attempts",
        ["participant_id", "submitted_year"],
        unique=True,
        sqlite_where=sa.text("first_in_year"),
        postgresql_where=sa.text("first_in_year"),
    )

    op.create_table(
        "hourly_scans",
        sa.Column("channel_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("campaign_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scans", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name="fk_hourly_scans_campaign_id_campaigns",
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_hourly_scans_channel_id_channels"),
        sa.PrimaryKeyConstraint("channel_id", "campaign_id", "hour", name="pk_hourly_scans"),
    )
    op.create_index("ix_hourly_scans_campaign_id_hour", "hourly_scans", ["campaign_id", "hour"])

    op.create_table(
        "question_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("difficulty", sa.String(length=10), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("chapter", sa.String(length=100), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('single', 'multiple', 'true_false')",
            name="ck_question_revisions_kind_known",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name="fk_question_revisions_question_id_questions",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_question_revisions"),
        sa.UniqueConstraint("question_id", "number", name="uq_question_revisions_question_id_number"),
    )


def downgrade() -> None:
    op.drop_table("question_revisions")
    op.drop_table("hourly_scans")
    op.drop_table("attempts")
    op.drop_table("questions")
    op.drop_table("participants")
    op.drop_table("channels")
    op.drop_table("campaign_snapshots")
    op.drop_table("audit_entries")
    op.drop_table("users")
    op.drop_table("campaigns")
    op.drop_table("banks")
