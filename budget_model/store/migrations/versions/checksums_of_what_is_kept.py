"""Beside every version, draft and step its checksum; what was kept before is given one of what stands there now."""

import sqlalchemy as sa
from alembic import op

from budget_model.store.checksums import checksum

revision = "0003"
down_revision = "0002"

# What is covered, as this step found it: later columns are none of its business.
COVERED = {
    "versions": (("slug", "number"), ("author", "reason", "saved_at", "digest", "body", "form")),
    "drafts": (("id",), ("slug", "version", "body", "form")),
    "steps": (("draft", "number"), ("words", "patch", "form")),
}


def upgrade() -> None:
    """Add the column and fill it, a row at a time; a program of version 0.4.0 that still writes here leaves it empty."""
    connection = op.get_bind()
    for name, (key, rest) in COVERED.items():
        op.add_column(name, sa.Column("checksum", sa.String(64), nullable=False, server_default=""))
        table = sa.table(name, *map(sa.column, (*key, *rest, "checksum")))
        for found in connection.execute(sa.select(*(table.c[one] for one in key))).all():
            this = sa.and_(*(table.c[one] == value for one, value in zip(key, found, strict=True)))
            row = connection.execute(sa.select(*(table.c[one] for one in (*key, *rest))).where(this)).one()
            connection.execute(sa.update(table).where(this).values(checksum=checksum(list(row))))
