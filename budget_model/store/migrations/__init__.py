"""The steps that bring a database of an earlier version to the tables of today, one module each, run by Alembic."""
