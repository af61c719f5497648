"""Beside every version the comments on its acts; a version that was saved before has none, and keeps its checksum."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; a program of an earlier version that still writes here leaves it empty."""
    op.add_column("versions", sa.Column("comments", sa.Text, nullable=False, server_default=""))
