"""Laws, their versions and articles."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "laws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_laws"),
        sa.UniqueConstraint("name", name="uq_laws_name"),
    )
    op.create_table(
        "law_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("law_id", sa.Integer(), nullable=False),
        sa.Column("revised_on", sa.Date(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["law_id"], ["laws.id"], name="fk_law_versions_law_id_laws"),
        sa.ForeignKeyConstraint(["imported_by"], ["users.id"], name="fk_law_versions_imported_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_law_versions"),
        sa.UniqueConstraint("law_id", "revised_on", name="uq_law_versions_law_id_revised_on"),
    )
    op.create_table(
        "law_articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("chapter", sa.String(length=100), nullable=False),
        sa.Column("paragraphs", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["law_versions.id"], name="fk_law_articles_version_id_law_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_law_articles"),
        sa.UniqueConstraint("version_id", "number", name="uq_law_articles_version_id_number"),
    )


def downgrade() -> None:
    for name in ("law_articles", "law_versions", "laws"):
        op.drop_table(name)
