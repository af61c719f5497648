"""The tables as version 0.4.0 made them. A database of that version has them and is only marked as of this revision."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "scenarios",
        sa.Column("slug", sa.String(80), primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("starts_from", sa.String(120), nullable=False),
        sa.Column("latest", sa.Integer, nullable=False),
    )
    op.create_table(
        "versions",
        sa.Column("slug", sa.String(80), sa.ForeignKey("scenarios.slug"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("standing", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("waiting", sa.Text, nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "steps",
        sa.Column("draft", sa.String(32), sa.ForeignKey("drafts.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("patch", sa.Text, nullable=False),
    )
    op.create_table(
        "texts",
        sa.Column("draft", sa.String(32), sa.ForeignKey("drafts.id"), primary_key=True),
        sa.Column("field", sa.String(40), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
