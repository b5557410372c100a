"""Read a list of releases from one index; find those that may be the same without the voided ones."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: Columns of each index before and after.
_INDEXES = (
    (("unit_id", "day"), ("unit_id", "day", "state", "level", "kind", "outlet")),
    (("state", "day"), ("state", "day", "unit_id", "level")),
    (("address_key",), ("address_key", "state")),
    (("title_key",), ("title_key", "state")),
)


def upgrade() -> None:
    for before, after in _INDEXES:
        op.drop_index(_name(before), "releases")
        op.create_index(_name(after), "releases", list(after))


def downgrade() -> None:
    for before, after in _INDEXES:
        op.drop_index(_name(after), "releases")
        op.create_index(_name(before), "releases", list(before))


def _name(columns: tuple[str, ...]) -> str:
    return f"ix_releases_{'_'.join(columns)}"
