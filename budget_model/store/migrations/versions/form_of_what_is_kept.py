"""Beside every scenario that is kept, and every step of a draft, the form it is written in; what was kept before is of form 1."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; a program of version 0.4.0 that still writes here, and does not know it, writes form 1."""
    for table in ("versions", "drafts", "steps"):
        op.add_column(table, sa.Column("form", sa.Integer, nullable=False, server_default="1"))
