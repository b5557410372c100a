"""Publicity: activities with kinds and photos, materials and movements, releases, targets, amendments."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_activity_kinds()
    _make_materials()
    _make_amendments()
    _make_releases()
    _make_stock_days()
    _make_stocks()
    _make_targets()
    _make_activities()
    _make_movements()
    _make_photos()


def _make_activity_kinds() -> None:
    op.create_table(
        "activity_kinds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["activity_kinds.id"], name="fk_activity_kinds_parent_id_activity_kinds"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_activity_kinds"),
        sa.UniqueConstraint("key", name="uq_activity_kinds_key"),
        sa.UniqueConstraint("name", name="uq_activity_kinds_name"),
    )


def _make_materials() -> None:
    op.create_table(
        "materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_materials"),
        sa.UniqueConstraint("name", name="uq_materials_name"),
    )


def _make_amendments() -> None:
    op.create_table(
        "amendments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("voids", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('submitted', 'confirmed', 'returned')", name="ck_amendments_state_known"
        ),
        sa.CheckConstraint("subject IN ('activity', 'release')", name="ck_amendments_subject_known"),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name="fk_amendments_decided_by_users"),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name="fk_amendments_proposed_by_users"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_amendments_unit_id_units"),
        sa.PrimaryKeyConstraint("id", name="pk_amendments"),
    )
    op.create_index("ix_amendments_decided_at", "amendments", ["decided_at"])
    op.create_index("ix_amendments_subject_subject_id", "amendments", ["subject", "subject_id"])
    op.create_index("ix_amendments_unit_id_state", "amendments", ["unit_id", "state"])
    op.create_index(
        "uq_amendments_open",
        "amendments",
        ["subject", "subject_id"],
        unique=True,
        sqlite_where=sa.text("state = 'submitted'"),
        postgresql_where=sa.text("state = 'submitted'"),
    )


def _make_releases() -> None:
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("outlet", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("address_key", sa.String(length=64), nullable=True),
        sa.Column("title_key", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('text', 'video', 'audio', 'social', 'other')", name="ck_releases_kind_known"
        ),
        sa.CheckConstraint(
            "level IN ('central', 'province', 'city', 'county')", name="ck_releases_level_known"
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'confirmed', 'voided')",
            name="ck_releases_state_known",
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name="fk_releases_decided_by_users"),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name="fk_releases_recorded_by_users"),
        sa.ForeignKeyConstraint(["submitted_by"], ["users.id"], name="fk_releases_submitted_by_users"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_releases_unit_id_units"),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
    )
    op.create_index("ix_releases_address_key", "releases", ["address_key"])
    op.create_index("ix_releases_day_id", "releases", ["day", "id"])
    op.create_index("ix_releases_state_day", "releases", ["state", "day"])
    op.create_index("ix_releases_title_key", "releases", ["title_key"])
    op.create_index("ix_releases_unit_id_day", "releases", ["unit_id", "day"])


def _make_stock_days() -> None:
    op.create_table(
        "stock_days",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.CheckConstraint("balance >= 0", name="ck_stock_days_balance_not_negative"),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name="fk_stock_days_material_id_materials"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_stock_days_unit_id_units"),
        sa.PrimaryKeyConstraint("unit_id", "material_id", "day", name="pk_stock_days"),
    )


def _make_stocks() -> None:
    op.create_table(
        "stocks",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["material_id"], ["materials.id"], name="fk_stocks_material_id_materials"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_stocks_unit_id_units"),
        sa.PrimaryKeyConstraint("unit_id", "material_id", name="pk_stocks"),
    )


def _make_targets() -> None:
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.CheckConstraint("planned > 0", name="ck_targets_planned_counts"),
        sa.ForeignKeyConstraint(["kind_id"], ["activity_kinds.id"], name="fk_targets_kind_id_activity_kinds"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_targets_unit_id_units"),
        sa.PrimaryKeyConstraint("id", name="pk_targets"),
    )
    op.create_index(
        "uq_targets_kind",
        "targets",
        ["year", "unit_id", "kind_id"],
        unique=True,
        sqlite_where=sa.text("kind_id IS NOT NULL"),
        postgresql_where=sa.text("kind_id IS NOT NULL"),
    )
    op.create_index(
        "uq_targets_releases",
        "targets",
        ["year", "unit_id"],
        unique=True,
        sqlite_where=sa.text("kind_id IS NULL"),
        postgresql_where=sa.text("kind_id IS NULL"),
    )


def _make_activities() -> None:
    op.create_table(
        "activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("partners", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("laws", sa.JSON(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'confirmed', 'voided')",
            name="ck_activities_state_known",
        ),
        sa.CheckConstraint("audience >= 0", name="ck_activities_audience_counts"),
        sa.CheckConstraint("begins_on <= ends_on", name="ck_activities_days_forward"),
        sa.CheckConstraint("sessions >= 1", name="ck_activities_sessions_count"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name="fk_activities_campaign_id_campaigns"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name="fk_activities_decided_by_users"),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["activity_kinds.id"], name="fk_activities_kind_id_activity_kinds"
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name="fk_activities_recorded_by_users"),
        sa.ForeignKeyConstraint(["submitted_by"], ["users.id"], name="fk_activities_submitted_by_users"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_activities_unit_id_units"),
        sa.PrimaryKeyConstraint("id", name="pk_activities"),
    )
    op.create_index("ix_activities_begins_on_id", "activities", ["begins_on", "id"])
    op.create_index("ix_activities_kind_id_state_begins_on", "activities", ["kind_id", "state", "begins_on"])
    op.create_index("ix_activities_state_begins_on", "activities", ["state", "begins_on"])
    op.create_index("ix_activities_unit_id_begins_on", "activities", ["unit_id", "begins_on"])


def _make_movements() -> None:
    op.create_table(
        "movements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("counterpart_id", sa.Integer(), nullable=True),
        sa.Column("pair_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(counterpart_id IS NOT NULL) = (kind IN ('issued', 'returned'))",
            name="ck_movements_counterpart_of_two",
        ),
        sa.CheckConstraint(
            "kind <> 'handed_out' OR activity_id IS NOT NULL", name="ck_movements_handed_out_somewhere"
        ),
        sa.CheckConstraint(
            "kind IN ('received', 'issued', 'handed_out', 'returned', 'counted')",
            name="ck_movements_kind_known",
        ),
        sa.CheckConstraint("quantity <> 0 OR kind = 'counted'", name="ck_movements_quantity_moves"),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name="fk_movements_activity_id_activities"
        ),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name="fk_movements_confirmed_by_users"),
        sa.ForeignKeyConstraint(["corrects_id"], ["movements.id"], name="fk_movements_corrects_id_movements"),
        sa.ForeignKeyConstraint(["counterpart_id"], ["units.id"], name="fk_movements_counterpart_id_units"),
        sa.ForeignKeyConstraint(["material_id"], ["materials.id"], name="fk_movements_material_id_materials"),
        sa.ForeignKeyConstraint(["pair_id"], ["movements.id"], name="fk_movements_pair_id_movements"),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name="fk_movements_recorded_by_users"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_movements_unit_id_units"),
        sa.PrimaryKeyConstraint("id", name="pk_movements"),
        sa.UniqueConstraint("corrects_id", name="uq_movements_corrects_id"),
        sa.UniqueConstraint("pair_id", name="uq_movements_pair_id"),
    )
    op.create_index("ix_movements_activity_id", "movements", ["activity_id"])
    op.create_index("ix_movements_day_id", "movements", ["day", "id"])
    op.create_index("ix_movements_kind_day", "movements", ["kind", "day"])
    op.create_index("ix_movements_unit_id_material_id_day", "movements", ["unit_id", "material_id", "day"])


def _make_photos() -> None:
    op.create_table(
        "photos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name="fk_photos_activity_id_activities"),
        sa.ForeignKeyConstraint(["added_by"], ["users.id"], name="fk_photos_added_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_photos"),
        sa.UniqueConstraint("activity_id", "digest", name="uq_photos_activity_id_digest"),
    )
    op.create_index("ix_photos_activity_id", "photos", ["activity_id"])


def downgrade() -> None:
    op.drop_table("photos")
    op.drop_table("movements")
    op.drop_table("activities")
    op.drop_table("targets")
    op.drop_table("stocks")
    op.drop_table("stock_days")
    op.drop_table("releases")
    op.drop_table("amendments")
    op.drop_table("materials")
    op.drop_table("activity_kinds")
